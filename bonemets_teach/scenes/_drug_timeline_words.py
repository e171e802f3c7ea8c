"""Says what the drug timeline shows."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._drug_timeline_result import MONTHS, DrugResult, Schedule, numbers
from bonemets_teach.scenes._vicious_cycle_result import fold

__all__ = ["DRUG_NAMES", "describe", "given"]

DRUG_NAMES: Final = {
    "denosumab-120": "denosumab 120 mg every 4 weeks",
    "denosumab-60": "denosumab 60 mg every 6 months",
    "zoledronate-4": "zoledronate every 4 weeks",
    "zoledronate-12": "zoledronate every 12 weeks",
}


def given(schedule: Schedule) -> list[str]:
    """Name what is given and when."""
    parts = []
    if schedule.bone_span is not None:
        name, (start, stop) = DRUG_NAMES[schedule.bone_drug], schedule.bone_span
        end = f" to {stop:g}" if schedule.stops else " on"
        parts.append(f"{name} from month {start:g}{end}")
    if schedule.tumor_span is not None:
        start, stop = schedule.tumor_span
        once = schedule.tumor_treatment == "radiotherapy"
        parts.append(
            f"radiotherapy in month {start:g}"
            if once
            else f"systemic therapy from month {start:g} to {stop:g}"
        )
    return parts


def describe(result: DrugResult) -> str:
    """Say in words what the picture shows.

    Parameters
    ----------
    result : DrugResult
        A computed state.

    Returns
    -------
    text : str
        A few sentences with numbers and units.
    """
    n = numbers(result)
    now = (
        f"Month {result.month:g}: tumor fills {n['tumor_percent']:.0f} % of the marrow space, bone volume is "
        f"{n['bone_percent']:.0f} % of the start. Osteoclasts are at {fold(n['osteoclast_ratio'])} and "
        f"osteoblasts at {fold(n['osteoblast_ratio'])} times normal; as multiples of normal CTX is "
        f"{fold(n['ctx_fold'])}, P1NP {fold(n['p1np_fold'])} and bone ALP {fold(n['bone_alp_fold'])}."
    )
    end = (
        f"At month {MONTHS} tumor is at {n['tumor_end_percent']:.0f} % and bone volume at "
        f"{n['bone_end_percent']:.0f} %"
    )
    if result.is_treated:
        end += f"; untreated, bone volume would be {n['untreated_bone_end_percent']:.0f} %"
    parts = (f"{_treatment(result.schedule)} {now}", _film(result, n), f"{end}.", *_events(result, n))
    return " ".join(parts).replace("<", "less than")


def _treatment(schedule: Schedule) -> str:
    if schedule.bone_drug != "none" and schedule.bone_span is None:
        late = "The bone drug would stop before it starts, so no dose is given. "
    else:
        late = ""
    named = " and ".join(given(schedule))
    return f"{late}{named[0].upper()}{named[1:]}." if named else f"{late}Nothing is given."


def _film(result: DrugResult, n: dict[str, float]) -> str:
    here = f"On the tile of film the lesion is {_shade(n['film_percent'])}"
    if not result.is_treated:
        return f"{here}."
    other = f"untreated it is {_shade(n['untreated_film_percent'])}"
    return f"{here}; {other}, with bone at {n['untreated_bone_percent']:.0f} %."


def _shade(percent: float) -> str:
    if abs(percent) < 2.0:
        return "as gray as healthy bone"
    return f"{'whiter' if percent > 0 else 'darker'} than healthy bone by {abs(percent):.0f} %"


def _events(result: DrugResult, n: dict[str, float]) -> list[str]:
    found = []
    if result.schedule.stops:
        found.append(
            f"After the bone drug has stopped CTX peaks at {fold(n['ctx_peak_after_stop_fold'])} times normal, "
            f"{n['ctx_peak_after_stop_months']:.1f} months later."
        )
    if result.schedule.tumor_span is not None:
        before, peak = n["bone_alp_before_kill_fold"], n["bone_alp_peak_after_kill_fold"]
        rises = peak > 1.15 * before
        found.append(
            f"Bone ALP rises after the tumor treatment from {fold(before)} to {fold(peak)} times normal within "
            f"{n['bone_alp_peak_after_kill_months']:.1f} months: a flare."
            if rises
            else f"Bone ALP, {fold(before)} times normal when tumor treatment starts, rises by less than 15 % after it."
        )
    return found
