"""A lesion in space while a treatment kills it: what is left of the tumor, and the repair after it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.flare_course import LesionCourse

__all__ = ["treated_lesion", "tumor_left"]

_Array = npt.NDArray[np.float32]
_DENSEST: Final = 0.95  # chosen: bone that repair fills at most


def tumor_left(course: LesionCourse, week: float) -> float:
    """Return how much of the tumor a treatment has left.

    Parameters
    ----------
    course : LesionCourse
        A lesion under treatment.
    week : float
        Weeks since treatment began; the ends of the course are held.

    Returns
    -------
    share : float
        0..1 of the tumor on the first day.
    """
    now = float(np.interp(week, course.week, course.tumor))
    return min(max(now / max(float(course.tumor[0]), 1e-9), 0.0), 1.0)


def treated_lesion(start: VoxelState, course: LesionCourse, week: float) -> VoxelState:
    """Return a lesion some weeks after treatment began.

    Parameters
    ----------
    start : VoxelState
        Phantom with the lesion on the day when treatment begins.
    course : LesionCourse
        A lesion of the same type and age under the treatment.
    week : float
        Weeks since treatment began; the ends of the course are held.

    Returns
    -------
    state : VoxelState
        The same region; the start itself on the first day.

    Notes
    -----
    Tumor is ``k T``, with k the share left and T the tumor on the first day. Bone and cells are ``k X_start +
    (1 - k) (T X_course + (1 - T) X_healthy)``: where tumor has died, they follow the tumor-bone model of one spot, relative
    to the healthy bone there. Left out: that rim and core of a lesion heal at different speeds.
    """
    if start.roi_tumor.size == 0 or week <= 0:
        return start
    left = np.float32(tumor_left(course, week))
    phantom, roi = start.phantom, start.roi
    share = np.where(is_bone(phantom.label[roi]), start.roi_tumor, np.float32(0))
    volume = float(np.interp(week, course.week, course.bone_volume))
    healthy_bone = phantom.bone_fraction[roi]
    healed_bone = np.clip(
        healthy_bone * np.float32(volume), 0.0, np.maximum(healthy_bone, np.float32(_DENSEST))
    )
    blasts = np.float32(np.interp(week, course.week, course.osteoblast_ratio))

    def mixed(before: _Array, healed: _Array | np.float32, healthy: _Array | np.float32) -> _Array:
        after = share * healed + (1 - share) * healthy
        return np.asarray(left * before + (1 - left) * after, dtype=np.float32)

    return VoxelState(
        phantom=phantom, roi=roi,
        roi_bone_fraction=mixed(start.roi_bone_fraction, healed_bone, healthy_bone),
        roi_tumor=np.asarray(left * start.roi_tumor, dtype=np.float32),
        roi_osteoblast_ratio=mixed(start.roi_osteoblast_ratio, blasts, np.float32(1)),
        roi_osteoclast_ratio=mixed(start.roi_osteoclast_ratio, np.float32(1), np.float32(1)),
    )  # fmt: skip
