"""Filtered back projection at chosen points only: a line through many slices costs hardly more than a point."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

__all__ = ["back_project_points"]

Float32 = npt.NDArray[np.float32]


def back_project_points(
    filtered: Float32, column: npt.NDArray[Any], row: npt.NDArray[Any], *, first_ray: int, rays: int
) -> Float32:
    """Smear filtered projections back to points.

    Parameters
    ----------
    filtered : ndarray of float32 of shape (slice, view, kept ray)
        Filtered projections; angles spread evenly over 180 degrees.
    column, row : ndarray of shape (point,)
        Pixel coordinates in an image of as many columns as there are rays; outside the kept rays the last one holds.
    first_ray, rays : int
        Number of the first kept ray, and of all rays.

    Returns
    -------
    values : ndarray of float32 of shape (slice, point)
        As `_ct_projector.back_project` gives at these pixels.
    """
    middle = (rays - 1) / 2
    x, y = (np.ascontiguousarray(np.asarray(at, dtype=np.float64) - middle).ravel() for at in (column, row))
    return np.asarray(_points(filtered, x.astype(np.float32), y.astype(np.float32), middle - first_ray))


@njit(cache=True, fastmath={"contract"})
def _points(filtered, x, y, offset):  # type: ignore[no-untyped-def] # pragma: no cover
    slices, views, rays = filtered.shape
    values = np.zeros((slices, x.size), dtype=np.float32)
    most = np.float32(rays - 1.001)
    left = np.empty(x.size, dtype=np.int32)
    share = np.empty(x.size, dtype=np.float32)
    for view in range(views):
        cosine, sine = (
            np.float32(math.cos(math.pi * view / views)),
            np.float32(math.sin(math.pi * view / views)),
        )
        for point in range(x.size):
            position = min(
                max(x[point] * cosine + y[point] * sine + np.float32(offset), np.float32(0.0)), most
            )
            left[point] = np.int32(position)
            share[point] = position - np.float32(left[point])
        for k in range(slices):
            line, out = filtered[k, view], values[k]
            for point in range(x.size):
                a = line[left[point]]
                out[point] += a + share[point] * (line[left[point] + 1] - a)
    values *= np.float32(math.pi / views)
    return values
