"""The two curves beside the lesion in space: its size, and the bone in it and beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from bonemets_teach.scenes._lesion_3d_result import Result3d
from bonemets_teach.scenes._lesion_3d_run import LONGEST_MONTHS
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["Plots", "build_plots", "move_plots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plots:
    """Curves and their points by name of the series, and the lines at the month shown."""

    curves: dict[str, Line2D]
    points: dict[str, Line2D]
    cursors: tuple[Line2D, Line2D]


def build_plots(size: Axes, bone: Axes, look: Look) -> Plots:
    """Make both plots with fixed axes."""
    colors = palette(look.theme)
    small = 9.0 if look.narrow else 9.5
    for axes in (size, bone):
        axes.set_xlim(0, LONGEST_MONTHS)
        axes.set_xticks(range(0, LONGEST_MONTHS + 1, 3))
        axes.grid(visible=True, axis="y", lw=0.6)
        axes.tick_params(labelsize=small)
        axes.set_xlabel("Months", fontsize=small + 0.5, labelpad=1)
    size.set_ylim(0.0, 60.0)
    size.set_yticks((0, 20, 40, 60))
    size.set_title("Width of the lesion [mm]", fontsize=small + 1, pad=4)
    bone.set_yscale("log")
    bone.set_ylim(20.0, 500.0)
    bone.set_yticks((25, 50, 100, 200, 400), ("25", "50", "100", "200", "400"))
    bone.set_yticks([], minor=True)
    bone.set_title("Bone left [% of start]", fontsize=small + 1, pad=4)
    bone.axhline(100.0, color=colors.muted, lw=0.9, ls=(0, (4, 3)), zorder=0)
    tones = {"lesion_width_mm": (size, colors.tumor), "bone_in_lesion_percent": (bone, colors.bone), "thinnest_cortex_percent": (bone, colors.text)}  # fmt: skip
    words = {"bone_in_lesion_percent": (0.97, "in the lesion"), "thinnest_cortex_percent": (0.86 if not look.narrow else 0.8, "in the cortex")}  # fmt: skip
    for name, (height, text) in words.items():
        bone.text(0.02, height, text, transform=bone.transAxes, va="top", fontsize=small, color=tones[name][1], fontweight="bold")  # fmt: skip
    curves, points = {}, {}
    for name, (axes, tone) in tones.items():
        curves[name] = axes.plot([], [], color=tone, animated=True, zorder=2)[0]
        points[name] = axes.plot([], [], "o", ms=6, color=tone, animated=True, zorder=3, clip_on=False)[0]
    first, second = (
        axes.axvline(0.0, color=colors.muted, lw=1.2, animated=True, zorder=1) for axes in (size, bone)
    )
    return Plots(curves=curves, points=points, cursors=(first, second))


def move_plots(plots: Plots, result: Result3d) -> None:
    """Set curves, points and the month."""
    months = np.arange(LONGEST_MONTHS + 1)
    for name, curve in plots.curves.items():
        curve.set_data(months, result.run.series[name])
        low, high = curve.axes.get_ylim() if curve.axes is not None else (0.0, 1.0)
        plots.points[name].set_data([result.month], [min(max(result.now(name), low), high)])
    for cursor in plots.cursors:
        cursor.set_xdata([result.month, result.month])
