"""SPECT over CT: uptake brought to the pixels of a CT slice, with a color weight that is the same in every image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import map_coordinates

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["FUSION_SUV", "FusedSlice", "fuse"]

_Array = npt.NDArray[np.float32]

FUSION_SUV: Final = (3.0, 25.0)
"""SUV from which color shows, and at which it is full; chosen: normal bone stays faint, metastases are full."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FusedSlice:
    """A CT slice with uptake on its grid.

    Parameters
    ----------
    hu : ndarray of float32, shape (row, column)
        CT numbers [HU].
    suv : ndarray of float32, shape (row, column)
        Uptake on the grid of the CT.
    opacity : ndarray of float32, shape (row, column)
        Weight of the color, 0..1; a fixed function of the SUV.
    pixel_mm : tuple of float
        Edge of a pixel [mm].
    """

    hu: _Array
    suv: _Array
    opacity: _Array
    pixel_mm: tuple[float, float]


def fuse(
    suv: npt.NDArray[Any],
    suv_pixel_mm: tuple[float, float],
    hu: npt.NDArray[Any],
    hu_pixel_mm: tuple[float, float],
    *,
    suv_range: tuple[float, float] = FUSION_SUV,
) -> FusedSlice:
    """Lay uptake over CT.

    Parameters
    ----------
    suv, hu : ndarray of shape (row, column)
        Slices that share their upper left outer corner.
    suv_pixel_mm, hu_pixel_mm : tuple of float
        Edges of their pixels along rows and columns [mm].
    suv_range : tuple of float
        SUV where color starts and where it is full.

    Returns
    -------
    fused : FusedSlice
        On the grid of the CT; no uptake where the SPECT does not reach.

    Raises
    ------
    ParameterError
        If an image is not two-dimensional or the range is empty.
    """
    if np.ndim(suv) != 2 or np.ndim(hu) != 2:
        message = f"images have shapes {np.shape(suv)} and {np.shape(hu)}; give two slices (row, column)"
        raise ParameterError(message)
    for edge in (*suv_pixel_mm, *hu_pixel_mm):
        require_in_range("pixel", edge, 0.1, 20.0, "mm")
    low, high = suv_range
    require_in_range("start of the color", low, 0.0, 1000.0)
    require_in_range("full color", high, low + 1e-3, 1000.0)
    at = [
        (np.arange(count) + 0.5) * fine / coarse - 0.5
        for count, fine, coarse in zip(np.shape(hu), hu_pixel_mm, suv_pixel_mm, strict=True)
    ]
    grid = np.meshgrid(*at, indexing="ij")
    moved = map_coordinates(np.asarray(suv, dtype=np.float32), grid, order=1, mode="constant")
    return FusedSlice(
        hu=np.asarray(hu, dtype=np.float32), suv=np.asarray(moved, dtype=np.float32),
        opacity=np.clip((moved - low) / (high - low), 0, 1).astype(np.float32), pixel_mm=hu_pixel_mm,
    )  # fmt: skip
