"""Activity and attenuation of the slice that a SPECT looks at."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._planar_attenuation import attenuation_map
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging.bone_uptake import healthy_uptake, lesion_uptake
from bonemets_teach.imaging.bone_uptake_kinetics import TissueSuv

__all__ = ["SliceSource", "slice_source", "suv_slab"]

_Array = npt.NDArray[np.float32]

_AIR_SHARE: Final = 0.5  # a pixel is body if more than half of it is


class SliceSource(NamedTuple):
    """A slice: true uptake with the blur across slices, uptake without, attenuation, body, edge of a pixel [mm]."""

    suv: _Array
    truth: _Array
    mu: _Array
    body: npt.NDArray[np.bool_]
    pixel_mm: float


def suv_slab(state: VoxelState, suv: TissueSuv, planes: slice) -> _Array:
    """Return the true uptake in some axial planes.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    suv : TissueSuv
        Uptake of healthy tissues.
    planes : slice
        Range of z, inside the phantom.

    Returns
    -------
    slab : ndarray of float32, shape (plane, Y, X)
        SUV.
    """
    phantom = state.phantom
    label = phantom.label[planes]
    table = np.full(256, suv.soft, dtype=np.float32)
    table[[Tissue.AIR, Tissue.METAL]] = 0.0
    table[Tissue.LUNG] = 0.3 * suv.soft
    table[Tissue.KIDNEY] = suv.kidney
    table[Tissue.BLADDER] = suv.bladder
    slab = table[label] * (1 - phantom.bone_fraction[planes])
    slab += np.float32(suv.bone) * healthy_uptake(phantom)[planes]
    roi = state.roi
    first, last = max(planes.start, roi[0].start), min(planes.stop, roi[0].stop)
    if first < last and state.roi_tumor.size:
        added = lesion_uptake(state)[first - roi[0].start : last - roi[0].start]
        slab[first - planes.start : last - planes.start, roi[1], roi[2]] += np.float32(suv.bone) * added
    return np.asarray(np.maximum(slab, 0), dtype=np.float32)


def slice_source(
    state: VoxelState, suv: TissueSuv, index: int, pixel_mm: float, axial_fwhm_mm: float
) -> SliceSource:
    """Return an axial slice of the phantom as the camera's pixels hold it.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    suv : TissueSuv
        Uptake of healthy tissues.
    index : int
        Plane z.
    pixel_mm : float
        Wanted edge of a pixel [mm]; the nearest multiple of the voxel is taken.
    axial_fwhm_mm : float
        Blur across slices [mm]; no reconstruction of single slices takes it back.

    Returns
    -------
    source : SliceSource
        Activity, attenuation and body.
    """
    edge = state.phantom.voxel_mm
    block = max(1, round(pixel_mm / edge))
    sigma = axial_fwhm_mm / FWHM_PER_SIGMA / edge
    reach = int(np.ceil(2.5 * sigma))
    planes = slice(max(index - reach, 0), min(index + reach + 1, state.phantom.shape[0]))
    weight = np.exp(-0.5 * ((np.arange(planes.start, planes.stop) - index) / sigma) ** 2)
    slab = suv_slab(state, suv, planes)
    mixed = np.tensordot((weight / weight.sum()).astype(np.float32), slab, axes=1)
    body = state.phantom.label[index] != Tissue.AIR
    return SliceSource(
        suv=_coarser(mixed, block),
        truth=_coarser(slab[index - planes.start], block),
        mu=_coarser(attenuation_map(state.phantom)[index], block),
        body=_coarser(body, block) > _AIR_SHARE,
        pixel_mm=edge * block,
    )


def _coarser(image: npt.NDArray[Any], block: int) -> _Array:
    rows, columns = (-(-size // block) * block for size in image.shape)
    padded = np.zeros((rows, columns), dtype=np.float32)
    padded[: image.shape[0], : image.shape[1]] = image
    return np.asarray(
        padded.reshape(rows // block, block, columns // block, block).mean(axis=(1, 3)), dtype=np.float32
    )
