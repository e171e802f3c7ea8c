"""Names and UIDs: the same study gives the same files, and other studies other ones."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pydicom
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.uid import stable_uid
from bonemets_teach.imaging.dicom.writing import study_files, study_zip


def _headers(files: dict[str, bytes]) -> list[pydicom.Dataset]:
    return [pydicom.dcmread(io.BytesIO(content), stop_before_pixels=True) for content in files.values()]


def test_the_same_study_gives_the_same_bytes(study: Study, written: dict[str, bytes]) -> None:
    """No clock and no random UID gets into a file."""
    assert written == dict(study_files(study))


def test_the_archive_is_the_same_each_time_and_holds_the_files(
    study: Study, written: dict[str, bytes]
) -> None:
    """The zip is the folder, without times of its own."""
    archive = study_zip(study)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}

    assert written == found
    assert archive == study_zip(study)


def test_one_patient_one_study_one_series_for_each_acquisition(
    written: dict[str, bytes], study: Study
) -> None:
    """The files form the hierarchy that a viewer shows."""
    headers = _headers(written)

    assert {("Teaching^Phantom", "BONEMETS-7")} == {(str(h.PatientName), h.PatientID) for h in headers}
    assert 1 == len({h.StudyInstanceUID for h in headers})
    assert len(study.series) == len({h.SeriesInstanceUID for h in headers})
    assert len(written) == len({h.SOPInstanceUID for h in headers})


def test_every_file_says_that_it_is_simulated(written: dict[str, bytes]) -> None:
    """Nobody takes an object for that of a patient."""
    headers = _headers(written)

    assert all("Not for clinical use" in h.PatientComments for h in headers)
    assert {"YES"} == {h.QualityControlSubject for h in headers}
    assert {"bonemets-teach"} == {h.Manufacturer for h in headers}


def test_uids_lie_below_the_uuid_root(written: dict[str, bytes]) -> None:
    """2.25 and a version 5 UUID as a number (PS3.5 B.2)."""
    for header in _headers(written):
        for uid in (header.StudyInstanceUID, header.SeriesInstanceUID, header.SOPInstanceUID):
            assert re.fullmatch(r"2\.25\.[1-9][0-9]{0,38}", uid)


def test_uids_do_not_depend_on_where_parts_are_split() -> None:
    """("ab", "c") and ("a", "bc") are different things."""
    assert stable_uid("ab", "c") != stable_uid("a", "bc")


@pytest.mark.parametrize("change", ["seed", "date"])
def test_another_patient_or_day_is_another_study(study: Study, change: str) -> None:
    """No two studies share a UID."""
    patient = Patient(seed=8) if change == "seed" else study.patient
    date = dt.date(2026, 4, 6) if change == "date" else study.date
    first = Study(patient=study.patient, series=study.series[:1])
    other = Study(patient=patient, series=study.series[:1], date=date)
    uids = [{h.SOPInstanceUID for h in _headers(dict(study_files(s)))} for s in (first, other)]

    assert set() == uids[0] & uids[1]


def test_names_of_files_are_safe_on_every_system(written: dict[str, bytes]) -> None:
    """Lower-case letters, digits and dashes."""
    assert [] == [name for name in written if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)+\.dcm", name)]


@pytest.mark.parametrize(
    "fields",
    [{"seed": -1}, {"seed": 1, "sex": "X"}, {"seed": 1, "weight_kg": 0.0}, {"seed": 1, "age_years": 130}],
)
def test_a_patient_who_can_not_be_is_refused(fields: dict) -> None:
    """Seed, sex, weight and age have their ranges."""
    with pytest.raises(ParameterError):
        Patient(**fields)


def test_a_study_without_series_is_refused() -> None:
    """There is nothing to write."""
    with pytest.raises(ParameterError, match="1 to 100"):
        Study(patient=Patient(seed=1), series=[])
