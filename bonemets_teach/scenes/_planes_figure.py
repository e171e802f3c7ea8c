"""Draws a plane through the spine with its readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.text import Text

from bonemets_teach.imaging.window import BONE
from bonemets_teach.scenes._planes_image import PlaneImage
from bonemets_teach.scenes._planes_words import PLANE_LABELS
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["PlaneArtists", "build", "update"]

_SIZE: Final = 250
_LETTERS: Final = {"axial": "R", "coronal": "R", "sagittal": "A"}


@dataclass(slots=True, kw_only=True)
class PlaneArtists:
    """What moves in the picture."""

    image: AxesImage
    title: Text
    side: Text
    words: Text


def build(figure: Figure, look: Look) -> PlaneArtists:
    """Make the axes and the image; see `Scene.build`.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    look : Look
        Arrangement and theme.

    Returns
    -------
    artists : PlaneArtists
        For `update`.
    """
    axes = figure.add_axes((0.01, 0.08, 0.98, 0.85))
    axes.set_axis_off()
    axes.set_anchor("NW")
    low, high = BONE.center - BONE.width / 2, BONE.center + BONE.width / 2
    blank: npt.NDArray[np.float32] = np.full((_SIZE, _SIZE), -1000.0, dtype=np.float32)
    image = axes.imshow(
        blank, cmap="gray", vmin=low, vmax=high, interpolation="bilinear", extent=(0, _SIZE, _SIZE, 0), animated=True
    )  # fmt: skip
    side = axes.text(
        6, 8, "", color="#e6e6e6", fontsize=11, fontweight="bold", va="top", animated=True, zorder=4
    )
    ink: dict[str, Any] = {"color": palette(look.theme).text, "animated": True}
    title = figure.text(0.01, 0.95, "", fontsize=11, fontweight="bold", va="bottom", **ink)
    words = figure.text(0.01, 0.035, "", fontsize=9.5, va="center", **ink)
    return PlaneArtists(image=image, title=title, side=side, words=words)


def update(artists: PlaneArtists, result: PlaneImage) -> None:
    """Show a plane; see `Scene.update`.

    Parameters
    ----------
    artists : PlaneArtists
        What `build` returned.
    result : PlaneImage
        What to show.
    """
    padded: npt.NDArray[np.float32] = np.full((_SIZE, _SIZE), -1000.0, dtype=np.float32)
    rows, columns = result.hu.shape
    padded[:rows, :columns] = result.hu
    artists.image.set_data(padded)
    plane = str(result.state["plane"])
    artists.title.set_text(f"{PLANE_LABELS[plane]}, {result.state['position_mm']:+g} mm")
    artists.side.set_text(_LETTERS[plane])
    found = result.measures
    artists.words.set_text(
        f"place {found.place_hu:.0f} HU   canal {found.canal_hu:.0f} HU   noise {found.noise_hu:.0f} HU"
    )
