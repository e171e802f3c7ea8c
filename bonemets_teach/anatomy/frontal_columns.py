"""What lies behind each point of a frontal view, finer than the voxels of the phantom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter, zoom

from bonemets_teach.anatomy._bone_fields import (
    FEMUR_BOX,
    PELVIS_BOX,
    BoneFields,
    Box,
    femur_fields,
    marrow_fat,
    pelvis_fields,
    within,
)
from bonemets_teach.anatomy._thigh import soft_label
from bonemets_teach.anatomy.proximal_femur import EXTENT_MM, LANDMARKS_MM
from bonemets_teach.anatomy.shapes import Coordinates
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import require_in_range

__all__ = ["FrontalColumns", "frontal_columns"]

_Array = npt.NDArray[np.float32]

_DEPTH_STEP_MM: Final = 1.0
_SOFT_STEP_MM: Final = 2.5
_SLAB: Final = 16
# Rounds off the steps that voxels leave on a slanting skin.
_SOFT_BLUR_MM: Final = 3.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FrontalColumns:
    """Depths added up along the frontal view; all arrays are [row, column], in mm, read-only.

    Parameters
    ----------
    femur_bone, femur_inside : ndarray
        Solid bone of the femur, and everything within its surface.
    pelvis_bone, pelvis_inside : ndarray
        The same for the hemipelvis.
    marrow_fat : ndarray
        Fat share of the femur's marrow, 0..1.
    muscle, fat : ndarray
        Soft tissue as if there were no bone.
    pixel_mm : float
        Edge of a pixel [mm].
    """

    femur_bone: _Array
    femur_inside: _Array
    pelvis_bone: _Array
    pelvis_inside: _Array
    marrow_fat: _Array
    muscle: _Array
    fat: _Array
    pixel_mm: float


@cache
def frontal_columns(*, pixel_mm: float = 0.625, seed: int = 7) -> FrontalColumns:
    """Add up the anatomy of `proximal_femur` along the frontal view.

    Parameters
    ----------
    pixel_mm : float, default 0.625
        Edge of a pixel [mm], in [0.4, 3].
    seed : int, default 7
        Seed of the trabecular texture, as in `proximal_femur`.

    Returns
    -------
    columns : FrontalColumns
        One instance per argument.

    Raises
    ------
    ParameterError
        If ``pixel_mm`` is outside its range.

    Notes
    -----
    The same formulas as the voxel phantom, sampled every 1 mm in depth, so that trabeculae and thin cortex are not
    lost in its voxels. Soft tissue is sampled every 2.5 mm and smoothed.
    """
    pixel = require_in_range("pixel_mm", pixel_mm, 0.4, 3.0, "mm")
    z, x = (
        _axis(extent, pixel) - head for extent, head in ((EXTENT_MM[0], _HEAD[0]), (EXTENT_MM[2], _HEAD[2]))
    )
    y = _axis(EXTENT_MM[1], _DEPTH_STEP_MM) - _HEAD[1]
    femur = _bone_columns([z, y, x], FEMUR_BOX, femur_fields, pixel, seed)
    pelvis = _bone_columns([z, y, x], PELVIS_BOX, pelvis_fields, pixel, seed)
    muscle, fat = _soft_columns((len(z), len(x)))
    parts = {
        "femur_bone": femur[0],
        "femur_inside": femur[1],
        "pelvis_bone": pelvis[0],
        "pelvis_inside": pelvis[1],
        "marrow_fat": marrow_fat(z[:, None], x[None, :]),
        "muscle": muscle,
        "fat": fat,
    }
    for part in parts.values():
        part.setflags(write=False)
    return FrontalColumns(**parts, pixel_mm=pixel)


_HEAD: Final = LANDMARKS_MM["head center"]


def _axis(extent: float, step: float) -> _Array:
    return ((np.arange(round(extent / step)) + 0.5) * step).astype(np.float32)


def _bone_columns(
    axes: list[_Array], box: Box, fields: Any, pixel: float, seed: int
) -> npt.NDArray[np.float32]:
    columns = np.zeros((2, len(axes[0]), len(axes[2])), dtype=np.float32)
    part = within(axes, box)
    if part is None:
        return columns
    z, y, x = (axis[cut] for axis, cut in zip(axes, part, strict=True))
    for first in range(0, len(y), _SLAB):
        slab: BoneFields = fields(
            Coordinates.open_grid(z, y[first : first + _SLAB], x), max(pixel, 0.8), seed
        )
        columns[0, part[0], part[2]] += slab.bone.sum(axis=1) * _DEPTH_STEP_MM
        columns[1, part[0], part[2]] += slab.inside.sum(axis=1) * _DEPTH_STEP_MM
    return columns


def _soft_columns(shape: tuple[int, int]) -> tuple[_Array, _Array]:
    axes = [_axis(extent, _SOFT_STEP_MM) - head for extent, head in zip(EXTENT_MM, _HEAD, strict=True)]
    label = soft_label(Coordinates.open_grid(*axes))
    columns = []
    for tissue in (Tissue.SOFT, Tissue.FAT):
        coarse = (label == tissue).sum(axis=1).astype(np.float32) * np.float32(_SOFT_STEP_MM)
        smooth = gaussian_filter(coarse, _SOFT_BLUR_MM / _SOFT_STEP_MM, mode="nearest")
        ratio = [n / m for n, m in zip(shape, smooth.shape, strict=True)]
        columns.append(np.maximum(zoom(smooth, ratio, order=1, mode="nearest", grid_mode=True), 0))
    return columns[0], columns[1]
