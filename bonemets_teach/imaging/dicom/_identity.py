"""Patient, study, series and equipment: what all objects of a series share (PS3.3 C.7.1 to C.7.5, C.12.1)."""

from __future__ import annotations

from typing import Final

from pydicom.dataset import Dataset

from bonemets_teach import __version__
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.settings import decimal
from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.uid import stable_uid

_UNPAIRED: Final = frozenset({"PELVIS", "LSPINE", "TSPINE", "CHEST", "WHOLEBODY"})

__all__ = ["identity", "instance_uid"]

_COMMENT: Final = "Simulated by bonemets-teach, a teaching model. No patient. Not for clinical use."


def identity(study: Study, index: int) -> Dataset:
    """Return what every object of a series holds.

    Parameters
    ----------
    study : Study
        The study.
    index : int
        Which of its series, from 0.

    Returns
    -------
    dataset : pydicom.Dataset
        Without image and UID of the object.
    """
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    _add_patient(dataset, study)
    _add_study(dataset, study)
    _add_series(dataset, study, index)
    dataset.Manufacturer = "bonemets-teach"
    dataset.ManufacturerModelName = "simulator"
    dataset.DeviceSerialNumber = "0"
    dataset.SoftwareVersions = __version__
    dataset.ImageComments = _COMMENT
    return dataset


def instance_uid(study: Study, index: int, number: int) -> str:
    """Return the UID of an object: series index from 0, instance number from 1."""
    return stable_uid(*study.identity, "series", index, study.series[index].description, "instance", number)


def _add_patient(dataset: Dataset, study: Study) -> None:
    patient = study.patient
    dataset.PatientName = "Teaching^Phantom"
    dataset.PatientID = f"BONEMETS-{patient.seed}"
    dataset.PatientBirthDate = ""
    dataset.PatientSex = patient.sex
    dataset.PatientAge = f"{patient.age_years:03d}Y"
    dataset.PatientSize = decimal(patient.height_cm / 100)
    dataset.PatientWeight = decimal(patient.weight_kg)
    dataset.PatientComments = _COMMENT
    dataset.QualityControlSubject = "YES"


def _add_study(dataset: Dataset, study: Study) -> None:
    start = study.start_of(0)
    dataset.StudyInstanceUID = stable_uid(*study.identity)
    dataset.StudyDate, dataset.StudyTime = start.strftime("%Y%m%d"), start.strftime("%H%M%S")
    dataset.StudyID = "1"
    dataset.AccessionNumber = ""
    dataset.ReferringPhysicianName = ""
    dataset.StudyDescription = study.description


def _add_series(dataset: Dataset, study: Study, index: int) -> None:
    series: Series = study.series[index]
    start = study.start_of(index)
    day, time = start.strftime("%Y%m%d"), start.strftime("%H%M%S")
    dataset.Modality = series.modality
    dataset.SeriesInstanceUID = stable_uid(*study.identity, "series", index, series.description)
    dataset.SeriesNumber = index + 1
    dataset.SeriesDescription = series.description
    for kind in ("Series", "Acquisition", "Content"):
        setattr(dataset, f"{kind}Date", day)
        setattr(dataset, f"{kind}Time", time)
    dataset.AcquisitionNumber = 1
    # C.7.3.1: empty where the part may be one of a pair; ImageLaterality says it for each image instead.
    part = series.settings.get("BodyPartExamined")
    if series.modality != "DX" and part not in _UNPAIRED and "ImageLaterality" not in series.settings:
        dataset.Laterality = ""
