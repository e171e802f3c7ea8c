"""The spine of the artifact scene: a lytic metastasis in L3, and screws in the pedicles of L2 and L4."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.metal_implant import Rod, with_rod
from bonemets_teach.imaging.mri_slab import Slab, cut_slab
from bonemets_teach.scenes._mr_regions import region_center, spine, to_pixels

__all__ = ["MARROW", "center_of", "mask_of", "slab_of"]

Mask = npt.NDArray[np.bool_]

MARROW: Final = ("L1", "L5")
"""Vertebrae whose marrow is taken as normal: no screw is in them."""
# Chosen: a slice of usual thickness through the pedicles, 12.5 mm beside the middle.
_BESIDE_MM: Final = 12.5
_THICKNESS_MM: Final = 4.0
_MONTHS: Final = 15.0
# Chosen: screws of 6 mm from the front third of the body to behind the joints, joined by a rod of 6 mm on each side.
_LEVELS: Final = ("L2", "L4")
_STEP_MM: Final = 39.0
_FRONT_MM: Final = -8.0
_BACK_MM: Final = 48.0
_DOWN_MM: Final = 4.0
_TOWARD_MIDDLE_MM: Final = 3.0
_RADIUS_MM: Final = 3.0
_MARGIN: Final = 4


@cache
def _patient(*, screws: bool) -> VoxelState:
    phantom = spine()
    z, y, x = phantom.sites["vertebral body"]
    state = place(phantom, (z, y, x + _BESIDE_MM / 2), phenotype=0.0, months=_MONTHS)
    if not screws:
        return state
    for side in (-1.0, 1.0):
        heights = (z - _STEP_MM, z + _STEP_MM)
        for height in heights:
            start: Point = (height, y + _FRONT_MM, x + side * (_BESIDE_MM - _TOWARD_MIDDLE_MM))
            end: Point = (height - _DOWN_MM, y + _BACK_MM, x + side * (_BESIDE_MM + 1))
            state = with_rod(state, Rod(start_mm=start, end_mm=end, radius_mm=_RADIUS_MM))
        behind = y + _BACK_MM + 2.0
        ends: list[Point] = [
            (height + sign * 6.0, behind, x + side * (_BESIDE_MM + 1.5))
            for height, sign in zip(heights, (-1, 1), strict=True)
        ]
        state = with_rod(state, Rod(start_mm=ends[0], end_mm=ends[1], radius_mm=_RADIUS_MM))
    return state


def _layer() -> int:
    phantom = spine()
    z, y, x = phantom.sites["vertebral body"]
    return int(phantom.index_of((z, y, x + _BESIDE_MM))[2])


@cache
def slab_of(*, screws: bool) -> Slab:
    """Return the slice through the pedicles.

    Parameters
    ----------
    screws : bool
        Whether there are any; what they are made of is a setting of the image.

    Returns
    -------
    slab : Slab
        Sagittal.
    """
    return cut_slab(_patient(screws=screws), "sagittal", _layer(), _THICKNESS_MM)


@cache
def mask_of(name: str) -> Mask:
    """Return the pixels of a place.

    Parameters
    ----------
    name : str
        "lesion", or a vertebra: its bone in this slice without the rim.

    Returns
    -------
    mask : ndarray of bool of shape (row, column)
        On the pixels of the image.
    """
    phantom, layer = spine(), _layer()
    if name == "lesion":
        tumor = np.array(_patient(screws=False).tumor[:, :, layer])
        return to_pixels(tumor > 0.6 * tumor.max(), phantom.voxel_mm)
    numbers: Any = phantom.bone_number
    by_name = {bone: number for number, bone in phantom.bone_names.items()}
    bone = numbers[:, :, layer] == by_name[name]
    y = phantom.index_of(phantom.sites["vertebral body"])[1]
    # The body alone, without the pedicle and what is behind it.
    bone[:, y + round(12 / phantom.voxel_mm) :] = False
    rows, columns = np.nonzero(bone)
    core = np.zeros_like(bone)
    core[rows.min() + _MARGIN : rows.max() - _MARGIN, columns.min() + _MARGIN : columns.max() - _MARGIN] = (
        True
    )
    return to_pixels(core & bone, phantom.voxel_mm)


def center_of(name: str) -> tuple[float, float]:
    """Return row and column in the middle of a place; see `mask_of`."""
    return region_center(mask_of(name))
