"""Uptake of a lesion in space while a treatment kills it: what is left of the tumor, and the repair after it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.bone_uptake import healthy_uptake, lesion_uptake
from bonemets_teach.imaging.bone_uptake_sites import site_factor
from bonemets_teach.imaging.flare_course import LesionCourse

__all__ = ["treated_uptake"]


def treated_uptake(start: VoxelState, course: LesionCourse, week: float) -> npt.NDArray[np.float32]:
    """Return what a lesion adds to the relative uptake some weeks after treatment began.

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
    difference : ndarray of float32, shape of the region
        Uptake with the lesion minus without.

    Notes
    -----
    ``U = k U_start + (1 - k) (T site u + (1 - T) U_healthy)``, with k the tumor that is left, T the tumor at the start and
    u the uptake of the course: where tumor has died, uptake follows the tumor-bone model of one spot. Left out: that
    the rim and the core of a lesion heal at different speeds.
    """
    before = lesion_uptake(start)
    if start.roi_tumor.size == 0:
        return before
    left = float(np.interp(week, course.week, course.tumor)) / max(float(course.tumor[0]), 1e-9)
    left = min(max(left, 0.0), 1.0)
    phantom, roi = start.phantom, start.roi
    inside = (start.roi_tumor > 0) & is_bone(phantom.label[roi])
    healing = np.zeros_like(start.roi_tumor)
    spot = np.float32(course.uptake_at(week)) * site_factor(phantom, inside, roi)
    healing[inside] = start.roi_tumor[inside] * (spot - healthy_uptake(phantom)[roi][inside])
    return np.asarray(np.float32(left) * before + np.float32(1 - left) * healing, dtype=np.float32)
