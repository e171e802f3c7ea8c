"""Signed-distance shapes: negative inside, positive outside, in mm, on broadcast coordinate arrays.

Points are tuples ``(z, y, x)`` [mm]. Coordinates may be open grids, for example of shapes (Z, 1, 1), (1, Y, 1)
and (1, 1, X); the result then has shape (Z, Y, X).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Coordinates",
    "Point",
    "capsule",
    "ellipsoid",
    "half_space",
    "smooth_union",
    "sphere",
    "tapered_capsule",
]

Point = tuple[float, float, float]
_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """Coordinates of a grid [mm], as three arrays that broadcast to (Z, Y, X).

    Parameters
    ----------
    z, y, x : ndarray of float32
        Toward the feet, toward the back, toward the patient's left.
    """

    z: _Array
    y: _Array
    x: _Array

    @classmethod
    def open_grid(cls, z: npt.ArrayLike, y: npt.ArrayLike, x: npt.ArrayLike) -> Coordinates:
        """Make an open grid from three axes.

        Parameters
        ----------
        z, y, x : array_like of shape (Z,), (Y,), (X,)
            Positions of voxel centers [mm].

        Returns
        -------
        coordinates : Coordinates
            Arrays of shapes (Z, 1, 1), (1, Y, 1) and (1, 1, X).
        """
        axes = [np.asarray(axis, dtype=np.float32) for axis in (z, y, x)]
        return cls(z=axes[0][:, None, None], y=axes[1][None, :, None], x=axes[2][None, None, :])

    def offsets(self, point: Point) -> tuple[_Array, _Array, _Array]:
        """Return the offsets (z, y, x) from a point [mm]."""
        return tuple(axis - np.float32(p) for axis, p in zip((self.z, self.y, self.x), point, strict=True))  # type: ignore[return-value]


def sphere(at: Coordinates, center: Point, radius: float) -> _Array:
    """Return the signed distance to a sphere.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.
    center : Point
        Center [mm].
    radius : float
        Radius [mm].

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        Exact distance [mm].
    """
    z, y, x = at.offsets(center)
    return np.asarray(np.sqrt(z * z + y * y + x * x) - np.float32(radius), dtype=np.float32)


def ellipsoid(at: Coordinates, center: Point, semi_axes: Point) -> _Array:
    """Return the approximate signed distance to an ellipsoid along z, y, x.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.
    center : Point
        Center [mm].
    semi_axes : Point
        Half lengths along z, y, x [mm].

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        First-order distance [mm]: zero on the surface, right to first order near it.
    """
    scaled = [d / np.float32(a) for d, a in zip(at.offsets(center), semi_axes, strict=True)]
    k0 = np.sqrt(scaled[0] ** 2 + scaled[1] ** 2 + scaled[2] ** 2)
    k1 = np.sqrt(sum((s / np.float32(a)) ** 2 for s, a in zip(scaled, semi_axes, strict=True)))
    # At the very center both norms vanish; there the distance is the shortest half length.
    inside = np.float32(-min(semi_axes))
    result: _Array = np.where(k1 > 1e-6, k0 * (k0 - 1) / np.maximum(k1, np.float32(1e-6)), inside)
    return result


def capsule(at: Coordinates, start: Point, end: Point, radius: float) -> _Array:
    """Return the signed distance to a capsule; see `tapered_capsule` for the arguments."""
    return tapered_capsule(at, start, end, radius, radius)


def tapered_capsule(
    at: Coordinates, start: Point, end: Point, start_radius: float, end_radius: float
) -> _Array:
    """Return the signed distance to a rod whose radius changes evenly from one end to the other.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.
    start, end : Point
        Ends of the axis [mm]; they must differ.
    start_radius, end_radius : float
        Radii of the round ends [mm].

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        Distance [mm]; exact for equal radii, for slender tapers right to second order in the slope.
    """
    axis = np.subtract(end, start)
    unit = (axis / float(axis @ axis)).astype(np.float32)
    z, y, x = at.offsets(start)
    share = np.clip(z * unit[0] + y * unit[1] + x * unit[2], 0, 1)
    full = axis.astype(np.float32)
    dz, dy, dx = z - share * full[0], y - share * full[1], x - share * full[2]
    radius = np.float32(start_radius) + share * np.float32(end_radius - start_radius)
    return np.asarray(np.sqrt(dz * dz + dy * dy + dx * dx) - radius, dtype=np.float32)


def half_space(at: Coordinates, point: Point, outward: Point) -> _Array:
    """Return the signed distance to a half space.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.
    point : Point
        A point of the boundary plane [mm].
    outward : Point
        Normal pointing out of the half space, any length.

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        Exact distance [mm].
    """
    normal = (np.asarray(outward) / np.linalg.norm(outward)).astype(np.float32)
    z, y, x = at.offsets(point)
    return np.asarray(z * normal[0] + y * normal[1] + x * normal[2], dtype=np.float32)


def smooth_union(a: npt.NDArray[Any], b: npt.NDArray[Any], radius: float) -> _Array:
    """Join two shapes with a rounded seam.

    Parameters
    ----------
    a, b : ndarray
        Signed distances [mm].
    radius : float
        Where the distances differ by less than this [mm] the seam is filled; 0 gives the sharp union.

    Returns
    -------
    distance : ndarray
        Signed distance of the union, at most ``radius / 4`` below the smaller of the two.
    """
    if radius <= 0:
        return np.asarray(np.minimum(a, b), dtype=np.float32)
    gap = np.maximum(np.float32(radius) - np.abs(a - b), 0)
    return np.asarray(np.minimum(a, b) - gap * gap / np.float32(4 * radius), dtype=np.float32)
