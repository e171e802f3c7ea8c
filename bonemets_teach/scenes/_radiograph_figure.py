"""Draws the hip film, a close view of the lesion, and the same place without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.text import Text

from bonemets_teach.scenes._radiograph_film import Film
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look, Window

__all__ = ["WINDOWS", "FilmArtists", "build", "update"]

WINDOWS: Final = (
    Window(id="bone", label="Bone", center=20.0, width=130.0),
    Window(id="bone-narrow", label="Bone, more contrast", center=38.0, width=80.0),
    Window(id="soft", label="Soft tissue", center=-35.0, width=150.0),
)
_ROWS: Final = 352
_COLUMNS: Final = 288
_CLOSE_MM: Final = 66.0
_BAR_MM: Final = 50.0
_LINES: Final = "#f2f4f7"


@dataclass(slots=True, kw_only=True)
class FilmArtists:
    """What moves in the picture."""

    film: AxesImage
    close: AxesImage
    healthy: AxesImage
    frame: Any
    words: Text


def build(figure: Figure, look: Look) -> FilmArtists:
    """Make the axes and images; see `Scene.build`.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    look : Look
        Arrangement and theme.

    Returns
    -------
    artists : FilmArtists
        For `update`.
    """
    if look.narrow:
        boxes = ((0.02, 0.345, 0.96, 0.625), (0.02, 0.055, 0.47, 0.25), (0.51, 0.055, 0.47, 0.25))
    else:
        boxes = ((0.005, 0.02, 0.60, 0.93), (0.625, 0.54, 0.37, 0.41), (0.625, 0.07, 0.37, 0.41))
    main, close, healthy = (figure.add_axes(box) for box in boxes)
    main.set_title("Right hip, frontal view", fontsize=11)
    close.set_title("Place of the lesion", fontsize=10)
    healthy.set_title("The same place, healthy", fontsize=10)
    side = round(_CLOSE_MM / 0.625)
    images = [_image(main, (_ROWS, _COLUMNS)), _image(close, (side, side)), _image(healthy, (side, side))]
    _scale_bar(main)
    main.text(8, 14, "R", color=_LINES, fontsize=12, fontweight="bold", va="center", animated=True, zorder=5)
    accent = palette("dark").accent
    (frame,) = main.plot([], [], color=accent, linewidth=1.0, animated=True, zorder=4)
    place = (0.02, 0.025) if look.narrow else (0.625, 0.035)
    words = figure.text(*place, "", fontsize=9.5, animated=True, va="center", color=palette(look.theme).text)
    return FilmArtists(film=images[0], close=images[1], healthy=images[2], frame=frame, words=words)


def update(artists: FilmArtists, result: Film) -> None:
    """Show a film; see `Scene.update`.

    Parameters
    ----------
    artists : FilmArtists
        What `build` returned.
    result : Film
        What to show.
    """
    rows, columns = _close_part(result)
    artists.film.set_data(result.values)
    artists.close.set_data(result.values[rows, columns])
    artists.healthy.set_data(result.healthy_values[rows, columns])
    top, bottom, left, right = rows.start, rows.stop, columns.start, columns.stop
    artists.frame.set_data([left, right, right, left, left], [top, top, bottom, bottom, top])
    seen = "visible" if result.is_visible else "hidden"
    verb = "lost" if result.mineral_lost_percent >= 0 else "gained"
    artists.words.set_text(
        f"Contrast {result.contrast_percent:+.1f} %   mineral {verb} {abs(result.mineral_lost_percent):.0f} %   {seen}"
    )


def _image(axes: Axes, shape: tuple[int, int]) -> AxesImage:
    axes.set_axis_off()
    axes.set_anchor("W")
    window = WINDOWS[0]
    low, high = window.center - window.width / 2, window.center + window.width / 2
    blank: npt.NDArray[np.float32] = np.full(shape, low, dtype=np.float32)
    return axes.imshow(
        blank,
        cmap="gray",
        vmin=low,
        vmax=high,
        interpolation="bilinear",
        extent=(0, shape[1], shape[0], 0),
        animated=True,
        zorder=2,
    )


def _scale_bar(axes: Axes) -> None:
    pixels = _BAR_MM / 0.625
    left, row = _COLUMNS - pixels - 10, _ROWS - 12
    axes.plot([left, left + pixels], [row, row], color=_LINES, linewidth=2.5, animated=True, zorder=5)
    axes.text(
        left + pixels / 2, row - 5, f"{_BAR_MM:g} mm", color=_LINES, fontsize=9, ha="center", va="bottom",
        animated=True, zorder=5,
    )  # fmt: skip


def _close_part(result: Film) -> tuple[slice, slice]:
    side = round(_CLOSE_MM / result.pixel_mm)
    first_row = int(np.clip(result.site_row - side / 2, 0, _ROWS - side))
    first_column = int(np.clip(result.site_column - side / 2, 0, _COLUMNS - side))
    return slice(first_row, first_row + side), slice(first_column, first_column + side)
