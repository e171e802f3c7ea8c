"""How much of a bone-seeking tracer each voxel takes up: site, bone surface and osteoblasts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.bone_uptake_sites import site_factor

__all__ = [
    "REFERENCE_BONE_FRACTION", "SUPPLY_LIMIT", "healthy_uptake", "lesion_uptake", "relative_surface", "relative_uptake",
    "skeletal_demand",
]  # fmt: skip

_Array = npt.NDArray[np.float32]

REFERENCE_BONE_FRACTION: Final = 0.15
"""Bone fraction of the vertebral cancellous bone whose uptake is 1; chosen, 229 HU, middle age."""
SUPPLY_LIMIT: Final = 18.0
"""Excess of the demand at which uptake is half of what the surfaces could bind; calibrated to lesions of up to 13."""
# Martin 1984, Crit Rev Biomed Eng 10: 179: surface per tissue volume [1/mm] from porosity.
_MARTIN: Final = (32.3, -93.9, 134.0, -101.0, 28.8)
_AT_NO_BONE: Final = sum(_MARTIN)


def relative_surface(bone_fraction: npt.ArrayLike) -> _Array:
    """Return the bone surface in a voxel relative to that of vertebral cancellous bone.

    Parameters
    ----------
    bone_fraction : array_like of shape (...)
        Bone volume fraction, 0..1.

    Returns
    -------
    surface : ndarray of float32 of shape (...)
        Surface per tissue volume over that at `REFERENCE_BONE_FRACTION`; 0 without bone and in solid bone.

    Notes
    -----
    Martin's polynomial. It leaves 0.2/mm where there is no bone; that remainder, in proportion to porosity, is
    taken away.

    Examples
    --------
    >>> float(relative_surface(0.15))
    1.0
    """
    bone = np.asarray(bone_fraction, dtype=np.float32)
    return np.asarray(_surface(bone) / np.float32(_REFERENCE), dtype=np.float32)


def relative_uptake(
    bone_fraction: npt.NDArray[Any],
    osteoblast_ratio: npt.NDArray[Any] | float,
    site: npt.NDArray[Any] | float,
) -> _Array:
    """Return the uptake of bone relative to healthy vertebral cancellous bone.

    Parameters
    ----------
    bone_fraction : ndarray of shape (...)
        Bone volume fraction, 0..1.
    osteoblast_ratio : ndarray of shape (...), or float
        Osteoblast activity relative to normal.
    site : ndarray of shape (...), or float
        Factor of the place in the skeleton; 1 in the spine, 0 outside bone.

    Returns
    -------
    uptake : ndarray of float32 of shape (...)
        ``x / (1 + max(0, x - 1) / k)`` with ``x = site S B``.

    Notes
    -----
    The tracer settles on forming surface, so a tumor without osteoblasts is cold. A lesion can't take up more than
    blood brings: the limit k, `SUPPLY_LIMIT`, is calibrated. Left out: blood flow as a quantity of its own.
    """
    demand = relative_surface(bone_fraction) * np.asarray(osteoblast_ratio, dtype=np.float32) * site
    return np.asarray(demand / (1 + np.maximum(demand - 1, 0) / SUPPLY_LIMIT), dtype=np.float32)


@lru_cache(maxsize=3)
def healthy_uptake(phantom: Phantom) -> _Array:
    """Return the relative uptake of a healthy phantom.

    Parameters
    ----------
    phantom : Phantom
        Any phantom.

    Returns
    -------
    uptake : ndarray of float32, shape (Z, Y, X)
        Read-only; the same object for the same phantom.
    """
    uptake = np.zeros(phantom.shape, dtype=np.float32)
    inside = (phantom.bone_fraction > 0) | is_bone(phantom.label)
    inside &= phantom.label != Tissue.METAL
    uptake[inside] = relative_uptake(phantom.bone_fraction[inside], 1.0, site_factor(phantom, inside))
    uptake.setflags(write=False)
    return uptake


@lru_cache(maxsize=2)
def lesion_uptake(state: VoxelState) -> _Array:
    """Return what a lesion adds to the relative uptake in its region.

    Parameters
    ----------
    state : VoxelState
        A phantom with a lesion.

    Returns
    -------
    difference : ndarray of float32, shape of the region
        Uptake with the lesion minus without; negative in a cold lesion. Read-only; kept for the latest states.
    """
    if state.roi_tumor.size == 0:
        return np.zeros(state.roi_tumor.shape, dtype=np.float32)
    phantom, roi = state.phantom, state.roi
    changed = (np.abs(state.roi_osteoblast_ratio - 1) > 1e-3) | (
        np.abs(state.roi_bone_fraction - phantom.bone_fraction[roi]) > 1e-4
    )
    changed &= is_bone(phantom.label[roi]) | (phantom.bone_fraction[roi] > 0)
    difference = np.zeros(state.roi_tumor.shape, dtype=np.float32)
    if changed.any():
        site = site_factor(phantom, changed, roi)
        after = relative_uptake(state.roi_bone_fraction[changed], state.roi_osteoblast_ratio[changed], site)
        difference[changed] = after - healthy_uptake(phantom)[roi][changed]
    difference.setflags(write=False)
    return difference


def skeletal_demand(state: VoxelState) -> float:
    """Return how much tracer the skeleton asks for, relative to the healthy one.

    Parameters
    ----------
    state : VoxelState
        A phantom with or without lesions; meaningful for a whole skeleton.

    Returns
    -------
    demand : float
        1 in health; 8 or more in a superscan.
    """
    healthy = float(healthy_uptake(state.phantom).sum(dtype=np.float64))
    if healthy <= 0:
        return 1.0
    return max(1.0 + float(lesion_uptake(state).sum(dtype=np.float64)) / healthy, 0.0)


def _surface(bone: _Array) -> _Array:
    p = 1 - np.clip(bone, 0, 1)
    a, b, c, d, e = (np.float32(factor) for factor in _MARTIN)
    return np.asarray(
        p * (a + p * (b + p * (c + p * (d + p * e)))) - np.float32(_AT_NO_BONE) * p, dtype=np.float32
    )


_REFERENCE: Final = float(_surface(np.asarray(REFERENCE_BONE_FRACTION, dtype=np.float32)))
