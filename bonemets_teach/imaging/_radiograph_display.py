"""Image processing as a digital radiography unit does it: less latitude, a little more edge."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

__all__ = ["blur_by_cells", "processed"]

_Array = npt.NDArray[np.float32]

# Chosen for a picture like that of a clinical unit; the physics is untouched by them.
_DARKEST: Final = -180.0
_LATITUDE_SIGMA_MM: Final = 35.0
_LATITUDE_CUT: Final = 0.6
_EDGE_SIGMA_MM: Final = 1.2
_EDGE_GAIN: Final = 0.35


def processed(values: npt.NDArray[np.floating], pixel_mm: float) -> _Array:
    """Prepare log values for viewing.

    Parameters
    ----------
    values : ndarray of shape (row, column)
        Displayed values of a radiograph [% (log signal)].
    pixel_mm : float
        Edge of a pixel [mm].

    Returns
    -------
    image : ndarray of float32, shape (row, column)
        Same unit: broad differences are cut to two fifths, fine detail is raised by a third, air is clipped.

    Notes
    -----
    A linear filter (but for the clip), so contrast and noise of small things change by the same factor.
    """
    clipped = np.maximum(values, np.float32(_DARKEST)).astype(np.float32)
    broad = blur_by_cells(clipped, pixel_mm, _LATITUDE_SIGMA_MM)
    edges = clipped - gaussian_filter(clipped, _EDGE_SIGMA_MM / pixel_mm, mode="nearest", truncate=2.5)
    image: _Array = clipped - np.float32(_LATITUDE_CUT) * broad + np.float32(_EDGE_GAIN) * edges
    return image


def blur_by_cells(image: _Array, pixel_mm: float, sigma_mm: float) -> _Array:
    """Blur an image widely by way of coarse cells, much faster than pixel by pixel.

    Parameters
    ----------
    image : ndarray of float32, shape (row, column)
        What to blur.
    pixel_mm : float
        Edge of a pixel [mm].
    sigma_mm : float
        Standard deviation of the Gaussian [mm]; cells are a quarter of it.

    Returns
    -------
    blurred : ndarray of float32, shape (row, column)
        Outside the field the image is taken to be like the part that is inside.
    """
    rows = _cell_matrices(image.shape[0], pixel_mm, sigma_mm)
    columns = _cell_matrices(image.shape[1], pixel_mm, sigma_mm)
    cells = rows[0] @ image @ columns[0].T
    return np.asarray(rows[1] @ cells @ columns[1].T, dtype=np.float32)


@lru_cache(maxsize=16)
def _cell_matrices(count: int, pixel_mm: float, sigma_mm: float) -> tuple[_Array, _Array]:
    """Return matrices that gather pixels into blurred cells, and spread cells back to pixels."""
    position = (np.arange(count) + 0.5) * pixel_mm
    length = count * pixel_mm
    cells = max(2, round(length / (sigma_mm / 4)))
    center = (np.arange(cells) + 0.5) * length / cells
    gather = np.exp(-0.5 * ((center[:, None] - position[None, :]) / sigma_mm) ** 2)
    gather /= gather.sum(axis=1, keepdims=True)
    spread = np.stack([np.interp(position, center, row) for row in np.eye(cells)], axis=1)
    return gather.astype(np.float32), spread.astype(np.float32)
