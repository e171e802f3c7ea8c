"""What nuclear images share: how the patient lies and what was injected (PS3.3 C.8.4.6, C.8.4.10, C.8.9.2)."""

from __future__ import annotations

import datetime as dt

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.codes import HEADFIRST, NUCLIDES, POSTURE, SUPINE, TRACERS, code
from bonemets_teach.imaging.dicom.settings import decimal

__all__ = ["add_posture", "tracer_item"]


def add_posture(dataset: Dataset) -> None:
    """Say that the patient lies on the back, head first."""
    item = code(POSTURE)
    item.PatientOrientationModifierCodeSequence = Sequence([code(SUPINE)])
    dataset.PatientOrientationCodeSequence = Sequence([item])
    dataset.PatientGantryRelationshipCodeSequence = Sequence([code(HEADFIRST)])


def tracer_item(name: str, injected: dt.datetime) -> Dataset:
    """Return the item of RadiopharmaceuticalInformationSequence.

    Parameters
    ----------
    name : {"FDG", "NaF", "PSMA", "MDP"}
        The tracer.
    injected : datetime.datetime
        Default time of injection.

    Returns
    -------
    item : pydicom.Dataset
        With codes, half-life and, for a positron emitter, positron fraction and start date.

    Raises
    ------
    ParameterError
        If the tracer is unknown.
    """
    if name not in TRACERS:
        message = f"Radiopharmaceutical = {name!r} is not one of {', '.join(TRACERS)}; choose one of them"
        raise ParameterError(message)
    full_name, nuclide, agent = TRACERS[name]
    nuclide_code, half_life_s, positron_fraction = NUCLIDES[nuclide]
    item = Dataset()
    item.Radiopharmaceutical = full_name
    item.RadiopharmaceuticalStartTime = injected.strftime("%H%M%S")
    item.RadionuclideCodeSequence = Sequence([code(nuclide_code)])
    item.RadiopharmaceuticalCodeSequence = Sequence([code(agent)])
    if positron_fraction:
        item.RadiopharmaceuticalStartDateTime = injected.strftime("%Y%m%d%H%M%S")
        item.RadionuclideHalfLife = decimal(half_life_s)
        item.RadionuclidePositronFraction = decimal(positron_fraction)
    return item
