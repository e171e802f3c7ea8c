"""NIfTI volumes are read whole or refused."""

from __future__ import annotations

import gzip
import struct
from typing import Any

import nibabel as nib
import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.volume_file import read_volume
from bonemets_teach.imaging.volume_file_error import ImageFileError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits

VALUES = np.random.default_rng(4).integers(-1000, 1500, (4, 5, 6)).astype(np.int16)  # [i, j, k]
AFFINE = np.array([[1.5, 0, 0, -10], [0, 2.0, 0, -20], [0, 0, 3.0, -30], [0, 0, 0, 1.0]])
BODY = VALUES[::-1, ::-1, ::-1].transpose(
    2, 1, 0
)  # NIfTI runs to right, front, head; a phantom to left, back, feet


def _nifti(values: np.ndarray = VALUES, affine: np.ndarray = AFFINE, **header: Any) -> bytes:
    image = nib.Nifti1Image(values, affine)
    image.header.set_xyzt_units("mm")
    for key, value in header.items():
        image.header[key] = value
    data: bytes = image.to_bytes()
    return data


def _patched(place: int, layout: str, *values: Any) -> bytes:
    data = bytearray(_nifti())
    struct.pack_into("<" + layout, data, place, *values)
    return bytes(data)


@pytest.mark.parametrize("dtype", ["<i2", ">i2", "<f4", "<f8", "<i4"])
@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_a_volume_is_read_on_the_axes_of_a_phantom(dtype: str, name: str) -> None:
    """Number types, byte order and packing make no difference."""
    image = nib.Nifti1Image(VALUES.astype(dtype), AFFINE, header=nib.Nifti1Header(endianness=dtype[0]))
    image.header.set_data_dtype(dtype)
    data = image.to_bytes()
    volume = read_volume({name: gzip.compress(data) if name.endswith("gz") else data})

    np.testing.assert_array_equal(volume.hu, BODY)
    assert (3.0, 2.0, 1.5) == volume.voxel_mm
    assert (5.5, 12.0, -15.0) == volume.geometry.first_mm


def test_version_2_is_read() -> None:
    """NIfTI-2 differs in its header only."""
    data = nib.Nifti2Image(VALUES, AFFINE).to_bytes()

    np.testing.assert_array_equal(read_volume({"a.nii": data}).hu, BODY)


def test_a_reader_learns_that_the_unit_is_a_guess() -> None:
    """NIfTI has no unit of values; the remark names their range."""
    (remark,) = read_volume({"a.nii": _nifti()}).remarks

    assert f"{VALUES.min()} to {VALUES.max()}" in remark


def test_values_of_an_unknown_unit_keep_their_steps() -> None:
    """A fraction of 0 to 1 is not rounded to 0 and 1, and is not called HU."""
    values = np.linspace(0, 1, VALUES.size).reshape(VALUES.shape).astype(np.float32)
    volume = read_volume({"a.nii": _nifti(values)})

    body = values[::-1, ::-1, ::-1].transpose(2, 1, 0)
    np.testing.assert_allclose(volume.stored * volume.scale, body, atol=0.51 / 32767)
    assert ("", "") == (volume.unit, volume.modality)
    assert "without a unit" in volume.remarks[0]
    with pytest.raises(ParameterError, match="in steps of"):
        _ = volume.hu


def test_large_counts_are_kept_within_half_a_step() -> None:
    """What 16 bits can't hold is stored in larger steps."""
    volume = read_volume({"a.nii": _nifti((VALUES + 1000).astype(np.int32) * 40)})

    body = (VALUES.astype(int)[::-1, ::-1, ::-1].transpose(2, 1, 0) + 1000) * 40
    np.testing.assert_allclose(volume.stored * volume.scale, body, atol=0.51 * volume.scale)
    assert 1 < volume.scale < 5


def test_a_resampled_ct_is_rounded_to_whole_hu() -> None:
    """Values that reach down to air are CT numbers, and half a unit of them is noise."""
    volume = read_volume({"a.nii": _nifti(VALUES.astype(np.float32) + np.float32(0.25))})

    np.testing.assert_array_equal(volume.hu, BODY)
    assert ("HU", "CT") == (volume.unit, volume.modality)


def test_scaling_is_applied() -> None:
    """scl_slope and scl_inter lead to the values."""
    data = bytearray(_nifti())
    struct.pack_into("<2f", data, 112, 2.0, -5.0)

    np.testing.assert_array_equal(read_volume({"a.nii": bytes(data)}).hu, 2 * BODY - 5)


@pytest.mark.parametrize(("code", "factor"), [(1, 1000.0), (3, 0.001)], ids=["meter", "micrometer"])
def test_lengths_in_other_units_become_mm(code: int, factor: float) -> None:
    """xyzt_units says meter, millimeter or micrometer."""
    affine = AFFINE.copy()
    affine[:3] /= factor
    volume = read_volume({"a.nii": _nifti(affine=affine, xyzt_units=code)})

    np.testing.assert_allclose(volume.voxel_mm, (3.0, 2.0, 1.5), rtol=1e-5)


@pytest.mark.parametrize("axes", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (0, 2, 1)], ids=str)
@pytest.mark.parametrize("flips", [(1, 1, 1), (-1, 1, -1), (-1, -1, 1)], ids=str)
def test_every_orientation_shows_the_same_body(axes: tuple, flips: tuple) -> None:
    """However axes are stored, left stays left."""
    image = nib.Nifti1Image(VALUES, AFFINE)
    orientation = np.array([[axis, flip] for axis, flip in zip(axes, flips, strict=True)], dtype=float)
    volume = read_volume({"a.nii": image.as_reoriented(orientation).to_bytes()})

    np.testing.assert_array_equal(volume.hu, BODY)
    np.testing.assert_allclose(volume.geometry.first_mm, (5.5, 12.0, -15.0), atol=1e-4)


def _with(value: float) -> bytes:
    values = VALUES.astype(np.float32)
    values[1, 2, 3] = value
    return _nifti(values)


SHEARED = AFFINE + np.array([[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0.0]])
HOSTILE = {
    "NaN": (_with(np.nan), "plane 3 holds values that are not numbers"),
    "infinity": (_with(np.inf), "not numbers"),
    "beyond any image": (_with(1e13), "plane 3 reaches 1e\\+13"),
    "empty": (b"", "holds 0 bytes"),
    "text": (b"hello " * 200, "not a NIfTI file"),
    "cut header": (_nifti()[:200], "too few"),
    "cut voxels": (_nifti()[:-7], "cut off or damaged"),
    "longer": (_nifti() + b"\0\0", "cut off or damaged"),
    "2-D": (_nifti(VALUES[:, :, 0]), "dimensions 4 x 5"),
    "4-D": (_nifti(np.stack([VALUES, VALUES], axis=-1)), "dimensions 4 x 5 x 6 x 2"),
    "no dimension": (_patched(40, "h", 0), "dimensions"),
    "nine dimensions": (_patched(40, "h", 9), "dimensions"),
    "negative size": (_patched(42, "h", -4), "at least 2"),
    "zero size": (_patched(46, "h", 0), "at least 2"),
    "huge size": (_patched(42, "3h", 32767, 32767, 32767), "at most"),
    "complex": (_nifti(VALUES.astype(np.complex64)), "type complex64"),
    "unknown type": (_patched(70, "h", 999), "damaged"),
    "color": (_patched(70, "hh", 128, 24), "voxels of colors"),
    "offset inside header": (_patched(108, "f", 10.0), "start at byte 10"),
    "offset beyond": (_patched(108, "f", 1e30), "start at byte"),
    "offset NaN": (_patched(108, "f", np.nan), "start at byte"),
    "NaN scaling": (_patched(112, "f", np.nan), "scaling"),
    "no orientation": (_patched(252, "2h", 0, 0), "does not say how it lies"),
    "two orientations": (_patched(252, "2h6f", 1, 2, 0, 0, 0, 500, 0, 0), "mm apart"),
    "unknown length": (_patched(123, "B", 5), "unknown unit"),
    "sheared": (_nifti(affine=SHEARED), "right angles"),
    "flat axis": (_patched(280, "4f", 0, 0, 0, 0), "outside"),
    "NaN axis": (_patched(280, "f", np.nan), "outside"),
    "header of a pair": (_patched(344, "4s", b"ni1\0"), "pair of files"),
}  # fmt: skip


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_can_not_be_shown_is_refused(case: str, packed: bool) -> None:
    """The message names the file, what is wrong, and a way out."""
    data, words = HOSTILE[case]
    name = "a.nii.gz" if packed else "a.nii"

    with pytest.raises(ImageFileError, match=words) as caught:
        read_volume({name: gzip.compress(data) if packed else data})
    assert name == caught.value.name
    assert caught.value.way_out


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_gz_is_refused(share: float) -> None:
    """A download that broke off is named as damaged."""
    packed = gzip.compress(_nifti())

    with pytest.raises(ImageFileError, match=r"damaged|too few|cut off"):
        read_volume({"a.nii.gz": packed[: int(len(packed) * share)]})


def test_a_gz_with_a_wrong_checksum_is_refused() -> None:
    """The last bytes of the archive are looked at."""
    packed = bytearray(gzip.compress(_nifti()))
    packed[-6] ^= 0xFF

    with pytest.raises(ImageFileError, match="damaged"):
        read_volume({"a.nii.gz": bytes(packed)})


def test_a_gz_bomb_is_not_unpacked() -> None:
    """No more is unpacked than the header asks for, and the header has its limit."""
    bomb = gzip.compress(_nifti() + bytes(2**24))

    with pytest.raises(ImageFileError, match="it holds more"):
        read_volume({"a.nii.gz": bomb})


def test_a_volume_beyond_the_limit_is_refused() -> None:
    """The limit of voxels holds for NIfTI too."""
    with pytest.raises(ImageFileError, match="at most 100 are read"):
        read_volume({"a.nii": _nifti()}, limits=ReadingLimits(voxels=100))


def test_two_volumes_at_once_are_refused() -> None:
    """Which one is meant is not guessed."""
    with pytest.raises(ImageFileError, match="beside 1 other"):
        read_volume({"a.nii": _nifti(), "b.nii": _nifti()})
