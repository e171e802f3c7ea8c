"""Axes and artists of the MR scene: the image, and a bar for each tissue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from bonemets_teach.scenes._mr_regions import FIELD_MM, SIZE
from bonemets_teach.scenes._mr_result import MrResult
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["MrArtists", "build", "update"]

_BARS: Final = ("finding", "marrow", "disc", "muscle", "CSF", "fat")
_SCALE_MM: Final = 50.0
_RING_MM: Final = 13.0
_PAPER: Final = "#e6e6e6"
_MARK: Final = "#ffd34d"


@dataclass(frozen=True, slots=True, kw_only=True)
class MrArtists:
    """What moves."""

    image: Any
    ring: Any
    bars: tuple[Any, ...]
    values: tuple[Any, ...]
    reading: Any


def build(figure: Figure, look: Look) -> MrArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size and arrangement; the image keeps its dark ground in both themes.

    Returns
    -------
    artists : MrArtists
        For `update`.
    """
    boxes = ((0.02, 0.36, 0.96, 0.60), (0.24, 0.085, 0.66, 0.225)) if look.narrow else (
        (0.005, 0.02, 0.60, 0.90), (0.74, 0.14, 0.20, 0.72))  # fmt: skip
    axes = figure.add_axes(boxes[0])
    axes.set_axis_off()
    axes.set_title("L3 in the middle, front at the left", size=11)
    image = axes.imshow(
        np.zeros((SIZE, SIZE)), cmap="gray", vmin=0, vmax=1000, interpolation="bilinear", animated=True
    )
    axes.set_xlim(-0.5, SIZE - 0.5)
    axes.set_ylim(SIZE - 0.5, -0.5)
    radius = _RING_MM * SIZE / FIELD_MM
    ring = Circle(
        (0, 0), radius, fill=False, edgecolor=_MARK, linewidth=1, linestyle=(0, (3, 3)), animated=True
    )
    axes.add_patch(ring)
    length = _SCALE_MM * SIZE / FIELD_MM
    axes.plot([SIZE - 12 - length, SIZE - 12], [SIZE - 12] * 2, color=_PAPER, linewidth=2, animated=True)
    # A dark ground keeps the words readable on bright fat.
    ground = {"facecolor": "#000000", "edgecolor": "none", "alpha": 0.55, "pad": 1.5}
    words: dict[str, Any] = {"color": _PAPER, "size": 9.5, "animated": True, "bbox": ground}
    axes.text(SIZE - 12, SIZE - 16, f"{_SCALE_MM:.0f} mm", ha="right", va="bottom", **words)
    reading = axes.text(8, SIZE - 10, "", ha="left", va="bottom", **(words | {"color": _MARK}))
    return _with_bars(
        figure, boxes[1], look, MrArtists(image=image, ring=ring, bars=(), values=(), reading=reading)
    )


def _with_bars(
    figure: Figure, box: tuple[float, float, float, float], look: Look, made: MrArtists
) -> MrArtists:
    axes = figure.add_axes(box)
    axes.set_xlim(0, 1250)
    axes.set_ylim(len(_BARS) - 0.4, -0.6)
    axes.set_yticks(range(len(_BARS)), _BARS)
    axes.set_xticks([0, 500, 1000])
    axes.set_xlabel("gray value shown [of 1000]")
    colors = palette(look.theme)
    bars, values = [], []
    for place, name in enumerate(_BARS):
        color = colors.tumor if name == "finding" else colors.muted
        bars.append(axes.barh([place], [0], height=0.62, color=color, animated=True)[0])
        values.append(axes.text(0, place, "", va="center", size=9.5, color=colors.text, animated=True))
    return MrArtists(
        image=made.image, ring=made.ring, reading=made.reading, bars=tuple(bars), values=tuple(values)
    )


def update(artists: MrArtists, result: MrResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : MrArtists
        From `build`.
    result : MrResult
        What to show.
    """
    artists.image.set_data(result.shown)
    row, column = result.center
    artists.ring.set_center((column, row))
    artists.reading.set_text(f"{result.image.settings.field_t:g} T · {result.image.seconds:.0f} s")
    for name, bar, value in zip(_BARS, artists.bars, artists.values, strict=True):
        length = min(result.readings[name] * result.gain, 1150)
        bar.set_width(length)
        form = ".2f" if result.image.unit.startswith("10") else ".0f"
        value.set_position((length + 25, value.get_position()[1]))
        value.set_text(f"{result.readings[name]:{form}}")
