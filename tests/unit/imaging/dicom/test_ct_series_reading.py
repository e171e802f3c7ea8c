"""A CT series is read from wherever it lies and however it is encoded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian

from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.reading import read_ct_series, series_of
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import study_zip
from bonemets_teach.imaging.volume_file import read_volume

Changed = Callable[[Callable[[pydicom.Dataset, int], None]], dict[str, bytes]]


def _folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"deep/er/{name}", content)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["folder", "archive", "list", "upload", "uploaded archive"])
def test_every_kind_of_source_gives_the_volume(
    kind: str, tmp_path: Path, ct_files: dict[str, bytes], ct_hu: np.ndarray
) -> None:
    """Folder, zip, list of files and uploads hold the same series."""
    (tmp_path / "a.zip").write_bytes(_zip(ct_files))
    (tmp_path / "series").mkdir()
    folder = _folder(tmp_path / "series", ct_files)
    source = {
        "folder": folder, "archive": str(tmp_path / "a.zip"), "list": sorted(folder.iterdir()), "upload": ct_files,
        "uploaded archive": {"upload": _zip(ct_files)},
    }[kind]  # fmt: skip
    volume = read_volume(source)

    np.testing.assert_array_equal(volume.hu, ct_hu)
    assert (3.0, 1.5, 1.25) == volume.voxel_mm
    assert (30.625, 20.75, -11.5) == volume.geometry.first_mm
    assert "CT" == volume.name


def test_the_order_of_files_does_not_matter(ct_files: dict[str, bytes], ct_hu: np.ndarray) -> None:
    """Slices are ordered by position, not by name or number."""
    contents = [list(ct_files.values())[place] for place in (3, 0, 4, 1, 2)]

    volume = read_volume({f"{n}.dcm": content for n, content in enumerate(contents)})

    np.testing.assert_array_equal(volume.hu, ct_hu)


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian], ids=["implicit", "big"])
def test_every_uncompressed_syntax_is_read(syntax: str, changed_ct: Changed, ct_hu: np.ndarray) -> None:
    """Byte order and value representations make no difference."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        dataset.file_meta.TransferSyntaxUID = syntax
        if syntax == ExplicitVRBigEndian:
            dataset["PixelData"].VR = "OW"
            dataset.PixelData = np.frombuffer(dataset.PixelData, "<i2").astype(">i2").tobytes()

    files = {}
    for name, content in changed_ct(lambda dataset, place: None).items():
        dataset = pydicom.dcmread(io.BytesIO(content))
        change(dataset, 0)
        buffer = io.BytesIO()
        pydicom.dcmwrite(
            buffer, dataset, implicit_vr=syntax == ImplicitVRLittleEndian,
            little_endian=syntax == ImplicitVRLittleEndian, enforce_file_format=True,
        )  # fmt: skip
        files[name] = buffer.getvalue()

    np.testing.assert_array_equal(read_volume(files).hu, ct_hu)


@pytest.mark.parametrize("signed", [False, True], ids=["unsigned", "signed"])
def test_twelve_stored_bits_are_read_below_leftovers(
    signed: bool, changed_ct: Changed, ct_hu: np.ndarray
) -> None:
    """Old files keep an overlay above the stored bits; it is no part of the CT number."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        offset = 0 if signed else 1024
        stored = (np.frombuffer(dataset.PixelData, "<i2").astype(int) + offset) & 0x0FFF
        dataset.BitsStored, dataset.HighBit = 12, 11
        dataset.PixelRepresentation = int(signed)
        dataset.RescaleIntercept = -offset
        dataset.PixelData = (stored | 0xA000).astype("<u2").tobytes()

    np.testing.assert_array_equal(read_volume(changed_ct(change)).hu, ct_hu)


def test_a_dark_display_leaves_the_ct_numbers(changed_ct: Changed, ct_hu: np.ndarray) -> None:
    """MONOCHROME1 turns black and white around on the screen, not the HU."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        dataset.PhotometricInterpretation = "MONOCHROME1"

    np.testing.assert_array_equal(read_volume(changed_ct(change)).hu, ct_hu)


def test_each_slice_has_its_own_rescale(changed_ct: Changed, ct_hu: np.ndarray) -> None:
    """Slope and intercept may change within a series."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        dataset.RescaleSlope, dataset.RescaleIntercept = place + 1, 10 * place

    factors = np.arange(5)[:, None, None]

    np.testing.assert_array_equal(read_volume(changed_ct(change)).hu, ct_hu * (factors + 1) + 10 * factors)


@pytest.mark.parametrize("plane", ["axial", "coronal", "sagittal"])
def test_every_plane_comes_back_on_the_axes_of_the_phantom(plane: str) -> None:
    """A scan stored in any plane shows the same body."""
    body = np.random.default_rng(2).integers(-900, 900, (4, 5, 6)).astype(np.int16)
    voxel, corner = (3.0, 1.5, 1.25), (10.0, 20.0, 30.0)
    order = {"axial": (0, 1, 2), "coronal": (1, 0, 2), "sagittal": (2, 0, 1)}[plane]
    geometry = VolumeGeometry.from_phantom(plane, voxel, corner_mm=corner)  # type: ignore[arg-type]
    series = Series(
        modality="CT", description="CT", pixels=body.transpose(order), unit="HU", geometry=geometry
    )
    volume = read_volume({"a.zip": study_zip(Study(patient=Patient(seed=1), series=[series]))})

    np.testing.assert_array_equal(volume.hu, body)
    np.testing.assert_allclose(volume.voxel_mm, voxel)
    axial = VolumeGeometry.from_phantom("axial", voxel, corner_mm=corner)
    np.testing.assert_allclose(volume.geometry.affine(), axial.affine(), atol=1e-6)


def test_companions_of_a_series_are_passed_over(ct_files: dict[str, bytes], ct_hu: np.ndarray) -> None:
    """Text files, previews and a DICOMDIR lie beside many series."""
    extra = {"README.txt": b"hello", ".DS_Store": b"x", "DICOMDIR": b"x", "preview.jpg": b"x"}

    np.testing.assert_array_equal(read_volume(ct_files | extra).hu, ct_hu)


def test_one_series_of_a_study_is_chosen_by_name_or_uid(study: Study) -> None:
    """A whole study can be read by naming the series."""
    archive = {"study.zip": study_zip(study)}
    listed = dict(series_of(archive))
    uid = next(name.uid for name in listed if name.description == "CT bone")

    by_name, by_uid = read_ct_series(archive, series="CT bone"), read_ct_series(archive, series=uid)

    assert len(study.series) == len(listed)
    np.testing.assert_array_equal(by_name.hu, np.rint(study.series[0].pixels))
    np.testing.assert_array_equal(by_uid.hu, by_name.hu)


def test_oblique_slices_keep_their_directions() -> None:
    """A rotated stack (not a sheared one) is read as it lies, and says by how much it is oblique."""
    tilt = np.radians(12.0)
    geometry = VolumeGeometry(
        pixel_mm=(1.0, 1.0), slice_mm=2.0, first_mm=(0.0, 0.0, 0.0), along_row=(1.0, 0.0, 0.0),
        along_column=(0.0, float(np.cos(tilt)), float(np.sin(tilt))),
        along_slices=(0.0, float(np.sin(tilt)), -float(np.cos(tilt))),
    )  # fmt: skip
    series = Series(modality="CT", description="CT", pixels=np.zeros((3, 4, 4)), unit="HU", geometry=geometry)
    volume = read_volume({"a.zip": study_zip(Study(patient=Patient(seed=1), series=[series]))})

    assert 12.0 == pytest.approx(volume.oblique_deg, abs=0.01)
