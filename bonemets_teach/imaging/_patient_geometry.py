"""Where the phantom of a detailed examination lies in the whole skeleton, found from the bones that both hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.bone_names import BONE_NUMBERS
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import is_bone

__all__ = ["Placing", "bone_voxels", "femur_placing", "resized", "stack_affine", "upright_placing"]

_Points = npt.NDArray[np.float64]

# Chosen: only what lies this near to the midline is compared, since a narrow field cuts the processes [mm].
_MIDLINE_MM: Final = 25.0
# Chosen: share of the femur's height in its phantom that is compared, from the top.
_FEMUR_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A turn in the sagittal plane and a shift from a phantom to the patient, both in mm (z, y, x).

    Parameters
    ----------
    pivot_mm : Point
        A point of the phantom.
    target_mm : Point
        The same point in the patient.
    tilt_rad : float, default 0
        Turn about the x axis; positive leans the upper side forward.
    """

    pivot_mm: Point = (0.0, 0.0, 0.0)
    target_mm: Point = (0.0, 0.0, 0.0)
    tilt_rad: float = 0.0

    def matrix(self) -> npt.NDArray[np.float64]:
        """Return the matrix from (z, y, x, 1) of the phantom to (z, y, x, 1) of the patient, shape (4, 4)."""
        cos, sin = np.cos(self.tilt_rad), np.sin(self.tilt_rad)
        matrix = np.eye(4)
        matrix[:2, :2] = [[cos, -sin], [sin, cos]]
        matrix[:3, 3] = np.asarray(self.target_mm) - matrix[:3, :3] @ np.asarray(self.pivot_mm)
        return matrix

    def to_patient(self, point_mm: Point) -> Point:
        """Return a point of the phantom in the patient [mm]."""
        z, y, x, _ = self.matrix() @ (*point_mm, 1.0)
        return float(z), float(y), float(x)

    def to_phantom(self, point_mm: Point) -> Point:
        """Return a point of the patient in the phantom [mm], where it may lie outside."""
        z, y, x, _ = np.linalg.solve(self.matrix(), (*point_mm, 1.0))
        return float(z), float(y), float(x)


def resized(phantom: Phantom, factor: float) -> Phantom:
    """Return the same phantom in a body taller by a factor: larger voxels, sites moved along."""
    sites = {name: (z * factor, y * factor, x * factor) for name, (z, y, x) in phantom.sites.items()}
    return replace(phantom, voxel_mm=phantom.voxel_mm * factor, sites=sites)


def upright_placing(phantom: Phantom, skeleton: Phantom, bone: str, *, tilted: bool) -> Placing:
    """Return where a phantom lies in the skeleton, from a bone that both hold in full.

    Parameters
    ----------
    phantom, skeleton : Phantom
        Both with numbered bones and the midline of the body in their middle.
    bone : str
        The bone.
    tilted : bool
        Whether the phantom may be turned in the sagittal plane.

    Returns
    -------
    placing : Placing
        Middle on middle; turned so that the long axes in the sagittal plane agree.
    """
    here, there = (_near_midline(one, _of_bone(one, bone)) for one in (phantom, skeleton))
    pivot, target = (_middle(points, one) for points, one in ((here, phantom), (there, skeleton)))
    turn = (_axis_rad(there) - _axis_rad(here)) if tilted else 0.0
    turn = (turn + np.pi / 2) % np.pi - np.pi / 2
    return Placing(pivot_mm=pivot, target_mm=target, tilt_rad=float(turn))


def femur_placing(phantom: Phantom, skeleton: Phantom) -> Placing:
    """Return where the phantom of the right proximal femur lies in the skeleton.

    Parameters
    ----------
    phantom : Phantom
        The proximal femur, without numbered bones.
    skeleton : Phantom
        The whole skeleton.

    Returns
    -------
    placing : Placing
        A shift: tops on each other, then the middles of what both hold below.
    """
    own = np.argwhere(is_bone(phantom.label, femur_only=True))
    here = _in_mm(own, phantom)
    there = _of_bone(skeleton, "right femur")
    length = _FEMUR_SHARE * float(np.ptp(here[:, 0]))
    parts = [points[points[:, 0] <= points[:, 0].min() + length] for points in (here, there)]
    pivot, target = (tuple(float(v) for v in part.mean(axis=0)) for part in parts)
    return Placing(pivot_mm=pivot, target_mm=target)  # type: ignore[arg-type]


def stack_affine(
    first_mm: Point, step_mm: tuple[float, float, float], axes: str, placing: Placing | None = None
) -> npt.NDArray[np.float64]:
    """Return the affine of a stack that is cut along the axes of a phantom.

    Parameters
    ----------
    first_mm : Point
        Center of pixel (0, 0) of slice 0, (z, y, x) in the phantom [mm].
    step_mm : tuple of float
        Distance of slices, rows and columns [mm]; negative where an index runs against its axis.
    axes : str
        The phantom's axes of slices, rows and columns, as "zyx".
    placing : Placing, optional
        Where the phantom lies; by default it is the whole skeleton itself.

    Returns
    -------
    affine : ndarray of float64, shape (4, 4)
        From (slice, row, column, 1) to (z, y, x, 1) in the patient.
    """
    matrix = np.eye(4)
    matrix[:3, :3] = 0
    for index, (axis, step) in enumerate(zip(axes, step_mm, strict=True)):
        matrix["zyx".index(axis), index] = step
    matrix[:3, 3] = first_mm
    return np.asarray(matrix if placing is None else placing.matrix() @ matrix)


def bone_voxels(phantom: Phantom, bone: str) -> npt.NDArray[np.intp]:
    """Return the voxels of a bone, shape (voxel, 3); none if the bones have no numbers."""
    number = phantom.bone_number
    if number is None:
        return np.zeros((0, 3), dtype=np.intp)
    return np.argwhere(number == BONE_NUMBERS[bone])


def _of_bone(phantom: Phantom, bone: str) -> _Points:
    return _in_mm(bone_voxels(phantom, bone), phantom)


def _in_mm(index: npt.NDArray[np.intp], phantom: Phantom) -> _Points:
    return np.asarray((index + 0.5) * phantom.voxel_mm)


def _near_midline(phantom: Phantom, points: _Points) -> _Points:
    middle = phantom.shape[2] * phantom.voxel_mm / 2
    return points[np.abs(points[:, 2] - middle) <= _MIDLINE_MM]


def _middle(points: _Points, phantom: Phantom) -> Point:
    z, y, _ = points.mean(axis=0)
    return float(z), float(y), phantom.shape[2] * phantom.voxel_mm / 2


def _axis_rad(points: _Points) -> float:
    """Return the direction of the longest extent in the sagittal plane, from the z axis toward the y axis."""
    plane = points[:, :2] - points[:, :2].mean(axis=0)
    _, vectors = np.linalg.eigh(plane.T @ plane)
    z, y = vectors[:, -1]
    return float(np.arctan2(y, z))
