"""Axes and artists of the PET scene: the three pictures, and a bar for each tracer, for print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure

from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes._pet_lesions import ROWS
from bonemets_teach.scenes._pet_result import GAP_PIXELS, PetResult
from bonemets_teach.scenes._pet_words import TRACER_WORDS
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["PetArtists", "build", "update"]

_TOP_SUV: Final = 10.0
_LONGEST: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PetArtists:
    """What moves."""

    image: Any
    bars: tuple[Any, ...]
    normals: tuple[Any, ...]
    values: tuple[Any, ...]


def build(figure: Figure, look: Look) -> PetArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size and arrangement; PETs stay dark on white in both themes.

    Returns
    -------
    artists : PetArtists
        For `update`.
    """
    boxes = ((0.02, 0.36, 0.96, 0.58), (0.2, 0.09, 0.72, 0.2)) if look.narrow else (
        (0.005, 0.01, 0.66, 0.93), (0.76, 0.13, 0.2, 0.75))  # fmt: skip
    axes = figure.add_axes(boxes[0])
    axes.set_axis_off()
    axes.set_title(f"FDG, fluoride, PSMA (SUV 0 to {_TOP_SUV:g})", size=11)
    width = 3 * body().shape[2] + 2 * GAP_PIXELS
    image = axes.imshow(
        np.zeros((ROWS, width)), cmap="gray_r", vmin=0, vmax=_TOP_SUV, interpolation="bilinear", animated=True
    )
    axes.set_xlim(-0.5, width - 0.5)
    axes.set_ylim(ROWS - 0.5, -0.5)
    colors = palette(look.theme)
    bar_axes = figure.add_axes(boxes[1])
    bar_axes.set_xlim(0, _LONGEST * 1.25)
    bar_axes.set_ylim(2.5, -0.5)
    bar_axes.set_yticks(range(3), TRACER_WORDS.values())
    bar_axes.set_xlabel("SUV in L3 (line: healthy)")
    bars, normals, values = [], [], []
    for row in range(3):
        bars.append(bar_axes.barh([row], [0], height=0.6, color=colors.tumor, animated=True)[0])
        normals.append(
            bar_axes.plot(
                [0, 0], [row - 0.4, row + 0.4], color=colors.text, linewidth=2, animated=True, zorder=4
            )[0]
        )
        values.append(bar_axes.text(0, row, "", va="center", size=9.5, color=colors.text, animated=True))
    return PetArtists(image=image, bars=tuple(bars), normals=tuple(normals), values=tuple(values))


def update(artists: PetArtists, result: PetResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : PetArtists
        From `build`.
    result : PetResult
        What to show.
    """
    artists.image.set_data(result.suv)
    for bar, normal, value, reading in zip(
        artists.bars, artists.normals, artists.values, result.readings.values(), strict=True
    ):
        length = min(reading.suv, _LONGEST)
        bar.set_width(length)
        normal.set_xdata([reading.healthy, reading.healthy])
        value.set_position((max(length, reading.healthy) + 0.8, value.get_position()[1]))
        value.set_text(f"{reading.suv:.1f}")
