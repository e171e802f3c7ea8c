"""The voxel phantom that every modality reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.errors import ParameterError

__all__ = ["Phantom"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phantom:
    """A part of the body on a cubic grid; arrays are [z, y, x] and read-only.

    Parameters
    ----------
    bone_fraction : ndarray of float32, shape (Z, Y, X)
        Bone volume fraction f, 0..1. Voxels cut by the outer surface of a bone hold the share that is bone, also
        those labeled soft tissue.
    fat_fraction : ndarray of float32, shape (Z, Y, X)
        Fat share phi of the marrow, 0..1; 0 outside bone.
    label : ndarray of uint8, shape (Z, Y, X)
        Values of `Tissue`.
    turnover_per_year : ndarray of float32, shape (Z, Y, X)
        Share of the bone renewed in a year; 0 outside bone.
    voxel_mm : float
        Edge of a voxel [mm].
    name : str
        What it shows, for people.
    sites : mapping of str to Point
        Named places for a lesion, all in marrow-bearing bone [mm].
    bone_number : ndarray of uint8, shape (Z, Y, X), or None
        Which bone a voxel belongs to, 0 for none.
    bone_names : mapping of int to str
        Names of the bones by number.

    Notes
    -----
    z increases toward the feet, y from anterior to posterior, x from the patient's right to left. A point in mm is
    measured from the outer corner of voxel (0, 0, 0).
    """

    bone_fraction: npt.NDArray[np.float32]
    fat_fraction: npt.NDArray[np.float32]
    label: npt.NDArray[np.uint8]
    turnover_per_year: npt.NDArray[np.float32]
    voxel_mm: float
    name: str
    sites: Mapping[str, Point] = field(default_factory=dict)
    bone_number: npt.NDArray[np.uint8] | None = None
    bone_names: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arrays: list[npt.NDArray[Any]] = [
            self.bone_fraction,
            self.fat_fraction,
            self.label,
            self.turnover_per_year,
        ]
        if self.bone_number is not None:
            arrays.append(self.bone_number)
        if self.label.ndim != 3 or any(array.shape != self.label.shape for array in arrays):
            shapes = ", ".join(str(array.shape) for array in arrays)
            message = f"phantom arrays have shapes {shapes}; give arrays of one shape (z, y, x)"
            raise ParameterError(message)
        for array in arrays:
            array.setflags(write=False)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of voxels along z, y, x."""
        z, y, x = self.label.shape
        return z, y, x

    def bone_mask(self, *, femur_only: bool = False) -> npt.NDArray[np.bool_]:
        """Return where bone (with its marrow) is.

        Parameters
        ----------
        femur_only : bool, default False
            Leave the pelvis out.

        Returns
        -------
        mask : ndarray of bool, shape (Z, Y, X)
            True in bone.
        """
        return is_bone(self.label, femur_only=femur_only)

    def index_of(self, point_mm: Point) -> tuple[int, int, int]:
        """Return the voxel that holds a point.

        Parameters
        ----------
        point_mm : Point
            (z, y, x) from the outer corner of the first voxel [mm].

        Returns
        -------
        index : tuple of int
            (z, y, x).

        Raises
        ------
        ParameterError
            If the point is not inside the volume.
        """
        extent = [n * self.voxel_mm for n in self.shape]
        point = _as_point(point_mm)
        if np.any(~(point >= 0)) or np.any(~(point < extent)):
            allowed = " x ".join(f"{e:g}" for e in extent)
            message = (
                f"point {point_mm} mm is outside the phantom of {allowed} mm (z, y, x); choose one inside"
            )
            raise ParameterError(message)
        z, y, x = (point // self.voxel_mm).astype(int)
        return int(z), int(y), int(x)

    def bone_at(self, point_mm: Point) -> str | None:
        """Return the name of the bone at a point given in mm, or None; see `index_of`."""
        if self.bone_number is None:
            return None
        return self.bone_names.get(int(self.bone_number[self.index_of(point_mm)]))

    def tissue_at(self, point_mm: Point) -> Tissue:
        """Return the tissue at a point given in mm; see `index_of`."""
        return Tissue(int(self.label[self.index_of(point_mm)]))


def _as_point(point_mm: object) -> npt.NDArray[np.float64]:
    """Return three coordinates; what is no point becomes not-a-number, which lies nowhere."""
    nowhere: npt.NDArray[np.float64] = np.full(3, np.nan)
    try:
        point = np.asarray(point_mm, dtype=np.float64)
    except (TypeError, ValueError):
        return nowhere
    return point if point.shape == (3,) else nowhere
