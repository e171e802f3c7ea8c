"""The part of the right hemipelvis that a hip film shows behind and around the femoral head.

Lengths in mm from the center of the femoral head: z toward the feet, y toward the back, x toward the midline.
All sizes are chosen to look right on a frontal film.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import (
    Coordinates,
    capsule,
    ellipsoid,
    half_space,
    smooth_union,
    sphere,
    tapered_capsule,
)

__all__ = ["pelvis_distance", "pelvis_fraction"]

_Array = npt.NDArray[np.float32]

_HEAD_RADIUS: Final = 23.0
_JOINT_SPACE: Final = 4.0
# Cup opening: outward, down and forward (inclination about 42 degrees, anteversion about 15).
_CUP_OUTWARD: Final = (0.66, -0.22, -0.72)


def pelvis_distance(at: Coordinates) -> _Array:
    """Return the signed distance to the outer surface of the hemipelvis.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        Negative inside [mm].
    """
    cup = np.maximum(sphere(at, (0, 0, 0), _HEAD_RADIUS + 12.0), half_space(at, (0, 0, 0), _CUP_OUTWARD))
    bone = smooth_union(cup, _ilium(at), 12)
    bone = smooth_union(bone, _pubis(at), 14)
    bone = smooth_union(bone, _ischium(at), 14)
    return np.maximum(bone, -sphere(at, (0, 0, 0), _HEAD_RADIUS + _JOINT_SPACE))


def pelvis_fraction(at: Coordinates, distance: _Array, edge_mm: float) -> _Array:
    """Return the bone volume fraction inside the pelvis.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.
    distance : ndarray of shape (Z, Y, X)
        What `pelvis_distance` returned.
    edge_mm : float
        Voxel edge over which boundaries are averaged [mm].

    Returns
    -------
    fraction : ndarray of shape (Z, Y, X)
        0..1.
    """
    # The weight-bearing roof (sourcil) is the densest part of the socket.
    from_head = sphere(at, (0, 0, 0), _HEAD_RADIUS + _JOINT_SPACE)
    roof = np.exp(-(((at.x + 1) / 15) ** 2)) / (1 + np.exp((at.z + 16) / 2))
    thickness = 1.5 + 2.6 * roof * np.exp(-((np.maximum(from_head, 0) / 6) ** 2))
    shell = np.clip((distance + thickness) / edge_mm + 0.5, 0, 1)
    spongy = 0.13 + 0.16 * np.exp(-(np.maximum(from_head, 0) / 10)) / (1 + np.exp((at.z - 14) / 4))
    inside = np.clip(0.5 - distance / edge_mm, 0, 1)
    return np.asarray(inside * (0.85 * shell + spongy * (1 - shell)), dtype=np.float32)


def _ilium(at: Coordinates) -> _Array:
    column = tapered_capsule(at, (-26, 4, 8), (-62, 10, 16), 20.0, 13.0)
    wing = ellipsoid(at, (-92, 4, -2), (52, 12, 46))
    brim = capsule(at, (-2, 4, 30), (-90, 26, 42), 8.0)
    return smooth_union(smooth_union(column, wing, 14), brim, 16)


def _pubis(at: Coordinates) -> _Array:
    ramus = tapered_capsule(at, (6, -12, 28), (22, -34, 74), 10.5, 8.0)
    body = ellipsoid(at, (40, -36, 92), (24, 9, 20))
    return smooth_union(ramus, body, 16)


def _ischium(at: Coordinates) -> _Array:
    body = tapered_capsule(at, (12, 20, 26), (56, 28, 33), 14.0, 13.0)
    tuberosity = ellipsoid(at, (64, 30, 36), (15, 12, 12))
    ramus = tapered_capsule(at, (68, 22, 42), (60, -22, 84), 8.5, 7.0)
    return smooth_union(smooth_union(body, tuberosity, 8), ramus, 16)
