"""Turns results into PNG bytes fast: what stands still is drawn once, what moves is blitted."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

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
        # Matplotlib types none of the calls below.
        self._colors = _style(look)
        aspect = scene.aspect_narrow if look.narrow else scene.aspect
        designed = _NARROW_PX if look.narrow else _WIDE_PX
        size = (designed / _DPI, designed * aspect / _DPI)
        # Scaled as a whole, a figure keeps the layout it was designed with at every width.
        dpi = _DPI * look.scale * look.width_px / designed
        with rc_context(self._colors):
            figure = Figure(figsize=size, dpi=dpi, facecolor=palette(look.theme).ground)
            self._canvas: Any = FigureCanvasAgg(figure)
            self._artists = scene.build(figure, look)
        self._moving = _moving_artists(figure)
        self._background: Any = None

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
        with rc_context(self._colors):
            self._scene.update(self._artists, result)
            if self._background is None:
                self._canvas.draw()
                self._background = self._canvas.copy_from_bbox(self._canvas.figure.bbox)
            else:
                self._canvas.restore_region(self._background)
            renderer = self._canvas.get_renderer()
            for artist in self._moving:
                artist.draw(renderer)
        return encode(np.asarray(self._canvas.buffer_rgba()))


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
