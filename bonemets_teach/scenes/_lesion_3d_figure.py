"""Draws the lesion in space: three planes, the film, and two curves; images on dark ground in both themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, ListedColormap, Normalize, PowerNorm, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bonemets_teach.scenes import _lesion_3d_block as geometry
from bonemets_teach.scenes._lesion_3d_layout import place
from bonemets_teach.scenes._lesion_3d_plots import Plots, build_plots, move_plots
from bonemets_teach.scenes._lesion_3d_result import Result3d, Section
from bonemets_teach.scenes._lesion_panel import Panel, make_panel
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["Artists3d", "build", "update"]

_GRAY: Final = LinearSegmentedColormap.from_list("bone gray", ["#000000", "#ffffff"])
_PINK: Final = palette("dark").tumor
_TINT: Final = np.array(to_rgb(_PINK), dtype=np.float32) * np.float32(255.0)
_BONE_NORM: Final = PowerNorm(0.5, 0.0, 100.0)
_FILM_NORM: Final = Normalize(-32.0, 40.0)
# How strongly full tumor, and the half-filled margin, color a place. Chosen, so that bone stays visible.
_FILL: Final = np.float32(0.14)
_BAND: Final = np.float32(0.70)
_TITLES: Final = {
    "frontal": "Frontal plane", "side": "Side plane", "cross": "Cross-section", "film": "Radiograph",
}  # fmt: skip
#: What runs down and across in each plane, as the planes whose traces it shows.
_TRACES: Final = {"frontal": ("cross", "side"), "side": ("cross", "frontal"), "cross": ("frontal", "side")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Artists3d:
    """What moves: four images, the traces of the planes in one another, the plots."""

    panels: dict[str, Panel]
    traces: dict[str, tuple[Line2D, Line2D]]
    plots: Plots


def _tint(tumor: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return how strongly tumor colors a place: a band along the margin, as wide as the margin is."""
    half = np.float32(4.0) * tumor * (np.float32(1.0) - tumor)
    return np.asarray(_FILL * tumor + _BAND * half * half * half)


_TUMOR: Final = ListedColormap(
    [
        tuple(0.35 + share * (_TINT / 255.0 - 0.35))
        for share in _tint(np.linspace(0, 1, 128, dtype=np.float32))
    ]
)


def build(figure: Figure, look: Look) -> Artists3d:
    """Make all axes and artists once."""
    axes = place(figure, narrow=look.narrow)
    size = 8.5 if look.narrow else 9.5
    panels = {name: _panel(figure, axes[name], name) for name in _TITLES}
    _scale(figure, axes["frontal_scale"], (_BONE_NORM, _GRAY), (1, 10, 30, 60), "Bone [% of volume]", size)
    _scale(
        figure, axes["side_scale"], (Normalize(0.0, 100.0), _TUMOR), (10, 50, 90),
        "Tumor [% of marrow space]" if not look.narrow else "Tumor [% of marrow]", size,
    )  # fmt: skip
    axes["cross_scale"].set_axis_off()
    axes["cross_scale"].text(
        0.0, 0.5, "dashed: where the planes cut" if look.narrow else "dashed: where the other planes cut",
        fontsize=size, va="center", color=palette(look.theme).muted,
    )  # fmt: skip
    _scale(
        figure, axes["film_scale"], (_FILM_NORM, _GRAY), (-20, 0, 20),
        "Attenuation [% log signal]" if not look.narrow else "Attenuation [% log]", size,
    )  # fmt: skip
    return Artists3d(
        panels=panels,
        traces={name: _trace(axes[name]) for name in _TRACES},
        plots=build_plots(axes["size"], axes["bone"], look),
    )


def update(artists: Artists3d, result: Result3d) -> None:
    """Set the data of everything that moves."""
    for name, section in result.planes.items():
        _show_section(artists.panels[name], section)
    artists.panels["film"].show(result.film)
    for name, (down, across) in _TRACES.items():
        level, side = artists.traces[name]
        at = [(result.planes[plane].at + 0.5) * geometry.VOXEL_MM for plane in (down, across)]
        level.set_ydata([at[0], at[0]])
        side.set_xdata([at[1], at[1]])
    move_plots(artists.plots, result)


def _show_section(panel: Panel, section: Section) -> None:
    """Show bone as gray with the tumor as a tint over it."""
    share = np.clip(np.asarray(_BONE_NORM(100.0 * section.bone), dtype=np.float32), 0.0, 1.0)
    gray = panel.enlarge(share)[..., None] * np.float32(255.0)
    tint = _tint(panel.enlarge(section.tumor))[..., None]
    colors = np.full((*gray.shape[:2], 4), 255, dtype=np.uint8)
    colors[..., :3] = gray + tint * (_TINT - gray)
    panel.artist.colors = colors


def _panel(figure: Figure, axes: Axes, name: str) -> Panel:
    axes.set_title(_TITLES[name], pad=5)
    axes.set_axis_off()
    axes.set_xlim(0.0, geometry.SIZE_MM)
    axes.set_ylim(geometry.SIZE_MM, 0.0)
    bar: dict[str, Any] = {"color": "white", "animated": True, "zorder": 4}
    axes.plot([1.5, 11.5], [58.0, 58.0], lw=2.5, solid_capstyle="butt", **bar)
    axes.text(1.5, 56.8, "10 mm", va="bottom", fontsize=8.5, **bar)
    norm = _FILM_NORM if name == "film" else _BONE_NORM
    return make_panel(figure, axes, geometry.SIZE, norm, _GRAY)


def _trace(axes: Axes) -> tuple[Line2D, Line2D]:
    style: dict[str, Any] = {
        "color": "#ffe9a8", "lw": 0.8, "ls": (0, (5, 4)), "animated": True, "zorder": 3, "alpha": 0.8,
    }  # fmt: skip
    return axes.axhline(0.0, **style), axes.axvline(0.0, **style)


def _scale(
    figure: Figure, axes: Axes, colors: tuple[Normalize, Colormap], ticks: tuple[int, ...], label: str,
    size: float,
) -> None:  # fmt: skip
    bar = figure.colorbar(ScalarMappable(*colors), cax=axes, orientation="horizontal")
    bar.set_ticks(ticks)
    bar.minorticks_off()
    bar.ax.tick_params(labelsize=size - 0.5, length=2, pad=2)
    bar.set_label(label, fontsize=size, labelpad=2)
    bar.outline.set_visible(False)
