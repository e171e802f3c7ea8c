"""Soft tissue of the pelvis: fat of the cavity, rectum, psoas, planes between the gluteal muscles.

Points are (z, y, x) [mm] in the body of 165 cm; all sizes are chosen to look right on an axial slice.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._vertebra_soft import paint_pieces
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.solids import Piece, blob, chain, mirrored, rod
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["paint_pelvic_soft"]


def paint_pelvic_soft(
    label: npt.NDArray[np.uint8], grid: Grid, body: Frame, inner: npt.NDArray[np.bool_]
) -> None:
    """Paint what fills and surrounds the pelvis; bones and bladder are painted by others.

    Parameters
    ----------
    label : ndarray of uint8, shape (Z, Y, X)
        Changed in place where it is muscle.
    grid : Grid
        Its voxels.
    body : Frame
        From the body of 165 cm to this body.
    inner : ndarray of bool, shape (Z, Y, X)
        Below the subcutaneous fat.
    """
    local = body.local(grid.at((slice(None), slice(None), slice(None))))
    soft = inner & (label == Tissue.SOFT)
    for piece in _cavity():
        label[soft & (piece.distance(local) < 0)] = Tissue.FAT
    film = max(1.0, 0.5 * grid.edge_mm / body.scale)
    for piece in _planes():
        label[soft & (np.abs(piece.distance(local)) < film)] = Tissue.FAT
    for group in _muscles():
        paint_pieces(label, grid, body, group, Tissue.SOFT)


def _cavity() -> list[Piece]:
    return [blob((-120, -38, 0), (110, 58, 110)), blob((-20, 12, 0), (60, 52, 58))]


def _planes() -> list[Piece]:
    side = [
        rod((-110, 60, 96), (40, 66, 118), 44, 40),
        rod((-110, -6, 120), (0, 4, 140), 26, 18),
        rod((30, -30, 100), (140, -26, 96), 36, 40),
    ]
    return [*side, *mirrored(side)]


def _muscles() -> list[list[Piece]]:
    psoas = chain([(-200, 10, 42), (-110, -4, 58), (-20, -42, 84), (60, -6, 88)], [17, 22, 19, 10])
    bowel = [blob((-150, -60, x), (24, 15, 22)) for x in (-62, -8, 48)] + [
        blob((-104, -50, x), (22, 15, 24)) for x in (-34, 22)
    ]
    rectum = chain([(-90, 24, 6), (-40, 42, 0), (30, 30, 0)], [11, 13, 11])
    inside = chain([(-10, 10, 66), (40, 10, 60)], [9, 10])
    return [psoas, mirrored(psoas), bowel, rectum, inside, mirrored(inside)]
