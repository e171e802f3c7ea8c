"""Why a scan gets worse while the patient gets better: uptake of lesions under treatment, and what a reader counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.lpt import Treatment, simulate
from bonemets_teach.biology.lpt_dosing import TumorKill
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging.bone_uptake import REFERENCE_BONE_FRACTION, relative_uptake
from bonemets_teach.imaging.flare import ScanReading

__all__ = ["VISIBLE_RATIO", "LesionCourse", "TreatedLesion", "lesion_course", "scan_readings"]

_Array = npt.NDArray[np.float64]

VISIBLE_RATIO: Final = 2.0
"""Uptake over normal bone from which a reader calls a lesion; chosen, an image ratio of about 1.4 at 12 mm radius."""
_LONGEST_D: Final = 3650.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedLesion:
    """One lesion when treatment begins.

    Parameters
    ----------
    phenotype : float
        q, 0 (lytic) to 1 (blastic).
    age_d : float
        Days since its first cells when treatment begins, in [1, 3000].
    kill_per_day : float, default 0.15
        Share of the tumor killed a day by the treatment [1/d], in [0, 1]; 0 is no response.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    phenotype: float
    age_d: float
    kill_per_day: float = 0.15

    def __post_init__(self) -> None:
        require_in_range("phenotype", self.phenotype, 0.0, 1.0)
        require_in_range("age_d", self.age_d, 1.0, 3000.0, "d")
        require_in_range("kill_per_day", self.kill_per_day, 0.0, 1.0, "1/d")


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionCourse:
    """A lesion from the day treatment begins.

    Parameters
    ----------
    week : ndarray of shape (time,)
        Weeks since treatment began, from 0.
    uptake, tumor, osteoblast_ratio, bone_volume : ndarray of shape (time,)
        Uptake over normal bone, tumor share of the marrow space, osteoblasts and bone relative to normal.
    """

    week: _Array
    uptake: _Array
    tumor: _Array
    osteoblast_ratio: _Array
    bone_volume: _Array

    def uptake_at(self, week: float) -> float:
        """Return the uptake over normal bone in a week.

        Parameters
        ----------
        week : float
            Weeks since treatment began.

        Returns
        -------
        uptake : float
            Interpolated; the ends are held.
        """
        return float(np.interp(week, self.week, self.uptake))


def lesion_course(lesion: TreatedLesion, weeks: float) -> LesionCourse:
    """Follow the uptake of a lesion under treatment.

    Parameters
    ----------
    lesion : TreatedLesion
        The lesion and how it responds.
    weeks : float
        How long [weeks], in [1, 90].

    Returns
    -------
    course : LesionCourse
        About one value a day.

    Raises
    ------
    ParameterError
        If ``weeks`` is outside its range.

    Notes
    -----
    Uptake is bone surface times osteoblasts of the tumor-bone model. The tumor dies, DKK-1 and PTHrP go, the lost bone
    still calls for repair: osteoblasts rise for weeks before they fall. Flare comes out; it is not put in.
    Left out: place and size of the lesion, and tumors that turn resistant.
    """
    span = require_in_range("weeks", weeks, 1.0, 90.0, "weeks") * 7.0
    start = float(lesion.age_d)
    kill = (TumorKill(per_day=lesion.kill_per_day, start_d=start),) if lesion.kill_per_day > 0 else ()
    run = simulate(lesion.phenotype, min(start + span, _LONGEST_D), treatment=Treatment(kills=kill))
    after = run.time_d >= start
    volume = run.bone_volume[after]
    bone = np.clip(REFERENCE_BONE_FRACTION * volume, 0.0, 0.95)
    return LesionCourse(
        week=(run.time_d[after] - start) / 7.0,
        uptake=relative_uptake(bone, run.osteoblast_ratio[after], 1.0).astype(np.float64),
        tumor=run.tumor[after],
        osteoblast_ratio=run.osteoblast_ratio[after],
        bone_volume=volume,
    )


def scan_readings(lesions: Sequence[TreatedLesion], weeks: Sequence[float]) -> tuple[int, list[ScanReading]]:
    """Return what a reader who calls every lesion above `VISIBLE_RATIO` counts.

    Parameters
    ----------
    lesions : sequence of TreatedLesion
        All lesions of a patient, seen or not.
    weeks : sequence of float
        Weeks of the scans after treatment began, ascending, in (0, 90].

    Returns
    -------
    baseline : int
        Lesions on the scan when treatment begins.
    readings : list of ScanReading
        New lesions of each scan against that one, for `flare.read_by_two_plus_two`.

    Raises
    ------
    ParameterError
        If there is no scan.
    """
    if not weeks:
        message = "weeks is empty; give at least one scan, for example 8"
        raise ParameterError(message)
    courses = [lesion_course(lesion, max(1.0, float(max(weeks)))) for lesion in lesions]
    at_start = [course.uptake_at(0.0) >= VISIBLE_RATIO for course in courses]
    readings = [
        ScanReading(
            week=week,
            new_lesions=sum(
                course.uptake_at(week) >= VISIBLE_RATIO
                for course, seen in zip(courses, at_start, strict=True)
                if not seen
            ),
        )
        for week in weeks
    ]
    return sum(at_start), readings
