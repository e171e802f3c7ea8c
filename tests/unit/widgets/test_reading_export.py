"""The open patient of the reading room as DICOM files in one archive."""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydicom
import pytest

from bonemets_teach.errors import BonemetsError
from bonemets_teach.imaging.patient_series import Study
from bonemets_teach.widgets._forked_work import can_fork
from bonemets_teach.widgets._reading_export import archive_name, dicom_archive

WAYS = [
    False,
    pytest.param(True, marks=pytest.mark.skipif(not can_fork(), reason="no process is forked here")),
]


@pytest.fixture(scope="module")
def study() -> Iterator[Study]:
    """Return a patient with a few small series."""
    sys.path.insert(0, str(Path(__file__).parent))
    small: Any = importlib.import_module("small_study")
    sys.path.remove(str(Path(__file__).parent))
    yield Study(patient=small.generate(1), series=tuple(small.SERIES))
    del sys.modules["small_study"]


@pytest.mark.parametrize("apart", WAYS)
def test_every_series_is_in_the_archive(study: Study, apart: bool) -> None:
    """Viewers get CT and scans of one patient, current and prior."""
    told: list[tuple[float, str]] = []

    archive = dicom_archive(study, lambda *progress: told.append(progress), apart=apart)

    with zipfile.ZipFile(io.BytesIO(archive.tobytes())) as found:
        assert found.testzip() is None
        files = [pydicom.dcmread(found.open(name)) for name in found.namelist()]
    assert {str(file.PatientID) for file in files} == {str(files[0].PatientID)}
    assert {"CT", "NM"} <= {str(file.Modality) for file in files}
    assert len({str(file.StudyInstanceUID) for file in files}) == 2
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert {words for _, words in told} == {"Writing DICOM files"}


def test_both_ways_write_the_same(study: Study) -> None:
    """A class that opens one patient twice gets one study, not two."""
    ways = [False, can_fork()]
    one, other = (dicom_archive(study, lambda *_: None, apart=apart).tobytes() for apart in ways)

    assert one == other
    assert archive_name(study) == "bonemets-patient-1-mixed.zip"


def test_a_process_that_fails_is_told_in_words(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner reads what to do; the log has the reason."""

    def failing(_: Study) -> Any:
        raise RuntimeError("no such thing")

    monkeypatch.setattr("bonemets_teach.imaging.patient_dicom.dicom_files", failing)
    with pytest.raises(BonemetsError, match="try once more") if can_fork() else pytest.raises(RuntimeError):
        dicom_archive(study, lambda *_: None, apart=can_fork())


def test_a_full_disk_is_told_in_words(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive needs room of its own."""

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.pwrite", full)
    with pytest.raises(BonemetsError, match="No space left on device"):
        dicom_archive(study, lambda *_: None, apart=False)
