"""Turns results into PNG bytes fast: what stands still is drawn once, what moves is blitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from bonemets_teach.scenes._lettering import LetteringCanvas
from bonemets_teach.scenes._png import encode
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look, Scene

__all__ = ["FigureRenderer"]

# One CSS pixel is one point at 72 dpi, so a font size reads the same on the page and in the figure.
_DPI: Final = 72.0
# Widths in CSS pixels for which scenes arrange their panels.
_WIDE_PX: Final = 760
_NARROW_PX: Final = 350


class FigureRenderer:
    """Draws one scene again and again in one look.

    Parameters
    ----------
    scene : Scene
        What to draw.
    look : Look
        Size, arrangement and theme; a new look needs a new renderer.
    """

    def __init__(self, scene: Scene[Any], look: Look) -> None:
        self._scene = scene
        self._look = look
        self._sheets: dict[str, _Sheet] = {}
        # Matplotlib types none of the calls below.
        self._style: Any = _style(look)
        self._canvas: Any = None

    def png(self, result: Any) -> bytes:
        """Draw a result.

        Parameters
        ----------
        result : object
            What the scene's ``compute`` returned.

        Returns
        -------
        png : bytes
            An encoded image.
        """
        sheet = self._sheet(self._scene.view(result))
        self._canvas = sheet.canvas
        self._scene.update(sheet.artists, result)
        if sheet.background is None:
            with rc_context(self._style):
                sheet.canvas.draw()
            sheet.background = sheet.canvas.copy_from_bbox(sheet.canvas.figure.bbox)
        else:
            sheet.canvas.restore_region(sheet.background)
        renderer = sheet.canvas.get_renderer()
        for artist in sheet.moving:
            artist.draw(renderer)
        return encode(np.asarray(self._canvas.buffer_rgba()))

    def locate(self, axes: int | str, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a point of the data lies in the picture drawn last.

        Parameters
        ----------
        axes : int or str
            Number of the axes, from 0; or how its title begins.
        point : (float, float)
            x and y in the units of the axes.

        Returns
        -------
        place : (float, float)
            Shares of width and height from top left.

        Raises
        ------
        IndexError
            If there are no such axes.
        """
        figure = self._canvas.figure
        if isinstance(axes, str):
            titles = [[each.get_title(side) for side in ("left", "center")] for each in figure.axes]
            named = [at for at, words in enumerate(titles) if any(word.startswith(axes) for word in words)]
            axes = named[0] if named else len(titles)
        x, y = figure.axes[axes].transData.transform(point)
        return float(x / figure.bbox.width), float(1.0 - y / figure.bbox.height)

    def close(self) -> None:
        """Let the pixels go; the figures themselves, which refer to one another, go with the next collection."""
        for sheet in self._sheets.values():
            sheet.background = sheet.canvas.renderer = None
            sheet.canvas.figure.clear()
        self._sheets.clear()
        self._canvas = None

    def _sheet(self, view: str) -> _Sheet:
        """Return the figure of a view, made when it is first asked for."""
        if view not in self._sheets:
            look = replace(self._look, view=view)
            aspect = self._scene.aspect_narrow if look.narrow else self._scene.aspect
            designed = _NARROW_PX if look.narrow else _WIDE_PX
            size = (designed / _DPI, designed * aspect / _DPI)
            # Scaled as a whole, a figure keeps the layout it was designed with at every width.
            dpi = _DPI * look.scale * look.width_px / designed
            with rc_context(self._style):
                figure = Figure(figsize=size, dpi=dpi, facecolor=palette(look.theme).ground)
                canvas = LetteringCanvas(figure)
                artists = self._scene.build(figure, look)
            self._sheets[view] = _Sheet(canvas, artists, _moving_artists(figure))
        return self._sheets[view]


@dataclass(slots=True)
class _Sheet:
    """One figure: its canvas, what `build` made, what moves, and the pixels of what stands still."""

    canvas: Any
    artists: Any
    moving: list[Artist]
    background: Any = None


def _moving_artists(figure: Figure) -> list[Artist]:
    moving = [
        artist for artist in figure.findobj(lambda artist: artist.get_animated()) if artist is not figure
    ]
    return sorted(moving, key=lambda artist: artist.get_zorder())


def _style(look: Look) -> Any:
    colors = palette(look.theme)
    return {
        "axes.edgecolor": colors.muted,
        "axes.facecolor": colors.ground,
        "axes.grid": False,
        "axes.labelcolor": colors.text,
        "axes.labelsize": 11,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": colors.text,
        "axes.titlelocation": "left",
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "font.family": "sans-serif",
        "font.size": 11,
        "grid.color": colors.grid,
        "legend.fontsize": 10.5,
        "legend.frameon": False,
        "lines.linewidth": 2.0,
        "text.color": colors.text,
        # Fitting letters to whole pixels takes time in each frame and spaces them unevenly.
        "text.hinting": "none",
        "xtick.color": colors.muted,
        "xtick.labelcolor": colors.text,
        "ytick.color": colors.muted,
        "ytick.labelcolor": colors.text,
    }
