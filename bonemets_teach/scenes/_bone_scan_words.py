"""Says what a bone scan shows."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from bonemets_teach.scenes._bone_scan_disease import osteoblasts
from bonemets_teach.scenes._bone_scan_patients import PATIENTS, PHENOTYPES
from bonemets_teach.scenes._bone_scan_reading import COLD_CONTRAST, HOT_CONTRAST, Spot
from bonemets_teach.scenes._bone_scan_result import ScanResult

__all__ = ["COLLIMATOR_LABELS", "describe", "spot_words", "week_words"]

COLLIMATOR_LABELS: Final = MappingProxyType(
    {"LEHR": "High resolution", "LEGP": "General purpose", "LEUHR": "Ultra-high resolution"}
)
"""Collimators: value of the control, and what the learner reads."""
_MODEL_NOTE = (
    " In the model only lytic and mostly lytic lesions flare; in patients blastic prostate lesions flare too."
)


def describe(result: ScanResult) -> str:
    """Return the text alternative of a scan.

    Parameters
    ----------
    result : ScanResult
        From `bonemets_teach.scenes._bone_scan_result.take_scan`.

    Returns
    -------
    words : str
        A few sentences with numbers and units.
    """
    settings = result.settings
    compared = " beside the scan of week 0" if result.scans > 1 else ""
    camera = (
        f"{settings.time_h:g} h after {settings.activity_mbq:g} MBq, {settings.seconds:g} s over each point with the "
        f"{COLLIMATOR_LABELS[settings.collimator].lower().replace(' ', '-')} collimator ({result.counts / 1e6:.1f} million counts from the "
        "front)"
    )
    return (
        f"Bone scan from front and back{compared}, {camera}. {_patient_words(result)} {_seen_words(result)}"
        f"{_followed_words(result)} {_tracer_words(result)}"
    )


def week_words(week: float) -> str:
    """Return a week in words, for example "week 8" or "8 weeks before week 0"."""
    return f"week {week:g}" if week >= 0 else f"{-week:g} weeks before week 0"


def spot_words(spot: Spot) -> str:
    """Return a finding with how it differs, for example "T8 (front +10 %, back +34 %)"."""
    return f"{spot.label} (front {100 * spot.front:+.0f} %, back {100 * spot.back:+.0f} %)".replace("-", "−")


def _patient_words(result: ScanResult) -> str:
    case = result.case
    if case.patient == "healthy" or case.amount <= 0:
        return "A patient without bone disease."
    name = PATIENTS[case.patient]
    if case.patient in PHENOTYPES:
        largest = max((2 * spot.radius_mm for spot in result.now.spots), default=0.0)
        sizes = f", up to {largest:.0f} mm across" if largest else ", too small to matter"
        return f"{name}{sizes}, in {_course_words(result)}."
    if case.patient == "benign":
        return f"{name}, at {case.amount / 50:g} times usual activity."
    course = f", {_course_words(result)}" if case.patient == "diffuse" else ""
    return f"{name}: osteoblasts {osteoblasts(case):.0f} times as active as normal{course}."


def _course_words(result: ScanResult) -> str:
    case = result.case
    if case.treated and case.week > 0:
        return f"week {case.week:g} of a treatment that works"
    return (
        f"{week_words(case.week)}, untreated"
        if not case.treated
        else f"{week_words(case.week)}, not yet treated"
    )


def _seen_words(result: ScanResult) -> str:
    if not result.now.spots:
        return "No single spot stands out."
    hot, cold = result.now.hot, result.now.cold
    unseen = [spot for spot in result.now.spots if not (spot.is_hot or spot.is_cold)]
    parts = [
        f"Hot: {_list(hot)}." if hot else f"No spot is hot (by {100 * HOT_CONTRAST:.0f} % or more).",
        f"Cold: {_list(cold)}." if cold else f"None is cold (by {-100 * COLD_CONTRAST:.0f} % or more).",
    ]
    if unseen:
        parts.append(f"There but not called: {_list(unseen)}.")
    return " ".join(parts)


def _list(spots: Sequence[Spot]) -> str:
    return ", ".join(spot_words(spot) for spot in spots)


def _followed_words(result: ScanResult) -> str:
    if not result.is_followed or result.case.amount <= 0:
        return ""
    words = f" In week 0, {result.baseline or 'none'} of the metastases {'was' if result.baseline < 2 else 'were'} hot."
    if result.readings:
        counts = "; ".join(f"week {one.week:g}: {one.new_lesions}" for one in result.readings)
        words += f" New hot lesions against week 0: {counts}. By the 2+2 rule: {result.verdict.label}. {result.verdict.reason}"
        words += _MODEL_NOTE if result.case.treated else ""
    return words


def _tracer_words(result: ScanResult) -> str:
    return (
        f"The skeleton asks for {result.now.views.demand:.1f} times the tracer of a healthy one; kidneys hold "
        f"{100 * result.kidney_share:.0f} % and soft tissue {100 * result.soft_share:.0f} % of what they hold in health, "
        f"and bone takes up {result.bone_to_soft:.1f} times as much as soft tissue."
    )
