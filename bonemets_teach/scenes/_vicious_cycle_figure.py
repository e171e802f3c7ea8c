"""Draws the vicious cycle: tumor, cells and bone over 18 months beside the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bonemets_teach.scenes._vicious_cycle_loop import LoopArtists, build_loop, update_loop
from bonemets_teach.scenes._vicious_cycle_result import MONTHS, ViciousResult
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["ViciousArtists", "build", "update"]

_TITLES: Final = ("Tumor [% of marrow space]", "Cells [× normal]", "Bone volume [% of start]")
_CURVES: Final = (("tumor",), ("osteoclast", "osteoblast"), ("bone",))
_LATE: Final = 8  # month
_BONE_TICKS: Final = (5, 10, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One quantity: its line, the untouched lesion, and a dot at the shown month."""

    line: Line2D
    ghost: Line2D
    dot: Line2D


@dataclass(frozen=True, slots=True, kw_only=True)
class ViciousArtists:
    """Moving parts: curves by name, cursors and block shades by panel, notes, loop."""

    curves: dict[str, Curve]
    cursors: tuple[Line2D, ...]
    shades: tuple[Rectangle, ...]
    block_note: Text
    ghost_note: Text
    loop: LoopArtists


def build(figure: Figure, look: Look) -> ViciousArtists:
    """Make the figure.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    artists : ViciousArtists
        What `update` sets.
    """
    colors = palette(look.theme)
    size = 9.5 if look.narrow else 10.0
    panels, loop = _axes(figure, look)
    curves: dict[str, Curve] = {}
    cursors, shades = [], []
    for axes, title, names in zip(panels, _TITLES, _CURVES, strict=True):
        _frame(axes, title, size, colors)
        for name in names:
            curves[name] = _curve(axes, getattr(colors, name), colors)
        (cursor,) = axes.plot(
            [0, 0], [0, 1], transform=axes.get_xaxis_transform(), color=colors.text, linewidth=1
        )
        cursor.set(animated=True, zorder=1.5)
        cursors.append(cursor)
        shade = Rectangle(
            (0, 0), 0, 1, transform=axes.get_xaxis_transform(), facecolor=colors.drug, alpha=0.14
        )
        shade.set(animated=True, zorder=1)
        axes.add_patch(shade)
        shades.append(shade)
    _scales(panels, size, colors)
    ghost_note = panels[0].text(
        1.0, 1.04, "", transform=panels[0].transAxes, ha="right", va="bottom", fontsize=size - 1,
        color=colors.muted, animated=True,
    )  # fmt: skip
    block_note = panels[0].text(
        0, 0.97, "", transform=panels[0].get_xaxis_transform(), va="top", fontsize=size - 0.5,
        color=colors.drug, fontweight="bold", animated=True, zorder=6,
    )  # fmt: skip
    return ViciousArtists(
        curves=curves, cursors=tuple(cursors), shades=tuple(shades), block_note=block_note,
        ghost_note=ghost_note, loop=build_loop(loop, look, size),
    )  # fmt: skip


def _axes(figure: Figure, look: Look) -> tuple[list[Axes], Axes]:
    if look.narrow:
        place = {"left": 0.125, "right": 0.965, "bottom": 0.45, "top": 0.965}
        loop = figure.add_axes((0.02, 0.01, 0.96, 0.355))
    else:
        place = {"left": 0.06, "right": 0.565, "bottom": 0.105, "top": 0.945}
        loop = figure.add_axes((0.605, 0.06, 0.385, 0.885))
    grid = figure.add_gridspec(3, 1, hspace=0.36, height_ratios=(1, 1, 1.15), **place)
    return [figure.add_subplot(grid[row]) for row in range(3)], loop


def _frame(axes: Axes, title: str, size: float, colors: Palette) -> None:
    axes.set_xlim(0, MONTHS)
    axes.set_xticks(range(0, MONTHS + 1, 3), labels=[])
    axes.tick_params(labelsize=size, length=3)
    axes.grid(axis="y", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_title(title, loc="left", fontsize=size + 0.5, color=colors.text, pad=5)


def _scales(panels: list[Axes], size: float, colors: Palette) -> None:
    tumor, cells, bone = panels
    tumor.set_ylim(0, 105)
    tumor.set_yticks((0, 50, 100))
    cells.set_ylim(0, 18)
    cells.set_yticks((1, 5, 10, 15))
    for name, place in (("osteoclasts", 0.74), ("osteoblasts", 1.0)):
        tone = getattr(colors, name[:-1])
        cells.text(
            place, 1.04, name, transform=cells.transAxes, ha="right", va="bottom", color=tone, fontsize=size,
            fontweight="bold",
        )  # fmt: skip
    bone.set_yscale("log")
    bone.set_ylim(4, 650)
    bone.set_yticks(_BONE_TICKS, labels=[str(tick) for tick in _BONE_TICKS])
    bone.set_yticks((), minor=True)
    bone.axhline(100, color=colors.muted, linewidth=1, zorder=0.9)
    bone.set_xticks(range(0, MONTHS + 1, 3), labels=[str(month) for month in range(0, MONTHS + 1, 3)])
    bone.set_xlabel("Time [months]", fontsize=size, labelpad=3)


def _curve(axes: Axes, tone: str, colors: Palette) -> Curve:
    (ghost,) = axes.plot([], [], color=tone, linewidth=1.5, linestyle=(0, (4, 2)), alpha=0.75, animated=True)
    (line,) = axes.plot([], [], color=tone, animated=True, zorder=3)
    (dot,) = axes.plot([], [], "o", color=tone, markersize=6.5, clip_on=False, animated=True, zorder=4)
    dot.set_markeredgecolor(colors.ground)
    return Curve(line=line, ghost=ghost, dot=dot)


def update(artists: ViciousArtists, result: ViciousResult) -> None:
    """Set the data of the moving artists.

    Parameters
    ----------
    artists : ViciousArtists
        From `build`.
    result : ViciousResult
        A computed state.
    """
    path, other, i = result.trajectory, result.untouched, result.index
    months = path.time_d / DAYS_PER_MONTH
    drawn: dict[str, tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]] = {
        "tumor": (100 * path.tumor, 100 * other.tumor),
        "osteoclast": (path.osteoclast_ratio, other.osteoclast_ratio),
        "osteoblast": (path.osteoblast_ratio, other.osteoblast_ratio),
        "bone": (100 * path.bone_volume, 100 * other.bone_volume),
    }
    for name, (now, before) in drawn.items():
        curve = artists.curves[name]
        curve.line.set_data(months, now)
        curve.dot.set_data([months[i]], [now[i]])
        curve.ghost.set_data(months, before)
        curve.ghost.set_visible(result.is_changed)
    start = MONTHS if result.lesion.block_month is None else result.lesion.block_month
    for cursor, shade in zip(artists.cursors, artists.shades, strict=True):
        cursor.set_xdata([months[i], months[i]])
        shade.set_x(start)
        shade.set_width(MONTHS - start)
    _place_note(artists.block_note, result.lesion.block_month)
    artists.ghost_note.set_text("dashed: usual course" if result.is_changed else "")
    update_loop(artists.loop, result)


def _place_note(note: Text, start: float | None) -> None:
    # The tumor curve is low before month 8 and high after it; the note takes the free half.
    note.set_visible(start is not None)
    if start is None:
        return
    is_late = start >= _LATE
    note.set_text("RANKL block")
    note.set_position((MONTHS - 0.1 if is_late else start + 0.2, 0.08 if is_late else 0.97))
    note.set_horizontalalignment("right" if is_late else "left")
    note.set_verticalalignment("bottom" if is_late else "top")
