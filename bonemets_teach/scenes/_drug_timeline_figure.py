"""Draws the drug timeline: schedule, tumor, cells, markers and bone over three years, and two tiles of film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from bonemets_teach.scenes._drug_timeline_bars import BarArtists, build_bars, update_bars
from bonemets_teach.scenes._drug_timeline_film import SIZE_PX, tile
from bonemets_teach.scenes._drug_timeline_result import MONTHS, Course, DrugResult
from bonemets_teach.scenes._lesion_panel import Panel, make_panel
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["DrugArtists", "build", "update"]

# What the boxes of the axes are measured in; width and height are in the ratio of the scene's aspect.
_WIDE_SIZE: Final = (760.0, 577.6)
_NARROW_SIZE: Final = (350.0, 805.0)
_EVERY: Final = 4  # days between drawn samples: finer than a pixel
_PANELS: Final = ("tumor", "cells", "markers", "bone")
_TITLES: Final = {
    "tumor": "Tumor [% of marrow space]",
    "cells": "Cells [× normal]",
    "markers": "Markers [× normal]",
    "bone": "Bone volume [% of start]",
}
# Curve: its panel, its color, its name beside the title.
_CURVES: Final = {
    "tumor": ("tumor", "tumor", ""),
    "osteoclast": ("cells", "osteoclast", "osteoclasts"),
    "osteoblast": ("cells", "osteoblast", "osteoblasts"),
    "ctx": ("markers", "osteoclast", "CTX"),
    "p1np": ("markers", "osteoblast", "P1NP"),
    "bone_alp": ("markers", "text", "bone ALP"),
    "bone": ("bone", "bone", ""),
}
_LIMITS: Final = {"tumor": (0, 105), "cells": (0.05, 60), "markers": (0.08, 20), "bone": (1, 650)}
_TICKS: Final = {
    "tumor": (0, 50, 100),
    "cells": (0.1, 1, 10),
    "markers": (0.1, 1, 10),
    "bone": (1, 10, 100, 500),
}
_FILM: Final = Normalize(-28.0, 70.0)
_GRAY: Final = LinearSegmentedColormap.from_list("film", ["#000000", "#ffffff"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One quantity: treated, untreated, and a dot at the month shown."""

    line: Line2D
    ghost: Line2D
    dot: Line2D


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugArtists:
    """Moving parts: bars of the schedule, curves by name, cursors by panel, tiles, the month under them."""

    bars: BarArtists
    curves: dict[str, Curve]
    cursors: tuple[Line2D, ...]
    tiles: dict[str, Panel]
    month: Text
    ghost_note: Text


def build(figure: Figure, look: Look) -> DrugArtists:
    """Make all axes and artists."""
    colors = palette(look.theme)
    size = 9.5 if look.narrow else 10.0
    axes = _narrow(figure) if look.narrow else _wide(figure)
    for name in _PANELS:
        _frame(axes[name], name, size, colors)
    _names(axes, look.width_px * axes["cells"].get_position().width, size, colors)
    bars = build_bars(axes["bars"], size, colors)
    tiles = {name: _tile(figure, axes[name], name, size) for name in ("treated", "untreated")}
    month = axes["treated"].text(
        0.0, -0.05, "", transform=axes["treated"].transAxes, va="top", fontsize=size, animated=True
    )
    ghost_note = axes["tumor"].text(
        1.0, 1.06, "", transform=axes["tumor"].transAxes, ha="right", va="bottom", fontsize=size - 0.5,
        color=colors.muted, animated=True,
    )  # fmt: skip
    return DrugArtists(
        bars=bars,
        curves={name: _curve(axes[spot], tone, colors) for name, (spot, tone, _) in _CURVES.items()},
        cursors=tuple(_cursor(axes[name], colors) for name in ("bars", *_PANELS)),
        tiles=tiles,
        month=month,
        ghost_note=ghost_note,
    )


def update(artists: DrugArtists, result: DrugResult) -> None:
    """Set the data of everything that moves."""
    i = result.index
    time = result.treated.path.time_d
    kept = np.unique(np.append(np.arange(0, len(time), _EVERY), len(time) - 1))
    months = time[kept] / DAYS_PER_MONTH
    now, before = _series(result.treated), _series(result.untreated)
    for name, curve in artists.curves.items():
        curve.line.set_data(months, now[name][kept])
        curve.dot.set_data([result.month], [now[name][i]])
        curve.ghost.set_data(months, before[name][kept])
        curve.ghost.set_visible(result.is_treated)
    for cursor in artists.cursors:
        cursor.set_xdata([result.month, result.month])
    update_bars(artists.bars, result.schedule)
    for name, course in (("treated", result.treated), ("untreated", result.untreated)):
        volume, tumor = float(course.path.bone_volume[i]), float(course.path.tumor[i])
        artists.tiles[name].show(tile(round(volume, 3), round(tumor, 3)))
    artists.month.set_text(f"month {result.month:g}, the same gray scale")
    artists.ghost_note.set_text("dashed: untreated" if result.is_treated else "")


def _series(course: Course) -> dict[str, npt.NDArray[np.float64]]:
    path, found = course.path, course.markers
    values = {
        "tumor": 100.0 * path.tumor,
        "osteoclast": path.osteoclast_ratio,
        "osteoblast": path.osteoblast_ratio,
        "ctx": found.ctx,
        "p1np": found.p1np,
        "bone_alp": found.bone_alp,
        "bone": 100.0 * path.bone_volume,
    }
    # What lies below a logarithmic axis is drawn on its floor.
    return {name: np.clip(values[name], *_LIMITS[spot]) for name, (spot, _, _) in _CURVES.items()}


def _axes(
    figure: Figure, size: tuple[float, float], boxes: dict[str, tuple[float, float, float, float]]
) -> dict[str, Axes]:
    """Make axes from left, top, width and height in a figure of this size; they grow with the figure."""
    wide, high = size
    return {
        name: figure.add_axes((left / wide, 1.0 - (top + height) / high, width / wide, height / high))
        for name, (left, top, width, height) in boxes.items()
    }


def _wide(figure: Figure) -> dict[str, Axes]:
    boxes = {"bars": (44.0, 26.0, 456.0, 40.0)}
    boxes |= {name: (44.0, 96.0 + 118.0 * row, 456.0, 86.0) for row, name in enumerate(_PANELS)}
    tiles = {"treated": (528.0, 26.0, 222.0, 222.0), "untreated": (528.0, 302.0, 222.0, 222.0)}
    return _axes(figure, _WIDE_SIZE, boxes | tiles)


def _narrow(figure: Figure) -> dict[str, Axes]:
    boxes = {"bars": (36.0, 26.0, 302.0, 42.0)}
    boxes |= {name: (36.0, 98.0 + 117.0 * row, 302.0, 86.0) for row, name in enumerate(_PANELS)}
    tiles = {"treated": (12.0, 606.0, 158.0, 158.0), "untreated": (180.0, 606.0, 158.0, 158.0)}
    return _axes(figure, _NARROW_SIZE, boxes | tiles)


def _frame(axes: Axes, name: str, size: float, colors: Palette) -> None:
    axes.set_xlim(0, MONTHS)
    if name != "tumor":
        axes.set_yscale("log")
    axes.set_ylim(*_LIMITS[name])
    axes.set_yticks(_TICKS[name], labels=[f"{tick:g}" for tick in _TICKS[name]])
    axes.set_yticks((), minor=True)
    last = name == _PANELS[-1]
    ticks = range(0, MONTHS + 1, 6)
    axes.set_xticks(ticks, labels=[str(month) if last else "" for month in ticks])
    if last:
        axes.set_xlabel("Time [months]", fontsize=size, labelpad=2)
    axes.tick_params(labelsize=size, length=3)
    axes.grid(axis="y", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_title(_TITLES[name], loc="left", fontsize=size + 0.5, color=colors.text, pad=4)
    if name != "tumor":
        axes.axhline(100 if name == "bone" else 1, color=colors.muted, linewidth=1, zorder=0.9)


def _names(axes: dict[str, Axes], width: float, size: float, colors: Palette) -> None:
    """Name the curves beside the titles, from the right."""
    right = {"cells": 1.0, "markers": 1.0}
    for spot, tone, name in reversed(_CURVES.values()):
        if name:
            axes[spot].text(
                right[spot], 1.06, name, transform=axes[spot].transAxes, ha="right", va="bottom",
                color=getattr(colors, tone), fontsize=size - 0.5, fontweight="bold",
            )  # fmt: skip
            right[spot] -= (6.3 * len(name) + 9.0) / width


def _curve(axes: Axes, tone: str, colors: Palette) -> Curve:
    color = getattr(colors, tone)
    thin = 1.3
    (ghost,) = axes.plot([], [], color=color, lw=thin, ls=(0, (4, 2)), alpha=0.7, animated=True)
    (line,) = axes.plot([], [], color=color, lw=1.9, animated=True, zorder=3)
    (dot,) = axes.plot([], [], "o", color=color, ms=6, clip_on=False, animated=True, zorder=4)
    dot.set_markeredgecolor(colors.ground)
    return Curve(line=line, ghost=ghost, dot=dot)


def _cursor(axes: Axes, colors: Palette) -> Line2D:
    (cursor,) = axes.plot(
        [0, 0], [0, 1], transform=axes.get_xaxis_transform(), color=colors.text, linewidth=1
    )
    cursor.set(animated=True, zorder=1.5)
    return cursor


def _tile(figure: Figure, axes: Axes, name: str, size: float) -> Panel:
    titles = {"treated": "Film with treatment", "untreated": "Film untreated"}
    axes.set_title(titles[name], fontsize=size + 0.5, pad=5)
    axes.set_axis_off()
    axes.set_xlim(0, 30)
    axes.set_ylim(30, 0)
    axes.plot([1.0, 6.0], [28.6, 28.6], color="white", lw=2.5, solid_capstyle="butt", animated=True, zorder=4)
    axes.text(1.0, 28.0, "5 mm", color="white", va="bottom", fontsize=9, animated=True, zorder=4)
    return make_panel(figure, axes, SIZE_PX, _FILM, _GRAY)
