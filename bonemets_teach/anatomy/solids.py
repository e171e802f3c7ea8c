"""Bones as lists of simple pieces, each evaluated only in the box that it can reach.

Points are ``(z, y, x)`` [mm] in the frame of the bone: z toward the feet, y toward the back, x toward the left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Coordinates, Point, ellipsoid, smooth_union, tapered_capsule

__all__ = [
    "FAR_MM", "Box", "Piece", "blob", "box_around", "chain", "cut", "evaluate", "half_slab", "mirrored", "oval_rod",
    "rod", "triangle",
]  # fmt: skip

_Array = npt.NDArray[np.float32]
Box = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
"""Low and high end along z, y, x [mm]."""
FAR_MM: Final = 1e3
"""Distance given to points that no piece reaches [mm]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a bone.

    Parameters
    ----------
    box : Box
        Outside this box the piece is empty [mm].
    distance : callable
        Signed distance [mm] at `Coordinates`, negative inside.
    seam_mm : float, default 0
        How far the seam to the pieces before it is rounded [mm].
    carves : bool, default False
        True if the piece is taken away instead of added.
    """

    box: Box
    distance: Callable[[Coordinates], _Array]
    seam_mm: float = 0.0
    carves: bool = False


def box_around(points: Sequence[Point], margin_mm: float | Point) -> Box:
    """Return the box around points, widened by a margin, or one for each axis [mm]."""
    margins = (margin_mm,) * 3 if isinstance(margin_mm, int | float) else margin_mm
    sides = zip(zip(*points, strict=True), margins, strict=True)
    low_high = [(float(min(side)) - m, float(max(side)) + m) for side, m in sides]
    return low_high[0], low_high[1], low_high[2]


def rod(
    start: Point, end: Point, start_radius: float, end_radius: float | None = None, *, seam_mm: float = 0
) -> Piece:
    """Make a round rod, as `shapes.tapered_capsule`; without an end radius it is even."""
    last = start_radius if end_radius is None else end_radius
    return Piece(
        box=box_around((start, end), max(start_radius, last)),
        distance=lambda at: tapered_capsule(at, start, end, start_radius, last),
        seam_mm=seam_mm,
    )


def oval_rod(start: Point, end: Point, half_mm: Point, *, seam_mm: float = 0) -> Piece:
    """Make a rod with other half thicknesses along z, y and x [mm]."""
    unit = min(half_mm)
    stretch = tuple(h / unit for h in half_mm)
    first, last = (tuple(c / s for c, s in zip(p, stretch, strict=True)) for p in (start, end))

    def distance(at: Coordinates) -> _Array:
        z, y, x = (
            axis / np.float32(s) if s > 1 else axis
            for axis, s in zip((at.z, at.y, at.x), stretch, strict=True)
        )
        return tapered_capsule(Coordinates(z=z, y=y, x=x), _triple(first), _triple(last), unit, unit)

    return Piece(box=box_around((start, end), half_mm), distance=distance, seam_mm=seam_mm)


def blob(center: Point, semi_axes: Point, *, seam_mm: float = 0) -> Piece:
    """Make an ellipsoid, as `shapes.ellipsoid`."""
    return Piece(
        box=box_around((center,), semi_axes),
        distance=lambda at: ellipsoid(at, center, semi_axes),
        seam_mm=seam_mm,
    )


def chain(points: Sequence[Point], radii: Sequence[float], *, seam_mm: float = 0) -> list[Piece]:
    """Make a bent rod through points, with a radius at each [mm]."""
    return [
        rod(points[i], points[i + 1], radii[i], radii[i + 1], seam_mm=seam_mm if i == 0 else 0.0)
        for i in range(len(points) - 1)
    ]


def triangle(corners: tuple[Point, Point, Point], radius: float, *, seam_mm: float = 0) -> Piece:
    """Make a flat plate with round edges, of half thickness ``radius`` [mm]."""
    return Piece(
        box=box_around(corners, radius),
        distance=lambda at: _triangle_distance(at, corners) - np.float32(radius),
        seam_mm=seam_mm,
    )


def half_slab(levels: tuple[float, float], sides: tuple[tuple[float, float], tuple[float, float]]) -> Piece:
    """Make a piece that takes away what lies above the second level, within a box (levels; y and x) [mm]."""
    return Piece(
        box=(levels, *sides),
        distance=lambda at: np.asarray(at.z - np.float32(levels[1]) + 0 * (at.y + at.x), dtype=np.float32),
        carves=True,
    )


def cut(piece: Piece) -> Piece:
    """Return the piece as one that is taken away."""
    return replace(piece, carves=True)


def mirrored(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of the other side of the body: x becomes -x."""
    return [_mirrored(piece) for piece in pieces]


def evaluate(
    pieces: Sequence[Piece],
    shape: tuple[int, ...],
    window: Callable[[Box, float], tuple[tuple[slice, slice, slice], Coordinates] | None],
) -> _Array:
    """Join pieces on a grid.

    Parameters
    ----------
    pieces : sequence of Piece
        In order: a piece that carves takes from those before it.
    shape : tuple of int
        Size of the grid (Z, Y, X).
    window : callable
        From a box and a margin [mm] to the part of the grid that it covers with its coordinates in the frame of
        the bone, or None where it misses the grid.

    Returns
    -------
    distance : ndarray of shape (Z, Y, X)
        Signed distance near the surface [mm]; `FAR_MM` where nothing is near.
    """
    distance: _Array = np.full(shape, FAR_MM, dtype=np.float32)
    for piece in pieces:
        view = window(piece.box, piece.seam_mm)
        if view is None:
            continue
        part, at = view
        near = piece.distance(at)
        if piece.carves:
            distance[part] = np.maximum(distance[part], -near)
        else:
            distance[part] = smooth_union(distance[part], near, piece.seam_mm)
    return distance


def _mirrored(piece: Piece) -> Piece:
    z, y, (low, high) = piece.box
    return replace(
        piece,
        box=(z, y, (-high, -low)),
        distance=lambda at: piece.distance(Coordinates(z=at.z, y=at.y, x=-at.x)),
    )


def _triangle_distance(at: Coordinates, corners: tuple[Point, Point, Point]) -> _Array:
    """Return the distance to a triangle: to its plane over it, to its nearest edge beside it."""
    a, b, c = (np.asarray(p, dtype=np.float64) for p in corners)
    normal = np.cross(b - a, c - a)
    over: npt.NDArray[np.bool_] = np.ones(1, dtype=np.bool_)
    edge2: _Array = np.full(1, np.inf, dtype=np.float32)
    for start, end in ((a, b), (b, c), (c, a)):
        z, y, x = at.offsets(_triple(start))
        side = end - start
        inward = np.cross(normal, side).astype(np.float32)
        beside = z * inward[0] + y * inward[1] + x * inward[2] >= 0
        unit = (side / float(side @ side)).astype(np.float32)
        share = np.clip(z * unit[0] + y * unit[1] + x * unit[2], 0, 1)
        along = side.astype(np.float32)
        d2 = (z - share * along[0]) ** 2 + (y - share * along[1]) ** 2 + (x - share * along[2]) ** 2
        over, edge2 = over & beside, np.minimum(edge2, d2)
    unit = (normal / np.linalg.norm(normal)).astype(np.float32)
    z, y, x = at.offsets(_triple(a))
    plane = np.abs(z * unit[0] + y * unit[1] + x * unit[2])
    return np.asarray(np.where(over, plane, np.sqrt(edge2)), dtype=np.float32)


def _triple(values: Sequence[float] | npt.NDArray[np.float64]) -> Point:
    z, y, x = (float(v) for v in values)
    return z, y, x
