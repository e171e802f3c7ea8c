"""An image in a figure, enlarged by us: several times faster than matplotlib's resampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize
from matplotlib.figure import Figure
from matplotlib.image import FigureImage

_Float = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """Where an image sits and how its values become colors.

    Parameters
    ----------
    artist : FigureImage
        The image in the figure, in pixels of the canvas.
    rows, columns : ndarray of shape (pixel, cell)
        Weights of linear interpolation along both axes.
    norm : Normalize
        Value to 0..1.
    table : ndarray of uint8, shape (256, 4)
        Colors.
    """

    artist: FigureImage
    rows: _Float
    columns: _Float
    norm: Normalize
    table: npt.NDArray[np.uint8]

    def show(self, values: npt.NDArray[np.floating[Any]], under: npt.NDArray[np.uint8] | None = None) -> None:
        """Show values; ``under``, gray levels of the same size on screen, shines through where it is lighter."""
        large = self.enlarge(np.asarray(values, dtype=np.float32))
        share = np.asarray(self.norm(large), dtype=np.float32)
        np.clip(share, 0.0, 1.0, out=share)
        colors = self.table[(share * np.float32(255.0)).astype(np.uint8)]
        if under is not None:
            np.maximum(colors[..., :3], under[..., None], out=colors[..., :3])
        self.artist.set_data(colors)

    def enlarge(self, values: _Float) -> _Float:
        """Return values at the resolution of the screen."""
        return np.asarray(self.rows @ values @ self.columns.T)


def make_panel(figure: Figure, axes: Axes, size: int, norm: Normalize, colors: Colormap) -> Panel:
    """Put an image of ``size`` by ``size`` cells where ``axes`` are."""
    box = axes.get_window_extent()
    left, bottom = round(box.x0), round(box.y0)
    width, height = round(box.x1) - left, round(box.y1) - bottom
    blank = np.zeros((height, width, 4), dtype=np.uint8)
    artist = figure.figimage(blank, left, bottom, origin="upper", animated=True, zorder=0)
    table = np.asarray(colors(np.linspace(0.0, 1.0, 256), bytes=True), dtype=np.uint8)
    return Panel(
        artist=artist, rows=_weights(height, size), columns=_weights(width, size), norm=norm, table=table
    )


def _weights(pixels: int, cells: int) -> _Float:
    """Return the linear interpolation from cell centers to pixel centers as a matrix."""
    at = np.clip((np.arange(pixels) + 0.5) * cells / pixels - 0.5, 0.0, cells - 1.0)
    return np.maximum(0.0, 1.0 - np.abs(at[:, None] - np.arange(cells)[None, :])).astype(np.float32)
