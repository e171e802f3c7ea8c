"""Places for findings on which all phantoms of a patient agree, and how much bone a finding takes up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.bone_names import BONE_NUMBERS
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.imaging._patient_geometry import bone_voxels
from bonemets_teach.imaging._patient_phantoms import PatientPhantoms, Placed
from bonemets_teach.imaging.patient_record import Finding

__all__ = ["APART_MM", "Shape", "agreed", "extent_of", "is_free", "starts"]

Shape = Literal["ball", "band", "bone"]

APART_MM: Final = 14.0
"""Healthy bone between two findings, so that a mark belongs to one of them [mm]; chosen."""
# Chosen: room to the edge of a field [mm].
_EDGE_MM: Final = 6.0
# Chosen: share of a long bone from its upper end in which metastases sit.
_UPPER_SHARE: Final = 0.4
_LONG_BONES: Final = ("femur", "humerus")
# As in `bone_uptake_mimics`: how far a collapse reaches across the spine [mm].
_BAND_MM: Final = 40.0


def starts(skeleton: Phantom, bone: str, *, low_front: bool = False) -> npt.NDArray[np.float64]:
    """Return where a finding can start in a bone: its marrow if it has any.

    Parameters
    ----------
    skeleton : Phantom
        The whole skeleton.
    bone : str
        Bone; of long bones the upper part.
    low_front : bool, default False
        Only the lower front part, where a worn disc touches a vertebra.

    Returns
    -------
    points : ndarray of shape (point, 3)
        (z, y, x) [mm].
    """
    voxels = bone_voxels(skeleton, bone)
    if bone.rsplit(maxsplit=1)[-1] in _LONG_BONES:
        top, length = voxels[:, 0].min(), np.ptp(voxels[:, 0])
        voxels = voxels[voxels[:, 0] <= top + _UPPER_SHARE * length]
    label = skeleton.label[tuple(voxels.T)]
    roomy = voxels[~np.isin(label, (Tissue.CORTEX, Tissue.PELVIS_CORTEX))]
    voxels = roomy if len(roomy) else voxels
    if low_front:
        low, front = np.quantile(voxels[:, 0], 0.6), np.quantile(voxels[:, 1], 0.5)
        voxels = voxels[(voxels[:, 0] >= low) & (voxels[:, 1] <= front)]
    return np.asarray((voxels + 0.5) * skeleton.voxel_mm)


def extent_of(
    skeleton: Phantom, bone: str, seed_mm: Point, radius_mm: float, shape: Shape
) -> tuple[Point, Point]:
    """Return the part of a bone that a finding takes up.

    Parameters
    ----------
    skeleton : Phantom
        The whole skeleton.
    bone : str
        Bone, which the finding does not leave.
    seed_mm : Point
        Where it started.
    radius_mm : float
        Radius of a ball, half height of a band; not used for a whole bone [mm].
    shape : {"ball", "band", "bone"}
        Its shape.

    Returns
    -------
    center_mm, half_mm : Point
        Middle of the box around it, moved to the nearest voxel of the finding where that is not in the bone; and how far
        it reaches from there along each axis.
    """
    points = (bone_voxels(skeleton, bone) + 0.5) * skeleton.voxel_mm
    away = points - np.asarray(seed_mm)
    if shape == "ball":
        points = points[np.linalg.norm(away, axis=1) <= radius_mm]
    elif shape == "band":
        points = points[(np.abs(away[:, 0]) <= radius_mm) & (np.linalg.norm(away[:, 1:], axis=1) <= _BAND_MM)]
    if not len(points):
        points = np.asarray([seed_mm])
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    distance = np.linalg.norm(points - middle, axis=1)
    if distance.min() > skeleton.voxel_mm:
        middle = points[np.argmin(distance)]
    half = np.abs(points - middle).max(axis=0) + skeleton.voxel_mm / 2
    return _point(middle), _point(half)


def is_free(seed_mm: Point, bone: str, radius_mm: float, findings: Sequence[Finding]) -> bool:
    """Return whether there is healthy bone enough between a new finding and the others."""
    for found in findings:
        if found.kind == "Paget":
            if found.bone == bone:
                return False
            continue
        distance = float(np.linalg.norm(np.subtract(seed_mm, found.seed_mm)))
        if distance < radius_mm + found.size_mm / 2 + APART_MM:
            return False
    return True


def agreed(phantoms: PatientPhantoms, seed_mm: Point, bone: str, radius_mm: float, *, inside: bool) -> bool:
    """Return whether the detailed phantoms have the same bone there, or do not reach near it.

    Parameters
    ----------
    phantoms : PatientPhantoms
        All phantoms of the patient.
    seed_mm : Point
        Where the finding starts.
    bone : str
        Bone that shall hold it.
    radius_mm : float
        Radius [mm]; infinite for a whole bone.
    inside : bool
        Whether the detailed phantoms have to hold it.
    """
    for detail in phantoms.details:
        outside = detail.outside_mm(seed_mm)
        needed = inside or (np.isinf(radius_mm) and _shows(detail, bone))
        if needed and outside > -_EDGE_MM:
            return False
        if not np.isinf(radius_mm) and -_EDGE_MM < outside < radius_mm + _EDGE_MM:
            return False
        if outside <= -_EDGE_MM and not detail.has_room(seed_mm, bone):
            return False
    return True


def _shows(detail: Placed, bone: str) -> bool:
    """Return whether a phantom holds a part of a bone; the phantom of the femur holds the right hip."""
    number = detail.phantom.bone_number
    if number is None:
        return bone in {"right femur", "right ilium", "right ischium", "right pubis"}
    return bool(np.any(number == BONE_NUMBERS[bone]))


def _point(values: npt.NDArray[np.floating]) -> Point:
    z, y, x = (round(float(value), 2) for value in values)
    return z, y, x
