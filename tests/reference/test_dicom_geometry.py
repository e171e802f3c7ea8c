"""Geometry of written files against DICOM's own equation, and of read ones against nibabel's reading of the same grid."""

from __future__ import annotations

import io

import nibabel as nib
import numpy as np
import pydicom
import pytest

from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import series_files, study_files
from bonemets_teach.imaging.volume_file import read_volume

BODY = np.random.default_rng(6).integers(-1000, 1500, (5, 6, 7)).astype(np.int16)  # [z, y, x]
VOXEL, CORNER = (4.0, 1.5, 0.75), (120.0, -35.5, 40.25)
ORDER = {"axial": (0, 1, 2), "coronal": (1, 0, 2), "sagittal": (2, 0, 1)}


def _study(plane: str) -> Study:
    geometry = VolumeGeometry.from_phantom(plane, VOXEL, corner_mm=CORNER)  # type: ignore[arg-type]
    series = Series(
        modality="CT", description=plane, pixels=BODY.transpose(ORDER[plane]), unit="HU", geometry=geometry
    )
    return Study(patient=Patient(seed=2), series=[series])


def _place_mm(header: pydicom.Dataset, row: int, column: int) -> np.ndarray:
    """Equation C.7.6.2.1-1 of DICOM PS3.3, term by term."""
    x, y = np.array(header.ImageOrientationPatient[:3]), np.array(header.ImageOrientationPatient[3:])
    row_spacing, column_spacing = header.PixelSpacing
    return x * column_spacing * column + y * row_spacing * row + np.array(header.ImagePositionPatient)


@pytest.mark.parametrize("plane", ORDER)
def test_every_voxel_has_its_place_by_the_equation_of_the_standard(plane: str) -> None:
    """Value and place of all voxels, read with pydicom alone, are those of the phantom; tolerance 1e-6 mm (text)."""
    for _, content in series_files(_study(plane), 0):
        header = pydicom.dcmread(io.BytesIO(content))
        for (row, column), value in np.ndenumerate(header.pixel_array):
            x, y, z = _place_mm(header, row, column)
            index = [(-z - CORNER[0]) / VOXEL[0] - 0.5, (y - CORNER[1]) / VOXEL[1] - 0.5,
                     (x - CORNER[2]) / VOXEL[2] - 0.5]  # fmt: skip

            np.testing.assert_allclose(index, np.rint(index), atol=1e-6)
            assert BODY[tuple(np.rint(index).astype(int))] == value


@pytest.mark.parametrize("plane", ORDER)
def test_dicom_and_nifti_of_one_grid_give_the_same_volume(plane: str) -> None:
    """NIfTI's affine is built independently: x and y change sign (RAS+ for LPS+)."""
    affine = np.array([
        [-VOXEL[2], 0, 0, -(CORNER[2] + VOXEL[2] / 2)],
        [0, -VOXEL[1], 0, -(CORNER[1] + VOXEL[1] / 2)],
        [0, 0, -VOXEL[0], -(CORNER[0] + VOXEL[0] / 2)],
        [0, 0, 0, 1],
    ])  # fmt: skip
    nifti = read_volume({"a.nii": nib.Nifti1Image(BODY.transpose(2, 1, 0), affine).to_bytes()})
    dicom = read_volume(dict(study_files(_study(plane))))

    np.testing.assert_array_equal(nifti.hu, dicom.hu)
    np.testing.assert_array_equal(nifti.hu, BODY)
    # NIfTI holds its affine in single precision.
    np.testing.assert_allclose(nifti.geometry.affine(), dicom.geometry.affine(), atol=1e-4)


def test_left_and_right_follow_nibabels_reading() -> None:
    """A mark on the patient's left has a negative x in nibabel's RAS+ world and lies at high column here."""
    values = np.zeros((3, 3, 3), dtype=np.int16)
    values[0, 1, 1] = 1000
    image = nib.Nifti1Image(
        values, np.diag([2.0, 2.0, 2.0, 1.0]) - np.array([[0, 0, 0, 2]] * 3 + [[0, 0, 0, 0]])
    )

    assert ("R", "A", "S") == nib.aff2axcodes(image.affine)
    assert (1, 1, 2) == tuple(np.argwhere(read_volume({"a.nii": image.to_bytes()}).hu == 1000)[0])
