"""One panel of the remodeling cycle: a curve, its rest value, its extreme, its phases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bonemets_teach.content.language import numeral, tr
from bonemets_teach.scenes._remodeling_cycle_result import first_peak
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["Panel", "build_panel", "draw_curve", "mark_extreme"]

_EDGE: Final = 0.25  # nearer than this to an edge a label stands beside its point


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


def build_panel(axes: Axes, tone: str, look: Look, small: float) -> Panel:
    """Make the moving parts of one panel.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    tone : str
        Color of the curve.
    look : Look
        Size, arrangement and theme.
    small : float
        Font size [points].

    Returns
    -------
    panel : Panel
        Moving parts.
    """
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
    return Panel(axes=axes, line=line, rest=rest, shade=shade, mark=mark, label=label, phases=phases)


def _span(axes: Axes, tone: str) -> Rectangle:
    span = Rectangle((0, 0), 0, 1, transform=axes.transAxes, facecolor=tone, alpha=0.1, linewidth=0)
    span.set(animated=True, zorder=1)
    axes.add_patch(span)
    return span


def draw_curve(panel: Panel, x: npt.NDArray[Any], y: npt.NDArray[Any], rest: float) -> None:
    """Set a curve and shade what lies beyond rest: excess cells, missing bone.

    Parameters
    ----------
    panel : Panel
        Moving parts.
    x : ndarray of shape (point,)
        Time as a fraction of the time shown.
    y : ndarray of shape (point,)
        Values.
    rest : float
        Value at rest.
    """
    panel.line.set_data(x, y)
    panel.rest.set_ydata([rest, rest])
    outline = np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([y, np.full(x.size, rest)])])
    if panel.axes.get_ylim()[0] == 0.0:
        outline[: x.size, 1] = np.maximum(outline[: x.size, 1], rest)
    else:
        outline[: x.size, 1] = np.minimum(outline[: x.size, 1], rest)
    panel.shade.set_verts([outline])


def mark_extreme(
    panel: Panel, curve: tuple[npt.NDArray[Any], npt.NDArray[Any]], shown: float, form: str
) -> None:
    """Mark and name the highest number of cells or the lowest bone mass.

    Parameters
    ----------
    panel : Panel
        Moving parts.
    curve : tuple of two ndarray of shape (time,)
        Days and values.
    shown : float
        Days in the picture.
    form : str
        Format of the value.
    """
    time_d, y = curve
    low, high = panel.axes.get_ylim()
    is_cells = low == 0.0
    index = first_peak(y) if is_cells else first_peak(-y)
    x, value = float(time_d[index] / shown), float(y[index])
    inside = min(max(value, low), high)
    panel.mark.set_data([x], [inside])
    beyond = "" if inside == value else tr(", off the scale")
    backing = panel.label.get_bbox_patch()
    if backing is not None:
        backing.set_alpha(0.85 if beyond else 0.0)
    panel.label.set_text(
        tr("{value} on day {day:.0f}", value=numeral(form.format(value)), day=time_d[index]) + beyond
    )
    edge = 0.5 if beyond else _EDGE
    side = 1 if x < edge else -1 if x > 1.0 - edge else 0
    panel.label.set_horizontalalignment("left" if side > 0 else "right" if side < 0 else "center")
    gap = 0.13 * (high - low)
    y_label = inside + gap if is_cells else inside - gap
    panel.label.set_position((x + 0.012 * side, min(max(y_label, low + gap / 2), high - gap / 2)))
