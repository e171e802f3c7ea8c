"""A lesion at one time, its means over time, and the months of its growth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._lesion_cells import cells_in
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["LesionCourse", "LesionSnapshots", "LesionState"]

Volume = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionState:
    """A lesion at one time; each array has the axes of the bone it grows in.

    Parameters
    ----------
    tumor : ndarray of float32
        Tumor fraction of the marrow space, 0..1.
    bone_fraction : ndarray of float32
        Bone volume fraction, 0..1.
    osteoblast_ratio, osteoclast_ratio : ndarray of float32
        Cell activity [times normal].
    """

    tumor: Volume
    bone_fraction: Volume
    osteoblast_ratio: Volume
    osteoclast_ratio: Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionCourse:
    """Means over some voxels, month by month; each array has shape (time,).

    Parameters
    ----------
    tumor, bone_fraction : ndarray
        Tumor fraction of the marrow space and bone volume fraction, 0..1.
    osteoblast_ratio, osteoclast_ratio : ndarray
        Cell activity [times normal].
    """

    tumor: npt.NDArray[np.float64]
    bone_fraction: npt.NDArray[np.float64]
    osteoblast_ratio: npt.NDArray[np.float64]
    osteoclast_ratio: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionSnapshots:
    """A lesion month by month.

    Parameters
    ----------
    months : ndarray of shape (time,)
        0, 1, 2... [months].
    tumor, bone_fraction : ndarray of float32 or float16, shape (time, ...)
        As in `LesionState`; float16 if the settings ask for it.
    phenotype : ndarray of float32
        q of each voxel, 0..1.
    """

    months: npt.NDArray[np.float64]
    tumor: npt.NDArray[np.floating[Any]]
    bone_fraction: npt.NDArray[np.floating[Any]]
    phenotype: Volume

    def at(self, month: float) -> LesionState:
        """Return the lesion at a time between the first and the last snapshot.

        Parameters
        ----------
        month : float
            Time since the seed [months]; between snapshots the fields are interpolated linearly.

        Returns
        -------
        state : LesionState
            Arrays with the axes of the bone.

        Raises
        ------
        ParameterError
            If ``month`` is outside the snapshots.
        """
        time = require_in_range("month", month, 0.0, float(self.months[-1]), "months")
        first = min(math.floor(time), len(self.months) - 1)
        tumor, bone = (_between(series, first, time - first) for series in (self.tumor, self.bone_fraction))
        osteoclast, osteoblast = cells_in(self.phenotype, tumor)
        return LesionState(
            tumor=tumor, bone_fraction=bone, osteoblast_ratio=osteoblast, osteoclast_ratio=osteoclast
        )

    def course(self, where: npt.NDArray[np.bool_]) -> LesionCourse:
        """Return means over a part of the bone for every snapshot.

        Parameters
        ----------
        where : ndarray of bool
            Voxels to average, with the axes of the bone; at least one.

        Returns
        -------
        course : LesionCourse
            One value a month.

        Raises
        ------
        ParameterError
            If ``where`` marks no voxel or has another shape.
        """
        if where.shape != self.phenotype.shape or not where.any():
            message = (
                f"where marks {int(where.sum())} voxels of shape {where.shape}; "
                f"mark at least one of {self.phenotype.shape}"
            )
            raise ParameterError(message)
        tumor, bone = (
            series[:, where].astype(np.float32, copy=False) for series in (self.tumor, self.bone_fraction)
        )
        osteoclast, osteoblast = cells_in(np.broadcast_to(self.phenotype[where], tumor.shape), tumor)
        means = (field.mean(axis=1, dtype=np.float64) for field in (tumor, bone, osteoblast, osteoclast))
        return LesionCourse(**dict(zip(LesionCourse.__slots__, means, strict=True)))


def _between(series: npt.NDArray[np.floating[Any]], first: int, part: float) -> Volume:
    last = min(first + 1, len(series) - 1)
    low, high = (series[index].astype(np.float32, copy=False) for index in (first, last))
    mixed: Volume = low + np.float32(part) * (high - low)
    return mixed
