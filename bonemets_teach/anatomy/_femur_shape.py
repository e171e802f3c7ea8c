"""Outer surface and cortex of the right proximal femur, in mm from the center of the head.

Frame: z toward the feet, y toward the back, x toward the midline of the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import (
    Coordinates,
    Point,
    capsule,
    ellipsoid,
    smooth_union,
    sphere,
    tapered_capsule,
)

__all__ = ["FEMUR_SIZE", "FemurSize", "along_neck", "cortex_thickness", "shaft_point", "surface_distance"]

_Array = npt.NDArray[np.float32]


def _chosen(value: float) -> Any:
    return field(
        default=value, metadata={"kind": "chosen", "source": "chosen to look right on a frontal film"}
    )


def _published(value: float, source: str) -> Any:
    return field(default=value, metadata={"kind": "published", "source": source})


@dataclass(frozen=True, slots=True, kw_only=True)
class FemurSize:
    """Sizes of an adult proximal femur [mm, degrees]; each field's metadata tells kind and source."""

    head_radius: float = _published(23.0, "head diameter 43-48 mm; 43.2 mm on dry bones without cartilage")
    neck_shaft_angle: float = _published(129.0, "129.2 degrees, Toogood 2009, 375 femora")
    anteversion: float = _published(10.0, "9.7 degrees, Toogood 2009, 375 femora")
    neck_axis_length: float = _chosen(54.0)
    """Head center to shaft axis along the neck; gives an offset of 42 mm."""
    neck_radius: float = _chosen(15.0)
    """With the blend toward head and trochanters the narrowest neck is about 32 mm."""
    shaft_radius: float = _chosen(14.0)
    shaft_cortex: float = _chosen(6.6)
    shaft_tilt: float = _chosen(5.0)
    """Lean of the shaft toward the knee's midline."""


FEMUR_SIZE: Final = FemurSize()
_TILT: Final = np.deg2rad(FEMUR_SIZE.shaft_tilt)
_LEAN: Final = np.deg2rad(FEMUR_SIZE.shaft_tilt + FEMUR_SIZE.neck_shaft_angle)
_VERSION: Final = np.deg2rad(FEMUR_SIZE.anteversion)
# Unit vector from the shaft axis to the head: cranial, anterior, medial.
NECK_AXIS: Final[Point] = (
    float(np.cos(_LEAN)),
    float(-np.sin(_LEAN) * np.sin(_VERSION)),
    float(np.sin(_LEAN) * np.cos(_VERSION)),
)
JUNCTION: Final[Point] = tuple(float(-FEMUR_SIZE.neck_axis_length * c) for c in NECK_AXIS)  # type: ignore[assignment]


def shaft_point(z: float) -> Point:
    """Return the point of the shaft axis at a level.

    Parameters
    ----------
    z : float
        Level below the head center [mm].

    Returns
    -------
    point : Point
        (z, y, x) [mm].
    """
    return (z, JUNCTION[1], JUNCTION[2] + (z - JUNCTION[0]) * float(np.tan(_TILT)))


def along_neck(at: Coordinates) -> tuple[_Array, _Array]:
    """Return where points lie relative to the neck axis, in the frontal plane.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.

    Returns
    -------
    distance, offset : ndarray of shape (Z, 1, X)
        From the head center toward the shaft, and across the axis, positive toward the inner lower side [mm].
    """
    cos, sin = np.float32(np.cos(_LEAN)), np.float32(np.sin(_LEAN))
    return -(at.z * cos + at.x * sin), at.x * -cos + at.z * sin


def surface_distance(at: Coordinates) -> _Array:
    """Return the signed distance to the outer surface of the femur.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        Negative inside [mm].
    """
    size = FEMUR_SIZE
    bone = sphere(at, (0, 0, 0), size.head_radius)
    neck = tapered_capsule(at, _on_neck(8), _on_neck(46), size.neck_radius - 0.6, size.neck_radius + 2.0)
    bone = smooth_union(bone, neck, 5)
    upper = tapered_capsule(
        at, _move(shaft_point(37), y=1, x=1.5), shaft_point(84), 19.5, size.shaft_radius + 0.6
    )
    bone = smooth_union(bone, upper, 9)
    bone = smooth_union(
        bone, tapered_capsule(at, shaft_point(80), shaft_point(240), size.shaft_radius + 0.6, 13.6), 6
    )
    bone = smooth_union(bone, _greater_trochanter(at), 7)
    lesser = tapered_capsule(
        at, _move(shaft_point(58), y=6, x=8), _move(shaft_point(61), y=14, x=21), 10.5, 5.5
    )
    bone = smooth_union(bone, lesser, 8)
    crest = capsule(at, (20, 22, -47), (54, 20, -27), 5.5)
    bone = smooth_union(bone, crest, 7)
    fovea = ellipsoid(at, (7, 2, size.head_radius + 1.5), (4.5, 5.5, 3.2))
    return np.maximum(bone, -fovea)


def cortex_thickness(at: Coordinates) -> _Array:
    """Return how thick the cortex is where the surface is near.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.

    Returns
    -------
    thickness : ndarray of shape (Z, 1, X)
        Thickness [mm]: about 1.4 over the head, 1.5 on the upper neck and the greater trochanter, 3-4 at the
        calcar, rising to 6.6 down the shaft.
    """
    levels = [-40.0, 15.0, 35.0, 48.0, 60.0, 72.0, 86.0, 105.0, 150.0]
    base_mm = [1.4, 1.5, 1.7, 2.0, 2.7, 4.1, 5.5, 6.3, FEMUR_SIZE.shaft_cortex]
    base = np.interp(at.z, levels, base_mm).astype(np.float32)
    distance, offset = along_neck(at)
    calcar = _ramp(distance, 20, 34) * _ramp(offset, 7, 14) * (1 - _ramp(at.z, 55, 80))
    return base + np.float32(2.4) * calcar


def _greater_trochanter(at: Coordinates) -> _Array:
    # Lateral wall, flat from the side, with a tip that leans back and inward over the fossa.
    body = tapered_capsule(at, (44, 7, -46), (16, 10, -52), 16.0, 11.5)
    tip = tapered_capsule(at, (20, 12, -52), (6, 14, -47), 11.5, 8.0)
    return smooth_union(body, tip, 6)


def _on_neck(distance: float) -> Point:
    return tuple(float(-distance * c) for c in NECK_AXIS)  # type: ignore[return-value]


def _move(point: Point, *, y: float = 0.0, x: float = 0.0) -> Point:
    return (point[0], point[1] + y, point[2] + x)


def _ramp(value: _Array, low: float, high: float) -> _Array:
    share = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), dtype=np.float32)
