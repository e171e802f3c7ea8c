"""Draws the schedule: a bar for the bone drug with its doses, a bar for the tumor treatment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bonemets_teach.scenes._drug_timeline_result import MONTHS, Schedule
from bonemets_teach.scenes._drug_timeline_words import DRUG_NAMES
from bonemets_teach.scenes.palette import Palette

__all__ = ["BarArtists", "build_bars", "update_bars"]

_HEIGHT: Final = 0.36
_ROWS: Final = {"bone": 0.56, "tumor": 0.04}
# The names stand above the bars: the drug on the left, the tumor treatment on the right.
_ENDS: Final = {"bone": 0.0, "tumor": 1.0}
_TUMOR_NAMES: Final = {"radiotherapy": "radiotherapy", "systemic": "systemic therapy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BarArtists:
    """Bars and names by row, and the marks of the doses."""

    bars: dict[str, Rectangle]
    names: dict[str, Text]
    doses: Line2D


def build_bars(axes: Axes, size: float, colors: Palette) -> BarArtists:
    """Make the schedule."""
    axes.set_xlim(0, MONTHS)
    axes.set_ylim(0, 1)
    axes.set_yticks(())
    axes.spines["left"].set_visible(False)
    axes.set_xticks(range(0, MONTHS + 1, 6), labels=[])
    axes.tick_params(length=3)
    bars, names = {}, {}
    for row, tone in (("bone", colors.drug), ("tumor", colors.tumor)):
        bar = Rectangle((0, _ROWS[row]), 0, _HEIGHT, facecolor=tone, alpha=0.28)
        bar.set(animated=True, zorder=1)
        axes.add_patch(bar)
        bars[row] = bar
        names[row] = axes.text(
            _ENDS[row], 1.1, "", transform=axes.transAxes, ha="right" if _ENDS[row] else "left", va="bottom",
            fontsize=size - 0.8, color=tone, fontweight="bold", animated=True,
        )  # fmt: skip
    (doses,) = axes.plot([], [], "|", color=colors.drug, ms=13, mew=1.4, animated=True, zorder=2)
    return BarArtists(bars=bars, names=names, doses=doses)


def update_bars(artists: BarArtists, schedule: Schedule) -> None:
    """Set bars, names and doses."""
    named = {
        "bone": (schedule.bone_span, DRUG_NAMES.get(schedule.bone_drug, ""), "no bone drug"),
        "tumor": (schedule.tumor_span, _TUMOR_NAMES.get(schedule.tumor_treatment, ""), ""),
    }
    for row, (span, name, nothing) in named.items():
        start, end = span or (0.0, 0.0)
        artists.bars[row].set_x(start)
        artists.bars[row].set_width(end - start)
        artists.names[row].set_text(name if span else nothing)
    months = schedule.dose_months
    artists.doses.set_data(months, [_ROWS["bone"] + _HEIGHT / 2] * len(months))
