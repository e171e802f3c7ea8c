"""Soft tissue around a vertebra: dural sac with cord or cauda equina, discs, muscles, vessels, bowel.

Points are (z, y, x) [mm] from the middle of the vertebral body, in its own frame. All sizes but those of sac and
cord are chosen to look right on an axial slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._vertebra_shape import canal_middle
from bonemets_teach.anatomy._vertebra_size import LEVELS, VertebraSize
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.shapes import Coordinates, Point
from bonemets_teach.anatomy.solids import Piece, blob, oval_rod, rod
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["WALL_MM", "paint_abdomen", "paint_canal", "paint_chest", "paint_pieces"]

_Labels = npt.NDArray[np.uint8]

# Recalled (Panjabi 1992 and textbooks): sac 15 mm wide; cord or conus 10 x 8 mm, ending at the disc L1/L2.
_SAC_HALF: Final[Point] = (6.5, 6.5, 7.5)
_CORD_HALF: Final[Point] = (4.0, 4.0, 5.0)
_LAST_WITH_CORD: Final = "L1"
# Chosen: roots of the cauda equina, which lie behind in the sac of a person on the back [mm].
_ROOT_RADIUS: Final = 1.0
_ROOTS: Final = (
    (1.8, -4.6),
    (3.4, -3.2),
    (4.3, -1.2),
    (4.3, 1.2),
    (3.4, 3.2),
    (1.8, 4.6),
    (0.6, -2.0),
    (0.6, 2.0),
)
# Chosen: thickness of the wall of the belly [mm].
WALL_MM: Final = 14.0


def paint_pieces(label: _Labels, grid: Grid, frame: Frame, pieces: Sequence[Piece], tissue: Tissue) -> None:
    """Give the inside of pieces a label, except where there is air."""
    for piece in pieces:
        part = grid.part(frame.body_box(piece.box))
        if part is None:
            continue
        inside = piece.distance(frame.local(grid.at(part))) < 0
        label[part][inside & (label[part] != Tissue.AIR)] = tissue


def paint_canal(
    label: _Labels, grid: Grid, spine: Sequence[tuple[str, VertebraSize, Frame]], level: str
) -> None:
    """Paint epidural fat, dural sac, and cord or cauda equina along a few vertebrae.

    Parameters
    ----------
    label : ndarray of uint8, shape (Z, Y, X)
        Changed in place.
    grid : Grid
        Its voxels.
    spine : sequence of (level, size, frame)
        Vertebrae in the field from above down.
    level : str
        The vertebra of interest.
    """
    path = [
        frame.body((half * size.height / 2, canal_middle(size), 0.0))
        for _, size, frame in spine
        for half in (-1.0, 0.0, 1.0)
    ]
    path = [_beyond(path[0], path[1]), *path, _beyond(path[-1], path[-2])]
    whole = Frame()
    size = next(s for name, s, _ in spine if name == level)
    bounds: Point = (8.0, size.canal_depth / 2, size.canal_width / 2)
    layers = [
        (_tube(path, bounds), Tissue.FAT),
        (_tube(path, _inside(_SAC_HALF, bounds, 0.9)), Tissue.CSF),
    ]
    if LEVELS.index(level) <= LEVELS.index(_LAST_WITH_CORD):
        layers.append((_tube(path, _inside(_CORD_HALF, bounds, 0.62)), Tissue.CORD))
    else:
        layers.append((_roots(path), Tissue.CORD))
    for pieces, tissue in layers:
        paint_pieces(label, grid, whole, pieces, tissue)


def paint_abdomen(label: _Labels, grid: Grid, size: VertebraSize, inner: npt.NDArray[np.bool_]) -> None:
    """Paint fat, muscles, great vessels and bowel of the belly around a lumbar vertebra.

    Parameters
    ----------
    label : ndarray of uint8, shape (Z, Y, X)
        Changed in place where it is muscle.
    grid : Grid
        Its voxels.
    size : VertebraSize
        Size of the vertebra.
    inner : ndarray of bool, shape (Z, Y, X)
        Where the belly is, within its wall.
    """
    at = Coordinates.open_grid(*grid.axes)
    front = inner & (at.y < size.depth / 2 + 6)
    label[front & (label == Tissue.SOFT)] = Tissue.FAT
    whole, a, b = Frame(), size.width / 2, size.depth / 2
    for side in (-1.0, 1.0):
        planes = [
            blob((0, b + 36, side * 34), (200, 27, 33)),
            blob((0, b + 28, side * (a + 40)), (200, 15, 24)),
        ]
        for piece in planes:
            film = np.abs(piece.distance(at)) < max(0.9, grid.edge_mm * 0.5)
            label[film & (label == Tissue.SOFT)] = Tissue.FAT
        muscles = [
            blob((0, 6, side * (a + 16)), (120, 22, 15)),
            blob((0, b + 8, side * (a + 46)), (200, 12, 18)),
        ]
        paint_pieces(label, grid, whole, muscles, Tissue.SOFT)
    vessels = [
        rod((-200, -b - 12, 7), (200, -b - 12, 7), 9.5),
        oval_rod((-200, -b - 9, -15), (200, -b - 9, -15), (9, 9, 12)),
    ]
    paint_pieces(label, grid, whole, vessels, Tissue.SOFT)
    for loop in _bowel(b):
        label[front & (label == Tissue.FAT) & (loop.distance(at) < 0)] = Tissue.SOFT


def paint_chest(label: _Labels, grid: Grid, size: VertebraSize) -> None:
    """Paint the aorta, the gullet and the long muscles of the back around a thoracic vertebra; see `paint_abdomen`."""
    at, whole, b = Coordinates.open_grid(*grid.axes), Frame(), size.depth / 2
    for side in (-1.0, 1.0):
        film = np.abs(blob((0, b + 34, side * 30), (200, 20, 28)).distance(at)) < max(0.9, grid.edge_mm * 0.5)
        label[film & (label == Tissue.SOFT)] = Tissue.FAT
    paint_pieces(label, grid, whole, [blob((0, -b - 8, 8), (200, 18, 30))], Tissue.FAT)
    tubes = [rod((-200, -b - 2, size.width / 2 + 4), (200, -b - 2, size.width / 2 + 4), 11.5),
             oval_rod((-200, -b - 14, 0), (200, -b - 14, 0), (5, 5, 8))]  # fmt: skip
    paint_pieces(label, grid, whole, tubes, Tissue.SOFT)


def _bowel(b: float) -> list[Piece]:
    places = (
        (-52, -62),
        (-66, -20),
        (-60, 24),
        (-46, 62),
        (-30, -88),
        (-28, 92),
        (-78, 58),
        (-80, -54),
        (-38, 36),
    )
    return [
        blob((12.0 * (i % 3 - 1), y - b / 2, x), (24, 12 + 2 * (i % 2), 19))
        for i, (y, x) in enumerate(places)
    ]


def _tube(path: Sequence[Point], half: Point) -> list[Piece]:
    return [oval_rod(path[i], path[i + 1], half) for i in range(len(path) - 1)]


def _roots(path: Sequence[Point]) -> list[Piece]:
    return [
        rod(_moved(path[i], y, x), _moved(path[i + 1], y, x), _ROOT_RADIUS)
        for y, x in _ROOTS
        for i in range(len(path) - 1)
    ]


def _moved(point: Point, y: float, x: float) -> Point:
    return point[0], point[1] + y, point[2] + x


def _beyond(end: Point, before: Point) -> Point:
    z, y, x = (e + 2 * (e - b) for e, b in zip(end, before, strict=True))
    return z, y, x


def _inside(half: Point, bounds: Point, share: float) -> Point:
    z, y, x = (min(h, share * limit) for h, limit in zip(half, bounds, strict=True))
    return z, y, x
