"""The scene `remodeling-cycle`: osteoclasts, osteoblasts and bone in one remodeling event."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes._remodeling_cycle_figure import RemodelingArtists, build, update
from bonemets_teach.scenes._remodeling_cycle_plane import PlaneArtists, build_plane, update_plane
from bonemets_teach.scenes._remodeling_cycle_result import RemodelingResult, first_peak, run
from bonemets_teach.scenes._remodeling_cycle_tasks import PRESETS, TASKS
from bonemets_teach.scenes._remodeling_cycle_words import describe
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["RemodelingCycle"]


class RemodelingCycle(Scene[RemodelingResult]):
    """One remodeling event after Komarova 2003, from a single cycle to sustained and unstable remodeling.

    Notes
    -----
    Changed against the paper: the osteoblasts' brake leaves the cells at rest as they are, and the rates of
    resorption and formation lie on a line through the paper's two sets.
    """

    id: ClassVar[str] = "remodeling-cycle"
    title: ClassVar[str] = "One remodeling event"
    summary: ClassVar[str] = (
        "Osteoclasts dig, osteoblasts follow and refill. Change their signals, watch bone."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="autocrine", label="Osteoclasts call osteoclasts (TGF-β loop, g11)",
            low=0.3, high=1.2, step=0.01, default=0.5, ends=("one event", "unstable"),
            source="Komarova 2003: 0.5 single event, 1.1 periodic; range chosen",
            help="How strongly osteoclasts promote their own formation.",
        ),
        Parameter(
            name="brake", label="Osteoblasts brake osteoclasts (OPG over RANKL)",
            low=0.35, high=1.0, step=0.05, default=0.5, ends=("weak", "strong"),
            source="Komarova 2003: g21 = −0.5; range chosen",
            help="How strongly osteoblasts hold osteoclasts back; cells at rest stay the same.",
        ),
        Parameter(
            name="formation", label="Bone formed by each osteoblast",
            low=50, high=150, step=5, default=100, unit="%", ends=("too little", "too much"),
            source="100 % is k2 of Komarova 2003; range chosen",
            help="Compared with the published rate.",
        ),
        Parameter(
            name="event", label="Osteoclasts that start the event", low=0.5, high=15, step=0.5, default=10,
            unit="cells", source="Komarova 2003, Fig. 2: 10; range chosen",
            help="Added to the resting remodeling unit on day 0.",
        ),
        Choice(
            name="window", label="Time shown", default="150",
            options=(Option(value="150", label="150 days"), Option(value="1000", label="1,000 days")),
            help="The model always runs for 1,000 days.",
        ),
        Choice(
            name="view", label="Picture", default="time",
            options=(Option(value="time", label="Over time"), Option(value="plane", label="Phase plane")),
            help="The phase plane draws one kind of cell against the other.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("turnover_rates",)
    aspect: ClassVar[float] = 0.62
    aspect_narrow: ClassVar[float] = 1.5

    def compute(self, state: State) -> RemodelingResult:
        """Run Komarova 2003 for 1,000 days."""
        result = run(
            float(state["autocrine"]),
            float(state["brake"]),
            float(state["formation"]) / 100.0,
            float(state["event"]),
            float(state["window"]),
        )
        return replace(result, view="plane" if state["view"] == "plane" else "time")

    def view(self, result: RemodelingResult) -> str:
        """Return "time" or "plane"."""
        return result.view

    def build(self, figure: Figure, look: Look) -> RemodelingArtists | PlaneArtists:
        """Make three panels over one time axis, or the phase plane."""
        return build_plane(figure, look) if look.view == "plane" else build(figure, look)

    def update(self, artists: RemodelingArtists | PlaneArtists, result: RemodelingResult) -> None:
        """Move lines, shades and labels."""
        if isinstance(artists, PlaneArtists):
            update_plane(artists, result)
        else:
            update(artists, result)

    def describe(self, result: RemodelingResult) -> str:
        """Say peaks, bone and what happens to later bursts."""
        return describe(result, self.quantities(result))

    def quantities(self, result: RemodelingResult) -> dict[str, float]:
        """Return peaks, bone mass and bursts over 1,000 days."""
        trajectory, days = result.trajectory, result.burst_days
        clast, blast, bone = trajectory.osteoclast, trajectory.osteoblast, trajectory.bone_mass
        first = round(result.phases.reversal_d / float(trajectory.time_d[1]))
        lost, made = float(trajectory.resorbed[-1]), float(trajectory.formed[-1])
        return {
            "osteoclast_peak_cells": float(clast.max()),
            "osteoclast_peak_day": float(trajectory.time_d[first_peak(clast)]),
            "osteoblast_peak_cells": float(blast.max()),
            "osteoblast_peak_day": float(trajectory.time_d[first_peak(blast)]),
            "first_minimum_percent": float(bone[min(first, bone.size - 1)]),
            "reversal_day": result.phases.reversal_d,
            "refilled_day": result.phases.refilled_d,
            "bone_minimum_percent": float(bone.min()),
            "bone_minimum_day": float(trajectory.time_d[first_peak(-bone)]),
            "bone_end_percent": float(bone[-1]),
            "resorbed_percent": lost,
            "formed_percent": made,
            "balance_percent": 100.0 * made / lost if lost > 0 else 0.0,
            "bursts": float(days.size),
            "period_days": float(days[-1] - days[-2]) if days.size > 1 else 0.0,
            "rest_osteoclast_cells": trajectory.rest.osteoclast,
            "rest_osteoblast_cells": trajectory.rest.osteoblast,
            "burst_growth": float(result.burst_cells[-1] / result.burst_cells[0]) if days.size > 1 else 1.0,
        }
