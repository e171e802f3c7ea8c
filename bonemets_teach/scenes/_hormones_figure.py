"""Draws hormones and age: cells, turnover and bone over one time axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.lines import Line2D
from matplotlib.text import Text

from bonemets_teach.biology.bone_hormones import DAYS, START_DAY
from bonemets_teach.content.language import numeral, tr
from bonemets_teach.scenes._hormones_result import HormoneResult, numbers
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["HormoneArtists", "build", "update"]

_CELLS: Final = "Cells [× normal]"
_TURNOVER: Final = "Turnover [% of bone a year]"
_BONE: Final = "Cancellous bone [% of start]"
# Title, limits, ticks, log scale, rest.
_PANELS: Final = (
    (_CELLS, (0.08, 12.0), (0.1, 0.3, 1, 3, 10), True, 1.0),
    (_TURNOVER, (2.0, 200.0), (3, 10, 25, 60, 150), True, 25.0),
    (_BONE, (40.0, 130.0), (40, 60, 80, 100, 120), False, 100.0),
)
_END: Final = (DAYS - START_DAY) / DAYS_PER_MONTH


@dataclass(frozen=True, slots=True, kw_only=True)
class HormoneArtists:
    """Moving parts: two curves in each of the upper panels, bone, and the words at their ends."""

    curves: dict[str, Line2D]
    labels: dict[str, Text]
    verdict: Text


def build(figure: Figure, look: Look) -> HormoneArtists:
    """Make three panels over months."""
    colors = palette(look.theme)
    small = 9.5 if look.narrow else 10.5
    left, right = (0.12, 0.855) if look.narrow else (0.065, 0.90)
    grid = figure.add_gridspec(
        3, 1, left=left, right=right, bottom=0.085 if look.narrow else 0.09, top=0.945, hspace=0.38,
        height_ratios=(1, 1, 1.2),
    )  # fmt: skip
    panels = _panels(figure, grid, look, small)
    tones = {
        "osteoclast": (panels[0], colors.osteoclast), "osteoblast": (panels[0], colors.osteoblast),
        "resorption": (panels[1], colors.osteoclast), "formation": (panels[1], colors.osteoblast),
        "bone": (panels[2], colors.bone),
    }  # fmt: skip
    curves = {
        name: axes.plot([], [], color=tone, animated=True, zorder=3)[0]
        for name, (axes, tone) in tones.items()
    }
    labels = {name: _label(axes, tone, small) for name, (axes, tone) in tones.items()}
    _names(panels, look, small)
    verdict = panels[2].text(
        0.145 if look.narrow else 0.10,
        0.06,
        "",
        transform=panels[2].transAxes,
        fontsize=small,
        color=colors.text,
        animated=True,
        zorder=5,
    )
    return HormoneArtists(curves=curves, labels=labels, verdict=verdict)


def update(artists: HormoneArtists, result: HormoneResult) -> None:
    """Set curves, and the value at the end of each."""
    course = result.course
    months = (course.time_d - START_DAY) / DAYS_PER_MONTH
    series: dict[str, Any] = {
        "osteoclast": course.osteoclast_ratio, "osteoblast": course.osteoblast_ratio,
        "resorption": 100.0 * course.resorption, "formation": 100.0 * course.formation, "bone": 100.0 * course.bone,
    }  # fmt: skip
    for name, values in series.items():
        axes = artists.labels[name].axes
        low, high = axes.get_ylim() if axes is not None else (0.0, 1.0)
        artists.curves[name].set_data(months[::2], np.clip(values[::2], low, high))
        form = "{:.2f} ×" if name.startswith("osteo") else "{:.0f} %"
        artists.labels[name].set_text(" " + numeral(form.format(values[-1])))
        artists.labels[name].set_y(min(max(float(values[-1]), low), high))
    for upper, lower in (("osteoclast", "osteoblast"), ("resorption", "formation")):
        _part(artists.labels[upper], artists.labels[lower])
    change = round(numbers(result)["bone_change_percent_per_year"], 1) + 0.0
    signed = numeral(f"{change:+.1f}".replace("-", "−").replace("+0.0", "0.0"))
    artists.verdict.set_text(tr("first year: {change} %", change=signed))


def _panels(figure: Figure, grid: GridSpec, look: Look, small: float) -> list[Axes]:
    colors = palette(look.theme)
    panels = []
    for row, (title, limits, ticks, log, rest) in enumerate(_PANELS):
        axes = figure.add_subplot(grid[row])
        _frame(axes, (limits, ticks, log), small)
        axes.axhline(rest, color=colors.muted, lw=1, ls=(0, (4, 3)), zorder=0)
        axes.axvline(0.0, color=colors.drug, lw=1.2, zorder=0)
        axes.set_title(tr(title), fontsize=small + 0.5, pad=4)
        panels.append(axes)
    panels[0].set_title(
        tr("dashed: healthy at 30; line: the change"), loc="right", fontsize=small - 1, color=colors.muted,
        fontweight="normal",
    ) if not look.narrow else None  # fmt: skip
    panels[2].set_xlabel(tr("Months after the change"), fontsize=small)
    return panels


def _part(one: Text, other: Text) -> None:
    """Keep two labels at the ends of curves on a log axis from lying on each other."""
    high, low = (one, other) if one.get_position()[1] >= other.get_position()[1] else (other, one)
    high.set_verticalalignment("bottom" if high.get_position()[1] < 2.0 * low.get_position()[1] else "center")
    low.set_verticalalignment("top" if high.get_position()[1] < 2.0 * low.get_position()[1] else "center")


def _frame(axes: Axes, scale: tuple[tuple[float, float], tuple[float, ...], bool], small: float) -> None:
    limits, ticks, log = scale
    if log:
        axes.set_yscale("log")
    axes.set_ylim(*limits)
    axes.set_yticks(ticks, [numeral(f"{tick:g}") for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.set_xlim(-START_DAY / DAYS_PER_MONTH, _END)
    axes.set_xticks(range(0, 25, 6))
    axes.tick_params(labelsize=small, length=3)
    axes.grid(axis="y", lw=0.6)
    axes.set_axisbelow(True)


def _label(axes: Axes, tone: str, small: float) -> Text:
    label = axes.text(
        _END, 1.0, "", color=tone, fontsize=small, fontweight="bold", va="center", animated=True
    )
    label.set_zorder(5)
    return label


def _names(panels: list[Axes], look: Look, small: float) -> None:
    colors = palette(look.theme)
    wider = 1.5 if look.narrow else 1.0
    for axes, first, second in (
        (panels[0], tr("osteoclasts"), tr("osteoblasts")),
        (panels[1], tr("resorption"), tr("formation")),
    ):
        for x, text, tone in ((0.10, first, colors.osteoclast), (0.32, second, colors.osteoblast)):
            axes.text(
                x * wider, 0.06, f"■ {text}", transform=axes.transAxes,
                fontsize=small, color=tone, fontweight="bold",
            )  # fmt: skip
