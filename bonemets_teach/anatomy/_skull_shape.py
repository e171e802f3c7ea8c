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

BRAIN_CENTER: Final[Point] = (-752.0, -12.0, 0.0)
BRAIN_SEMI_AXES: Final[Point] = (50.0, 82.0, 66.0)
"""Upper cavity of the skull [mm]; chosen for a skull 176 mm long and 144 mm wide."""
_VAULT_MM: Final = 6.0


def brain_pieces() -> list[Piece]:
    """Return the cavity of the skull: the great dome, and the fossa of the cerebellum behind and below."""
    return [blob(BRAIN_CENTER, BRAIN_SEMI_AXES), blob((-716, 28, 0), (28, 42, 50), seam_mm=8)]


def skull_pieces() -> list[Piece]:
    """Return braincase and face, with orbits, nose, sinuses and the great foramen."""
    outer: Point = tuple(a + _VAULT_MM for a in BRAIN_SEMI_AXES)  # type: ignore[assignment]
    vault = [blob(BRAIN_CENTER, outer), blob((-716, 28, 0), (33, 47, 55), seam_mm=10)]
    side = [
        *chain(
            [(-702, -24, 66), (-698, -56, 64), (-697, -80, 54), (-695, -90, 40)], [4, 3.5, 4, 7], seam_mm=4
        ),
        rod((-692, 10, 52), (-668, 2, 52), 11, 6, seam_mm=6),
        blob((-700, -14, 36), (14, 20, 26), seam_mm=6),
        *chain([(-734, -92, 50), (-716, -92, 49), (-697, -90, 42)], [5, 4.5, 7], seam_mm=4),
    ]
    face = [
        blob((-694, -72, 0), (34, 26, 38), seam_mm=8),
        oval_rod((-664, -86, -14), (-664, -86, 14), (13, 12, 12), seam_mm=8),
        *chain([(-728, -94, 0), (-714, -102, 0)], [5, 3.5], seam_mm=5),
        oval_rod((-732, -92, -40), (-732, -92, 40), (3.5, 6, 6), seam_mm=4),
    ]
    hollow = [
        blob((-713, -94, 32), (16, 26, 19)), blob((-688, -78, 27), (14, 15, 12)), blob((-739, -94, 12), (8, 5, 10)),
    ]  # fmt: skip
    nose = [blob((-691, -90, 0), (19, 30, 11)), blob((-704, -50, 0), (9, 10, 12))]
    foramen = cut(rod((-704, 10, 0), (-668, 4, 0), 15))
    base = [blob((-692, 10, 0), (8, 30, 38), seam_mm=8)]
    return [
        *vault, *side, *mirrored(side), *face, *base, *(cut(p) for p in brain_pieces()), foramen,
        *(cut(p) for p in hollow), *(cut(p) for p in mirrored(hollow)), *(cut(p) for p in nose),
    ]  # fmt: skip


def mandible_pieces() -> list[Piece]:
    """Return the lower jaw."""
    side = [
        *chain([(-694, -22, 52), (-664, -24, 48), (-642, -28, 45)], [5, 7, 8]),
        *chain([(-690, -44, 48), (-664, -40, 47)], [3, 6], seam_mm=3),
        *chain(
            [(-642, -28, 45), (-632, -64, 35), (-624, -94, 15), (-624, -100, 0)], [8, 8, 8.5, 9], seam_mm=3
        ),
        *chain([(-648, -54, 38), (-645, -86, 18), (-645, -93, 0)], [7, 6, 6], seam_mm=5),
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
