"""Shape of skull, mandible and the first two vertebrae, in the frame of the body of a person 165 cm tall."""

from __future__ import annotations

from typing import Final

from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.solids import Piece, blob, chain, cut, mirrored, oval_rod, rod

__all__ = [
    "BRAIN_CENTER",
    "BRAIN_SEMI_AXES",
    "atlas_pieces",
    "axis_pieces",
    "mandible_pieces",
    "skull_pieces",
]

BRAIN_CENTER: Final[Point] = (-741.0, -16.0, 0.0)
BRAIN_SEMI_AXES: Final[Point] = (58.0, 84.0, 66.0)
"""Cavity of the skull [mm]; chosen for a skull 180 mm long and 145 mm wide."""
_VAULT_MM: Final = 6.0


def skull_pieces() -> list[Piece]:
    """Return braincase and face, with orbits, nose, sinuses and the great foramen."""
    outer: Point = tuple(a + _VAULT_MM for a in BRAIN_SEMI_AXES)  # type: ignore[assignment]
    side = [
        *chain([(-722, -52, 62), (-714, -74, 54), (-712, -92, 40)], [4, 4.5, 6], seam_mm=4),
        rod((-688, 6, 50), (-672, -2, 52), 11, 6, seam_mm=6),
        blob((-698, -12, 34), (14, 20, 26), seam_mm=6),
        *chain([(-742, -88, 50), (-724, -90, 48), (-712, -92, 40)], [5, 5, 7], seam_mm=4),
    ]
    face = [
        blob((-706, -78, 0), (34, 26, 40), seam_mm=8),
        oval_rod((-680, -88, -16), (-680, -88, 16), (11, 14, 14), seam_mm=6),
        *chain([(-742, -104, 0), (-724, -112, 0)], [6, 5], seam_mm=4),
    ]
    hollow = [
        blob((-726, -96, 32), (17, 26, 19)), blob((-704, -82, 28), (13, 15, 12)),
        blob((-752, -98, 16), (8, 5, 12)),
    ]  # fmt: skip
    nose = [blob((-706, -90, 0), (20, 30, 11)), blob((-712, -56, 0), (9, 10, 12))]
    brain = cut(blob(BRAIN_CENTER, BRAIN_SEMI_AXES))
    foramen = cut(rod((-700, 8, 0), (-670, 4, 0), 15))
    base = [blob((-690, 8, 0), (8, 30, 38), seam_mm=8)]
    return [
        blob(BRAIN_CENTER, outer), *side, *mirrored(side), *face, *base, brain, foramen,
        *(cut(p) for p in hollow), *(cut(p) for p in mirrored(hollow)), *(cut(p) for p in nose),
    ]  # fmt: skip


def mandible_pieces() -> list[Piece]:
    """Return the lower jaw."""
    side = [
        *chain([(-690, -22, 50), (-664, -24, 48), (-650, -30, 46)], [6, 7, 8]),
        *chain([(-650, -30, 46), (-646, -64, 36), (-646, -94, 16), (-646, -101, 0)], [9, 9, 9, 9], seam_mm=3),
        *chain([(-658, -60, 36), (-662, -88, 18), (-662, -95, 0)], [7, 7, 7], seam_mm=4),
    ]
    return [*side, *mirrored(side)]


def axis_pieces() -> list[Piece]:
    """Return C2 with its tooth."""
    side = [
        rod((-668, -2, 14), (-672, -2, 18), 7, 6, seam_mm=3),
        *chain([(-664, 4, 18), (-660, 20, 12), (-660, 28, 2)], [5, 4.5, 4.5], seam_mm=2),
        rod((-664, 0, 20), (-662, 2, 27), 4, 3, seam_mm=2),
    ]
    tooth = chain([(-668, -10, 0), (-690, -10, 0)], [6, 5], seam_mm=3)
    return [
        oval_rod((-664, -9, -4), (-664, -9, 4), (9, 8, 8)), *tooth, *side, *mirrored(side),
        rod((-660, 26, 0), (-656, 36, 0), 5, 4.5, seam_mm=2),
    ]  # fmt: skip


def atlas_pieces() -> list[Piece]:
    """Return C1, a ring with lateral masses."""
    ring: list[Point] = [(-682, -18, 0), (-682, -13, 14), (-682, -2, 22), (-682, 14, 18), (-682, 23, 0)]
    side = [*chain(ring, [4, 4, 6, 4, 4]), blob((-682, -4, 20), (8, 10, 7), seam_mm=3),
            rod((-682, -2, 24), (-681, 0, 36), 5, 4, seam_mm=2)]  # fmt: skip
    return [*side, *mirrored(side)]
