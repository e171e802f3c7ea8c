"""One patient, one study, its series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging.dicom.series import Series

__all__ = ["Patient", "Study"]

# Chosen: a day far enough back that no viewer shows a study of the future.
_FIRST_DAY: Final = dt.date(2026, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The simulated patient, always named Teaching^Phantom.

    Parameters
    ----------
    seed : int
        What the patient was generated from, in [0, 1e9]; makes the patient's id.
    sex : {"F", "M", "O"}, default "O"
        DICOM's PatientSex.
    age_years : int, default 65
        In [0, 120].
    height_cm, weight_kg : float
        In [50, 250] and [2, 400]; a viewer needs the weight for SUV.
    """

    seed: int
    sex: Literal["F", "M", "O"] = "O"
    age_years: int = 65
    height_cm: float = 165.0
    weight_kg: float = 70.0

    def __post_init__(self) -> None:
        require_in_range("seed", self.seed, 0, 1_000_000_000)
        require_in_range("age_years", self.age_years, 0, 120, "years")
        require_in_range("height_cm", self.height_cm, 50, 250, "cm")
        require_in_range("weight_kg", self.weight_kg, 2, 400, "kg")
        if self.sex not in ("F", "M", "O"):
            message = f"sex = {self.sex!r} is not one of F, M, O; choose one of them"
            raise ParameterError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What is exported at once.

    Parameters
    ----------
    patient : Patient
        Whom it shows.
    series : sequence of Series
        In the order of their numbers, 1 to 100.
    description : str, default "Simulated bone metastases"
        Name in a viewer's list, at most 64 characters.
    date : datetime.date, default 2026-01-05
        Day of the study; a prior and a current study of a patient differ in it.

    Notes
    -----
    Everything in the files follows from these fields, so the same study gives the same bytes.
    """

    patient: Patient
    series: Sequence[Series]
    description: str = "Simulated bone metastases"
    date: dt.date = _FIRST_DAY

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= 100:
            message = f"the study has {len(self.series)} series; give 1 to 100"
            raise ParameterError(message)
        if not 1 <= len(self.description) <= 64 or "\\" in self.description:
            message = f"description = {self.description!r}; give 1 to 64 characters, no backslash"
            raise ParameterError(message)

    @property
    def identity(self) -> tuple[object, ...]:
        """What the UIDs of the study are made from."""
        return ("study", self.patient.seed, self.date.isoformat(), self.description)

    def start_of(self, index: int) -> dt.datetime:
        """Return when a series starts: 8:00, then every 10 minutes (chosen)."""
        return dt.datetime.combine(self.date, dt.time(8), tzinfo=dt.UTC) + dt.timedelta(minutes=10 * index)
