"""Draws a film of the vertebra with its readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.text import Text

from bonemets_teach.scenes._views_film import PIXELS, ViewFilm
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look, Window

__all__ = ["WINDOWS", "ViewArtists", "build", "update"]

WINDOWS: Final = (
    Window(id="bone", label="Bone", center=8.0, width=95.0),
    Window(id="bone-narrow", label="Bone, more contrast", center=10.0, width=50.0),
    Window(id="soft", label="Soft tissue", center=-40.0, width=150.0),
)
_ROWS: Final = 348
_TITLES: Final = {
    "AP": "Third lumbar vertebra, from the front",
    "lateral": "Third lumbar vertebra, from the side",
}


@dataclass(slots=True, kw_only=True)
class ViewArtists:
    """What moves in the picture."""

    film: AxesImage
    title: Text
    words: Text


def build(figure: Figure, look: Look) -> ViewArtists:
    """Make the axes and the image; see `Scene.build`.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    look : Look
        Arrangement and theme.

    Returns
    -------
    artists : ViewArtists
        For `update`.
    """
    axes = figure.add_axes((0.01, 0.09, 0.98, 0.83))
    axes.set_axis_off()
    axes.set_anchor("NW")
    window = WINDOWS[0]
    low, high = window.center - window.width / 2, window.center + window.width / 2
    blank: npt.NDArray[np.float32] = np.full((_ROWS, PIXELS), low, dtype=np.float32)
    film = axes.imshow(
        blank, cmap="gray", vmin=low, vmax=high, interpolation="bilinear", extent=(0, PIXELS, _ROWS, 0), animated=True
    )  # fmt: skip
    ink: dict[str, Any] = {"color": palette(look.theme).text, "animated": True}
    title = figure.text(0.01, 0.945, "", fontsize=11, fontweight="bold", va="bottom", **ink)
    words = figure.text(0.01, 0.04, "", fontsize=9.5, va="center", **ink)
    return ViewArtists(film=film, title=title, words=words)


def update(artists: ViewArtists, result: ViewFilm) -> None:
    """Show a film; see `Scene.update`.

    Parameters
    ----------
    artists : ViewArtists
        What `build` returned.
    result : ViewFilm
        What to show.
    """
    padded: npt.NDArray[np.float32] = np.full((_ROWS, PIXELS), artists.film.get_clim()[0], dtype=np.float32)
    rows, columns = result.values.shape
    padded[: min(rows, _ROWS), :columns] = result.values[:_ROWS]
    artists.film.set_data(padded)
    artists.title.set_text(_TITLES[str(result.state["projection"])])
    seen = "visible" if result.here.is_visible else "hidden"
    artists.words.set_text(
        f"contrast {result.here.contrast_percent:+.1f} %   S/P {result.here.scatter_to_primary:.1f}   "
        f"skin {result.skin_ugy:.0f} µGy   {seen}"
    )
