"""Shape of a vertebra in its own frame: origin in the middle of the body, z down its axis."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._vertebra_size import VertebraSize
from bonemets_teach.anatomy.shapes import Coordinates
from bonemets_teach.anatomy.solids import Box, Piece, chain, cut, mirrored, oval_rod, rod

__all__ = ["body_distance", "body_piece", "canal_distance", "canal_middle", "disc_piece", "vertebra_pieces"]

_Array = npt.NDArray[np.float32]

# Chosen after Panjabi 1992, recalled: end plates sag 1.5 mm, walls are waisted by about 6 % of the width.
_SAG_MM: Final = 1.5
_WAIST: Final = 0.06
_ROUND: Final = 2.5
"""Power of the superellipse that a body is in cross-section; recalled."""


def canal_middle(size: VertebraSize) -> float:
    """Return how far behind the middle of the body the canal lies [mm]."""
    return size.depth / 2 + size.canal_depth / 2 - 1.0


def body_distance(at: Coordinates, size: VertebraSize) -> _Array:
    """Return the signed distance to the surface of the body, right to first order near it [mm]."""
    half = size.height / 2
    level = np.clip(at.z / np.float32(half), -1, 1)
    waist = 1 - np.float32(_WAIST) * (1 - level * level)
    across = _superellipse(at, (size.depth / 2, size.width / 2), waist)
    wall = (across - 1) * np.float32(size.depth / 2) * waist
    sag = np.float32(_SAG_MM) * np.clip(1 - across * across, 0, 1)
    plate = np.abs(at.z) - np.float32(half) + sag
    # A rounded rim.
    r = np.float32(2.0)
    outside = np.hypot(np.maximum(wall + r, 0), np.maximum(plate + r, 0))
    return np.asarray(np.minimum(np.maximum(wall, plate) + r, 0) + outside - r, dtype=np.float32)


def canal_distance(at: Coordinates, size: VertebraSize, *, within_mm: float = 0.0) -> _Array:
    """Return the signed distance to the wall of the canal, or to a tube ``within_mm`` inside it [mm]."""
    a, b = size.canal_depth / 2 - within_mm, size.canal_width / 2 - within_mm
    y = at.y - np.float32(canal_middle(size))
    k = np.sqrt((y / np.float32(a)) ** 2 + (at.x / np.float32(b)) ** 2)
    return np.asarray((k - 1) * np.float32(min(a, b)) + 0 * at.z, dtype=np.float32)


def body_piece(size: VertebraSize) -> Piece:
    """Return the body alone."""
    h, b, a = size.height / 2, size.depth / 2, size.width / 2
    return Piece(box=((-h, h), (-b, b), (-a, a)), distance=lambda at: body_distance(at, size))


def disc_piece(size: VertebraSize) -> Piece:
    """Return the disc below a vertebra, reaching into the hollow end plates; frame of the vertebra."""
    top, height = size.height / 2, size.disc
    b, a = size.depth / 2 + 1.0, size.width / 2 + 1.0

    def distance(at: Coordinates) -> _Array:
        across = _superellipse(at, (b, a), np.float32(1))
        deep = np.abs(at.z - np.float32(top + height / 2)) - np.float32(height / 2 + 2.0)
        return np.asarray(np.maximum((across - 1) * np.float32(b), deep), dtype=np.float32)

    reach = height + 4.0
    return Piece(box=((top - 4.0, top + reach), (-b, b), (-a, a)), distance=distance)


def vertebra_pieces(size: VertebraSize, level: str) -> list[Piece]:
    """Return the whole vertebra.

    Parameters
    ----------
    size : VertebraSize
        Its sizes.
    level : str
        Name of the level; neck, chest and loin differ in their processes.

    Returns
    -------
    pieces : list of Piece
        Body, pedicles, pillars with articular processes, laminae, transverse and spinous processes, canal.
    """
    side = _side(size, level)
    return [body_piece(size), *side, *mirrored(side), *_spinous(size, level), cut(_canal(size))]


def _side(size: VertebraSize, level: str) -> list[Piece]:
    """Return pedicle, pillar, lamina and transverse process of the patient's left."""
    h, back = size.height, canal_middle(size)
    rear = back + size.canal_depth / 2
    x = size.canal_width / 2 + size.pedicle_width / 2 - 0.5
    z = -0.2 * h
    pedicle = oval_rod(
        (z, size.depth / 2 - 6, x), (z, rear - 3, x), (size.pedicle_height / 2, 4, size.pedicle_width / 2),
        seam_mm=3,
    )  # fmt: skip
    thick = 3.0 + 0.03 * size.width
    pillar = rod((z - 1, rear - 2, x + 1), (0.28 * h, rear + 1, x - 1), thick + 1, thick, seam_mm=3)
    upper = rod((z, rear - 2, x + 2), (-0.62 * h, rear - 3, x + 3), thick, thick * 0.8, seam_mm=2)
    # Lower processes end behind those of the vertebra below, clear of its canal.
    end = (0.64 * h, rear + 6.5, max(x - 5, size.canal_width / 2 - 1))
    lower = rod((0.28 * h, rear + 1, x - 1), end, thick, thick * 0.75, seam_mm=2)
    lamina = oval_rod((0.12 * h, rear + 0.5, x - 1), (0.22 * h, rear + 5, 1), (0.34 * h, 3.0, 3.0), seam_mm=3)
    return [pedicle, pillar, upper, lower, lamina, *_transverse(size, level, (z, rear, x))]


def _transverse(size: VertebraSize, level: str, root: tuple[float, float, float]) -> list[Piece]:
    z, rear, x = root
    tip = size.span / 2
    if level.startswith("L"):
        points = [(z + 2, rear - 5, x + 2), (z + 3, rear - 2, (x + tip) / 2), (z + 1, rear + 2, tip - 3)]
        return chain(points, [5.0, 3.6, 3.4], seam_mm=3)
    if level.startswith("C"):
        return [oval_rod((0, 0, size.width / 2), (1, 1, tip - 4), (3, 5, 3), seam_mm=2)]
    back = 12.0 if level != "T12" else 4.0
    return [rod((z, rear - 2, x), (z - 1, rear - 2 + back, tip - 4), 4.5, 4.2, seam_mm=3)]


def _spinous(size: VertebraSize, level: str) -> list[Piece]:
    h, rear = size.height, canal_middle(size) + size.canal_depth / 2
    slope = np.deg2rad(size.drop_deg)
    start = (0.2 * h, rear + 3, 0.0)
    length = size.spinous - 6
    end = (start[0] + length * float(np.sin(slope)), start[1] + length * float(np.cos(slope)), 0.0)
    if level.startswith("L"):
        return [oval_rod(start, end, (0.32 * h, 3.2, 3.2), seam_mm=4)]
    return [oval_rod(start, end, (5.0 if level.startswith("T") else 4.0, 3.0, 3.0), seam_mm=4)]


def _canal(size: VertebraSize) -> Piece:
    middle, reach = canal_middle(size), size.height
    b, a = size.canal_depth / 2, size.canal_width / 2
    box: Box = ((-reach, reach), (middle - b, middle + b), (-a, a))
    return Piece(box=box, distance=lambda at: canal_distance(at, size))


def _superellipse(at: Coordinates, half: tuple[float, float], waist: _Array | np.float32) -> _Array:
    y, x = np.abs(at.y) / (np.float32(half[0]) * waist), np.abs(at.x) / (np.float32(half[1]) * waist)
    return np.asarray((y**_ROUND + x**_ROUND) ** (1 / _ROUND), dtype=np.float32)
