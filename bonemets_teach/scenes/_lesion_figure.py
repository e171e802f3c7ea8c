"""Draws the lesion as cells, mineral, radiograph and curves; images on dark ground in both themes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, PowerNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from bonemets_teach.scenes import _lesion_run as model
from bonemets_teach.scenes import _lesion_slab as geometry
from bonemets_teach.scenes._lesion_panel import Panel, make_panel
from bonemets_teach.scenes._lesion_result import LesionResult
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look

# One CSS pixel is one point at 72 dpi, as the renderer has it.
_DPI: Final = 72.0
_DARK: Final = palette("dark")
_BLACK: Final = "#06080b"
_TUMOR: Final = LinearSegmentedColormap.from_list("tumor", [_BLACK, "#5d2450", _DARK.tumor])
_BONE: Final = LinearSegmentedColormap.from_list(
    "bone", [_BLACK, "#4a3a1e", "#a5834a", _DARK.bone, "#fff7e6"]
)
_GRAY: Final = LinearSegmentedColormap.from_list("film", ["#000000", "#ffffff"])
_NORMS: Final = {
    "cells": Normalize(0.0, 100.0),
    "bone": PowerNorm(0.5, 0.0, 100.0),
    "film": Normalize(-28.0, 55.0),
}
_MAPS: Final = {"cells": _TUMOR, "bone": _BONE, "film": _GRAY}
_TICKS: Final = {"cells": (0, 50, 100), "bone": (1, 10, 30, 60, 100), "film": (-20, 0, 20, 40)}
_NAMES: Final = {
    "cells": ("Cells", "Tumor [% of marrow space]"),
    "bone": ("Mineral", "Bone [% of volume]"),
    "film": ("Radiograph", "Attenuation [% log signal]"),
}
# How brightly bone shines through behind the cells. Chosen.
_BACKDROP: Final = 80.0
# Candidate places for cell marks, and the activity at which each of them is taken. Chosen.
_PLACES: Final = 1100
_FULL_ACTIVITY: Final = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionArtists:
    """What moves: three images, two clouds of cell marks, three curves, the month in both plots, a note."""

    panels: dict[str, Panel]
    marks: dict[str, Line2D]
    curves: dict[str, Line2D]
    cursors: tuple[Line2D, ...]
    points: dict[str, Line2D]
    note: Text


def build(figure: Figure, look: Look) -> LesionArtists:
    """Make all axes and artists."""
    colors = palette(look.theme)
    axes = _narrow(figure) if look.narrow else _wide(figure)
    panels = {name: _panel(figure, axes[name], axes[f"{name}_scale"], name) for name in _MAPS}
    marks = {
        "osteoclast": axes["cells"].plot(
            [], [], "^", ms=3.0, mew=0, color=_DARK.osteoclast, animated=True, zorder=3
        )[0],
        "osteoblast": axes["cells"].plot(
            [], [], "o", ms=2.8, mew=0, color=_DARK.osteoblast, animated=True, zorder=3
        )[0],
    }
    if not look.narrow:
        _key(axes["cells"], colors)
    curves, points = _plots(axes, colors)
    cursors = tuple(
        axes[name].axvline(0.0, color=colors.muted, lw=1.2, animated=True, zorder=1)
        for name in ("activity", "volume")
    )
    note = axes["volume"].text(
        0.02,
        0.97,
        "",
        transform=axes["volume"].transAxes,
        va="top",
        fontsize=10,
        color=colors.text,
        animated=True,
        zorder=6,
    )
    return LesionArtists(panels=panels, marks=marks, curves=curves, cursors=cursors, points=points, note=note)


def update(artists: LesionArtists, result: LesionResult) -> None:
    """Set the data of everything that moves."""
    fields, core = result.fields, result.run.core
    backdrop = artists.panels["cells"].enlarge(np.sqrt(fields.bone_fraction) * np.float32(_BACKDROP))
    artists.panels["cells"].show(100.0 * fields.tumor, backdrop.astype(np.uint8))
    artists.panels["bone"].show(100.0 * fields.bone_fraction)
    artists.panels["film"].show(result.film)
    for name, ratio in (("osteoclast", fields.osteoclast_ratio), ("osteoblast", fields.osteoblast_ratio)):
        artists.marks[name].set_data(*_cells(name, ratio, fields.bone_fraction))
    months = result.run.snapshots.months
    series = {
        "osteoclast": core.osteoclast_ratio,
        "osteoblast": core.osteoblast_ratio,
        "bone": 100.0 * core.bone_fraction / core.bone_fraction[0],
    }
    for name, values in series.items():
        artists.curves[name].set_data(months, values)
        artists.points[name].set_data([result.month], [result.now(values)])
    for cursor in artists.cursors:
        cursor.set_xdata([result.month, result.month])
    first = result.first_seen
    artists.note.set_text(
        "not seen on film in 18 months" if first is None else f"seen on film from month {first:.1f}"
    )


def _axes(figure: Figure, boxes: dict[str, tuple[float, float, float, float]]) -> dict[str, Axes]:
    """Make axes from left, top, width and height in CSS pixels, and a color scale below each image."""
    wide, high = figure.get_size_inches() * _DPI
    axes = {}
    for name, (left, top, width, height) in boxes.items():
        axes[name] = figure.add_axes((left / wide, 1.0 - (top + height) / high, width / wide, height / high))
        if name in _MAPS:
            below = 1.0 - (top + height + 13.0) / high
            axes[f"{name}_scale"] = figure.add_axes((left / wide, below, width / wide, 7.0 / high))
    return axes


def _wide(figure: Figure) -> dict[str, Axes]:
    step, size = 252.0, 240.0
    boxes = {name: (8.0 + step * index, 26.0, size, size) for index, name in enumerate(_MAPS)}
    return _axes(
        figure, boxes | {"activity": (50.0, 352.0, 310.0, 140.0), "volume": (430.0, 352.0, 310.0, 140.0)}
    )


def _narrow(figure: Figure) -> dict[str, Axes]:
    boxes = {
        "film": (10.0, 26.0, 330.0, 330.0),
        "cells": (10.0, 446.0, 154.0, 154.0),
        "bone": (182.0, 446.0, 154.0, 154.0),
        "activity": (44.0, 682.0, 294.0, 110.0),
        "volume": (44.0, 846.0, 294.0, 110.0),
    }
    return _axes(figure, boxes)


def _panel(figure: Figure, axes: Axes, scale: Axes, name: str) -> Panel:
    title, unit = _NAMES[name]
    axes.set_title(title, pad=5)
    axes.set_axis_off()
    axes.set_xlim(0.0, geometry.SIZE_MM)
    axes.set_ylim(geometry.SIZE_MM, 0.0)
    axes.plot([1.5, 6.5], [57.8, 57.8], color="white", lw=2.5, solid_capstyle="butt", animated=True, zorder=4)
    if name == "film":
        axes.text(1.5, 56.8, "5 mm", color="white", va="bottom", fontsize=9, animated=True, zorder=4)
    bar = figure.colorbar(ScalarMappable(_NORMS[name], _MAPS[name]), cax=scale, orientation="horizontal")
    bar.set_ticks(_TICKS[name])
    bar.minorticks_off()
    bar.ax.tick_params(labelsize=9, length=2, pad=2)
    bar.set_label(unit, fontsize=9.5, labelpad=2)
    bar.outline.set_visible(False)
    return make_panel(figure, axes, geometry.SIZE_PX, _NORMS[name], _MAPS[name])


def _key(axes: Axes, colors: Palette) -> None:
    """Name the marks beside the title, where nothing moves."""
    for right, text, name in ((0.69, "▲ osteoclasts", "osteoclast"), (1.0, "● osteoblasts", "osteoblast")):
        axes.text(
            right, 1.025, text, transform=axes.transAxes, ha="right", va="bottom", fontsize=8.5,
            color=getattr(colors, name),
        )  # fmt: skip


def _plots(axes: dict[str, Axes], colors: Palette) -> tuple[dict[str, Line2D], dict[str, Line2D]]:
    for name in ("activity", "volume"):
        axes[name].set_xlim(0, model.LONGEST_MONTHS)
        axes[name].set_xticks(range(0, model.LONGEST_MONTHS + 1, 3))
        axes[name].set_yscale("log")
        axes[name].autoscale(enable=False)
        axes[name].grid(visible=True, axis="y", lw=0.6)
        axes[name].tick_params(labelsize=9.5)
        axes[name].set_xlabel("Months", fontsize=10, labelpad=1)
    _log_axis(axes["activity"], (0.2, 20.0), (0.3, 1, 3, 10), "Cells in the core [× normal]")
    _log_axis(axes["volume"], (8.0, 900.0), (10, 30, 100, 300), "Bone in the core [% of start]")
    for name, normal in (("activity", 1.0), ("volume", 100.0)):
        axes[name].axhline(normal, color=colors.muted, lw=0.9, ls=(0, (4, 3)), zorder=0)
    curves, points = {}, {}
    for name, place in (("osteoclast", "activity"), ("osteoblast", "activity"), ("bone", "volume")):
        color = getattr(colors, name)
        curves[name] = axes[place].plot([], [], color=color, animated=True, zorder=2)[0]
        points[name] = axes[place].plot(
            [], [], "o", ms=6, color=color, animated=True, zorder=3, clip_on=False
        )[0]
    for height, mark, name in ((0.97, "▲", "osteoclast"), (0.80, "●", "osteoblast")):
        axes["activity"].text(
            0.02, height, f"{mark} {name}s", transform=axes["activity"].transAxes, va="top", fontsize=10,
            color=getattr(colors, name), fontweight="bold",
        )  # fmt: skip
    return curves, points


def _log_axis(axes: Axes, limits: tuple[float, float], ticks: tuple[float, ...], title: str) -> None:
    axes.set_ylim(*limits)
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.set_title(title, fontsize=10.5, pad=4)


@cache
def _places(name: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Return rows, columns and thresholds of the candidate places of a kind of cell; fixed seed."""
    noise = np.random.default_rng({"osteoclast": 11, "osteoblast": 12}[name])
    rows, columns = np.nonzero(geometry.slab().inside)
    chosen = noise.choice(len(rows), _PLACES, replace=False)
    return rows[chosen], columns[chosen], noise.random(_PLACES)


def _cells(
    name: str, ratio: npt.NDArray[np.float32], bone: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return x and y [mm] of cell marks: as dense as activity, where there is a bone surface to sit on."""
    rows, columns, threshold = _places(name)
    here = bone[rows, columns]
    surface = np.clip(here / 0.05, 0.0, 1.0) * np.clip((1.0 - here) / 0.2, 0.0, 1.0)
    taken = ratio[rows, columns] / _FULL_ACTIVITY * surface > threshold
    return (columns[taken] + 0.5) * geometry.PIXEL_MM, (rows[taken] + 0.5) * geometry.PIXEL_MM
