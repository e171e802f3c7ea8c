"""Compiled projection of a slice into the views of a rotating camera, and back."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

__all__ = ["FRACTIONS", "SliceGeometry", "attenuate", "back_project", "forward_project", "place"]

_Array = npt.NDArray[np.float32]

FRACTIONS: Final = 8
"""Places between two bins for which the spread is tabulated."""


class SliceGeometry(NamedTuple):
    """Where the points of a slice fall in each view.

    Parameters
    ----------
    row, column : ndarray of int64, shape (point,)
        Pixel of each point.
    cosine, sine : ndarray of float32, shape (view,)
        Direction of each view; view 0 looks from the front.
    bin, spread : ndarray of int32, shape (view, point)
        Bin on which a point falls, and the row of the kernel that spreads it.
    kernel : ndarray of float32, shape (spread, tap)
        Spread of a point over the bins around its own; `FRACTIONS` rows for each pixel of distance.
    bins : int
        Bins of a view.
    """

    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    cosine: _Array
    sine: _Array
    bin: npt.NDArray[np.int32]
    spread: npt.NDArray[np.int32]
    kernel: _Array
    bins: int


@njit(cache=True)
def place(
    position: _Array, direction: _Array, radius: _Array, bins: int, distances: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return where the points of a slice fall in each view.

    Parameters
    ----------
    position : ndarray of float32, shape (2, point)
        Row and column from the axis of rotation [pixel].
    direction : ndarray of float32, shape (2, view)
        Cosine and sine of each view.
    radius : ndarray of float32, shape (view,)
        Distance from the axis to the collimator [pixel].
    bins, distances : int
        Bins of a view, and distances for which the kernel has rows.

    Returns
    -------
    bin, spread : ndarray of int32, shape (view, point)
        As in `SliceGeometry`.
    """
    views, points = radius.size, position.shape[1]
    bin_ = np.empty((views, points), dtype=np.int32)
    spread = np.empty((views, points), dtype=np.int32)
    for view in range(views):
        cosine, sine = direction[0, view], direction[1, view]
        for point in range(points):
            row, column = position[0, point], position[1, point]
            at = column * cosine + row * sine + 0.5 * (bins - 1)
            depth = radius[view] + row * cosine - column * sine
            distance = min(max(int(depth + 0.5), 0), distances - 1)
            first = int(np.floor(at))
            bin_[view, point] = first
            spread[view, point] = distance * FRACTIONS + int((at - first) * FRACTIONS)
    return bin_, spread


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

    Notes
    -----
    Along a ray the nearest pixel is taken at every pixel of way. All points lie on the grid, so that the same step
    leads from each of them equally far: the whole slice is moved and added.
    """
    rows, columns = mu.shape
    views, points = geometry.cosine.size, geometry.row.size
    share = np.empty((views, points), dtype=np.float32)
    for view in range(views):
        total = np.float32(0.5) * mu
        down, right = 0.0, 0.0
        while True:
            down -= geometry.cosine[view]
            right += geometry.sine[view]
            i, j = int(np.floor(down + 0.5)), int(np.floor(right + 0.5))
            if abs(i) >= rows or abs(j) >= columns:
                break
            low, high = max(0, -j), min(columns, columns - j)
            for row in range(max(0, -i), min(rows, rows - i)):
                line, passed = total[row, low:high], mu[row + i, low + j : high + j]
                for column in range(line.size):
                    line[column] += passed[column]
        for point in range(points):
            share[view, point] = np.exp(-total[geometry.row[point], geometry.column[point]] * pixel_mm)
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
    taps = geometry.kernel.shape[1]
    # With a border as wide as the kernel, no tap has to be asked whether it is inside.
    counts = np.zeros((views.size, geometry.bins + 2 * taps), dtype=np.float32)
    first = taps - (taps // 2 - 1)
    for used in range(views.size):
        view = views[used]
        line = counts[used]
        for point in range(geometry.row.size):
            value = image[point] * share[view, point]
            if value == 0.0:
                continue
            at = np.uintp(geometry.bin[view, point] + first)
            spread = geometry.kernel[np.uintp(geometry.spread[view, point])]
            around = line[at : at + np.uintp(taps)]
            for k in range(around.size):
                around[k] += value * spread[k]
    return counts[:, taps : taps + geometry.bins].copy()


@njit(cache=True, fastmath={"contract", "reassoc"})
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
    taps = geometry.kernel.shape[1]
    image = np.zeros(geometry.row.size, dtype=np.float32)
    line = np.zeros(geometry.bins + 2 * taps, dtype=np.float32)
    first = taps - (taps // 2 - 1)
    for used in range(views.size):
        view = views[used]
        line[taps : taps + geometry.bins] = counts[used]
        for point in range(geometry.row.size):
            at = np.uintp(geometry.bin[view, point] + first)
            spread = geometry.kernel[np.uintp(geometry.spread[view, point])]
            around = line[at : at + np.uintp(taps)]
            total = np.float32(0.0)
            for k in range(around.size):
                total += around[k] * spread[k]
            image[point] += total * share[view, point]
    return image
