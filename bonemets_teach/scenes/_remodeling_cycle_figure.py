"""Draws the remodeling cycle: three panels over one time axis, excess over rest shaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from bonemets_teach.content.language import numeral, tr
from bonemets_teach.scenes._remodeling_cycle_panel import Panel, build_panel, draw_curve, mark_extreme
from bonemets_teach.scenes._remodeling_cycle_result import RemodelingResult
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["RemodelingArtists", "build", "update"]

_LIMITS: Final = ((0.0, 18.0), (0.0, 1000.0), (75.0, 112.0))
_TITLES: Final = ("Osteoclasts [cells]", "Osteoblasts [cells]", "Bone mass [% of start]")
_TICKS: Final = ((0, 5, 10, 15), (0, 500, 1000), (80, 90, 100, 110))
_INTERVALS: Final = 5
_POINTS: Final = 800  # drawn at most, about one a pixel


@dataclass(frozen=True, slots=True, kw_only=True)
class RemodelingArtists:
    """Moving parts of the figure: panels of osteoclasts, osteoblasts and bone, tick labels, key."""

    panels: tuple[Panel, Panel, Panel]
    ticks: tuple[Text, ...]
    keys: tuple[Text, Text]


def build(figure: Figure, look: Look) -> RemodelingArtists:
    """Make the figure.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    artists : RemodelingArtists
        What `update` sets.
    """
    colors = palette(look.theme)
    small = 9.5 if look.narrow else 10.5
    left, right = (0.125, 0.945) if look.narrow else (0.07, 0.965)
    bottom, top = (0.085, 0.905) if look.narrow else (0.105, 0.885)
    grid = figure.add_gridspec(
        3, 1, left=left, right=right, bottom=bottom, top=top, hspace=0.36, height_ratios=(1, 1, 1.35)
    )
    tones = (colors.osteoclast, colors.osteoblast, colors.bone)
    panels = []
    for row, tone in enumerate(tones):
        axes = figure.add_subplot(grid[row])
        axes.set(xlim=(0.0, 1.0), ylim=_LIMITS[row])
        axes.set_yticks(_TICKS[row], labels=[numeral(f"{tick:,}") for tick in _TICKS[row]])
        axes.set_xticks(np.linspace(0.0, 1.0, _INTERVALS + 1), labels=[])
        axes.tick_params(labelsize=small, length=3)
        axes.grid(axis="y", linewidth=0.7)
        axes.set_axisbelow(True)
        axes.set_title(tr(_TITLES[row]), loc="left", color=tone, fontsize=small + 1, pad=5)
        if row == 0:
            axes.set_title(
                tr("dashed: at rest"),
                loc="right",
                fontsize=small - 0.5,
                color=colors.muted,
                fontweight="normal",
            )
        panels.append(build_panel(axes, tone, look, small))
    axes.set_xlabel(tr("Time [days]"), fontsize=small, labelpad=17)
    ticks = tuple(
        axes.text(
            k / _INTERVALS, -0.055, "", transform=axes.transAxes, ha="center", va="top", fontsize=small,
            animated=True,
        )
        for k in range(_INTERVALS + 1)
    )  # fmt: skip
    clast, blast, bone = panels
    return RemodelingArtists(
        panels=(clast, blast, bone), ticks=ticks, keys=_keys(figure, look, (left, right), small)
    )


def _keys(figure: Figure, look: Look, edges: tuple[float, float], small: float) -> tuple[Text, Text]:
    colors = palette(look.theme)
    size: dict[str, Any] = {"fontsize": small, "va": "top", "animated": True}
    resorption = figure.text(edges[0], 0.985, "", color=colors.osteoclast, **size)
    start = edges[0] + (0.5 if look.narrow else 0.3)
    return resorption, figure.text(start, 0.985, "", color=colors.osteoblast, **size)


def update(artists: RemodelingArtists, result: RemodelingResult) -> None:
    """Set the data of the moving artists.

    Parameters
    ----------
    artists : RemodelingArtists
        From `build`.
    result : RemodelingResult
        A computed state.
    """
    trajectory, shown = result.trajectory, result.shown_days
    count = int(np.searchsorted(trajectory.time_d, shown, side="right"))
    stride = max(1, count // _POINTS)
    x = trajectory.time_d[:count:stride] / shown
    clast, blast, bone = artists.panels
    draw_curve(clast, x, trajectory.osteoclast[:count:stride], trajectory.rest.osteoclast)
    draw_curve(blast, x, trajectory.osteoblast[:count:stride], trajectory.rest.osteoblast)
    draw_curve(bone, x, trajectory.bone_mass[:count:stride], 100.0)
    mark_extreme(clast, (trajectory.time_d[:count], trajectory.osteoclast[:count]), shown, "{:.1f}")
    mark_extreme(blast, (trajectory.time_d[:count], trajectory.osteoblast[:count]), shown, "{:,.0f}")
    mark_extreme(bone, (trajectory.time_d[:count], trajectory.bone_mass[:count]), shown, "{:.1f} %")
    turn, filled = result.phases.reversal_d, result.phases.refilled_d
    for panel in artists.panels:
        for span, start, end in zip(panel.phases, (0.0, turn), (turn, filled), strict=True):
            span.set_x(min(1.0, start / shown))
            span.set_width(min(1.0, end / shown) - min(1.0, start / shown))
    artists.keys[0].set_text(tr("■ resorption: days 0–{turn:.0f}", turn=turn))
    artists.keys[1].set_text(tr("■ formation: days {turn:.0f}–{filled:.0f}", turn=turn, filled=filled))
    for k, tick in enumerate(artists.ticks):
        tick.set_text(numeral(f"{k * shown / _INTERVALS:,.0f}"))
