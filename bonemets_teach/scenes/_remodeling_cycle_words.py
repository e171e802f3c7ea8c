"""Says what the remodeling cycle shows."""

from __future__ import annotations

from bonemets_teach.scenes._remodeling_cycle_result import DAYS, RemodelingResult

__all__ = ["describe"]


def describe(result: RemodelingResult, numbers: dict[str, float]) -> str:
    """Say in words what the picture shows.

    Parameters
    ----------
    result : RemodelingResult
        A computed state.
    numbers : dict of str to float
        The scene's quantities of it.

    Returns
    -------
    text : str
        A few sentences with numbers and units.
    """
    phases = result.phases
    cells = (
        f"{result.extra_osteoclasts:g} extra osteoclasts start the event; osteoclasts reach "
        f"{numbers['osteoclast_peak_cells']:.1f} cells, osteoblasts "
        f"{numbers['osteoblast_peak_cells']:.0f} cells on day {numbers['osteoblast_peak_day']:.0f}."
    )
    bone = (
        f"In the first event bone mass falls to {numbers['first_minimum_percent']:.1f} % on day "
        f"{phases.reversal_d:.0f}, and 95 % of the refill is done by day {phases.refilled_d:.0f}. "
        f"Over 1,000 days the lowest bone mass is {numbers['bone_minimum_percent']:.1f} %; it ends at "
        f"{numbers['bone_end_percent']:.1f} %."
    )
    plane = f" {_plane(result, numbers)}" if result.view == "plane" else ""
    return f"{cells} {bone} {_outlook(result, numbers)}{plane}"


def _plane(result: RemodelingResult, numbers: dict[str, float]) -> str:
    ends = {
        "fades": "spirals in to rest",
        "lasts": "closes on itself: the same loop for ever",
        "grows": "widens from loop to loop: rest is unstable",
    }
    return (
        f"In the phase plane the point starts at {result.trajectory.osteoclast[0]:.1f} osteoclasts, runs counterclockwise "
        f"around rest ({numbers['rest_osteoclast_cells']:.2f} osteoclasts, {numbers['rest_osteoblast_cells']:.0f} "
        f"osteoblasts) and {ends[result.stability]}."
    )


def _outlook(result: RemodelingResult, numbers: dict[str, float]) -> str:
    if result.trajectory.stopped_d is not None:
        return (
            f"The orbit blew up: on day {result.trajectory.stopped_d:.0f} a population passed 10,000 times "
            "its rest value, and the calculation was stopped there."
        )
    count, period = int(numbers["bursts"]), numbers["period_days"]
    if result.stability == "lasts":
        return f"Bursts of the same size return about every {period:.0f} days ({count} in {DAYS:,.0f})."
    if result.stability == "fades":
        if count <= 1:
            return "The event stays single: the cells return to rest."
        return f"Later bursts fade: {count} in {DAYS:,.0f} days, about {period:.0f} days apart."
    if count <= 1:
        return f"The loop is unstable: the pause before the next, larger burst lasts beyond day {DAYS:,.0f}."
    growth = numbers["burst_growth"]
    return (
        f"The loop is unstable, as turnover is in Paget disease: {count} bursts in {DAYS:,.0f} days, the last "
        f"{growth:.1f} times the first."
    )
