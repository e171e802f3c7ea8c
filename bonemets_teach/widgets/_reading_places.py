"""Bones by name: the list that stands in for pointing, and which bone is near a mark."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.bone_names import BONES
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton, whole_skeleton
from bonemets_teach.imaging.patient_record import Patient

__all__ = ["bone_groups", "bones_near", "skeleton_of"]

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


def skeleton_of(patient: Patient) -> WholeSkeleton:
    """Return the skeleton in which a patient's places are given.

    Parameters
    ----------
    patient : Patient
        Whose.

    Returns
    -------
    skeleton : WholeSkeleton
        The one that the examination has used: it is in memory already.
    """
    return whole_skeleton(
        sex=patient.sex, height_cm=float(patient.height_cm), age_years=float(patient.age_years)
    )


def bone_groups(skeleton: WholeSkeleton) -> list[dict[str, Any]]:
    """Return all bones with their middles.

    Parameters
    ----------
    skeleton : WholeSkeleton
        Of the patient.

    Returns
    -------
    groups : list of dict
        "name" and "bones", each with "name" and "position" (z, y, x) [mm].
    """
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in _GROUPS}
    for bone in BONES.values():
        groups[_group_of(bone)].append({
            "name": bone, "position": [round(v, 1) for v in skeleton.landmarks[bone]],
        })  # fmt: skip
    return [{"name": name, "bones": bones} for name, bones in groups.items()]


def bones_near(skeleton: WholeSkeleton, position_mm: Point, sight: Point | None) -> str:
    """Name the bone at a place.

    Parameters
    ----------
    skeleton : WholeSkeleton
        Of the patient.
    position_mm : Point
        (z, y, x) [mm].
    sight : Point or None
        Unit vector along which a projection sums: then every bone on this line counts.

    Returns
    -------
    words : str
        One bone, or on a projection two, the thicker one first; "soft tissue" if none is near.
    """
    numbers = skeleton.bone_number
    assert numbers is not None  # noqa: S101 - a whole skeleton has numbered bones
    points = _line(position_mm, sight, skeleton)
    found = _numbers_at(numbers, points / skeleton.voxel_mm)
    if not found.size:
        offsets = _ball(_NEAR_MM, skeleton.voxel_mm)
        around = (points[:, None, :] / skeleton.voxel_mm + offsets).reshape(-1, 3)
        found = _numbers_at(numbers, around)
        if not found.size:
            return "soft tissue"
        return f"near {_most(found, 1)}"
    return _most(found, 1 if sight is None else 2)


def _line(position_mm: Point, sight: Point | None, skeleton: WholeSkeleton) -> npt.NDArray[np.float64]:
    point = np.asarray(position_mm, dtype=np.float64)
    if sight is None:
        return point[None]
    reach = np.arange(-400.0, 400.0, skeleton.voxel_mm)
    return np.asarray(point + reach[:, None] * np.asarray(sight))


def _ball(radius_mm: float, edge_mm: float) -> npt.NDArray[np.float64]:
    """Return the offsets of all voxels within a radius, shape (N, 3)."""
    n = int(np.ceil(radius_mm / edge_mm))
    grid = np.mgrid[-n : n + 1, -n : n + 1, -n : n + 1].reshape(3, -1).T
    return np.asarray(grid[np.linalg.norm(grid * edge_mm, axis=1) <= radius_mm], dtype=np.float64)


def _numbers_at(numbers: npt.NDArray[np.uint8], voxels: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    index = np.floor(voxels).astype(np.int64)
    inside = np.all((index >= 0) & (index < numbers.shape), axis=1)
    found = numbers[tuple(index[inside].T)]
    return np.asarray(found[found > 0])


def _most(found: npt.NDArray[np.uint8], count: int) -> str:
    values, times = np.unique(found, return_counts=True)
    ordered = values[np.argsort(-times, kind="stable")][:count]
    return " or ".join(BONES[int(number)] for number in ordered)


def _group_of(bone: str) -> str:
    last = bone.rsplit(maxsplit=1)[-1] if not bone.rsplit(maxsplit=1)[-1].isdigit() else bone.split()[-2]
    key = last[0] if last[0] in "CTL" and last[1:].isdigit() else last
    return next(name for name, keys in _GROUPS if key in keys)
