"""Points, views and blur of a slice that a rotating camera sees."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging._spect_projector import FRACTIONS, SliceGeometry, place
from bonemets_teach.imaging.collimator import system_fwhm_mm

__all__ = ["slice_geometry"]

_Array = npt.NDArray[np.float32]

_SPREAD: Final = 2.6  # standard deviations of the blur that are kept
_PIXEL_VARIANCE: Final = 1.0 / 12.0


def slice_geometry(
    body: npt.NDArray[np.bool_], views: int, collimator: str, gap_mm: float, pixel_mm: float
) -> SliceGeometry:
    """Return the geometry of a contoured orbit around a slice.

    Parameters
    ----------
    body : ndarray of bool, shape (row, column)
        Where activity can be; the axis of rotation is in the middle of the array.
    views : int
        Number of views over 360 degrees, the first from the front.
    collimator : str
        Name of the collimator.
    gap_mm : float
        Air between body and collimator [mm].
    pixel_mm : float
        Edge of a pixel [mm].

    Returns
    -------
    geometry : SliceGeometry
        For the compiled projectors.
    """
    rows, columns = body.shape
    at = np.argwhere(body)
    row, column = position = _f32(at.T - 0.5 * (np.array([[rows], [columns]]) - 1))
    angle = 2.0 * np.pi * np.arange(views) / views
    cosine, sine = direction = np.stack([np.cos(angle), np.sin(angle)])
    toward = -np.outer(cosine, row) + np.outer(sine, column)
    reach = toward.max(axis=1) if row.size else np.zeros(views)
    radius = reach + gap_mm / pixel_mm
    farthest = float((radius[:, None] - toward).max()) if row.size else 1.0
    kernel = _kernel(collimator, farthest, pixel_mm)
    bins = int(np.ceil(np.hypot(rows, columns))) + 4
    bin_, spread = place(position, _f32(direction), _f32(radius), bins, len(kernel) // FRACTIONS)
    return SliceGeometry(
        row=np.ascontiguousarray(at[:, 0]), column=np.ascontiguousarray(at[:, 1]), cosine=_f32(cosine), sine=_f32(sine),
        bin=bin_, spread=spread, kernel=kernel, bins=bins,
    )  # fmt: skip


def _kernel(collimator: str, farthest_px: float, pixel_mm: float) -> _Array:
    """Return the spread of a point over bins: a row for each pixel of distance and place between two bins."""
    distance = np.arange(int(np.ceil(farthest_px)) + 2)
    sigma2 = (
        system_fwhm_mm(collimator, distance * pixel_mm) / FWHM_PER_SIGMA / pixel_mm
    ) ** 2 + _PIXEL_VARIANCE
    half = int(np.ceil(_SPREAD * np.sqrt(sigma2.max())))
    offset = np.arange(-half, half + 2)[None, :] - ((np.arange(FRACTIONS) + 0.5) / FRACTIONS)[:, None]
    spread = np.exp(-(offset[None] ** 2) / (2 * sigma2[:, None, None]))
    return _f32((spread / spread.sum(axis=2, keepdims=True)).reshape(-1, spread.shape[2]))


def _f32(values: npt.NDArray[Any]) -> _Array:
    return np.ascontiguousarray(values, dtype=np.float32)
