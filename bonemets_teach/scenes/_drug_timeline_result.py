"""What the drug timeline shows: one lesion over three years with its treatment, and the same lesion left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

import numpy as np

from bonemets_teach.biology.lpt import LptTrajectory, Treatment, simulate
from bonemets_teach.biology.lpt_dosing import (
    Denosumab,
    TumorKill,
    Zoledronate,
    radiotherapy,
    systemic_therapy,
)
from bonemets_teach.biology.lpt_markers import LptMarkers, markers
from bonemets_teach.scenes._drug_timeline_film import lesion_brightness
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["MONTHS", "DrugResult", "Schedule", "course", "numbers", "run"]

MONTHS: Final = 36
# Doses [mg] and days between them: labels (claim doses); 60 mg is the osteoporosis regimen.
_REGIMENS: Final[dict[str, Denosumab | Zoledronate]] = {
    "denosumab-120": Denosumab(dose_mg=120.0, interval_d=28.0),
    "denosumab-60": Denosumab(dose_mg=60.0, interval_d=6 * DAYS_PER_MONTH),
    "zoledronate-4": Zoledronate(dose_mg=4.0, interval_d=28.0),
    "zoledronate-12": Zoledronate(dose_mg=4.0, interval_d=84.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What is given, in months; a drug stops at 36 or later never.

    Parameters
    ----------
    bone_drug, tumor_treatment : str
        Values of the controls; "none" is nothing.
    bone_start, bone_stop, tumor_start, tumor_months : float
        First month and first month without bone drug; first month and length of tumor treatment.
    """

    bone_drug: str = "none"
    bone_start: float = 0.0
    bone_stop: float = float(MONTHS)
    tumor_treatment: str = "none"
    tumor_start: float = 0.0
    tumor_months: float = 12.0

    @property
    def bone_span(self) -> tuple[float, float] | None:
        """First and last month of the bone drug, None if no dose is given."""
        if self.bone_drug == "none" or self.bone_stop <= self.bone_start:
            return None
        return self.bone_start, min(self.bone_stop, float(MONTHS))

    @property
    def tumor_span(self) -> tuple[float, float] | None:
        """First and last month of the tumor treatment; radiotherapy counts as half a month."""
        if self.tumor_treatment == "none":
            return None
        length = 0.5 if self.tumor_treatment == "radiotherapy" else self.tumor_months
        return self.tumor_start, min(self.tumor_start + length, float(MONTHS))

    @property
    def stops(self) -> bool:
        """Whether the bone drug is given and ends within the three years."""
        return self.bone_span is not None and self.bone_stop < MONTHS

    @property
    def dose_months(self) -> list[float]:
        """Months in which a dose of the bone drug is given."""
        given = self.bone_course
        return [] if given is None else [float(day) / DAYS_PER_MONTH for day in given.dose_days(_days())]

    @property
    def bone_course(self) -> Denosumab | Zoledronate | None:
        """The course of the bone drug."""
        if self.bone_span is None:
            return None
        return replace(
            _REGIMENS[self.bone_drug],
            start_d=self.bone_start * DAYS_PER_MONTH,
            stop_d=self.bone_stop * DAYS_PER_MONTH if self.stops else None,
        )

    def treatment(self) -> Treatment:
        """Return the treatment for the model."""
        given, kills = self.bone_course, self._kills()
        return Treatment(
            denosumab=(given,) if isinstance(given, Denosumab) else (),
            zoledronate=(given,) if isinstance(given, Zoledronate) else (),
            kills=kills,
        )

    def _kills(self) -> tuple[TumorKill, ...]:
        if self.tumor_span is None:
            return ()
        start, end = (month * DAYS_PER_MONTH for month in self.tumor_span)
        if self.tumor_treatment == "radiotherapy":
            return (radiotherapy(start),)
        return (systemic_therapy(start, end),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A trajectory with its markers."""

    path: LptTrajectory
    markers: LptMarkers


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugResult:
    """A computed state: phenotype, schedule, month shown, the treated and the untreated course."""

    phenotype: float
    schedule: Schedule
    month: float
    treated: Course
    untreated: Course

    @property
    def index(self) -> int:
        """Sample of the month shown."""
        return self.at(self.month)

    @property
    def is_treated(self) -> bool:
        """Whether anything is given."""
        return self.treated is not self.untreated

    def at(self, month: float) -> int:
        """Return the sample of a month."""
        return int(np.abs(self.treated.path.time_d - month * DAYS_PER_MONTH).argmin())


def _days() -> float:
    return MONTHS * DAYS_PER_MONTH


@lru_cache(maxsize=6)
def course(phenotype: float, schedule: Schedule) -> Course:
    """Simulate three years, or return them if they are known."""
    path = simulate(phenotype, _days(), treatment=schedule.treatment())
    return Course(path=path, markers=markers(path))


@cache
def _nothing() -> Schedule:
    return Schedule()


def run(phenotype: float, schedule: Schedule, month: float) -> DrugResult:
    """Return a treated lesion beside the same one left alone."""
    untreated = course(phenotype, _nothing())
    given = schedule.bone_span is not None or schedule.tumor_span is not None
    treated = course(phenotype, schedule) if given else untreated
    return DrugResult(
        phenotype=phenotype, schedule=schedule, month=month, treated=treated, untreated=untreated
    )


def numbers(result: DrugResult) -> dict[str, float]:
    """Return the named numbers of a result; folds are multiples of healthy bone."""
    i, path, found = result.index, result.treated.path, result.treated.markers
    other = result.untreated
    return {
        "tumor_percent": 100.0 * float(path.tumor[i]),
        "bone_percent": 100.0 * float(path.bone_volume[i]),
        "osteoclast_ratio": float(path.osteoclast_ratio[i]),
        "osteoblast_ratio": float(path.osteoblast_ratio[i]),
        "ctx_fold": float(found.ctx[i]),
        "ntx_fold": float(found.ntx[i]),
        "p1np_fold": float(found.p1np[i]),
        "bone_alp_fold": float(found.bone_alp[i]),
        "denosumab_ug_per_ml": float(path.denosumab_ug_per_ml[i]),
        "doses": float(len(result.schedule.dose_months)),
        "untreated_tumor_percent": 100.0 * float(other.path.tumor[i]),
        "untreated_bone_percent": 100.0 * float(other.path.bone_volume[i]),
        "untreated_ctx_fold": float(other.markers.ctx[i]),
        "tumor_end_percent": 100.0 * float(path.tumor[-1]),
        "bone_end_percent": 100.0 * float(path.bone_volume[-1]),
        "untreated_bone_end_percent": 100.0 * float(other.path.bone_volume[-1]),
        "tumor_lowest_percent": 100.0 * float(path.tumor.min()),
        "film_percent": _brightness(result.treated, i),
        "untreated_film_percent": _brightness(other, i),
        **_after_stop(result),
        **_after_kill(result),
    }


def _brightness(shown: Course, i: int) -> float:
    return lesion_brightness(round(float(shown.path.bone_volume[i]), 3), round(float(shown.path.tumor[i]), 3))


def _after_stop(result: DrugResult) -> dict[str, float]:
    ctx = result.treated.markers.ctx
    start = result.at(result.schedule.bone_start) if result.schedule.bone_span else 0
    stop = result.at(result.schedule.bone_stop) if result.schedule.stops else len(ctx) - 1
    peak = stop + int(ctx[stop:].argmax())
    high = np.flatnonzero(ctx[stop:] > 1.2)
    months = result.treated.path.time_d / DAYS_PER_MONTH
    return {
        "ctx_before_drug_fold": float(ctx[start]),
        "ctx_at_stop_fold": float(ctx[stop]),
        "ctx_peak_after_stop_fold": float(ctx[peak]),
        "ctx_peak_after_stop_months": float(months[peak] - months[stop]),
        "months_until_ctx_high": float(months[stop + high[0]] - months[stop]) if high.size else float(MONTHS),
    }


def _after_kill(result: DrugResult) -> dict[str, float]:
    alp, volume = result.treated.markers.bone_alp, result.treated.path.bone_volume
    span = result.schedule.tumor_span
    start = result.at(span[0]) if span else 0
    peak = start + int(alp[start : start + 184].argmax())
    return {
        "bone_alp_before_kill_fold": float(alp[start]),
        "bone_alp_peak_after_kill_fold": float(alp[peak]),
        "bone_alp_peak_after_kill_months": float(peak - start) / DAYS_PER_MONTH,
        "bone_before_kill_percent": 100.0 * float(volume[start]),
    }
