"""Compiled projection of a slice into the views of a rotating camera, and back."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

__all__ = ["FRACTIONS", "SliceGeometry", "attenuate", "back_project", "forward_project"]

_Array = npt.NDArray[np.float32]

FRACTIONS: Final = 8
"""Places between two bins for which the spread is tabulated."""


class SliceGeometry(NamedTuple):
    """Where the points of a slice fall in each view.

    Parameters
    ----------
    row, column : ndarray of float32, shape (point,)
        Position from the axis of rotation [pixel].
    cosine, sine : ndarray of float32, shape (view,)
        Direction of each view; view 0 looks from the front.
    radius : ndarray of float32, shape (view,)
        Distance from the axis to the collimator [pixel].
    kernel : ndarray of float32, shape (distance, fraction, bin)
        Spread of a point; one row for each pixel of distance.
    bins : int
        Bins of a view.
    """

    row: _Array
    column: _Array
    cosine: _Array
    sine: _Array
    radius: _Array
    kernel: _Array
    bins: int


@njit(cache=True)
def attenuate(mu: _Array, geometry: SliceGeometry, pixel_mm: float) -> _Array:
    """Return the share of photons of each point that reaches the camera in each view.

    Parameters
    ----------
    mu : ndarray of float32, shape (row, column)
        Attenuation [1/mm]; the axis of rotation is in its middle.
    geometry : SliceGeometry
        Points and views.
    pixel_mm : float
        Edge of a pixel [mm].

    Returns
    -------
    share : ndarray of float32, shape (view, point)
        0 to 1.
    """
    rows, columns = mu.shape
    views, points = geometry.cosine.size, geometry.row.size
    share = np.empty((views, points), dtype=np.float32)
    middle_row, middle_column = 0.5 * (rows - 1), 0.5 * (columns - 1)
    for view in range(views):
        step_row, step_column = -geometry.cosine[view], geometry.sine[view]
        for point in range(points):
            row, column = geometry.row[point] + middle_row, geometry.column[point] + middle_column
            total = 0.5 * mu[int(row + 0.5), int(column + 0.5)]
            while True:
                row += step_row
                column += step_column
                i, j = int(np.floor(row + 0.5)), int(np.floor(column + 0.5))
                if i < 0 or j < 0 or i >= rows or j >= columns:
                    break
                total += mu[i, j]
            share[view, point] = np.exp(-total * pixel_mm)
    return share


@njit(cache=True)
def forward_project(
    image: _Array, share: _Array, geometry: SliceGeometry, views: npt.NDArray[np.int64]
) -> _Array:
    """Return what the camera counts in some views.

    Parameters
    ----------
    image : ndarray of float32, shape (point,)
        Activity.
    share : ndarray of float32, shape (view, point)
        From `attenuate`; ones without attenuation.
    geometry : SliceGeometry
        Points and views.
    views : ndarray of int64, shape (used,)
        Indices of the views.

    Returns
    -------
    counts : ndarray of float32, shape (used, bin)
        Expected counts.
    """
    width = geometry.kernel.shape[2]
    half = width // 2 - 1
    counts = np.zeros((views.size, geometry.bins), dtype=np.float32)
    last = geometry.kernel.shape[0] - 1
    for used in range(views.size):
        view = views[used]
        cosine, sine, radius = geometry.cosine[view], geometry.sine[view], geometry.radius[view]
        for point in range(geometry.row.size):
            value = image[point] * share[view, point]
            if value == 0.0:
                continue
            row, column = geometry.row[point], geometry.column[point]
            at = column * cosine + row * sine + 0.5 * (geometry.bins - 1)
            distance = min(max(int(radius + row * cosine - column * sine + 0.5), 0), last)
            first = int(np.floor(at))
            fraction = int((at - first) * FRACTIONS)
            for k in range(width):
                bin_ = first - half + k
                if 0 <= bin_ < geometry.bins:
                    counts[used, bin_] += value * geometry.kernel[distance, fraction, k]
    return counts


@njit(cache=True)
def back_project(
    counts: _Array, share: _Array, geometry: SliceGeometry, views: npt.NDArray[np.int64]
) -> _Array:
    """Return the transpose of `forward_project`.

    Parameters
    ----------
    counts : ndarray of float32, shape (used, bin)
        One value for each bin.
    share, geometry, views
        As in `forward_project`.

    Returns
    -------
    image : ndarray of float32, shape (point,)
        Sum over views and bins.
    """
    width = geometry.kernel.shape[2]
    half = width // 2 - 1
    image = np.zeros(geometry.row.size, dtype=np.float32)
    last = geometry.kernel.shape[0] - 1
    for used in range(views.size):
        view = views[used]
        cosine, sine, radius = geometry.cosine[view], geometry.sine[view], geometry.radius[view]
        for point in range(geometry.row.size):
            row, column = geometry.row[point], geometry.column[point]
            at = column * cosine + row * sine + 0.5 * (geometry.bins - 1)
            distance = min(max(int(radius + row * cosine - column * sine + 0.5), 0), last)
            first = int(np.floor(at))
            fraction = int((at - first) * FRACTIONS)
            total = 0.0
            for k in range(width):
                bin_ = first - half + k
                if 0 <= bin_ < geometry.bins:
                    total += counts[used, bin_] * geometry.kernel[distance, fraction, k]
            image[point] += total * share[view, point]
    return image
