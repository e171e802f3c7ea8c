"""What each disease adds to the views of the bone scan in a week, kept once it was projected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields, usual_radius_mm
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.bone_uptake import lesion_uptake
from bonemets_teach.imaging.bone_uptake_mimics import add_mimic
from bonemets_teach.imaging.flare_course import LesionCourse, TreatedLesion, lesion_course
from bonemets_teach.imaging.planar_patches import PlanarPatch, planar_patch
from bonemets_teach.imaging.planar_scan import PlanarSettings
from bonemets_teach.imaging.planar_superscan import diffuse_disease
from bonemets_teach.imaging.treated_lesion import treated_lesion
from bonemets_teach.scenes._bone_scan_patients import (
    BENIGN,
    DEPOSITS,
    DIFFUSE_PHENOTYPE,
    PHENOTYPES,
    Benign,
    Deposit,
)
from bonemets_teach.scenes._nuclear_body import body

__all__ = ["Case", "Finding", "findings", "osteoblasts"]

_LONGEST_WEEKS: Final = 40.0
_WEEKS_A_MONTH: Final = 4.345
_DAYS_A_MONTH: Final = 30.4
_SMALLEST_MM: Final = 1.0
_LARGEST_MM: Final = 30.0  # chosen: bones are not larger
_USUAL_AMOUNT: Final = 50.0
_DIFFUSE_MONTHS: Final = 18.0
# Chosen: osteoblasts of diffuse disease at which views are made, more than normal; between them they are interpolated.
_STEPS: Final = (0.0, 2.0, 5.0, 11.0, 22.0)
_MOST: Final = _STEPS[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A patient in a week, under a camera.

    Parameters
    ----------
    patient : str
        Value of the control.
    amount : float
        Amount of disease [%].
    week : float
        Weeks since treatment could begin, negative before.
    treated : bool
        Whether a treatment that works began in week 0.
    collimator : str
        Collimator of the camera.
    """

    patient: str
    amount: float
    week: float
    treated: bool
    collimator: Literal["LEHR", "LEGP", "LEUHR"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that changes the scan.

    Parameters
    ----------
    label : str
        Bone, or what it is.
    patch : PlanarPatch
        What it adds.
    weight : float
        Factor on the patch.
    place : (int, int) or None
        Row and column in the front view; None if it is everywhere.
    radius_mm : float
        Radius [mm], 0 if it is everywhere.
    """

    label: str
    patch: PlanarPatch
    weight: float
    place: tuple[int, int] | None
    radius_mm: float


def findings(case: Case) -> list[Finding]:
    """Return everything that a patient has in a week.

    Parameters
    ----------
    case : Case
        Patient, week and camera.

    Returns
    -------
    findings : list of Finding
        Empty in health.
    """
    if case.amount <= 0 or case.patient == "healthy":
        return []
    if case.patient in PHENOTYPES:
        return [found for deposit in DEPOSITS if (found := _deposit(deposit, case)) is not None]
    if case.patient == "benign":
        share = case.amount / _USUAL_AMOUNT
        return [_benign(one, case.collimator, share) for one in BENIGN]
    return _everywhere(case)


def osteoblasts(case: Case) -> float:
    """Return the osteoblast activity of diffuse disease before treatment.

    Parameters
    ----------
    case : Case
        Patient with diffuse or metabolic disease.

    Returns
    -------
    ratio : float
        Relative to normal.
    """
    return 1.0 + _MOST * case.amount / 100.0


def _deposit(deposit: Deposit, case: Case) -> Finding | None:
    healing = case.treated and case.week > 0
    months = deposit.months + (0.0 if healing else case.week / _WEEKS_A_MONTH)
    radius = deposit.size * case.amount / _USUAL_AMOUNT * usual_radius_mm(max(months, 0.0))
    if radius < _SMALLEST_MM:
        return None
    radius = min(radius, _LARGEST_MM)
    key = (deposit, PHENOTYPES[case.patient], round(months, 3), round(radius, 2))
    patch = _deposit_patch(*key, case.week if healing else None, case.collimator)
    return Finding(label=deposit.bone, patch=patch, weight=1.0, place=_place(deposit.site), radius_mm=radius)


def _place(site: str) -> tuple[int, int]:
    z, _, x = body().index_of(body().sites[site])
    return z, x


@lru_cache(maxsize=1024)
def _deposit_patch(
    deposit: Deposit,
    phenotype: float,
    months: float,
    radius: float,
    week: float | None,
    collimator: Literal["LEHR", "LEGP", "LEUHR"],
) -> PlanarPatch:
    state = _deposit_state(deposit, phenotype, months, radius)
    if week is not None:
        state = treated_lesion(state, _course(phenotype, deposit.months), week)
    uptake = lesion_uptake(state)
    return planar_patch(body(), uptake, state.roi, PlanarSettings(collimator=collimator))


@lru_cache(maxsize=32)
def _deposit_state(deposit: Deposit, phenotype: float, months: float, radius: float) -> VoxelState:
    lesion = SkeletonLesion(
        bone=deposit.bone, center_mm=body().sites[deposit.site], radius_mm=radius,
        phenotype=phenotype, months=months,
    )  # fmt: skip
    return lesion_fields(body(), [lesion])


@lru_cache(maxsize=64)
def _course(phenotype: float, months: float) -> LesionCourse:
    return lesion_course(TreatedLesion(phenotype=phenotype, age_d=months * _DAYS_A_MONTH), _LONGEST_WEEKS)


@lru_cache(maxsize=32)
def _benign_patch(one: Benign, collimator: Literal["LEHR", "LEGP", "LEUHR"]) -> PlanarPatch:
    state = add_mimic(VoxelState.healthy(body()), one.mimic, one.site)
    return planar_patch(body(), lesion_uptake(state), state.roi, PlanarSettings(collimator=collimator))


def _benign(one: Benign, collimator: Literal["LEHR", "LEGP", "LEUHR"], share: float) -> Finding:
    patch = _benign_patch(one, collimator)
    return Finding(label=one.label, patch=patch, weight=share, place=_place(one.site), radius_mm=8.0)


def _everywhere(case: Case) -> list[Finding]:
    """Return the two kept steps around the wanted activity, weighted."""
    above = osteoblasts(case) - 1.0
    share = 1.0
    if case.patient == "diffuse" and case.treated and case.week > 0:
        course = _course(DIFFUSE_PHENOTYPE, _DIFFUSE_MONTHS)
        share = (course.uptake_at(case.week) - 1.0) / (course.uptake_at(0.0) - 1.0)
    upper = min(int(np.searchsorted(_STEPS, above)), len(_STEPS) - 1)
    low, high = _STEPS[max(upper - 1, 0)], _STEPS[upper]
    part = (above - low) / (high - low) if high > low else 1.0
    return [
        Finding(
            label=case.patient, weight=weight * share, place=None, radius_mm=0.0,
            patch=_everywhere_patch(case.patient, step, case.collimator),
        )
        for step, weight in ((low, 1.0 - part), (high, part))
        if step > 0 and weight > 0
    ]  # fmt: skip


@lru_cache(maxsize=24)
def _everywhere_patch(
    patient: str, above: float, collimator: Literal["LEHR", "LEGP", "LEUHR"]
) -> PlanarPatch:
    pattern: Literal["metastatic", "metabolic"] = "metastatic" if patient == "diffuse" else "metabolic"
    state = diffuse_disease(body(), 1.0 + above, pattern=pattern)
    return planar_patch(body(), lesion_uptake(state), state.roi, PlanarSettings(collimator=collimator))
