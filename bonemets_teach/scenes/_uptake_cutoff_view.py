"""Axes and artists of the cut-off scene: the heaps, the trade, and what becomes of 1000 lesions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from bonemets_teach.imaging.suv_cutoff import UptakeGroup, roc_curve
from bonemets_teach.scenes._uptake_cutoff_result import CASES, PUBLISHED, CutoffScan
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look

__all__ = ["CutoffArtists", "build", "update"]

_TOP_SUV: Final = 80.0
_SUV: Final = np.linspace(0.2, _TOP_SUV, 240)
_TALLEST: Final = 0.13
_CUTS: Final = np.geomspace(0.5, 400, 160)
_RUG: Final = {"worn": -0.006, "metastasis": -0.013}


@dataclass(frozen=True, slots=True, kw_only=True)
class CutoffArtists:
    """What moves."""

    curves: tuple[Any, ...]
    fills: tuple[Any, ...]
    rugs: tuple[Any, ...]
    line: Any
    line_text: Any
    roc: Any
    point: Any
    ring: Any
    roc_text: Any
    bars: tuple[Any, ...]
    bar_texts: tuple[Any, ...]


def build(figure: Figure, look: Look) -> CutoffArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    artists : CutoffArtists
        For `update`.
    """
    colors = palette(look.theme)
    boxes = (
        ((0.09, 0.715, 0.87, 0.235), (0.2, 0.335, 0.62, 0.275), (0.045, 0.05, 0.89, 0.18))
        if look.narrow
        else ((0.06, 0.475, 0.53, 0.45), (0.68, 0.475, 0.29, 0.45), (0.165, 0.115, 0.805, 0.215))
    )
    heaps, roc, bars = (figure.add_axes(box) for box in boxes)
    curves, fills, rugs = _build_heaps(heaps, colors)
    line = heaps.axvline(0, color=colors.text, linewidth=1.8, animated=True)
    line_text = heaps.text(0, _TALLEST * 0.985, "", va="top", size=10, weight="bold", animated=True)
    made = _build_roc(roc, colors)
    rectangles, texts = _build_bars(bars, colors, narrow=look.narrow)
    return CutoffArtists(
        curves=curves, fills=fills, rugs=rugs, line=line, line_text=line_text, roc=made[0], point=made[1],
        ring=made[2], roc_text=made[3], bars=rectangles, bar_texts=texts,
    )  # fmt: skip


def update(artists: CutoffArtists, result: CutoffScan) -> None:
    """Show a result.

    Parameters
    ----------
    artists : CutoffArtists
        From `build`.
    result : CutoffScan
        What to show.
    """
    cut = result.at.cutoff
    for curve, group in zip(artists.curves, (result.normal, result.worn, result.metastasis), strict=True):
        curve.set_ydata(_density(group, _SUV))
    for fill, group in zip(artists.fills, (result.worn, result.metastasis), strict=True):
        fill.set_xy(_above(group, cut))
    for rug, sample, row in zip(
        artists.rugs, (result.worn_sample, result.metastasis_sample), _RUG.values(), strict=True
    ):
        rug.set_data(np.minimum(sample, _TOP_SUV), np.full(sample.size, row))
    artists.line.set_xdata([cut, cut])
    right = cut > 0.6 * _TOP_SUV
    artists.line_text.set_position((cut + (-1 if right else 1), artists.line_text.get_position()[1]))
    artists.line_text.set_horizontalalignment("right" if right else "left")
    artists.line_text.set_text(f"cut-off {cut:g}")
    _update_roc(artists, result)
    _update_bars(artists, result)


def _update_roc(artists: CutoffArtists, result: CutoffScan) -> None:
    false, hit = roc_curve(_CUTS, malignant=result.metastasis, benign=result.worn)
    artists.roc.set_data(100 * false, 100 * hit)
    artists.point.set_data([100 - 100 * result.at.specificity], [100 * result.at.sensitivity])
    sampled = result.sampled
    artists.ring.set_data(*(([], []) if sampled is None else ([100 - 100 * sampled[1]], [100 * sampled[0]])))
    artists.roc_text.set_text(
        f"sensitivity {100 * result.at.sensitivity:.0f} %\nspecificity {100 * result.at.specificity:.0f} %\n"
        f"area {result.area:.2f}"
    )


def _update_bars(artists: CutoffArtists, result: CutoffScan) -> None:
    hit, false, missed, clear = result.counts
    lefts = (0.0, hit, 0.0, missed)
    for bar, text, left, width in zip(
        artists.bars, artists.bar_texts, lefts, (hit, false, missed, clear), strict=True
    ):
        bar.set_x(left)
        bar.set_width(width)
        text.set_position((left + width / 2, text.get_position()[1]))
        text.set_text(f"{width:.0f}" if width >= 0.035 * CASES else "")


def _density(group: UptakeGroup, suv: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    z = (np.log(suv) - group.log_mean) / group.log_sd
    height = np.exp(-0.5 * z**2) / (suv * group.log_sd * np.sqrt(2 * np.pi))
    return np.asarray(np.minimum(height, 2 * _TALLEST))


def _above(group: UptakeGroup, cut: float) -> npt.NDArray[np.float64]:
    suv = np.linspace(min(cut, _TOP_SUV), _TOP_SUV, 120)
    outline = np.stack([suv, _density(group, suv)], axis=1)
    return np.concatenate([outline, [[_TOP_SUV, 0.0], [min(cut, _TOP_SUV), 0.0]]])


def _build_heaps(axes: Axes, colors: Palette) -> tuple[tuple[Any, ...], ...]:
    axes.set_title("Uptake of three groups of lesions")
    axes.set_xlim(0, _TOP_SUV)
    axes.set_ylim(-0.018, _TALLEST)
    axes.set_yticks([])
    axes.set_ylabel("share of the group")
    axes.set_xlabel("SUVmax", labelpad=2)
    axes.axhline(0, color=colors.muted, linewidth=0.8)
    kinds = (
        ("normal vertebra", colors.muted, ":"), ("worn joint", colors.bone, "--"), ("metastasis", colors.tumor, "-"),
    )  # fmt: skip
    blank = np.zeros(_SUV.size)
    curves = tuple(
        axes.plot(_SUV, blank, color=color, linestyle=style, animated=True, label=label)[0]
        for label, color, style in kinds
    )
    fills = tuple(
        axes.fill([0, 0, 0], [0, 0, 0], color=color, alpha=0.3, linewidth=0, animated=True)[0]
        for _, color, _ in kinds[1:]
    )
    rugs = tuple(
        axes.plot([], [], "|", color=color, markersize=6, markeredgewidth=1, animated=True)[0]
        for _, color, _ in kinds[1:]
    )
    axes.legend(loc="upper right", borderaxespad=0.1, bbox_to_anchor=(1.0, 0.93))
    return curves, fills, rugs


def _build_roc(axes: Axes, colors: Palette) -> tuple[Any, Any, Any, Any]:
    axes.set_title("The trade")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_xticks([0, 50, 100])
    axes.set_yticks([0, 50, 100])
    axes.set_xlabel("worn joints called metastasis [%]", labelpad=2)
    axes.set_ylabel("metastases found [%]", labelpad=1)
    axes.plot([0, 100], [0, 100], color=colors.grid, linewidth=1)
    axes.plot(
        [100 - 100 * PUBLISHED[2]],
        [100 * PUBLISHED[1]],
        "x",
        color=colors.text,
        markersize=9,
        markeredgewidth=2,
    )
    roc = axes.plot([], [], color=colors.accent, animated=True)[0]
    point = axes.plot([], [], "o", color=colors.accent, markersize=9, animated=True, zorder=4)[0]
    ring = axes.plot(
        [], [], "o", color=colors.text, markersize=11, fillstyle="none", animated=True, zorder=4
    )[0]
    text = axes.text(97, 4, "", ha="right", va="bottom", size=9.5, animated=True)
    return roc, point, ring, text


def _build_bars(axes: Axes, colors: Palette, *, narrow: bool) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    axes.set_xlim(0, CASES)
    axes.set_ylim(1.75 if narrow else 1.5, -0.75 if narrow else -0.5)
    axes.set_title(f"Of {CASES} lesions")
    axes.set_xlabel("lesions", labelpad=2)
    keys = [Patch(color=colors.tumor, label="metastasis"), Patch(color=colors.marrow, label="worn joint")]
    axes.legend(
        handles=keys,
        loc="lower right",
        bbox_to_anchor=(1.0, 0.98),
        ncols=2,
        borderaxespad=0.2,
        columnspacing=1.2,
    )
    names = ("Called metastasis", "Called worn")
    if narrow:
        axes.set_yticks([])
        for row, name in enumerate(names):
            axes.text(0, row - 0.42, name, va="bottom", size=9.5)
    else:
        axes.set_yticks([0, 1], names)
        axes.tick_params(axis="y", length=0)
    height = 0.5 if narrow else 0.66
    places = ((0, colors.tumor), (0, colors.marrow), (1, colors.tumor), (1, colors.marrow))
    bars = tuple(
        axes.barh(
            [row], [0], height=height, color=color, edgecolor=colors.ground, linewidth=1, animated=True
        )[0]
        for row, color in places
    )
    texts = tuple(
        axes.text(
            0, row, "", ha="center", va="center", size=10, animated=True, zorder=4,
            color=colors.ground if color == colors.tumor else colors.text,
        )
        for row, color in places
    )  # fmt: skip
    return bars, texts
