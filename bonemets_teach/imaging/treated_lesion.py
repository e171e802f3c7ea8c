"""A lesion in space while a treatment kills it: what is left of the tumor, and the repair after it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.bone_uptake import REFERENCE_BONE_FRACTION
from bonemets_teach.imaging.flare_course import LesionCourse

__all__ = ["treated_lesion", "tumor_left"]


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
    (1 - k) (T X_course + (1 - T) X_healthy)``: where tumor has died, they follow the tumor-bone model of one spot, so that
    the uptake there is that of the course. Left out: that rim and core of a lesion heal at different speeds.
    """
    if start.roi_tumor.size == 0 or week <= 0:
        return start
    left = np.float32(tumor_left(course, week))
    phantom, roi = start.phantom, start.roi
    share = np.where(is_bone(phantom.label[roi]), start.roi_tumor, np.float32(0))
    volume = float(np.interp(week, course.week, course.bone_volume))
    bone = min(max(REFERENCE_BONE_FRACTION * volume, 0.0), 0.95)
    blasts = float(np.interp(week, course.week, course.osteoblast_ratio))

    def mixed(
        before: npt.NDArray[np.float32], healed: float, healthy: npt.NDArray[np.float32] | float
    ) -> npt.NDArray[np.float32]:
        after = share * np.float32(healed) + (1 - share) * healthy
        return np.asarray(left * before + (1 - left) * after, dtype=np.float32)

    return VoxelState(
        phantom=phantom, roi=roi,
        roi_bone_fraction=mixed(start.roi_bone_fraction, bone, phantom.bone_fraction[roi]),
        roi_tumor=np.asarray(left * start.roi_tumor, dtype=np.float32),
        roi_osteoblast_ratio=mixed(start.roi_osteoblast_ratio, blasts, 1.0),
        roi_osteoclast_ratio=mixed(start.roi_osteoclast_ratio, 1.0, 1.0),
    )  # fmt: skip
