"""Expected planar views of each tissue of a phantom, made once and added up with what the tracer does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.imaging._planar_attenuation import attenuation_map, body_range
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA, blur_slabs, project_slabs
from bonemets_teach.imaging.bone_uptake import healthy_uptake, lesion_uptake
from bonemets_teach.imaging.collimator import system_fwhm_mm

__all__ = ["SCATTER_RATIO", "Head", "lesion_views", "patch_views", "scattered", "tissue_views"]

_Array = npt.NDArray[np.float32]

SCATTER_RATIO: Final = 0.35
"""Scattered over unscattered counts in a 20 % window; chosen, 0.3 to 0.4 are usual for technetium in a trunk."""
_SCATTER_SIGMA_MM: Final = 40.0  # chosen: the broad haze around the body
_MARGIN_MM: Final = 40.0  # farther than the camera spreads a point
_SLAB_MM: Final = 30.0  # the resolution changes by about 1 mm across it
_SOURCES: Final = ("bone", "soft", "kidney", "bladder")


class Head(NamedTuple):
    """A detector head: collimator, and air between it and the body [mm]."""

    collimator: str
    gap_mm: float


@lru_cache(maxsize=12)
def tissue_views(phantom: Phantom, head: Head) -> _Array:
    """Return views of each tissue at an uptake of 1.

    Parameters
    ----------
    phantom : Phantom
        Any phantom.
    head : Head
        Detector head, the same in front and behind.

    Returns
    -------
    views : ndarray of float32, shape (2, tissue, Z, X)
        Front and back; bone, soft tissue, kidney, bladder; uptake times milliliters that reach the head. Read-only.
    """
    views = np.stack([_views(phantom, _source(phantom, name), head) for name in _SOURCES], axis=1)
    views.setflags(write=False)
    return views


def lesion_views(state: VoxelState, head: Head) -> _Array:
    """Return what the lesions of a state add to the view of bone.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    head : Head
        Detector head.

    Returns
    -------
    views : ndarray of float32, shape (2, Z, X)
        As `tissue_views`, at an uptake of 1; negative where a lesion is cold.
    """
    shape = state.phantom.shape
    added = lesion_uptake(state)
    views = np.zeros((2, shape[0], shape[2]), dtype=np.float32)
    if added.any():
        rows, columns, part = patch_views(state.phantom, added, state.roi, head)
        views[:, rows, columns] = part
    return views


def patch_views(phantom: Phantom, uptake: _Array, region: Region, head: Head) -> tuple[slice, slice, _Array]:
    """Return the views of activity in a part of a phantom.

    Parameters
    ----------
    phantom : Phantom
        The body around it.
    uptake : ndarray of float32, shape of the region
        Relative uptake, or a difference of two.
    region : tuple of slice
        Where it is (z, y, x).
    head : Head
        Detector head.

    Returns
    -------
    rows, columns : slice
        Part of the view that it reaches.
    views : ndarray of float32, shape (2, row, column)
        Front and back, as `tissue_views`.
    """
    shape = phantom.shape
    margin = int(np.ceil(_MARGIN_MM / phantom.voxel_mm))
    rows, columns = (
        slice(max(part.start - margin, 0), min(part.stop + margin, size))
        for part, size in ((region[0], shape[0]), (region[2], shape[2]))
    )
    source = np.zeros((rows.stop - rows.start, shape[1], columns.stop - columns.start), dtype=np.float32)
    z, y, x = region
    source[
        z.start - rows.start : z.stop - rows.start, y, x.start - columns.start : x.stop - columns.start
    ] = uptake
    return rows, columns, _views(phantom, source, head, (rows, columns))


def scattered(primary: _Array, pixel_mm: float) -> _Array:
    """Return the scatter under a view.

    Parameters
    ----------
    primary : ndarray of float32, shape (row, column)
        Unscattered counts.
    pixel_mm : float
        Edge of a pixel [mm].

    Returns
    -------
    scatter : ndarray of float32, shape (row, column)
        Broad haze; `SCATTER_RATIO` of the counts.
    """
    step = max(1, int(_SCATTER_SIGMA_MM / 4 / pixel_mm))
    rows, columns = (-(-size // step) * step for size in primary.shape)
    padded = np.zeros((rows, columns), dtype=np.float32)
    padded[: primary.shape[0], : primary.shape[1]] = primary
    coarse = padded.reshape(rows // step, step, columns // step, step).mean(axis=(1, 3))
    haze = gaussian_filter(coarse, _SCATTER_SIGMA_MM / (pixel_mm * step), mode="constant", truncate=2.5)
    fine = np.repeat(np.repeat(haze, step, axis=0), step, axis=1)
    smooth = gaussian_filter(fine, step / 2, mode="nearest", truncate=2.0)
    return np.asarray(SCATTER_RATIO * smooth[: primary.shape[0], : primary.shape[1]], dtype=np.float32)


def _source(phantom: Phantom, name: str) -> _Array:
    label = phantom.label
    if name == "bone":
        return healthy_uptake(phantom)
    if name == "soft":
        table = np.ones(256, dtype=np.float32)
        table[[Tissue.AIR, Tissue.METAL, Tissue.KIDNEY, Tissue.BLADDER]] = 0.0
        table[Tissue.LUNG] = 0.3
        soft = 1 - phantom.bone_fraction
        for layer, kind in enumerate(label):
            soft[layer] *= table[kind]
        return np.asarray(soft, dtype=np.float32)
    return np.asarray(label == (Tissue.KIDNEY if name == "kidney" else Tissue.BLADDER), dtype=np.float32)


def _views(
    phantom: Phantom, source: npt.NDArray[Any], head: Head, region: tuple[slice, slice] | None = None
) -> _Array:
    edge = phantom.voxel_mm
    slab = max(1, round(_SLAB_MM / edge))
    mu = attenuation_map(phantom)
    if region is not None:
        mu = mu[region[0], :, region[1]]
    slabs = project_slabs(source, mu, edge, slab)
    front, back = body_range(phantom)
    middle = _mean_plane(_plane_sums(source), slab)
    sigmas = [
        system_fwhm_mm(head.collimator, head.gap_mm + np.maximum(depth, 0) * edge) / FWHM_PER_SIGMA / edge
        for depth in (middle - front, back - middle)
    ]
    milliliters = np.float32((edge / 10) ** 3)
    return np.stack(
        [blur_slabs(part * milliliters, sigma) for part, sigma in zip(slabs, sigmas, strict=True)]
    )


def _plane_sums(source: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return how much activity there is in each plane, from front to back, without a copy of all of it."""
    sums = np.zeros(source.shape[1])
    for layer in source:
        sums += np.abs(layer).sum(axis=1, dtype=np.float64)
    return sums


def _mean_plane(plane_sums: npt.NDArray[np.float64], slab: int) -> npt.NDArray[np.float64]:
    """Return for each slab the plane in which its activity lies on average; its middle if it has none."""
    count = -(-plane_sums.size // slab)
    padded = np.zeros(count * slab)
    padded[: plane_sums.size] = plane_sums
    weight = padded.reshape(count, slab)
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, 1.0)
    return np.asarray(
        (weight * np.arange(count * slab).reshape(count, slab)).sum(axis=1) / weight.sum(axis=1)
    )
