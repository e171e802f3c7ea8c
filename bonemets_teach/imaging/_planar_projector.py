"""Compiled projection of activity through a body that weakens it, for both heads of a camera at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit
from scipy.ndimage import gaussian_filter, zoom

__all__ = ["FWHM_PER_SIGMA", "blur_slabs", "project_slabs", "refine"]

_Array = npt.NDArray[np.float32]

FWHM_PER_SIGMA: Final = 2.354820045
_TRUNCATE: Final = 3.0


def project_slabs(activity: _Array, mu: _Array, step_mm: float, slab: int) -> _Array:
    """Add up activity along y, weakened on its way to the front and to the back, in slabs of like depth.

    Parameters
    ----------
    activity, mu : ndarray of float32, shape (Z, Y, X)
        Activity of a voxel, in any unit, and attenuation [1/mm].
    step_mm : float
        Edge of a voxel [mm].
    slab : int
        Planes in a slab.

    Returns
    -------
    slabs : ndarray of float32, shape (2, slab, Z, X)
        What leaves to the front and to the back from each slab; no blur.
    """
    # One signature for the compiler: arrays that are read-only count as another type.
    return np.asarray(_project(_frozen(activity), _frozen(mu), float(step_mm), int(slab)), dtype=np.float32)


def _frozen(array: _Array) -> _Array:
    view = np.ascontiguousarray(array, dtype=np.float32).view()
    view.setflags(write=False)
    return view


@njit(cache=True)
def _project(activity: _Array, mu: _Array, step_mm: float, slab: int) -> _Array:
    depth, height, width = activity.shape
    count = (height + slab - 1) // slab
    result = np.zeros((2, count, depth, width), dtype=np.float32)
    path = np.empty((height, width), dtype=np.float32)
    total = np.empty(width, dtype=np.float32)
    for z in range(depth):
        total[:] = 0.0
        used = False
        for y in range(height):
            for x in range(width):
                path[y, x] = total[x] + np.float32(0.5) * mu[z, y, x]
                total[x] += mu[z, y, x]
                used = used or activity[z, y, x] != 0.0
        if not used:
            continue
        for y in range(height):
            at = y // slab
            for x in range(width):
                value = activity[z, y, x]
                if value != 0.0:
                    result[0, at, z, x] += value * np.exp(-path[y, x] * step_mm)
                    result[1, at, z, x] += value * np.exp(-(total[x] - path[y, x]) * step_mm)
    return result


def blur_slabs(slabs: _Array, sigma_px: npt.NDArray[Any]) -> _Array:
    """Blur each slab by its own width and add them up.

    Parameters
    ----------
    slabs : ndarray of float32, shape (slab, row, column)
        One view.
    sigma_px : ndarray of shape (slab,)
        Standard deviation of the blur [pixel].

    Returns
    -------
    view : ndarray of float32, shape (row, column)
        The sum; what is blurred over the edge of the field is lost.
    """
    view = np.zeros(slabs.shape[1:], dtype=np.float32)
    for slab, sigma in zip(slabs, sigma_px, strict=True):
        if slab.any():
            view += gaussian_filter(slab, float(sigma), mode="constant", truncate=_TRUNCATE)
    return view


@lru_cache(maxsize=16)
def _finer(count: int, factor: int) -> _Array:
    """Return the matrix of cubic interpolation to a grid ``factor`` times as fine."""
    matrix = zoom(np.eye(count, dtype=np.float32), (factor, 1), order=3, mode="nearest", grid_mode=True)
    return np.asarray(matrix / factor, dtype=np.float32)


def refine(view: _Array, factor: int) -> _Array:
    """Bring an image to smaller pixels and keep its counts.

    Parameters
    ----------
    view : ndarray of float32, shape (row, column)
        Counts of each pixel.
    factor : int
        How many pixels a pixel is cut into along each edge, at least 1.

    Returns
    -------
    finer : ndarray of float32, shape (row * factor, column * factor)
        Counts, at least 0.
    """
    if factor == 1:
        return np.maximum(view, 0)
    rows, columns = view.shape
    return np.maximum(_finer(rows, factor) @ view @ _finer(columns, factor).T, 0)
