"""Draws a patch of cancellous bone with the cells at work, and bone volume over the years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from scipy import ndimage

from bonemets_teach.biology import trabecular_lattice as lattice
from bonemets_teach.content.language import tr
from bonemets_teach.scenes import _trabecular_run as model
from bonemets_teach.scenes._lesion_panel import Panel, make_panel
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look

_DPI: Final = 72.0
# Pixels are drawn with soft steps: edges as under the microscope, not as on a chessboard.
_SOFTNESS: Final = 0.7
_MARKS: Final = (("osteoclast", "^", lattice.RESORBING), ("osteoblast", "o", lattice.FORMING))


@dataclass(frozen=True, slots=True, kw_only=True)
class LatticeArtists:
    """What moves: the patch, the marks of cells, the curve with its point and the year, a note."""

    patch: Panel
    marks: dict[str, Line2D]
    curve: Line2D
    cursor: Line2D
    point: Line2D
    note: Text


def build(figure: Figure, look: Look) -> LatticeArtists:
    """Make all axes and artists."""
    colors = palette(look.theme)
    if look.narrow:
        section, plot = _box(figure, 10, 44, 330, 330), _box(figure, 44, 440, 292, 190)
    else:
        section, plot = _box(figure, 8, 44, 380, 380), _box(figure, 450, 60, 296, 300)
    patch = _section(figure, section, colors)
    size = 4.2 if look.narrow else 4.6
    marks = {
        name: section.plot([], [], mark, ms=size, mew=0.5, mec=colors.ground, color=getattr(colors, name),
                           animated=True, zorder=3)[0]
        for name, mark, _ in _MARKS
    }  # fmt: skip
    curve, cursor, point = _plot(plot, colors)
    note = plot.text(
        0.98, 0.97, "", transform=plot.transAxes, ha="right", va="top", fontsize=9.5, linespacing=1.45,
        color=colors.text, animated=True, zorder=5,
    )  # fmt: skip
    return LatticeArtists(patch=patch, marks=marks, curve=curve, cursor=cursor, point=point, note=note)


def update(artists: LatticeArtists, result: model.LatticeResult) -> None:
    """Set the data of everything that moves."""
    state = result.state
    solid = (state == lattice.BONE) | (state == lattice.FORMING)
    artists.patch.show(ndimage.gaussian_filter(solid.astype(np.float32), _SOFTNESS, mode="wrap"))
    for name, _, code in _MARKS:
        rows, columns = np.nonzero(state == code)
        artists.marks[name].set_data((columns + 0.5) * model.PIXEL_MM, (rows + 0.5) * model.PIXEL_MM)
    percent = 100.0 * result.history.bone_fraction
    artists.curve.set_data(result.history.years, percent)
    artists.cursor.set_xdata([result.year, result.year])
    artists.point.set_data([result.year], [percent[result.frame]])
    n = model.numbers(result)
    widths = (
        "Trabeculae\n{thickness_um:.0f} µm thick\n{spacing_um:.0f} µm apart\n{trabeculae_per_mm:.1f} per mm"
    )
    artists.note.set_text(
        tr(widths, **n) if n["thickness_um"] > 0.0 else tr("No trabeculae\ncan be told apart")
    )


def _box(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Make axes from CSS pixels."""
    wide, high = figure.get_size_inches() * _DPI
    return figure.add_axes((left / wide, 1.0 - (top + height) / high, width / wide, height / high))


def _section(figure: Figure, axes: Axes, colors: Palette) -> Panel:
    axes.set_title(tr("Cancellous bone, {size:g} × {size:g} mm", size=model.SIZE_MM), pad=22)
    axes.set_axis_off()
    axes.set_xlim(0.0, model.SIZE_MM)
    axes.set_ylim(model.SIZE_MM, 0.0)
    for left, text, name in (
        (0.0, tr("▲ osteoclast at work"), "osteoclast"), (0.45, tr("● osteoblast at work"), "osteoblast"),
    ):  # fmt: skip
        axes.text(
            left,
            1.012,
            text,
            transform=axes.transAxes,
            va="bottom",
            fontsize=9.5,
            color=getattr(colors, name),
        )
    axes.plot(
        [0.2, 1.2], [7.75, 7.75], color=colors.text, lw=3, solid_capstyle="butt", animated=True, zorder=4
    )
    axes.text(
        0.2, 7.68, "1 mm", color=colors.text, va="bottom", fontsize=9.5, animated=True, zorder=4,
        bbox={"facecolor": colors.marrow, "edgecolor": "none", "pad": 1.0},
    )  # fmt: skip
    ramp = [(0.0, colors.marrow), (0.36, colors.marrow), (0.60, colors.bone), (1.0, colors.bone)]
    return make_panel(
        figure, axes, model.SIZE_PX, Normalize(0.0, 1.0), LinearSegmentedColormap.from_list("section", ramp)
    )


def _plot(axes: Axes, colors: Palette) -> tuple[Line2D, Line2D, Line2D]:
    axes.set_title(tr("Bone volume [% of tissue volume]"), fontsize=10.5, pad=6)
    axes.set_xlim(0.0, model.LONGEST_YEARS)
    axes.set_ylim(0.0, 100.0)
    axes.set_yscale("function", functions=(np.sqrt, np.square))
    axes.set_yticks([0, 5, 10, 20, 40, 60, 100])
    axes.set_xticks(range(0, int(model.LONGEST_YEARS) + 1, 2))
    axes.set_xlabel(tr("Years"), fontsize=10, labelpad=2)
    axes.tick_params(labelsize=9.5)
    axes.grid(visible=True, axis="y", lw=0.6)
    cursor = axes.axvline(0.0, color=colors.muted, lw=1.2, animated=True, zorder=1)
    curve = axes.plot([], [], color=colors.bone, animated=True, zorder=2)[0]
    point = axes.plot([], [], "o", ms=6, color=colors.bone, animated=True, zorder=3, clip_on=False)[0]
    return curve, cursor, point
