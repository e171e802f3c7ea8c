"""A generated study as DICOM files, and the command that writes them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest

from bonemets_teach.cli import main
from bonemets_teach.imaging.patient_dicom import dicom_files
from bonemets_teach.imaging.patient_series import Study
from bonemets_teach.imaging.patient_truth import truth_in


@pytest.fixture(scope="module")
def study(taken: Any) -> Study:
    """Return one study."""
    return taken.study


@pytest.fixture(scope="module")
def datasets(study: Study) -> list[pydicom.Dataset]:
    """Return every file of it, read back."""
    return [pydicom.dcmread(io.BytesIO(content)) for _, content in dicom_files(study)]


def test_every_instance_reads_back_with_its_pixels(datasets: list[pydicom.Dataset]) -> None:
    """All modalities are there, in two studies of one patient."""
    assert {"NM", "PT", "CT", "MR", "DX"} == {one.Modality for one in datasets}
    assert 2 == len({one.StudyInstanceUID for one in datasets})
    assert {"Teaching^Phantom"} == {str(one.PatientName) for one in datasets}
    assert len(datasets) == len({one.SOPInstanceUID for one in datasets})
    for one in datasets:
        assert one.pixel_array.size == int(one.get("NumberOfFrames", 1)) * one.Rows * one.Columns


def test_the_prior_study_is_earlier_and_holds_bone_scan_and_ct(datasets: list[pydicom.Dataset]) -> None:
    """As many months as the patient says."""
    dates = sorted({one.StudyDate for one in datasets})
    prior = [one for one in datasets if one.StudyDate == dates[0]]

    assert dates[0] < dates[1]
    slices = [one for one in datasets if one.StudyDate == dates[1] and one.Modality == "CT"]
    assert ["NM"] + ["CT"] * len(slices) == [one.Modality for one in prior]


@pytest.mark.parametrize(
    ("modality", "series_id"), [("CT", "ct-axial"), ("MR", "mri-t1"), ("PT", "pet-coronal")]
)
def test_a_finding_has_the_same_value_at_its_place_in_dicom(
    study: Study, datasets: list[pydicom.Dataset], modality: str, series_id: str
) -> None:
    """The place is found by DICOM's own geometry."""
    series, found = study[series_id], study.patient.findings[0]
    place = truth_in(series, found)
    assert place is not None
    s, r, c = place.middle
    z, y, x = series.point_at(s, r, c)
    stack = [one for one in datasets if one.Modality == modality]
    stack = [one for one in stack if one.SeriesDescription == stack[0].SeriesDescription]

    image, row, column = _nearest(stack, np.array([x, y, -z]))

    if "RealWorldValueMappingSequence" in image:
        slope = float(image.RealWorldValueMappingSequence[0].RealWorldValueSlope)
        intercept = float(image.RealWorldValueMappingSequence[0].RealWorldValueIntercept)
    else:
        slope, intercept = float(image.RescaleSlope), float(image.RescaleIntercept)
    value = image.pixel_array[row, column] * slope + intercept
    assert value == pytest.approx(float(series.values(s)[r, c]), abs=1.0 if modality == "CT" else 0.06)


def test_the_command_writes_a_zip_that_reads_back(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same files as the export makes."""
    monkeypatch.setattr("bonemets_teach.imaging.patient_study.acquire", lambda *_given: study)
    out = tmp_path / "patient.zip"

    assert 0 == main(["export", "dicom", "--patient", str(study.patient.seed), "--out", str(out)])

    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert all(pydicom.dcmread(io.BytesIO(archive.read(name))).Modality for name in names[:3])
    assert f"{len(names)} DICOM files" in capsys.readouterr().out


def test_the_command_writes_a_folder_once(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with files in it is left as it is."""
    monkeypatch.setattr("bonemets_teach.imaging.patient_study.acquire", lambda *_given: study)
    words = ["export", "dicom", "--patient", str(study.patient.seed), "--out", str(tmp_path / "patient")]

    assert 0 == main(words)
    files = list((tmp_path / "patient").rglob("*.dcm"))
    assert files
    assert 2 == main(words)
    assert len(files) == len(list((tmp_path / "patient").rglob("*.dcm")))


def test_a_patient_that_does_not_exist_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written."""
    assert 2 == main(["export", "dicom", "--patient", "-3", "--out", str(tmp_path / "none.zip")])
    assert "seed" in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


@pytest.mark.skipif(
    sys.platform != "linux" and shutil.which("dciodvfy") is None, reason="dicom3tools is Debian's"
)
def test_an_independent_validator_finds_nothing_wrong(study: Study, tmp_path: Path) -> None:
    """Not in the first object of any series."""
    folders = set()
    for name, content in dicom_files(study):
        folder = name.rsplit("/", maxsplit=1)[0]
        if folder in folders:
            continue
        folders.add(folder)
        path = tmp_path / "one.dcm"
        path.write_bytes(content)
        said = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, check=False)
        lines = (said.stdout + said.stderr).splitlines()
        assert [] == [line for line in lines if line.startswith(("Error", "Warning"))], name


def _nearest(stack: list[pydicom.Dataset], point: np.ndarray) -> tuple[pydicom.Dataset, int, int]:
    """Return image, row and column of a point in DICOM's axes."""
    across, down = (np.array(stack[0].ImageOrientationPatient[k : k + 3], dtype=float) for k in (0, 3))
    normal = np.cross(across, down)
    image = min(
        stack, key=lambda one: abs((point - np.array(one.ImagePositionPatient, dtype=float)) @ normal)
    )
    offset = point - np.array(image.ImagePositionPatient, dtype=float)
    rows, columns = (float(edge) for edge in image.PixelSpacing)
    return image, round(float(offset @ down) / rows), round(float(offset @ across) / columns)
