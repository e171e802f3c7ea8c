"""pydicom reads back what was written, in units and in place."""

from __future__ import annotations

import io

import numpy as np
import pydicom
import pytest

from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import series_files


def _objects(study: Study, index: int) -> list[pydicom.Dataset]:
    return [pydicom.dcmread(io.BytesIO(content)) for _, content in series_files(study, index)]


def _of(study: Study, description: str) -> tuple[Series, list[pydicom.Dataset]]:
    index = [series.description for series in study.series].index(description)
    return study.series[index], _objects(study, index)


def _values(dataset: pydicom.Dataset) -> tuple[np.ndarray, float]:
    """Physical values and their step, by the Modality LUT or the real world value mapping."""
    if "RealWorldValueMappingSequence" in dataset:
        item = dataset.RealWorldValueMappingSequence[0]
        slope, intercept = item.RealWorldValueSlope, item.RealWorldValueIntercept
    else:
        slope, intercept = float(dataset.RescaleSlope), float(dataset.RescaleIntercept)
    return dataset.pixel_array * slope + intercept, slope


@pytest.mark.parametrize("index", range(16))
def test_pixel_values_come_back_within_rounding(study: Study, index: int) -> None:
    """Every kind of object holds its values to half a step."""
    found = []
    for dataset in _objects(study, index):
        values, step = _values(dataset)
        found.extend(values if values.ndim == 3 else [values])
    expected = study.series[index].images
    if study.series[index].description == "SPECT":
        expected = expected[::-1]  # NM stacks slices along the normal

    assert expected.shape == np.shape(found)
    np.testing.assert_allclose(found, expected, atol=0.5 * step * (1 + 1e-6), rtol=0)


@pytest.mark.parametrize(
    ("description", "step"), [("CT bone", 1.0), ("Bone scan", 1.0), ("ADC", 1.0)], ids=["ct", "counts", "adc"]
)
def test_whole_numbers_are_stored_as_they_are(study: Study, description: str, step: float) -> None:
    """A viewer that ignores the mapping still shows HU, counts and the diffusion coefficient."""
    _, objects = _of(study, description)

    assert step == _values(objects[0])[1]


def test_every_slice_lies_where_the_phantom_has_it(study: Study) -> None:
    """Position and orientation follow from the phantom's corner and voxels."""
    _, objects = _of(study, "CT bone")

    assert [1, 0, 0, 0, 1, 0] == objects[0].ImageOrientationPatient
    assert [[30.625, 20.75, -11.5 - 3 * n] for n in range(3)] == [o.ImagePositionPatient for o in objects]
    assert ([1.5, 1.25], 3.0) == (objects[0].PixelSpacing, objects[0].SliceThickness)


def test_planes_of_one_phantom_cross_in_the_same_point() -> None:
    """The same voxel has the same place in an axial, a coronal and a sagittal series."""
    voxel, corner = (3.0, 1.5, 1.25), (10.0, 20.0, 30.0)
    planes = {"axial": (4, 2, 5), "coronal": (2, 4, 5), "sagittal": (5, 4, 2)}
    places = [
        VolumeGeometry.from_phantom(plane, voxel, corner_mm=corner).affine() @ (*index, 1)  # type: ignore[arg-type]
        for plane, index in planes.items()
    ]

    np.testing.assert_allclose(places, [[30 + 5.5 * 1.25, 20 + 2.5 * 1.5, -(10 + 4.5 * 3.0), 1.0]] * 3)


def test_spect_slices_are_stacked_along_their_normal(study: Study) -> None:
    """The first frame is the lowest slice, and spacing is positive upward (C.8.4.15)."""
    series, (dataset,) = _of(study, "SPECT")
    geometry = series.geometry
    assert isinstance(geometry, VolumeGeometry)
    detector = dataset.DetectorInformationSequence[0]

    assert list(geometry.position_mm(2)) == detector.ImagePositionPatient
    assert 3.0 == dataset.SpacingBetweenSlices
    np.testing.assert_allclose(_values(dataset)[0][2], series.images[0], atol=1e-4)


def test_series_of_one_study_share_a_frame_of_reference(study: Study) -> None:
    """A viewer lays CT, SPECT, PET and MR upon one another."""
    uids = {_of(study, name)[1][0].FrameOfReferenceUID for name in ("CT bone", "SPECT", "PET FDG", "T1")}

    assert 1 == len(uids)


@pytest.mark.parametrize(("description", "units"), [("PET FDG", "GML"), ("PET PSMA", "BQML")])
def test_pet_says_its_units(study: Study, description: str, units: str) -> None:
    """SUV is written as g/mL by body weight, activity as Bq/mL."""
    _, objects = _of(study, description)

    assert units == objects[0].Units
    assert ("BW" if units == "GML" else None) == objects[0].get("SUVType")


def test_settings_of_the_injection_stand_in_their_sequence(study: Study) -> None:
    """Dose and tracer are where a viewer looks for them, not at the top."""
    _, objects = _of(study, "PET FDG")
    item = objects[0].RadiopharmaceuticalInformationSequence[0]

    assert (3.5e8, "Fluorodeoxyglucose", 6586.2) == (
        item.RadionuclideTotalDose, item.Radiopharmaceutical, item.RadionuclideHalfLife,
    )  # fmt: skip
    assert "RadionuclideTotalDose" not in objects[0]


def test_bone_scan_frames_name_their_views(study: Study) -> None:
    """Anterior and posterior are detectors 1 and 2 of a whole-body object."""
    _, (dataset,) = _of(study, "Bone scan")
    views = [item.ViewCodeSequence[0].CodeMeaning for item in dataset.DetectorInformationSequence]

    assert "WHOLE BODY" == dataset.ImageType[2]
    assert ["Anterior projection", "Posterior projection"] == views
    assert [1, 2] == dataset.DetectorVector


def test_windows_of_stored_values_follow_the_unit(study: Study) -> None:
    """Where integers are no physical values, the window is converted to them."""
    pixels = np.linspace(0.0, 2.0, 12).reshape(1, 3, 4)
    series = Series(
        modality="MR", description="T1", pixels=pixels, unit="signal",
        geometry=VolumeGeometry.from_phantom("axial", (1.0, 1.0, 1.0)),
        settings={"WindowCenter": 1.0, "WindowWidth": 0.5},
    )  # fmt: skip
    (dataset,) = _objects(Study(patient=Patient(seed=0), series=[series]), 0)
    _, step = _values(dataset)

    assert 1.0 == pytest.approx(float(dataset.WindowCenter) * step, rel=1e-6)
    assert 0.5 == pytest.approx(float(dataset.WindowWidth) * step, rel=1e-6)


@pytest.mark.parametrize("value", [0.0, 3.25, -7.0])
def test_an_even_picture_is_written(value: float) -> None:
    """An image without contrast, even an empty one, has a valid step and window."""
    series = Series(
        modality="DX", description="even", pixels=np.full((4, 4), value), unit="display",
        geometry=PlanarGeometry(pixel_mm=(0.2, 0.2), views=("AP",)),
    )  # fmt: skip
    (dataset,) = _objects(Study(patient=Patient(seed=0), series=[series]), 0)

    np.testing.assert_allclose(_values(dataset)[0], value, atol=1e-4)
    assert dataset.WindowWidth >= 1


@pytest.mark.parametrize(
    ("modality", "unit", "minutes", "injected"),
    [("PT", "SUV", None, "070000"), ("PT", "SUV", 95.0, "062500"), ("NM", "Bq/mL", None, "050000")],
)
def test_the_time_of_injection_precedes_the_scan(
    modality: str, unit: str, minutes: float | None, injected: str
) -> None:
    """By default 60 min before a PET and 180 min before a bone scan, which starts at 8:00."""
    series = Series(
        modality=modality, description="n", pixels=np.ones((2, 4, 4)), unit=unit,  # type: ignore[arg-type]
        geometry=VolumeGeometry.from_phantom("axial", (1.0, 1.0, 1.0)), minutes_after_injection=minutes,
    )  # fmt: skip
    dataset = _objects(Study(patient=Patient(seed=0), series=[series]), 0)[0]

    assert "080000" == dataset.SeriesTime
    assert injected == dataset.RadiopharmaceuticalInformationSequence[0].RadiopharmaceuticalStartTime
