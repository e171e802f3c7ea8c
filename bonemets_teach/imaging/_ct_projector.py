"""Parallel-beam projection (Joseph 1982) and back projection on a square grid, compiled.

Images are (row, column); the detector coordinate of view angle a is t = column cos a + row sin a, measured
from the image center in pixels. Only the circle inscribed in the image is seen, so there are as many rays as
columns. A quarter turn of the image is a quarter turn of the angle, and half a turn mirrors the ray: four
numbers share each index and each weight, which makes both directions three times as fast.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from bonemets_teach.errors import ParameterError

__all__ = ["back_project", "circle", "project"]

Float32 = npt.NDArray[np.float32]


def circle(size: int) -> npt.NDArray[np.bool_]:
    """Return the pixels inside the circle that the scanner sees.

    Parameters
    ----------
    size : int
        Rows and columns of the image.

    Returns
    -------
    inside : ndarray of bool of shape (size, size)
        True inside the inscribed circle.
    """
    offset = np.arange(size) - (size - 1) / 2
    inside: npt.NDArray[np.bool_] = offset[:, None] ** 2 + offset**2 <= ((size - 1) / 2) ** 2
    return inside


def project(images: npt.NDArray[np.floating[Any]], views: int) -> Float32:
    """Sum a pair of images along parallel rays.

    Parameters
    ----------
    images : ndarray of shape (2, row, column)
        Square, with an even number of rows; what lies outside the inscribed circle is ignored.
    views : int
        Number of angles, even, spread evenly over 180 degrees.

    Returns
    -------
    sinograms : ndarray of float32 of shape (2, view, ray)
        Line integrals in units of value times pixel.

    Raises
    ------
    ParameterError
        If the shape or the number of views is odd.

    Notes
    -----
    Joseph's method: along the steeper axis one sample in each row, interpolated linearly between two pixels
    [1]_.

    References
    ----------
    .. [1] Joseph PM. IEEE Trans Med Imaging 1982; 1: 192. doi:10.1109/TMI.1982.4307572
    """
    size = images.shape[-1]
    _require_even(size, views)
    seen = np.where(circle(size), images, 0.0)
    stack = np.zeros((size + 2, size + 2, 4), dtype=np.float32)
    stack[1:-1, 1:-1, :2] = np.moveaxis(seen, 0, -1)
    stack[1:-1, 1:-1, 2:] = np.moveaxis(np.rot90(seen, axes=(1, 2)), 0, -1)
    turned = np.ascontiguousarray(stack.swapaxes(0, 1))
    used = seen.any(axis=0)
    used |= np.rot90(used)
    sums = _project(stack, turned, _filled(used), _filled(used.T), views // 2)
    sums = np.moveaxis(sums, -1, 0)
    return np.ascontiguousarray(np.concatenate((sums[:2], sums[2:]), axis=1))


def back_project(sinogram: Float32, *, reach: float | None = None) -> Float32:
    """Smear filtered projections back over the image.

    Parameters
    ----------
    sinogram : ndarray of float32 of shape (view, ray)
        Filtered projections, angles spread evenly over 180 degrees; views and rays are even in number.
    reach : float, optional
        Compute only pixels this near to the middle [pixel]; the others stay zero.

    Returns
    -------
    image : ndarray of float32 of shape (row, column)
        Sum over views times pi over their number; zero outside the inscribed circle.

    Raises
    ------
    ParameterError
        If the shape is odd.
    """
    views, size = sinogram.shape
    _require_even(size, views)
    first, second = sinogram[: views // 2], sinogram[views // 2 :]
    padded = np.empty((views // 2, size + 2, 4), dtype=np.float32)
    for channel, part in enumerate((first, first[:, ::-1], second, second[:, ::-1])):
        padded[:, :size, channel] = part
        padded[:, size:, channel] = part[:, -1:]
    most = (size - 1) / 2
    quarters = _back_project(padded, most if reach is None else min(max(float(reach), 0.0), most))
    half_turn = quarters[::-1, ::-1]
    upright = np.concatenate((quarters[:, :, 0], half_turn[:, :, 1]))
    turned = np.concatenate((quarters[:, :, 2], half_turn[:, :, 3]))
    return np.asarray(upright + turned.T[:, ::-1], dtype=np.float32)


def _require_even(size: int, views: int) -> None:
    if size % 2 or views % 2 or size < 2 or views < 2:
        message = f"{size} rays and {views} views: both must be even; choose for example 256 and 180"
        raise ParameterError(message)


def _filled(used: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the rows that hold anything, with the first and the last of their used pixels: (row, 3)."""
    rows = np.flatnonzero(used.any(axis=1))
    first, last = used[rows].argmax(axis=1), used.shape[1] - 1 - used[rows, ::-1].argmax(axis=1)
    return np.stack([rows, first, last], axis=1)


@njit(cache=True, fastmath={"contract"})
def _project(stack, transposed, rows, columns, quarter_views):  # type: ignore[no-untyped-def] # pragma: no cover
    size = stack.shape[0] - 2
    center = (size - 1) / 2
    sums = np.zeros((quarter_views, size, 4), dtype=np.float32)
    for view in range(quarter_views):
        angle = 0.5 * math.pi * view / quarter_views
        cosine, sine = math.cos(angle), math.sin(angle)
        if cosine >= sine:
            _sum_rows(stack, rows, cosine, sine, center, sums[view])
        else:
            _sum_rows(transposed, columns, sine, cosine, center, sums[view])
    return sums


@njit(cache=True, fastmath={"contract"})
def _sum_rows(stack, filled, steep, flat, center, sums):  # type: ignore[no-untyped-def] # pragma: no cover
    size = sums.shape[0]
    step = 1.0 / steep
    # Empty pixels add nothing; of a body in a square, or of an implant, most are empty.
    for number in range(filled.shape[0]):
        row = filled[number, 0]
        # Column of ray t is step * t + start, counted with the zero border.
        start = 1.0 + center - step * center - (row - center) * flat * step
        low = max(0, math.ceil((filled[number, 1] - start) / step))
        high = min(size - 1, math.floor((filled[number, 2] + 1.999 - start) / step))
        line = stack[row + 1]
        for ray in range(low, high + 1):
            position = np.float32(start + step * ray)
            left = np.uintp(np.int32(position))
            share = position - np.float32(np.int32(position))
            right, here = left + np.uintp(1), np.uintp(ray)
            a, b, c, d = line[left, 0], line[left, 1], line[left, 2], line[left, 3]
            e, f, g, h = line[right, 0], line[right, 1], line[right, 2], line[right, 3]
            i, j, k, m = sums[here, 0], sums[here, 1], sums[here, 2], sums[here, 3]
            sums[here, 0] = i + (a + share * (e - a))
            sums[here, 1] = j + (b + share * (f - b))
            sums[here, 2] = k + (c + share * (g - c))
            sums[here, 3] = m + (d + share * (h - d))
    sums *= np.float32(step)


@njit(cache=True, fastmath={"contract"})
def _back_project(padded, reach):  # type: ignore[no-untyped-def] # pragma: no cover
    quarter_views, size = padded.shape[0], padded.shape[1] - 2
    center = (size - 1) / 2
    image = np.zeros((size // 2, size, 4), dtype=np.float32)
    for view in range(quarter_views):
        angle = 0.5 * math.pi * view / quarter_views
        cosine, sine = np.float32(math.cos(angle)), math.sin(angle)
        values = padded[view]
        for row in range(max(0, math.ceil(center - reach)), size // 2):
            y = row - center
            half = math.sqrt(max(0.0, reach * reach - y * y))
            low, high = math.ceil(center - half), math.floor(center + half)
            start = np.float32(y * sine + center - center * cosine)
            line = image[row]
            for column in range(low, high + 1):
                position = start + cosine * np.float32(column)
                left = np.uintp(np.int32(position))
                share = position - np.float32(np.int32(position))
                right, here = left + np.uintp(1), np.uintp(column)
                a, b, c, d = values[left, 0], values[left, 1], values[left, 2], values[left, 3]
                e, f, g, h = values[right, 0], values[right, 1], values[right, 2], values[right, 3]
                i, j, k, m = line[here, 0], line[here, 1], line[here, 2], line[here, 3]
                line[here, 0] = i + (a + share * (e - a))
                line[here, 1] = j + (b + share * (f - b))
                line[here, 2] = k + (c + share * (g - c))
                line[here, 3] = m + (d + share * (h - d))
    image *= np.float32(0.5 * math.pi / quarter_views)
    return image
