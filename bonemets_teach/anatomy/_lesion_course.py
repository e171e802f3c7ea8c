"""What a lesion does at one place, month by month, for the quick lesions of the whole skeleton."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.lesion_field import TRABECULAR_TURNOVER_PER_YEAR, LesionSnapshots, grow

__all__ = ["LONGEST_MONTHS", "arrival_months", "cells", "place_at", "reach_mm"]

_Array = npt.NDArray[np.float32]

LONGEST_MONTHS: Final = 60
# Calibrated to the lesion field in even spongiosa, 9 to 24 months, to 1.5 mm: the front moves by 1.33 mm a month
# (2 sqrt(g D) is 1.22; bone helps), after a start in which the seed thickens.
FRONT_MM_PER_MONTH: Final = 1.33
_DELAY_MONTHS: Final = 3.7
_THICKENING_MONTHS: Final = 2.2
# Chosen: bone fractions at which the course is worked out, and the tumor at its start.
_BONE: Final = np.array([0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 0.9])
_START: Final = 1e-3
_FAR_APART_MM: Final = 5.0


def arrival_months(distance_mm: npt.NDArray[np.floating]) -> _Array:
    """Return when half of the marrow at a distance from the seed is tumor [months]."""
    along = distance_mm / np.float32(FRONT_MM_PER_MONTH)
    return np.asarray(_DELAY_MONTHS + np.hypot(along, _THICKENING_MONTHS), dtype=np.float32)


def reach_mm(months: float) -> float:
    """Return the radius within which at least half of the marrow is tumor [mm], 0 for a young lesion."""
    past = max(months - _DELAY_MONTHS, _THICKENING_MONTHS)
    return FRONT_MM_PER_MONTH * float(np.sqrt(past**2 - _THICKENING_MONTHS**2))


def place_at(since_arrival: _Array, bone: _Array, phenotype: float) -> tuple[_Array, _Array]:
    """Return tumor and bone at places of a lesion.

    Parameters
    ----------
    since_arrival : ndarray
        Time since half of the marrow was tumor there [months]; negative before.
    bone : ndarray of the same shape
        Bone volume fraction before the lesion, 0..1.
    phenotype : float
        0 lytic to 1 blastic.

    Returns
    -------
    tumor, bone_fraction : ndarray of the same shape
        0..1.
    """
    tumor, ratio = _course(phenotype)
    column = np.interp(bone, _BONE, np.arange(len(_BONE))).astype(np.float32)
    halves = [np.interp(0.5, course, np.arange(LONGEST_MONTHS + 1)) for course in tumor.T]
    elapsed = since_arrival + np.interp(column, np.arange(len(_BONE)), halves).astype(np.float32)
    month = np.clip(elapsed, 0, LONGEST_MONTHS)
    grown = _between(tumor, month, column) * (elapsed > 0)
    kept = _between(ratio, month, column)
    return grown.astype(np.float32), np.clip(bone * kept, 0, 1).astype(np.float32)


def cells(tumor: _Array, phenotype: float) -> tuple[_Array, _Array]:
    """Return osteoblast and osteoclast activity [times normal] at rest with a tumor fraction."""
    state = LesionSnapshots(
        months=np.zeros(1), tumor=tumor[None], bone_fraction=tumor[None],
        phenotype=np.full(tumor.shape, phenotype, dtype=np.float32),
    ).at(0.0)  # fmt: skip
    return state.osteoblast_ratio, state.osteoclast_ratio


@lru_cache(maxsize=64)
def _course(phenotype: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return tumor and bone relative to its start, each of shape (month, bone fraction)."""
    grown = grow(
        np.broadcast_to(_BONE, (2, len(_BONE))),
        TRABECULAR_TURNOVER_PER_YEAR,
        start=_START,
        phenotype=phenotype,
        months=LONGEST_MONTHS,
        seed_index=(0, 0),
        voxel_mm=_FAR_APART_MM,
        heterogeneity=0.0,
    )
    return grown.tumor[:, 0].astype(np.float64), grown.bone_fraction[:, 0].astype(np.float64) / _BONE


def _between(table: npt.NDArray[np.float64], row: _Array, column: _Array) -> npt.NDArray[np.float64]:
    """Interpolate a table at fractional rows and columns."""
    i = np.minimum(row.astype(np.int32), table.shape[0] - 2)
    j = np.minimum(column.astype(np.int32), table.shape[1] - 2)
    u, v = row - i, column - j
    low = table[i, j] * (1 - v) + table[i, j + 1] * v
    high = table[i + 1, j] * (1 - v) + table[i + 1, j + 1] * v
    return np.asarray(low * (1 - u) + high * u)
