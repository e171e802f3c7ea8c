"""Implants: a rod of metal laid into a phantom, for what metal does to a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bonemets_teach.anatomy.shapes import Coordinates, Point, capsule
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["Rod", "with_rod"]

_NOWHERE: Final = "the rod meets no voxel of the phantom; choose ends inside it or a larger radius"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rod:
    """A rod with round ends: a nail, a screw, or a rod of the spine.

    Parameters
    ----------
    start_mm, end_mm : Point
        Ends of the axis (z, y, x) from the outer corner of the first voxel [mm]; they must differ.
    radius_mm : float, default 5
        Radius [mm], in [0.5, 30]; nails of the femur are about 5, spinal screws and rods about 3.
    """

    start_mm: Point
    end_mm: Point
    radius_mm: float = 5.0

    def __post_init__(self) -> None:
        require_in_range("radius_mm", self.radius_mm, 0.5, 30.0, "mm")
        ends = np.array([self.start_mm, self.end_mm], dtype=np.float64)
        if not np.all(np.isfinite(ends)) or np.allclose(ends[0], ends[1]):
            message = (
                f"a rod from {self.start_mm} to {self.end_mm} mm has no length; give two different points"
            )
            raise ParameterError(message)


def with_rod(state: VoxelState, rod: Rod) -> VoxelState:
    """Lay a rod into a phantom with its lesion.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without a lesion.
    rod : Rod
        Where, and how thick.

    Returns
    -------
    state : VoxelState
        A new phantom: voxels whose middle lies in the rod hold metal and nothing else.

    Raises
    ------
    ParameterError
        If the rod meets no voxel.

    Notes
    -----
    What the metal is made of is said where the picture is taken. Left out: cement, threads, the drilled way.
    """
    phantom = state.phantom
    axes = [(np.arange(n) + 0.5) * phantom.voxel_mm for n in phantom.shape]
    inside = capsule(Coordinates.open_grid(*axes), rod.start_mm, rod.end_mm, rod.radius_mm) <= 0
    if not inside.any():
        raise ParameterError(_NOWHERE)
    here = inside[state.roi]
    return replace(
        state,
        phantom=replace(
            phantom,
            bone_fraction=np.where(inside, np.float32(0), phantom.bone_fraction),
            fat_fraction=np.where(inside, np.float32(0), phantom.fat_fraction),
            turnover_per_year=np.where(inside, np.float32(0), phantom.turnover_per_year),
            label=np.where(inside, np.uint8(Tissue.METAL), phantom.label),
        ),
        roi_bone_fraction=np.where(here, np.float32(0), state.roi_bone_fraction),
        roi_tumor=np.where(here, np.float32(0), state.roi_tumor),
        roi_osteoblast_ratio=np.where(here, np.float32(0), state.roi_osteoblast_ratio),
        roi_osteoclast_ratio=np.where(here, np.float32(0), state.roi_osteoclast_ratio),
    )
