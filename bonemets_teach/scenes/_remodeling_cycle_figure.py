"""Draws the remodeling cycle: three panels over one time axis, excess over rest shaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bonemets_teach.scenes._remodeling_cycle_result import RemodelingResult, first_peak
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["RemodelingArtists", "build", "update"]

_LIMITS: Final = ((0.0, 18.0), (0.0, 1000.0), (75.0, 112.0))
_TITLES: Final = ("Osteoclasts [cells]", "Osteoblasts [cells]", "Bone mass [% of start]")
_TICKS: Final = ((0, 5, 10, 15), (0, 500, 1000), (80, 90, 100, 110))
_INTERVALS: Final = 5
_EDGE: Final = 0.25  # nearer than this to an edge a label stands beside its point
_POINTS: Final = 800  # drawn at most, about one a pixel


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Moving parts of one panel."""

    axes: Axes
    line: Line2D
    rest: Line2D
    shade: PolyCollection
    mark: Line2D
    label: Text
    phases: tuple[Rectangle, Rectangle]


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
        axes.set_yticks(_TICKS[row], labels=[f"{tick:,}" for tick in _TICKS[row]])
        axes.set_xticks(np.linspace(0.0, 1.0, _INTERVALS + 1), labels=[])
        axes.tick_params(labelsize=small, length=3)
        axes.grid(axis="y", linewidth=0.7)
        axes.set_axisbelow(True)
        axes.set_title(_TITLES[row], loc="left", color=tone, fontsize=small + 1, pad=5)
        if row == 0:
            axes.set_title(
                "dashed: at rest", loc="right", fontsize=small - 0.5, color=colors.muted, fontweight="normal"
            )
        panels.append(_panel(axes, tone, look, small))
    axes.set_xlabel("Time [days]", fontsize=small, labelpad=17)
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


def _panel(axes: Axes, tone: str, look: Look, small: float) -> Panel:
    colors = palette(look.theme)
    (rest,) = axes.plot([0, 1], [0, 0], color=colors.muted, linewidth=1, linestyle=(0, (4, 3)), animated=True)
    (line,) = axes.plot([], [], color=tone, animated=True, zorder=3)
    (mark,) = axes.plot([], [], "o", color=tone, markersize=6, animated=True, zorder=4, clip_on=False)
    mark.set_markeredgecolor(colors.ground)
    shade = PolyCollection([], facecolor=tone, alpha=0.25, linewidth=0, animated=True, zorder=2)
    axes.add_collection(shade, autolim=False)
    label = axes.text(0, 0, "", fontsize=small, color=tone, fontweight="bold", animated=True, zorder=5)
    label.set_verticalalignment("center")
    label.set_bbox({"facecolor": colors.ground, "edgecolor": "none", "pad": 1.5, "alpha": 0.0})
    phases = (_span(axes, colors.osteoclast), _span(axes, colors.osteoblast))
    return Panel(
        axes=axes, line=line, rest=rest, shade=shade, mark=mark, label=label, phases=(phases[0], phases[1])
    )


def _span(axes: Axes, tone: str) -> Rectangle:
    span = Rectangle((0, 0), 0, 1, transform=axes.transAxes, facecolor=tone, alpha=0.1, linewidth=0)
    span.set(animated=True, zorder=1)
    axes.add_patch(span)
    return span


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
    _draw(clast, x, trajectory.osteoclast[:count:stride], trajectory.rest.osteoclast)
    _draw(blast, x, trajectory.osteoblast[:count:stride], trajectory.rest.osteoblast)
    _draw(bone, x, trajectory.bone_mass[:count:stride], 100.0)
    _mark(clast, (trajectory.time_d[:count], trajectory.osteoclast[:count]), shown, "{:.1f}")
    _mark(blast, (trajectory.time_d[:count], trajectory.osteoblast[:count]), shown, "{:,.0f}")
    _mark(bone, (trajectory.time_d[:count], trajectory.bone_mass[:count]), shown, "{:.1f} %")
    turn, filled = result.phases.reversal_d, result.phases.refilled_d
    for panel in artists.panels:
        for span, start, end in zip(panel.phases, (0.0, turn), (turn, filled), strict=True):
            span.set_x(min(1.0, start / shown))
            span.set_width(min(1.0, end / shown) - min(1.0, start / shown))
    artists.keys[0].set_text(f"■ resorption: days 0–{turn:.0f}")
    artists.keys[1].set_text(f"■ formation: days {turn:.0f}–{filled:.0f}")
    for k, tick in enumerate(artists.ticks):
        tick.set_text(f"{k * shown / _INTERVALS:,.0f}")


def _draw(panel: Panel, x: npt.NDArray[Any], y: npt.NDArray[Any], rest: float) -> None:
    panel.line.set_data(x, y)
    panel.rest.set_ydata([rest, rest])
    outline = np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([y, np.full(x.size, rest)])])
    if panel.axes.get_ylim()[0] == 0.0:
        outline[: x.size, 1] = np.maximum(outline[: x.size, 1], rest)
    else:
        outline[: x.size, 1] = np.minimum(outline[: x.size, 1], rest)
    panel.shade.set_verts([outline])


def _mark(panel: Panel, curve: tuple[npt.NDArray[Any], npt.NDArray[Any]], shown: float, form: str) -> None:
    time_d, y = curve
    low, high = panel.axes.get_ylim()
    is_cells = low == 0.0
    index = first_peak(y) if is_cells else first_peak(-y)
    x, value = float(time_d[index] / shown), float(y[index])
    inside = min(max(value, low), high)
    panel.mark.set_data([x], [inside])
    beyond = "" if inside == value else ", off the scale"
    backing = panel.label.get_bbox_patch()
    if backing is not None:
        backing.set_alpha(0.85 if beyond else 0.0)
    panel.label.set_text(f"{form.format(value)} on day {time_d[index]:.0f}{beyond}")
    edge = 0.5 if beyond else _EDGE
    side = 1 if x < edge else -1 if x > 1.0 - edge else 0
    panel.label.set_horizontalalignment({1: "left", -1: "right", 0: "center"}[side])
    gap = 0.13 * (high - low)
    y_label = inside + gap if is_cells else inside - gap
    panel.label.set_position((x + 0.012 * side, min(max(y_label, low + gap / 2), high - gap / 2)))
