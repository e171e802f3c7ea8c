"""What the rays of a frontal film cross in the block."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths
from bonemets_teach.scenes import _lesion_3d_block as geometry

__all__ = ["MARROW_FAT", "MUSCLE_MM", "paths"]

MUSCLE_MM: Final = 50.0  # chosen: soft tissue in front of and behind a knee or shoulder
MARROW_FAT: Final = 0.8  # chosen: mostly yellow marrow of an adult limb

_Array = npt.NDArray[np.float32]


def paths(bone_mm: _Array, tumor_mm: _Array) -> PathLengths:
    """Return the materials on the ray through each pixel.

    Parameters
    ----------
    bone_mm, tumor_mm : ndarray of shape (row, column)
        Bone, and tumor in the marrow space, on the ray [mm].

    Returns
    -------
    paths : PathLengths
        With marrow, and muscle in front, behind and beside.
    """
    cover = _cover_mm()
    marrow = np.clip(cover - bone_mm - tumor_mm, 0.0, None)
    parts = {
        "bone_cortical": bone_mm,
        "marrow_red": marrow * (1.0 - MARROW_FAT),
        "marrow_yellow": marrow * MARROW_FAT,
        "tumor": tumor_mm,
        "muscle": MUSCLE_MM + geometry.SIZE_MM - cover,
    }
    nothing = np.zeros_like(bone_mm)
    mm = np.stack([parts.get(name, nothing) for name in PATH_MATERIALS]).astype(np.float32)
    return PathLengths(mm=mm, pixel_mm=geometry.VOXEL_MM)


@cache
def _cover_mm() -> _Array:
    return np.asarray(geometry.block().cover.sum(axis=1) * np.float32(geometry.VOXEL_MM))
