"""Axes and artists of the CT scene: one slice in two windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from bonemets_teach.imaging.window import BONE, SOFT_TISSUE, WindowSetting
from bonemets_teach.scenes._ct_result import FIELD, MEASURING_DISC_MM, CtResult
from bonemets_teach.scenes.scene import Look

__all__ = ["CtArtists", "build", "update"]

_PANELS: Final = (("Bone window", BONE), ("Soft tissue window", SOFT_TISSUE))
_SCALE_MM: Final = 50.0
_PAPER: Final = "#e6e6e6"
_MARK: Final = "#ffd34d"


@dataclass(frozen=True, slots=True, kw_only=True)
class CtArtists:
    """What moves."""

    images: tuple[Any, ...]
    discs: tuple[Any, ...]
    readings: tuple[Any, ...]


def build(figure: Figure, look: Look) -> CtArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size and arrangement; images keep their dark ground in both themes.

    Returns
    -------
    artists : CtArtists
        For `update`.
    """
    if look.narrow:
        boxes = ((0.02, 0.505, 0.96, 0.455), (0.02, 0.01, 0.96, 0.455))
    else:
        boxes = ((0.005, 0.01, 0.49, 0.91), (0.505, 0.01, 0.49, 0.91))
    panels = [
        _build_panel(figure.add_axes(box), title, window)
        for box, (title, window) in zip(boxes, _PANELS, strict=True)
    ]
    images, discs, readings = zip(*panels, strict=True)
    return CtArtists(images=images, discs=discs, readings=readings)


def update(artists: CtArtists, result: CtResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : CtArtists
        From `build`.
    result : CtResult
        What to show.
    """
    row, column = result.disc
    readings = (
        f"disc {result.disc_hu:.0f} HU".replace("-", "−"),
        f"noise {result.noise_hu:.0f} HU",
    )
    for image, disc, text, words in zip(
        artists.images, artists.discs, artists.readings, readings, strict=True
    ):
        image.set_data(result.image.hu)
        disc.set_center((column, row))
        text.set_text(words)


def _build_panel(axes: Axes, title: str, window: WindowSetting) -> tuple[Any, Any, Any]:
    axes.set_axis_off()
    axes.set_title(f"{title} (W {window.width:.0f}, L {window.center:.0f} HU)", size=11)
    low, high = window.center - window.width / 2, window.center + window.width / 2
    image = axes.imshow(
        np.full((FIELD.size, FIELD.size), -1000.0),
        cmap="gray",
        vmin=low,
        vmax=high,
        interpolation="bilinear",
        animated=True,
    )
    axes.set_xlim(-0.5, FIELD.size - 0.5)
    axes.set_ylim(FIELD.size - 0.5, -0.5)
    axes.set_anchor("NW")
    radius = MEASURING_DISC_MM / FIELD.pixel_mm
    disc = Circle(
        (0, 0),
        radius,
        fill=False,
        edgecolor=_MARK,
        linewidth=1.0,
        linestyle=(0, (3, 3)),
        animated=True,
        zorder=3,
    )
    axes.add_patch(disc)
    length = _SCALE_MM / FIELD.pixel_mm
    right, bottom = FIELD.size - 10, FIELD.size - 11
    axes.plot([right - length, right], [bottom, bottom], color=_PAPER, linewidth=2, animated=True)
    words: dict[str, Any] = {"color": _PAPER, "size": 9.5, "animated": True}
    axes.text(right, bottom - 4, f"{_SCALE_MM:.0f} mm", ha="right", va="bottom", **words)
    axes.text(8, 8, "R", ha="left", va="top", weight="bold", **words)
    reading = axes.text(8, bottom, "", ha="left", va="bottom", **(words | {"color": _MARK}))
    return image, disc, reading
