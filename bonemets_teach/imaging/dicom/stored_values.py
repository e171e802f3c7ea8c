"""From physical values to the integers of a DICOM image and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError

__all__ = ["StoredValues", "store_signed", "store_unsigned"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredValues:
    """Integers of a series; ``physical value = slope * integer + intercept``.

    Parameters
    ----------
    integers : ndarray of int16 or uint16 of shape (image, row, column)
        Little-endian.
    slope, intercept : float
        In the unit of the series.
    """

    integers: npt.NDArray[Any]
    slope: float
    intercept: float

    @property
    def is_signed(self) -> bool:
        """True if integers may be negative (PixelRepresentation 1)."""
        return bool(self.integers.dtype.kind == "i")


def store_signed(pixels: npt.NDArray[Any], *, slope: float | None = None) -> StoredValues:
    """Round values to signed 16-bit integers with intercept 0.

    Parameters
    ----------
    pixels : ndarray of shape (image, row, column)
        Finite values.
    slope : float, optional
        Step of the integers; by default the smallest that holds the largest value.

    Returns
    -------
    stored : StoredValues
        Off by at most half a slope.

    Raises
    ------
    ParameterError
        If a given slope can't hold the values.
    """
    largest = max(float(pixels.max()), -float(pixels.min()))
    step = slope if slope is not None else short_number(max(largest, 1e-30) / 32767.0)
    if largest / step > 32767.5:
        message = f"values reach {largest:g}, more than 16 bits hold in steps of {step:g}; limit them first"
        raise ParameterError(message)
    return StoredValues(integers=_rounded(pixels, 0.0, step, "<i2"), slope=step, intercept=0.0)


def store_unsigned(pixels: npt.NDArray[Any]) -> StoredValues:
    """Round values to unsigned 16-bit integers.

    Parameters
    ----------
    pixels : ndarray of shape (image, row, column)
        Finite values.

    Returns
    -------
    stored : StoredValues
        Exact, with slope 1 and intercept 0, for whole numbers in 0..65535; else off by at most half a slope.
    """
    low, high = float(pixels.min()), float(pixels.max())
    if low >= 0 and high <= 65535 and all(bool(np.all(image == np.rint(image))) for image in pixels):
        return StoredValues(integers=pixels.astype("<u2"), slope=1.0, intercept=0.0)
    base = min(low, 0.0)
    step = max(high - base, 1e-30) / 65535.0
    return StoredValues(integers=_rounded(pixels, base, step, "<u2"), slope=step, intercept=base)


def _rounded(pixels: npt.NDArray[Any], base: float, step: float, dtype: str) -> npt.NDArray[Any]:
    """Round image by image, so that a large volume needs no second copy in floating point."""
    integers: npt.NDArray[Any] = np.empty(pixels.shape, dtype=dtype)
    for target, image in zip(integers, pixels, strict=True):
        target[...] = np.rint((np.asarray(image, dtype=np.float64) - base) / step)
    return integers


def short_number(value: float) -> float:
    """Round a positive number up so that it fits DICOM's decimal strings of 16 characters."""
    number = float(f"{value:.9e}")
    return number if number >= value else float(f"{value * (1 + 1e-9):.9e}")
