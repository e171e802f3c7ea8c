"""What can't be written as DICOM is refused before a file is made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, RotationGeometry, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import study_zip

VOLUME = VolumeGeometry.from_phantom("axial", (1.0, 1.0, 1.0))
VIEW = PlanarGeometry(pixel_mm=(1.0, 1.0), views=("AP",))


def _series(**changes: Any) -> Series:
    fields: dict[str, Any] = {
        "modality": "CT", "description": "CT", "pixels": np.zeros((2, 4, 4)), "unit": "HU", "geometry": VOLUME,
    }  # fmt: skip
    return Series(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"modality": "US"}, "US"),
        ({"unit": "SUV"}, "convert the pixels"),
        ({"geometry": VIEW}, "VolumeGeometry"),
        ({"description": ""}, "1 to 64"),
        ({"description": "a\\b"}, "backslash"),
        ({"pixels": np.zeros((2, 2, 4, 4))}, "shape"),
        ({"pixels": np.zeros((0, 4, 4))}, "shape"),
        ({"pixels": np.full((2, 4, 4), np.nan)}, "finite"),
        ({"pixels": np.full((2, 4, 4), "a")}, "finite"),
        ({"modality": "DX", "unit": "display", "geometry": VIEW}, "one view for each image"),
        ({"modality": "NM", "unit": "counts", "geometry": VIEW, "pixels": np.zeros((4, 4))}, "no view 'AP'"),
    ],
)
def test_a_series_whose_parts_do_not_fit_is_refused(changes: dict, words: str) -> None:
    """The message says which part and what is allowed."""
    with pytest.raises(ParameterError, match=words):
        _series(**changes)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PatientName": "Jane"}, "written by the export"),
        ({"KVPP": 120}, "did you mean KVP"),
        ({"qqqqqqqq": 1}, "no DICOM keyword"),
        ({"KVP": "high"}, "does not fit"),
        ({"KVP": float("nan")}, "not a finite number"),
        ({"BodyPartExamined": "x" * 17}, "does not fit"),
        ({"Exposure": [1, "a"]}, "does not fit"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(settings: dict, words: str) -> None:
    """Unknown keywords, foreign ones and wrong values are named."""
    study = Study(patient=Patient(seed=1), series=[_series(settings=settings)])

    with pytest.raises(ParameterError, match=words):
        study_zip(study)


def test_ct_numbers_beyond_16_bits_are_refused() -> None:
    """They are not cut off without a word."""
    study = Study(patient=Patient(seed=1), series=[_series(pixels=np.full((1, 4, 4), 40000.0))])

    with pytest.raises(ParameterError, match="40000"):
        study_zip(study)


def test_an_unknown_tracer_is_refused() -> None:
    """The message lists the known ones."""
    series = _series(modality="PT", unit="SUV", settings={"Radiopharmaceutical": "water"})

    with pytest.raises(ParameterError, match="FDG, NaF, PSMA, MDP"):
        study_zip(Study(patient=Patient(seed=1), series=[series]))


@pytest.mark.parametrize(
    "make",
    [
        lambda: VolumeGeometry.from_phantom("oblique", (1.0, 1.0, 1.0)),  # type: ignore[arg-type]
        lambda: VolumeGeometry.from_phantom("axial", (0.0, 1.0, 1.0)),
        lambda: VolumeGeometry.from_phantom("axial", (1.0, 1.0, 1.0), corner_mm=(np.nan, 0.0, 0.0)),
        lambda: VolumeGeometry.from_phantom("axial", (1.0, 1.0, 1.0), thickness_mm=-1.0),
        lambda: PlanarGeometry(pixel_mm=(1.0, 1.0), views=()),
        lambda: PlanarGeometry(pixel_mm=(1.0, 1.0), views=("oblique",)),
        lambda: RotationGeometry(pixel_mm=(1.0, 1.0), step_deg=0.0),
        lambda: VolumeGeometry(
            pixel_mm=(1.0, 1.0), slice_mm=1.0, first_mm=(0.0, 0.0, 0.0), along_row=(1.0, 0.0, 0.0),
            along_column=(0.5, 0.5, 0.0), along_slices=(0.0, 0.0, 1.0),
        ),
    ],
)  # fmt: skip
def test_a_geometry_that_can_not_be_is_refused(make: Any) -> None:
    """Planes, spacings, places and directions are checked."""
    with pytest.raises(ParameterError):
        make()
