"""Axes and artists of the which-test-when scene: a bar for each test, and the lesion below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bonemets_teach.imaging.first_visible import HORIZON_MONTHS, MODALITIES
from bonemets_teach.scenes._which_test_result import WhichTestResult
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look

__all__ = ["WhichTestArtists", "build", "update"]

_MONTHS: Final = np.arange(HORIZON_MONTHS + 1)
_MOST_DIAMETER_MM: Final = 60.0
_MOST_BONE_PERCENT: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichTestArtists:
    """What moves."""

    colors: Palette
    bars: tuple[Any, ...]
    texts: tuple[Any, ...]
    size: Any
    bone: Any
    note: Any


def build(figure: Figure, look: Look) -> WhichTestArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    artists : WhichTestArtists
        For `update`.
    """
    colors = palette(look.theme)
    if look.narrow:
        boxes = ((0.055, 0.47, 0.90, 0.475), (0.145, 0.085, 0.69, 0.275))
    else:
        boxes = ((0.145, 0.485, 0.785, 0.45), (0.145, 0.11, 0.785, 0.235))
    bar_axes, size_axes = (figure.add_axes(box) for box in boxes)
    bars, texts = _build_bars(bar_axes, narrow=look.narrow)
    size, bone, note = _build_lesion(size_axes, colors)
    return WhichTestArtists(colors=colors, bars=bars, texts=texts, size=size, bone=bone, note=note)


def update(artists: WhichTestArtists, result: WhichTestResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : WhichTestArtists
        From `build`.
    result : WhichTestResult
        What to show.
    """
    earliest = result.order[0]
    for name, bar, text in zip(MODALITIES, artists.bars, artists.texts, strict=True):
        test = result.tests[name]
        bar.set_x(test.capped_month)
        bar.set_width(HORIZON_MONTHS - test.capped_month)
        first = name == earliest and test.is_seen
        bar.set_facecolor(artists.colors.accent if first else artists.colors.muted)
        text.set_text(_bar_words(test.month, test.diameter_mm, test.looks))
        right = test.capped_month > 0.55 * HORIZON_MONTHS
        text.set_x(test.capped_month + (-0.5 if right else 0.5))
        text.set_horizontalalignment("right" if right else "left")
        text.set_color(artists.colors.text if right else artists.colors.ground)
        text.set_fontweight("bold" if first else "normal")
    artists.size.set_ydata(np.minimum(result.course.diameter_mm, _MOST_DIAMETER_MM))
    artists.bone.set_ydata(np.minimum(100 * result.course.core_bone, _MOST_BONE_PERCENT))
    over = result.course.core_bone.max() * 100 > _MOST_BONE_PERCENT
    artists.note.set_text(f"up to {100 * result.course.core_bone.max():.0f} %" if over else "")


def _bar_words(month: float, diameter: float, looks: str) -> str:
    if not np.isfinite(month):
        return f"not seen in {HORIZON_MONTHS} months"
    return f"month {month:.0f}, {diameter:.0f} mm: {looks}"


def _build_bars(axes: Axes, *, narrow: bool) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    count = len(MODALITIES)
    places = np.arange(count)[::-1].astype(float)
    labels = [label for label, _ in MODALITIES.values()]
    _month_axis(axes)
    axes.set_ylim(-0.6, count - (0.25 if narrow else 0.4))
    axes.set_title("From when on does each test show the lesion?")
    if narrow:
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        for place, label in zip(places, labels, strict=True):
            axes.text(0.2, place + 0.26, label, va="bottom", size=9.5)
    else:
        axes.set_yticks(places, labels)
        axes.tick_params(axis="y", length=0)
    height = 0.46 if narrow else 0.7
    bars = tuple(axes.barh(places, np.zeros(count), height=height, zorder=2, animated=True))
    texts = tuple(
        axes.text(0, place, "", va="center", size=9.5, animated=True, zorder=4, clip_on=True)
        for place in places
    )
    return bars, texts


def _build_lesion(axes: Axes, colors: Palette) -> tuple[Any, Any, Any]:
    _month_axis(axes)
    axes.set_ylim(0, _MOST_DIAMETER_MM)
    axes.set_yticks(range(0, 61, 20))
    axes.set_ylabel("Tumor [mm]", color=colors.tumor, labelpad=2)
    axes.set_title("Diameter, and bone in the core")
    other = axes.twinx()
    other.set_ylim(0, _MOST_BONE_PERCENT)
    other.set_yticks(range(0, 301, 100))
    other.set_ylabel("Bone [%]", color=colors.bone, labelpad=2)
    for side in ("top", "left"):
        other.spines[side].set_visible(False)
    other.axhline(100, color=colors.muted, linewidth=0.8, linestyle=(0, (2, 3)))
    blank = np.zeros(len(_MONTHS))
    size = axes.plot(_MONTHS, blank, color=colors.tumor, linewidth=2.4, animated=True)[0]
    bone = other.plot(_MONTHS, blank, color=colors.bone, linewidth=2.4, linestyle="--", animated=True)[0]
    note = other.text(0.99, 0.92, "", transform=other.transAxes, ha="right", va="top", size=9, color=colors.bone,
                      animated=True)  # fmt: skip
    return size, bone, note


def _month_axis(axes: Axes) -> None:
    axes.set_xlim(0, HORIZON_MONTHS)
    axes.set_xticks(range(0, HORIZON_MONTHS + 1, 6))
    axes.set_xlabel("Months since the tumor settled", labelpad=2)
