"""True concentration of a PET tracer in a phantom, before any camera."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.imaging.bone_uptake import healthy_uptake, lesion_uptake
from bonemets_teach.imaging.pet_organs import ORGAN_SUV, organ_masks
from bonemets_teach.imaging.pet_tracers import Tracer, uptake_factors

__all__ = ["BLASTIC_AVIDITY", "concentration", "lesion_difference", "tumor_avidity"]

_Array = npt.NDArray[np.float32]

BLASTIC_AVIDITY: Final = 0.4
"""Uptake of FDG by a purely blastic tumor relative to a lytic one; chosen, blastic lesions are fainter in every series."""
_TRAPPED: Final = (Tissue.BRAIN, Tissue.KIDNEY)


def tumor_avidity(
    name: str, osteoblast_ratio: npt.NDArray[Any], osteoclast_ratio: npt.NDArray[Any], receptor: float
) -> _Array:
    """Return how avid tumor is, relative to the tracer's usual tumor.

    Parameters
    ----------
    name : str
        Tracer.
    osteoblast_ratio, osteoclast_ratio : ndarray of shape (...)
        Cells relative to normal; they tell blastic from lytic.
    receptor : float
        Share of the tumor that carries the receptor; only PSMA asks for it.

    Returns
    -------
    avidity : ndarray of float32 of shape (...)
        FDG: 1 lytic to 0.4 blastic; PSMA: the receptor; NaF: 1.
    """
    if name == "FDG":
        blasts = np.asarray(osteoblast_ratio, dtype=np.float32)
        share = blasts / np.maximum(blasts + osteoclast_ratio, np.float32(1e-6))
        return np.asarray(1 - (1 - BLASTIC_AVIDITY) * share, dtype=np.float32)
    return np.full(np.shape(osteoblast_ratio), receptor if name == "PSMA" else 1.0, dtype=np.float32)


def concentration(state: VoxelState, one: Tracer, time_min: float, receptor: float, region: Region) -> _Array:
    """Return the true SUV in a region of a phantom.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    one : Tracer
        The tracer.
    time_min : float
        Time from injection to scan [min].
    receptor : float
        Share of the tumor that carries the receptor, 0..1.
    region : tuple of slice
        (z, y, x) inside the phantom.

    Returns
    -------
    suv : ndarray of float32, shape of the region
        At least 0.
    """
    phantom = state.phantom
    bound, unbound = uptake_factors(one.name, time_min)
    label, bone = phantom.label[region], phantom.bone_fraction[region]
    table = np.zeros(256, dtype=np.float32)
    for tissue, suv in one.tissues.items():
        table[tissue] = suv * (bound if tissue in _TRAPPED else 1.0 if tissue == Tissue.BLADDER else unbound)
    suv_map = np.asarray(1 - bone, dtype=np.float32)
    for plane, kind in enumerate(label):
        suv_map[plane] *= table[kind]
    for name, mask in organ_masks(phantom, region):
        suv_map[mask] = max(ORGAN_SUV[one.name].get(name, 0.0) * unbound, one.tissues[Tissue.SOFT] * unbound)
    inside = is_bone(label)
    fat = phantom.fat_fraction[region][inside]
    marrow = np.float32(unbound) * (one.red_marrow + fat * np.float32(one.yellow_marrow - one.red_marrow))
    suv_map[inside] += (1 - bone[inside]) * marrow
    if one.bone > 0:
        suv_map += np.float32(one.bone * bound) * healthy_uptake(phantom)[region]
    _add_lesion(suv_map, state, one, (bound, unbound, receptor), region)
    return np.maximum(suv_map, 0, out=suv_map)


def lesion_difference(state: VoxelState, one: Tracer, time_min: float, receptor: float) -> _Array:
    """Return what a lesion changes in its region.

    Parameters
    ----------
    state, one, time_min, receptor
        As in `concentration`.

    Returns
    -------
    suv : ndarray of float32, shape of the region of the lesion
        With the lesion minus without.
    """
    change = np.zeros(state.roi_tumor.shape, dtype=np.float32)
    _add_lesion(change, state, one, (*uptake_factors(one.name, time_min), receptor), state.roi)
    return change


def _add_lesion(
    suv_map: _Array, state: VoxelState, one: Tracer, factors: tuple[float, float, float], region: Region
) -> None:
    """Add what a lesion changes, where its region and the wanted one overlap."""
    if state.roi_tumor.size == 0:
        return
    spans = [(max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(region, state.roi, strict=True)]
    if any(low >= high for low, high in spans):
        return
    bound, unbound, receptor = factors
    ours = tuple(slice(low - r.start, high - r.start) for (low, high), r in zip(spans, region, strict=True))
    theirs = tuple(
        slice(low - r.start, high - r.start) for (low, high), r in zip(spans, state.roi, strict=True)
    )
    whole = tuple(slice(low, high) for low, high in spans)
    phantom = state.phantom
    after, tumor = state.roi_bone_fraction[theirs], state.roi_tumor[theirs]
    blasts, clasts = state.roi_osteoblast_ratio[theirs], state.roi_osteoclast_ratio[theirs]
    inside = is_bone(phantom.label[whole])
    marrow = np.float32(unbound) * (
        one.red_marrow + phantom.fat_fraction[whole] * np.float32(one.yellow_marrow - one.red_marrow)
    )
    solid = np.float32(bound * one.tumor) * tumor_avidity(one.name, blasts, clasts, receptor)
    change = (1 - after) * (marrow * (1 - tumor) + solid * tumor) - (
        1 - phantom.bone_fraction[whole]
    ) * marrow
    change += np.float32(bound * one.reactive) * np.maximum(blasts - 1, 0)
    if one.bone > 0:
        change += np.float32(one.bone * bound) * lesion_uptake(state)[theirs]
    suv_map[ours] += np.where(inside, change, 0)
