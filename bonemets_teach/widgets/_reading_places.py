"""Bones by name: the list that stands in for pointing, and which bone is near a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.bone_names import BONES
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.imaging.patient_record import Patient

__all__ = ["BoneMap"]

_NEAR_MM: Final = 14.0
"""A bone farther away than this is not named; chosen, about the error of a click on a whole-body image."""
_GROUPS: Final = (
    ("Head and neck", ("skull", "mandible", "C")),
    ("Thoracic spine", ("T",)),
    ("Lumbar spine and pelvis", ("L", "sacrum", "ilium", "ischium", "pubis")),
    ("Chest", ("sternum", "rib", "clavicle", "scapula")),
    ("Arms", ("humerus", "radius", "ulna", "hand")),
    ("Legs", ("femur", "patella", "tibia", "fibula", "foot")),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoneMap:
    """Which bone is where in a patient; all that is kept of the skeleton.

    Parameters
    ----------
    numbers : ndarray of uint8, shape (Z, Y, X)
        Number of the bone in each voxel, 0 for none.
    voxel_mm : float
        Edge of a voxel [mm].
    middles : mapping of str to Point
        Middle of each bone (z, y, x) [mm].
    """

    numbers: npt.NDArray[np.uint8]
    voxel_mm: float
    middles: Mapping[str, Point]

    @classmethod
    def of(cls, patient: Patient) -> BoneMap:
        """Return the map of a patient; its skeleton is in memory until its images are made."""
        skeleton = whole_skeleton(
            sex=patient.sex, height_cm=float(patient.height_cm), age_years=float(patient.age_years)
        )
        assert skeleton.bone_number is not None  # noqa: S101 - a whole skeleton has numbered bones
        return cls(numbers=skeleton.bone_number, voxel_mm=skeleton.voxel_mm, middles=skeleton.landmarks)

    def groups(self) -> list[dict[str, Any]]:
        """Return all bones with their middles, for a list.

        Returns
        -------
        groups : list of dict
            "name" and "bones", each with "name" and "position" (z, y, x) [mm].
        """
        groups: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in _GROUPS}
        for bone in BONES.values():
            position = [round(value, 1) for value in self.middles[bone]]
            groups[_group_of(bone)].append({"name": bone, "position": position})
        return [{"name": name, "bones": bones} for name, bones in groups.items()]

    def near(self, position_mm: Point, sight: Point | None) -> str:
        """Name the bone at a place.

        Parameters
        ----------
        position_mm : Point
            (z, y, x) [mm].
        sight : Point or None
            Unit vector along which a projection sums: then every bone on this line counts.

        Returns
        -------
        words : str
            One bone, or on a projection two, the thicker one first; "soft tissue" if none is near.
        """
        voxels = _line(position_mm, sight, self.voxel_mm) / self.voxel_mm
        found = self._numbers_at(voxels)
        if found.size:
            return _most(found, 1 if sight is None else 2)
        around = (voxels[:, None, :] + _ball(_NEAR_MM, self.voxel_mm)).reshape(-1, 3)
        found = self._numbers_at(around)
        return f"near {_most(found, 1)}" if found.size else "soft tissue"

    def _numbers_at(self, voxels: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
        index = np.floor(voxels).astype(np.int64)
        inside = np.all((index >= 0) & (index < self.numbers.shape), axis=1)
        found = self.numbers[tuple(index[inside].T)]
        return np.asarray(found[found > 0])


def _line(position_mm: Point, sight: Point | None, edge_mm: float) -> npt.NDArray[np.float64]:
    point = np.asarray(position_mm, dtype=np.float64)
    if sight is None:
        return point[None]
    reach = np.arange(-400.0, 400.0, edge_mm)
    return np.asarray(point + reach[:, None] * np.asarray(sight))


def _ball(radius_mm: float, edge_mm: float) -> npt.NDArray[np.float64]:
    """Return the offsets of all voxels within a radius, shape (N, 3)."""
    n = int(np.ceil(radius_mm / edge_mm))
    grid = np.mgrid[-n : n + 1, -n : n + 1, -n : n + 1].reshape(3, -1).T
    return np.asarray(grid[np.linalg.norm(grid * edge_mm, axis=1) <= radius_mm], dtype=np.float64)


def _most(found: npt.NDArray[np.uint8], count: int) -> str:
    values, times = np.unique(found, return_counts=True)
    ordered = values[np.argsort(-times, kind="stable")][:count]
    return " or ".join(BONES[int(number)] for number in ordered)


def _group_of(bone: str) -> str:
    last = bone.rsplit(maxsplit=1)[-1] if not bone.rsplit(maxsplit=1)[-1].isdigit() else bone.split()[-2]
    key = last[0] if last[0] in "CTL" and last[1:].isdigit() else last
    return next(name for name, keys in _GROUPS if key in keys)
