"""The panel beside the skeleton: shares by site, by primary, lesion type, or time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bonemets_teach.scenes._still_axes import StillAxes
from bonemets_teach.scenes._where_colors import hue
from bonemets_teach.scenes._where_result import COURSE_PERCENT, COURSE_YEARS, WhereResult, span
from bonemets_teach.scenes._where_shares import PRIMARIES, SITES
from bonemets_teach.scenes.palette import Palette

__all__ = ["SitesPanel", "TablePanel", "TimePanel", "build_share", "build_sites", "build_time", "build_type"]

_ROWS: Final = tuple(SITES)
_NAMES: Final = tuple(PRIMARIES)
_PROSTATE: Final = (18.0, 29.0)  # claim cumulative_incidence_by_primary


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesPanel:
    """Bars to the lower and from the lower to the upper share, and their words."""

    axes: StillAxes
    bars: LineCollection
    ranges: LineCollection
    words: list[Text]
    colors: Palette

    def update(self, result: WhereResult) -> None:
        """Set bars and words."""
        entries = [result.sites[site] for site in _ROWS]
        full = hue(result, self.colors)
        tones = [full if entry.origin == "own" else self.colors.muted for entry in entries]
        lows = [entry.share.low if entry.share else 0.0 for entry in entries]
        highs = [entry.share.high if entry.share else 0.0 for entry in entries]
        self.bars.set_segments([[(0, y), (low, y)] for y, low in enumerate(lows)])
        self.ranges.set_segments([[(a, y), (b, y)] for y, (a, b) in enumerate(zip(lows, highs, strict=True))])
        self.bars.set_color(tones)
        self.ranges.set_color(tones)
        for word, entry, high in zip(self.words, entries, highs, strict=True):
            word.set_text("–" if entry.share is None else span(entry.share))
            word.set_x(high + 2.0)


def _rows(axes: StillAxes, names: list[str], title: str, size: float) -> None:
    axes.set(xlim=(0, 122), ylim=(len(names) - 0.4, -0.6))
    axes.set_yticks(range(len(names)), labels=names, fontsize=size)
    axes.set_xticks((0, 25, 50, 75, 100))
    axes.tick_params(axis="x", labelsize=size - 0.5, length=3)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(title, fontsize=size)
    axes.grid(axis="x", linewidth=0.6)
    axes.set_axisbelow(True)


def build_sites(axes: StillAxes, colors: Palette, size: float) -> SitesPanel:
    """Make the list of sites."""
    _rows(axes, list(SITES.values()), "Share [%]", size)
    bars, ranges = (LineCollection([], linewidths=8.5, alpha=alpha, animated=True) for alpha in (1.0, 0.45))
    for lines in (bars, ranges):
        lines.set_capstyle("butt")
        axes.add_collection(lines)
    words = [axes.text(0, y, "", va="center", fontsize=size, animated=True) for y in range(len(_ROWS))]
    return SitesPanel(axes=axes, bars=bars, ranges=ranges, words=words, colors=colors)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePanel:
    """A fixed table of primaries with a band over the chosen one."""

    axes: StillAxes
    band: Rectangle

    def update(self, result: WhereResult) -> None:
        """Move the band."""
        self.band.set_y(_NAMES.index(result.primary.id) - 0.46)


def _table(axes: StillAxes, colors: Palette, size: float, title: str) -> Rectangle:
    _rows(axes, [primary.label for primary in PRIMARIES.values()], title, size)
    band = Rectangle(
        (0, 0), 1, 0.92, transform=axes.get_yaxis_transform(), facecolor=colors.accent, alpha=0.16
    )
    axes.add_patch(band)
    return band


def build_share(axes: StillAxes, colors: Palette, size: float) -> TablePanel:
    """Make the table of how often each primary reaches bone."""
    band = _table(axes, colors, size, "Patients with bone involvement [%]")
    for y, primary in enumerate(PRIMARIES.values()):
        low, high = primary.involved.low, primary.involved.high
        axes.plot(
            [low, high],
            [y - 0.12, y - 0.12],
            color=colors.tumor,
            linewidth=7,
            solid_capstyle="butt",
            alpha=0.8,
        )
        axes.plot([low, high], [y - 0.12, y - 0.12], "|", color=colors.tumor, markersize=11, mew=2)
        if primary.metastatic is not None:
            axes.plot(primary.metastatic.low, y + 0.24, "D", color=colors.text, markersize=5.5)
    handles = [
        Line2D(
            [],
            [],
            color=colors.tumor,
            linewidth=7,
            alpha=0.8,
            label="advanced or fatal: range",
        ),
        Line2D(
            [],
            [],
            marker="D",
            linestyle="",
            color=colors.text,
            markersize=5.5,
            label="spread at diagnosis",
        ),
    ]
    _legend(axes, handles, size)
    return TablePanel(axes=axes, band=band)


def _legend(axes: StillAxes, handles: list[Line2D], size: float) -> None:
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (-0.22, 1.0), "borderaxespad": 0.2}
    axes.legend(handles=handles, fontsize=size - 0.5, handlelength=1.6, labelspacing=0.3, **place)


def build_type(axes: StillAxes, colors: Palette, size: float) -> TablePanel:
    """Make the table of usual lesion types."""
    band = _table(axes, colors, size, "")
    axes.set_xlim(-12, 112)
    axes.set_xticks((0, 50, 100), labels=["lytic", "mixed", "blastic"])
    for y, primary in enumerate(PRIMARIES.values()):
        if primary.lesion_type is None:
            axes.text(
                50, y, "not named in the source", ha="center", va="center", fontsize=size, color=colors.muted
            )
            continue
        low, high = (100 * end for end in primary.lesion_type)
        tone = colors.osteoclast if high == 0 else colors.osteoblast if low == 100 else colors.tumor
        axes.plot([low, high], [y, y], color=tone, linewidth=8, solid_capstyle="round")
        axes.plot([low], [y], "o", color=tone, markersize=9)
    return TablePanel(axes=axes, band=band)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePanel:
    """The course after diagnosis: marker, its words, and the chosen primary on the first day."""

    axes: StillAxes
    dot: Line2D
    first_day: Line2D
    words: Text
    first_words: Text

    def update(self, result: WhereResult) -> None:
        """Set marker and words."""
        percent, first = result.cumulative_percent, result.primary.at_diagnosis
        self.dot.set_data([result.years], [percent])
        self.words.set_text(f"{percent:.1f} % at {result.years:.1f} years")
        self.words.set_position((min(result.years, 6.6), percent - 2.1))
        self.first_day.set_data([0, 0], [first.low, first.high] if first else [-9, -9])
        label = result.primary.label.lower()
        self.first_words.set_text(
            f"{label}, day of diagnosis: {_exact(first.low, first.high)}" if first else ""
        )


def _exact(low: float, high: float) -> str:
    return f"{low:.1f} %" if low == high else f"{low:.1f}–{high:.1f} %"


def build_time(axes: StillAxes, colors: Palette, size: float) -> TimePanel:
    """Make the cumulative incidence over ten years."""
    axes.set(xlim=(-0.3, 10.2), ylim=(0, 32))
    axes.set_xlabel("Time since diagnosis [years]", fontsize=size)
    axes.set_ylabel("Patients with bone metastases [%]", fontsize=size)
    axes.tick_params(labelsize=size)
    axes.grid(axis="y", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.axhspan(*_PROSTATE, color=colors.tumor, alpha=0.13, linewidth=0)
    axes.text(10, 23.5, "prostate, over follow-up: 18–29 %", ha="right", va="center", fontsize=size)
    axes.plot(COURSE_YEARS, COURSE_PERCENT, "o-", color=colors.text, markersize=4.5, linewidth=1.6)
    axes.text(10, 10.3, "all solid tumors", ha="right", va="center", fontsize=size)
    (dot,) = axes.plot(
        [], [], "o", color=colors.accent, markersize=10, markeredgecolor=colors.ground, zorder=5
    )
    (first,) = axes.plot([], [], "s-", color=colors.tumor, markersize=6.5, zorder=5, animated=True)
    words = axes.text(
        0, 0, "", va="center", fontsize=size, color=colors.accent, fontweight="bold", animated=True
    )
    first_words = axes.text(0.35, 13.2, "", va="center", fontsize=size, color=colors.tumor, animated=True)
    return TimePanel(axes=axes, dot=dot, first_day=first, words=words, first_words=first_words)
