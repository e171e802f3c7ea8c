"""From physical values to the gray levels of a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import require_in_range

__all__ = ["BONE", "SOFT_TISSUE", "WindowSetting", "to_gray"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSetting:
    """Window center and width, DICOM's (0028,1050) and (0028,1051), in the unit of the image."""

    center: float
    width: float

    def __post_init__(self) -> None:
        require_in_range("center", self.center, -1e6, 1e6)
        require_in_range("width", self.width, 1e-6, 1e6)


# Widths and levels in common use for CT [HU]; chosen, departments differ.
BONE: Final = WindowSetting(center=500.0, width=2000.0)
SOFT_TISSUE: Final = WindowSetting(center=40.0, width=400.0)


def to_gray(values: npt.ArrayLike, window: WindowSetting, *, invert: bool = False) -> npt.NDArray[np.uint8]:
    """Map values to gray levels, linearly inside the window.

    Parameters
    ----------
    values : array_like of shape (row, column)
        Image in its physical unit; values that are not numbers become black.
    window : WindowSetting
        Everything below ``center - width / 2`` is black, above ``center + width / 2`` white.
    invert : bool, default False
        Swap black and white.

    Returns
    -------
    gray : ndarray of uint8 of shape (row, column)
        0 black to 255 white.

    Examples
    --------
    >>> int(to_gray([[500.0]], BONE)[0, 0])
    128
    """
    image: npt.NDArray[np.floating[Any]] = np.asarray(values, dtype=np.float32)
    share = (image - np.float32(window.center)) / np.float32(window.width) + np.float32(0.5)
    share = np.clip(np.nan_to_num(share, nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0)
    gray = np.floor(share * 255.0 + 0.5).astype(np.uint8)
    return np.asarray(255 - gray if invert else gray, dtype=np.uint8)
