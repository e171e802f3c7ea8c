"""Draws the remodeling cycle in its phase plane: osteoblasts against osteoclasts, and bone over time beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import NullLocator

from bonemets_teach.content.language import numeral, tr
from bonemets_teach.scenes._remodeling_cycle_result import RemodelingResult
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["PlaneArtists", "build_plane", "update_plane"]

# The rhythm at g11 = 1.1 passes 0.00003 osteoclasts: its loop shall be seen to close.
_X: Final = (1e-5, 300.0)
_Y: Final = (10.0, 3000.0)
_BONE: Final = (75.0, 112.0)
_MARKED_DAYS: Final = (0, 5, 10, 20, 40, 80, 150)
_POINTS: Final = 1500
_APART: Final = 1.2  # logarithms between two named days


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneArtists:
    """Moving parts: the orbit with its days, lines where one kind of cell stands still, rest, bone."""

    orbit: Line2D
    days: Line2D
    names: tuple[Text, ...]
    still: tuple[Line2D, Line2D]
    rest: Line2D
    bone: Line2D
    ticks: tuple[Text, ...]


def build_plane(figure: Figure, look: Look) -> PlaneArtists:
    """Make the plane and the bone panel."""
    colors = palette(look.theme)
    small = 9.5 if look.narrow else 10.5
    boxes = (
        ((0.145, 0.40, 0.80, 0.535), (0.145, 0.075, 0.80, 0.20))
        if look.narrow
        else ((0.07, 0.115, 0.53, 0.80), (0.68, 0.115, 0.295, 0.80))
    )
    plane, bone = (figure.add_axes(box) for box in boxes)
    _frame(plane, bone, look, small)
    (orbit,) = plane.plot([], [], color=colors.text, lw=1.6, animated=True, zorder=3)
    (days,) = plane.plot([], [], "o", ms=4.5, color=colors.text, animated=True, zorder=4)
    still = tuple(
        plane.plot([], [], color=tone, lw=2.2, ls=(0, (6, 3)), animated=True, zorder=2)[0]
        for tone in (colors.osteoclast, colors.osteoblast)
    )
    (rest,) = plane.plot([], [], "*", ms=13, color=colors.bone, animated=True, zorder=5)
    rest.set_markeredgecolor(colors.ground)
    names = tuple(
        plane.text(
            1.0, 100.0, "", fontsize=small - 0.5, color=colors.muted, animated=True, zorder=6, clip_on=True
        )
        for _ in _MARKED_DAYS
    )
    _key(plane, look, small)
    (line,) = bone.plot([], [], color=colors.bone, animated=True, zorder=3)
    ticks = tuple(
        bone.text(
            k / 2, -0.03 if not look.narrow else -0.07, "", transform=bone.transAxes, ha="center", va="top",
            fontsize=small, animated=True,
        )
        for k in range(3)
    )  # fmt: skip
    return PlaneArtists(
        orbit=orbit, days=days, names=names, still=(still[0], still[1]), rest=rest, bone=line, ticks=ticks
    )


def _key(plane: Axes, look: Look, small: float) -> None:
    colors = palette(look.theme)
    for height, text, tone in (
        (0.97, tr("- - osteoclasts stand still"), colors.osteoclast),
        (0.91, tr("- - osteoblasts stand still"), colors.osteoblast),
        (0.85, tr("★ rest"), colors.bone),
    ):
        plane.text(
            0.02,
            height,
            text,
            transform=plane.transAxes,
            va="top",
            fontsize=small,
            color=tone,
            fontweight="bold",
        )


def update_plane(artists: PlaneArtists, result: RemodelingResult) -> None:
    """Set the data of the moving artists."""
    path, shown = result.trajectory, result.shown_days
    count = int(np.searchsorted(path.time_d, shown, side="right"))
    stride = max(1, count // _POINTS)
    artists.orbit.set_data(path.osteoclast[:count:stride], path.osteoblast[:count:stride])
    marked = [day for day in _MARKED_DAYS if day <= path.time_d[-1]]
    at = np.searchsorted(path.time_d, marked)
    artists.days.set_data(path.osteoclast[at], path.osteoblast[at])
    before = np.full(2, -np.inf)
    for k, name in enumerate(artists.names):
        place = np.log([path.osteoclast[at[k]], path.osteoblast[at[k]]]) if k < len(marked) else before
        apart = float(np.max(np.abs(place - before))) > _APART
        name.set_text("  " + tr("day {day}", day=marked[k]) if k < len(marked) and apart else "")
        if k < len(marked) and apart:
            before = place
            name.set_position((float(path.osteoclast[at[k]]), float(path.osteoblast[at[k]])))
    x = np.array(_X)
    rest, p = path.rest, result.parameters
    # In logarithms both lines are straight and cross at rest (Komarova 2003 with g22 = 0).
    slope = (1.0 - p.osteoclast_autocrine) / p.osteoblast_to_osteoclast
    artists.still[0].set_data(x, rest.osteoblast * (x / rest.osteoclast) ** slope)
    artists.still[1].set_data(x, rest.osteoblast * (x / rest.osteoclast) ** p.osteoclast_to_osteoblast)
    artists.rest.set_data([rest.osteoclast], [rest.osteoblast])
    artists.bone.set_data(path.time_d[:count:stride] / shown, np.clip(path.bone_mass[:count:stride], *_BONE))
    for k, tick in enumerate(artists.ticks):
        tick.set_text(numeral(f"{k * shown / 2:,.0f}"))


def _frame(plane: Axes, bone: Axes, look: Look, small: float) -> None:
    colors = palette(look.theme)
    plane.set(xscale="log", yscale="log", xlim=_X, ylim=_Y)
    plane.set_xticks([1e-4, 1e-2, 1], [numeral(text) for text in ("0.0001", "0.01", "1")])
    plane.set_yticks([10, 100, 1000], [numeral(text) for text in ("10", "100", "1,000")])
    for axis in (plane.xaxis, plane.yaxis):
        axis.set_minor_locator(NullLocator())
    plane.set_xlabel(tr("Osteoclasts [cells]"), fontsize=small)
    plane.set_title(tr("Osteoblasts [cells]"), loc="left", fontsize=small + 1, color=colors.osteoblast, pad=5)
    plane.xaxis.label.set_color(colors.osteoclast)
    bone.set(xlim=(0.0, 1.0), ylim=_BONE)
    bone.set_xticks([0.0, 0.5, 1.0], labels=[])
    bone.set_yticks([80, 90, 100, 110])
    bone.axhline(100.0, color=colors.muted, lw=1, ls=(0, (4, 3)), zorder=0)
    bone.set_title(tr("Bone mass [% of start]"), loc="left", fontsize=small + 1, color=colors.bone, pad=5)
    bone.set_xlabel(tr("Time [days]"), fontsize=small, labelpad=17)
    for axes in (plane, bone):
        axes.tick_params(labelsize=small, length=3)
        axes.grid(lw=0.6)
        axes.set_axisbelow(True)
