"""Axes and artists of the detectability scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from bonemets_teach.imaging.detectability import GEOMETRIES, ROSE_THRESHOLD
from bonemets_teach.imaging.lesion_patch import LESION_PIXELS, PATCH_PIXELS
from bonemets_teach.scenes._detectability_result import LOSS_PERCENT, DetectabilityResult
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look

__all__ = ["DetectabilityArtists", "build", "update"]

_SNR_LIMITS: Final = (-10.0, 20.0)
_PATCH_WINDOW: Final = 0.05
# Published: Ardran 1951 in the body; Baek 2016 on excised bones [%].
_PUBLISHED: Final = {"fibula-excised": (11.0, 16.0), "humerus-excised": (3.0, 8.0)}
_RULE_PERCENT: Final = (30.0, 50.0)
_STAGE_LABELS: Final = ("photons only", "+ tumor in the marrow", "+ anatomy in the way")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectabilityArtists:
    """What moves."""

    colors: Palette
    stages: tuple[Any, ...]
    curve: Any
    marker: Any
    reading: Any
    image: Any
    verdict: Any
    bars: tuple[Any, ...]
    bar_texts: tuple[Any, ...]


def build(figure: Figure, look: Look) -> DetectabilityArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    artists : DetectabilityArtists
        For `update`.
    """
    colors = palette(look.theme)
    if look.narrow:
        boxes = ((0.13, 0.725, 0.83, 0.235), (0.22, 0.395, 0.56, 0.235), (0.05, 0.055, 0.90, 0.265))
    else:
        boxes = ((0.075, 0.50, 0.555, 0.435), (0.685, 0.50, 0.30, 0.435), (0.30, 0.085, 0.66, 0.30))
    curve_axes, image_axes, bar_axes = (figure.add_axes(box) for box in boxes)
    stages, curve, marker, reading = _build_curves(curve_axes, colors)
    image, verdict = _build_patch(image_axes, colors)
    bars, bar_texts = _build_bars(bar_axes, colors, narrow=look.narrow)
    return DetectabilityArtists(
        colors=colors, stages=stages, curve=curve, marker=marker, reading=reading,
        image=image, verdict=verdict, bars=bars, bar_texts=bar_texts,
    )  # fmt: skip


def update(artists: DetectabilityArtists, result: DetectabilityResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : DetectabilityArtists
        From `build`.
    result : DetectabilityResult
        What to show.
    """
    for line, snr in zip(artists.stages, result.stage_snr, strict=True):
        line.set_ydata(snr)
    artists.curve.set_ydata(result.snr)
    low, high = _SNR_LIMITS
    shown = float(np.clip(result.snr_now, low + 0.6, high - 0.6))
    artists.marker.set_data([100 * result.loss], [shown])
    outside = "" if low < result.snr_now < high else (" ↑" if result.snr_now > 0 else " ↓")
    artists.reading.set_text(
        f"{100 * result.loss:.0f} % lost: {result.snr_now:.1f}{outside}".replace("-", "−")
    )
    artists.image.set_data(-result.patch)
    artists.verdict.set_text(_verdict(result))
    for name, bar, text in zip(GEOMETRIES, artists.bars, artists.bar_texts, strict=True):
        needed = 100 * result.needed_by_site[name]
        chosen = name == result.geometry_id
        bar.set_width(min(needed, 100.0))
        bar.set_facecolor(artists.colors.accent if chosen else artists.colors.muted)
        bar.set_alpha(1.0 if np.isfinite(needed) else 0.25)
        text.set_text(f"{needed:.0f} %" if np.isfinite(needed) else "never")
        text.set_x(max(min(needed, 100.0), _PUBLISHED.get(name, (0.0, 0.0))[1]) + 1.2)
        text.set_fontweight("bold" if chosen else "normal")


def _verdict(result: DetectabilityResult) -> str:
    if result.is_seen:
        return "seen: darker than bone"
    if result.snr_now <= -ROSE_THRESHOLD:
        return "seen, but as denser than bone"
    return "not seen with certainty"


def _build_curves(axes: Axes, colors: Palette) -> tuple[tuple[Any, ...], Any, Any, Any]:
    axes.set_xlim(0, 100)
    axes.set_ylim(*_SNR_LIMITS)
    axes.set_xlabel("Mineral lost [%]", labelpad=2)
    axes.set_ylabel("Contrast / noise", labelpad=2)
    axes.set_title("When does the lesion show?")
    axes.axvspan(*_RULE_PERCENT, color=colors.grid, alpha=0.55, linewidth=0, zorder=0)
    axes.text(
        40, _SNR_LIMITS[0] + 0.4, "textbook\n30–50 %", ha="center", va="bottom", size=9, color=colors.muted
    )
    axes.axhline(0, color=colors.muted, linewidth=0.8, zorder=1)
    axes.axhline(ROSE_THRESHOLD, color=colors.text, linewidth=1.1, linestyle=(0, (5, 3)), zorder=1)
    axes.text(99.5, ROSE_THRESHOLD + 0.35, "seen above 5", ha="right", va="bottom", size=9.5)
    axes.text(99.5, -0.4, "below 0: denser than bone", ha="right", va="top", size=9, color=colors.muted)
    styles = zip(_STAGE_LABELS, (colors.drug, colors.tumor, colors.bone), (":", "--", "-"), strict=True)
    stages = tuple(
        axes.plot(
            LOSS_PERCENT, np.zeros_like(LOSS_PERCENT), color=color, linestyle=style, linewidth=1.6,
            label=label, animated=True, zorder=3,
        )[0]
        for label, color, style in styles
    )  # fmt: skip
    legend = axes.legend(loc="lower right", handlelength=1.9, borderaxespad=0.1, labelspacing=0.25)
    for text in legend.get_texts():
        text.set_fontsize(9)
    curve = axes.plot(
        LOSS_PERCENT, np.zeros_like(LOSS_PERCENT), color=colors.accent, linewidth=4.5, alpha=0.45,
        solid_capstyle="round", animated=True, zorder=2,
    )[0]  # fmt: skip
    marker = axes.plot(
        [0], [0], "o", color=colors.accent, markersize=9, animated=True, zorder=5, clip_on=False
    )[0]
    reading = axes.text(0.99, 0.985, "", transform=axes.transAxes, ha="right", va="top", color=colors.accent,
                        weight="bold", size=10.5, animated=True)  # fmt: skip
    return stages, curve, marker, reading


def _build_patch(axes: Axes, colors: Palette) -> tuple[Any, Any]:
    axes.set_title("On the radiograph")
    axes.set_anchor("N")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    image = axes.imshow(
        np.zeros((PATCH_PIXELS, PATCH_PIXELS)), cmap="gray", vmin=-_PATCH_WINDOW, vmax=_PATCH_WINDOW,
        interpolation="bilinear", animated=True,
    )  # fmt: skip
    radius = LESION_PIXELS * 0.72
    center = PATCH_PIXELS / 2
    ring = Circle(
        (center, center), radius, fill=False, edgecolor="#ffd34d", linewidth=1.2, linestyle=(0, (2, 3)),
        animated=True, zorder=4,
    )  # fmt: skip
    axes.add_patch(ring)
    verdict = axes.text(0.5, -0.035, "", transform=axes.transAxes, ha="center", va="top", size=10.5,
                        color=colors.text, animated=True)  # fmt: skip
    return image, verdict


def _build_bars(axes: Axes, colors: Palette, *, narrow: bool) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    positions = np.arange(len(GEOMETRIES))[::-1].astype(float)
    axes.set_xlim(0, 112)
    axes.set_ylim(-0.6, len(GEOMETRIES) - 0.3 + (0.3 if narrow else 0.0))
    axes.set_xticks(range(0, 101, 20))
    axes.set_xlabel("Mineral that must be lost [%]", labelpad=2)
    axes.set_title("Every site, seen like this")
    axes.axvspan(*_RULE_PERCENT, color=colors.grid, alpha=0.55, linewidth=0, zorder=0)
    height = 0.32 if narrow else 0.62
    labels = [site.label for site in GEOMETRIES.values()]
    if narrow:
        axes.set_yticks([])
        for position, label in zip(positions, labels, strict=True):
            axes.text(0.6, position + 0.2, label, va="bottom", size=9.5)
        axes.spines["left"].set_visible(False)
    else:
        axes.set_yticks(positions, labels)
        axes.tick_params(axis="y", length=0)
    for name, span in _PUBLISHED.items():
        place = positions[list(GEOMETRIES).index(name)]
        axes.plot(
            span, (place, place), color=colors.osteoclast, linewidth=3.5, zorder=4, solid_capstyle="butt",
            animated=True,
        )  # fmt: skip
    axes.text(
        58, positions[-1] - (0.0 if narrow else 0.05), "orange: measured, Baek 2016", va="center", size=9,
        color=colors.osteoclast,
    )  # fmt: skip
    bars = tuple(axes.barh(positions, np.zeros(positions.size), height=height, zorder=2, animated=True))
    texts = tuple(
        axes.text(1, place, "", va="center", size=10, animated=True, zorder=5) for place in positions
    )
    return bars, texts
