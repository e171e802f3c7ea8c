"""Says what the remodeling cycle shows."""

from __future__ import annotations

from bonemets_teach.content.language import tr
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
    cells = tr(
        "{extra:g} extra osteoclasts start the event; osteoclasts reach {osteoclast_peak_cells:.1f} cells, "
        "osteoblasts {osteoblast_peak_cells:.0f} cells on day {osteoblast_peak_day:.0f}.",
        extra=result.extra_osteoclasts,
        **numbers,
    )
    bone = tr(
        "In the first event bone mass falls to {first_minimum_percent:.1f} % on day {reversal:.0f}, and 95 % of "
        "the refill is done by day {refilled:.0f}. Over 1,000 days the lowest bone mass is "
        "{bone_minimum_percent:.1f} %; it ends at {bone_end_percent:.1f} %.",
        reversal=phases.reversal_d, refilled=phases.refilled_d, **numbers,
    )  # fmt: skip
    plane = f" {_plane(result, numbers)}" if result.view == "plane" else ""
    return f"{cells} {bone} {_outlook(result, numbers)}{plane}"


def _plane(result: RemodelingResult, numbers: dict[str, float]) -> str:
    ends = {
        "fades": tr("spirals in to rest"),
        "lasts": tr("closes on itself: the same loop for ever"),
        "grows": tr("widens from loop to loop: rest is unstable"),
    }
    return tr(
        "In the phase plane the point starts at {start:.1f} osteoclasts, runs counterclockwise around rest "
        "({rest_osteoclast_cells:.2f} osteoclasts, {rest_osteoblast_cells:.0f} osteoblasts) and {end}.",
        start=float(result.trajectory.osteoclast[0]),
        end=ends[result.stability],
        **numbers,
    )


def _outlook(result: RemodelingResult, numbers: dict[str, float]) -> str:
    if result.trajectory.stopped_d is not None:
        return tr(
            "The orbit blew up: on day {day:.0f} a population passed 10,000 times its rest value, and the "
            "calculation was stopped there.",
            day=result.trajectory.stopped_d,
        )
    count = int(numbers["bursts"])
    told = {"count": count, "period": numbers["period_days"], "days": DAYS}
    if result.stability == "lasts":
        return tr(
            "Bursts of the same size return about every {period:.0f} days ({count} in {days:,.0f}).", **told
        )
    if result.stability == "fades":
        if count <= 1:
            return tr("The event stays single: the cells return to rest.")
        return tr("Later bursts fade: {count} in {days:,.0f} days, about {period:.0f} days apart.", **told)
    if count <= 1:
        return tr(
            "The loop is unstable: the pause before the next, larger burst lasts beyond day {days:,.0f}.",
            **told,
        )
    return tr(
        "The loop is unstable, as turnover is in Paget disease: {count} bursts in {days:,.0f} days, the last "
        "{growth:.1f} times the first.",
        growth=numbers["burst_growth"],
        **told,
    )
