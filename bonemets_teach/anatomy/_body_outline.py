"""Skin, subcutaneous fat, lungs, brain, kidneys and bladder of the whole body, 165 cm tall."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._skull_shape import BRAIN_CENTER, BRAIN_SEMI_AXES, brain_pieces
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.shapes import Coordinates, Point, ellipsoid
from bonemets_teach.anatomy.solids import Box, Piece, blob, chain, evaluate, mirrored, oval_rod
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["BLADDER_CENTER", "KIDNEY_CENTERS", "body_label", "fat_depth", "skin_distance"]

_Array = npt.NDArray[np.float32]

KIDNEY_CENTERS: Final[dict[str, Point]] = {
    "right kidney": (-252.0, 46.0, -62.0),
    "left kidney": (-266.0, 46.0, 60.0),
}
BLADDER_CENTER: Final[Point] = (4.0, -14.0, 0.0)
_KIDNEY_SEMI: Final[Point] = (54.0, 24.0, 27.0)
_BLADDER_SEMI: Final[Point] = (28.0, 30.0, 36.0)

# Chosen: level, half width, half depth, middle from front to back of the trunk [mm].
_TRUNK: Final = np.array([
    (-665, 54, 58, 4), (-620, 56, 60, 6), (-585, 62, 64, 8), (-560, 112, 72, 14), (-535, 158, 88, 14),
    (-500, 164, 108, 6), (-450, 155, 124, 1), (-400, 148, 125, -1), (-340, 142, 118, -6), (-280, 134, 110, -6),
    (-220, 132, 104, -6), (-150, 155, 108, 0), (-80, 172, 114, 6), (-10, 178, 116, 12), (40, 178, 108, 14),
    (85, 160, 96, 14),
]).T  # fmt: skip
_TRUNK_POWER: Final = 2.4
# Chosen: thickness of subcutaneous fat by level [mm].
_FAT_LEVELS: Final = (-800, -660, -560, -450, -280, -150, 0, 150, 400, 800)
_FAT_MM: Final = {"female": (4, 4, 8, 12, 16, 20, 24, 14, 8, 4), "male": (4, 4, 6, 9, 14, 14, 12, 8, 6, 4)}


def skin_distance(grid: Grid, frame: Frame) -> _Array:
    """Return the signed distance to the skin near it, in mm of the body of 165 cm; far outside it is large."""

    def window(box: Box, seam_mm: float) -> tuple[tuple[slice, slice, slice], Coordinates] | None:
        part = grid.part(frame.body_box(box), seam_mm + grid.edge_mm)
        return None if part is None else (part, frame.local(grid.at(part)))

    return evaluate(_skin_pieces(), grid.shape, window)


def fat_depth(grid: Grid, frame: Frame, sex: str) -> _Array:
    """Return the thickness of subcutaneous fat at each level of the grid [mm]."""
    level = frame.local(Coordinates.open_grid(*grid.axes)).z
    return np.interp(level, _FAT_LEVELS, _FAT_MM[sex]).astype(np.float32)


def body_label(grid: Grid, frame: Frame, skin: _Array, fat: _Array) -> npt.NDArray[np.uint8]:
    """Return air, fat, muscle and organs for every voxel, as if there were no bone.

    Parameters
    ----------
    grid : Grid
        Voxels in the body.
    frame : Frame
        From the body of 165 cm to this body.
    skin, fat : ndarray
        What `skin_distance` and `fat_depth` returned.

    Returns
    -------
    label : ndarray of uint8, shape (Z, Y, X)
        Values of `Tissue`.
    """
    label = np.where(skin < 0, np.uint8(Tissue.SOFT), np.uint8(Tissue.AIR))
    label[(skin < 0) & (skin > -fat)] = Tissue.FAT
    for piece, tissue in _organs():
        part = grid.part(frame.body_box(piece.box))
        if part is not None:
            inside = piece.distance(frame.local(grid.at(part))) < 0
            label[part][inside & (label[part] == Tissue.SOFT)] = tissue
    return label


def _skin_pieces() -> list[Piece]:
    brain = BRAIN_CENTER
    head: Point = tuple(a + 12 for a in BRAIN_SEMI_AXES)  # type: ignore[assignment]
    side = [
        *chain([(-512, 32, 160), (-460, 34, 178), (-225, 38, 197)], [46, 44, 37], seam_mm=14),
        *chain([(-225, 38, 197), (-170, 36, 203), (15, 27, 208)], [37, 38, 25]),
        oval_rod((20, 26, 208), (120, 22, 210), (20, 15, 38)),
        oval_rod((120, 22, 210), (176, 20, 212), (14, 12, 30)),
        *chain([(30, 12, 92), (200, 10, 96), (390, 6, 96)], [86, 74, 54], seam_mm=10),
        *chain([(390, 6, 96), (480, 14, 98), (600, 12, 102), (770, 10, 104)], [54, 52, 40, 32]),
        *chain([(790, 20, 99), (812, 48, 99)], [28, 26]),
        oval_rod((800, -20, 92), (832, -90, 92), (20, 20, 34)),
        oval_rod((832, -90, 92), (854, -122, 91), (13, 13, 36)),
    ]
    face = [blob((-690, -50, 0), (60, 70, 60), seam_mm=14), blob((-634, -66, 0), (31, 52, 48), seam_mm=14),
            blob((-716, 28, 0), (42, 54, 60), seam_mm=10)]  # fmt: skip
    return [_trunk(), blob(brain, head, seam_mm=6), *face, *side, *mirrored(side)]


def _trunk() -> Piece:
    levels, widths, depths, middles = _TRUNK

    def distance(at: Coordinates) -> _Array:
        a, b, middle = (
            np.interp(at.z, levels, column).astype(np.float32) for column in (widths, depths, middles)
        )
        y, x = np.abs(at.y - middle) / b, np.abs(at.x) / a
        k = (y**_TRUNK_POWER + x**_TRUNK_POWER) ** (1 / _TRUNK_POWER)
        ends = np.maximum(np.float32(levels[0]) - at.z, at.z - np.float32(levels[-1]))
        return np.asarray(np.maximum((k - 1) * np.minimum(a, b), ends), dtype=np.float32)

    box = ((float(levels[0]), float(levels[-1])), (-140.0, 140.0), (-180.0, 180.0))
    return Piece(box=box, distance=distance)


def _organs() -> list[tuple[Piece, Tissue]]:
    kidneys = [(blob(center, _KIDNEY_SEMI), Tissue.KIDNEY) for center in KIDNEY_CENTERS.values()]
    return [
        *((part, Tissue.BRAIN) for part in brain_pieces()),
        *((lung, Tissue.LUNG) for lung in _lungs()),
        *kidneys,
        (blob(BLADDER_CENTER, _BLADDER_SEMI), Tissue.BLADDER),
    ]


def _lungs() -> list[Piece]:
    """Return both lungs: the chest without heart, great vessels and what lies below the diaphragm."""

    def distance(at: Coordinates) -> _Array:
        side = np.abs(at.x)
        chest = ellipsoid(Coordinates(z=at.z, y=at.y, x=side), (-400, -10, 64), (176, 84, 50))
        dome = at.z + 388 - (((side - 68) ** 2 + (at.y + 10) ** 2) * np.float32(0.010))
        heart = ellipsoid(at, (-408, -42, 16), (58, 44, 58))
        return np.asarray(np.maximum(np.maximum(chest, dome), -heart), dtype=np.float32)

    return [
        Piece(box=((-580, -290), (-100, 95), (12, 122)), distance=distance),
        Piece(box=((-580, -290), (-100, 95), (-122, -12)), distance=distance),
    ]
