"""Whatever bytes come in, a volume comes out or a refusal, and nothing else."""

from __future__ import annotations

import gzip
import io
import zipfile

import nibabel as nib
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonemets_teach.imaging.volume_file import read_volume
from bonemets_teach.imaging.volume_file_error import ImageFileError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits

SMALL = ReadingLimits(file_bytes=2**20, total_bytes=2**22, voxels=2**16)
FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["flip", "cut", "insert", "zero"]), st.binary(max_size=12)),
    min_size=1,
    max_size=4,
)  # fmt: skip


def _edited(data: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    changed = bytearray(data)
    for share, kind, extra in edits:
        place = int(share * len(changed))
        if kind == "cut":
            del changed[place:]
        elif kind == "insert":
            changed[place:place] = extra
        elif kind == "zero":
            changed[place : place + len(extra)] = bytes(len(extra))
        else:
            changed[place : place + len(extra)] = bytes(
                a ^ b for a, b in zip(changed[place:], extra, strict=False)
            )
    return bytes(changed)


def _volume_or_refusal(source: dict[str, bytes]) -> None:
    try:
        volume = read_volume(source, limits=SMALL)
    except ImageFileError:
        return
    assert volume.stored.ndim == 3
    assert volume.stored.dtype == np.int16


@FUZZ
@given(edits=EDITS)
def test_a_changed_slice_is_read_or_refused(edits: list, ct_files: dict[str, bytes]) -> None:
    """Any damage to one file of a series."""
    _volume_or_refusal(ct_files | {"0003.dcm": _edited(ct_files["0003.dcm"], edits)})


@FUZZ
@given(edits=EDITS)
def test_a_changed_archive_is_read_or_refused(edits: list, ct_files: dict[str, bytes]) -> None:
    """Any damage to a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ct_files.items():
            archive.writestr(name, content)
    _volume_or_refusal({"a.zip": _edited(buffer.getvalue(), edits)})


@FUZZ
@given(edits=EDITS, packed=st.sampled_from(["no", "before", "after"]))
def test_a_changed_nifti_is_read_or_refused(edits: list, packed: str) -> None:
    """Any damage to a NIfTI file, before or after it is packed."""
    data = nib.Nifti1Image(np.arange(60, dtype=np.int16).reshape(3, 4, 5), np.eye(4)).to_bytes()
    if packed == "before":
        data = gzip.compress(data, mtime=0)
    data = _edited(data, edits)
    _volume_or_refusal({"a.nii": gzip.compress(data, mtime=0) if packed == "after" else data})


@FUZZ
@given(data=st.binary(max_size=600), name=st.sampled_from(["a.nii", "a.nii.gz", "a.zip", "a.dcm", "a"]))
@pytest.mark.parametrize("head", [b"", bytes(128) + b"DICM"], ids=["bare", "dicm"])
def test_noise_is_refused(data: bytes, name: str, head: bytes) -> None:
    """Bytes with no meaning are no volume."""
    with pytest.raises(ImageFileError):
        read_volume({name: head + data}, limits=SMALL)
