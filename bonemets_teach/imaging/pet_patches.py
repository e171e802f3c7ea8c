"""A PET put together from kept parts: the healthy body once, and each lesion by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.imaging._pet_truth import concentration, lesion_difference
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging.pet_noise import PetSettings, noise_grain, noise_spread, pet_fwhm_mm
from bonemets_teach.imaging.pet_tracers import tracer

__all__ = ["PetBody", "PetPatch", "coronal_slice", "frontal_projection", "pet_body", "pet_patch"]

_Array = npt.NDArray[np.float32]
_TRUNCATE: Final = 3.0
_SEEDS: Final = {"FDG": 11, "NaF": 12, "PSMA": 13}
_USUAL_MINUTES: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PetBody:
    """The upper part of a healthy phantom under one tracer.

    Parameters
    ----------
    phantom : Phantom
        The phantom.
    settings : PetSettings
        How it was made; ``minutes`` only sets the noise and may be changed by `dataclasses.replace`.
    clean : ndarray of float32, shape (Z, Y, X)
        SUV after blur, before noise.
    grain : ndarray of float16, shape (Z, Y, X)
        Noise of standard deviation 1.
    """

    phantom: Phantom
    settings: PetSettings
    clean: _Array
    grain: npt.NDArray[np.float16]

    def noisy(self, clean: _Array, region: tuple[slice, ...]) -> _Array:
        """Return SUVs with the noise of a region."""
        spread = noise_spread(clean, self.phantom.voxel_mm, self.settings)
        return np.asarray(np.maximum(clean + spread * self.grain[region], 0), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PetPatch:
    """What one lesion changes.

    Parameters
    ----------
    region : tuple of slice
        (z, y, x) in the body.
    change : ndarray of float32, shape of the region
        SUV with the lesion minus without, after blur.
    """

    region: Region
    change: _Array

    def at(self, index: tuple[int, int, int]) -> float:
        """Return the change in a voxel of the body, 0 outside the patch."""
        if not all(part.start <= i < part.stop for i, part in zip(index, self.region, strict=True)):
            return 0.0
        z, y, x = (i - part.start for i, part in zip(index, self.region, strict=True))
        return float(self.change[z, y, x])


@lru_cache(maxsize=3)
def pet_body(phantom: Phantom, settings: PetSettings, rows: int) -> PetBody:
    """Make the PET of a healthy phantom, for lesions to be put in.

    Parameters
    ----------
    phantom : Phantom
        Healthy phantom.
    settings : PetSettings
        How it is made.
    rows : int
        Planes from the head that are kept.

    Returns
    -------
    body : PetBody
        Kept for the latest three.
    """
    z, y, x = min(rows, phantom.shape[0]), phantom.shape[1], phantom.shape[2]
    sigma = _sigma(phantom, settings)
    deeper = min(z + int(_TRUNCATE * sigma) + 1, phantom.shape[0])
    region = (slice(0, deeper), slice(0, y), slice(0, x))
    truth = concentration(
        VoxelState.healthy(phantom), tracer(settings.tracer), settings.time_min, settings.receptor, region
    )
    clean = gaussian_filter(truth, sigma, mode="nearest", truncate=_TRUNCATE)[:z]
    rng = np.random.default_rng(_SEEDS[settings.tracer])
    grain = noise_grain((z, y, x), phantom.voxel_mm, settings, rng).astype(np.float16)
    return PetBody(phantom=phantom, settings=settings, clean=np.ascontiguousarray(clean), grain=grain)


def pet_patch(body: PetBody, state: VoxelState, receptor: float = 1.0) -> PetPatch | None:
    """Blur what a lesion changes.

    Parameters
    ----------
    body : PetBody
        The healthy body.
    state : VoxelState
        Its phantom with one lesion.
    receptor : float, default 1
        Share of the tumor that carries the receptor, 0..1.

    Returns
    -------
    patch : PetPatch or None
        None without a lesion in the kept part.
    """
    if state.roi_tumor.size == 0:
        return None
    one = tracer(body.settings.tracer)
    change = lesion_difference(state, one, body.settings.time_min, receptor)
    sigma = _sigma(body.phantom, body.settings)
    margin = int(_TRUNCATE * sigma + 0.5)
    blurred = gaussian_filter(np.pad(change, margin), sigma, mode="constant", truncate=_TRUNCATE)
    low = [part.start - margin for part in state.roi]
    keep, place = [], []
    for start, length, size in zip(low, blurred.shape, body.clean.shape, strict=True):
        first, last = max(start, 0), min(start + length, size)
        if first >= last:
            return None
        keep.append(slice(first - start, last - start))
        place.append(slice(first, last))
    return PetPatch(region=(place[0], place[1], place[2]), change=blurred[tuple(keep)])


def frontal_projection(body: PetBody, patches: Sequence[PetPatch], minutes: float) -> _Array:
    """Return the greatest SUV along each line from front to back.

    Parameters
    ----------
    body : PetBody
        The healthy body.
    patches : sequence of PetPatch
        Lesions.
    minutes : float
        Time for which each point is seen [min].

    Returns
    -------
    image : ndarray of float32, shape (row, column)
        SUV with noise.
    """
    body = _seen_for(body, minutes)
    image = _healthy_projection(body.phantom, body.settings, body.clean.shape[0]).copy()
    for patch in patches:
        z, _, x = patch.region
        part = (z, slice(0, body.clean.shape[1]), x)
        image[z, x] = body.noisy(_inserted(body, patches, part), part).max(axis=1)
    return image


def coronal_slice(body: PetBody, patches: Sequence[PetPatch], minutes: float, plane: int) -> _Array:
    """Return one coronal slice.

    Parameters
    ----------
    body, patches, minutes
        As in `frontal_projection`.
    plane : int
        Index along y.

    Returns
    -------
    image : ndarray of float32, shape (row, column)
        SUV with noise.
    """
    body = _seen_for(body, minutes)
    rows, _, columns = body.clean.shape
    part = (slice(0, rows), slice(plane, plane + 1), slice(0, columns))
    return body.noisy(_inserted(body, patches, part), part)[:, 0]


def _seen_for(body: PetBody, minutes: float) -> PetBody:
    return replace(body, settings=replace(body.settings, minutes=minutes))


@lru_cache(maxsize=12)
def _healthy_projection(phantom: Phantom, settings: PetSettings, rows: int) -> _Array:
    usual = replace(settings, minutes=_USUAL_MINUTES)
    body = _seen_for(pet_body(phantom, usual, rows), settings.minutes)
    whole = tuple(slice(0, size) for size in body.clean.shape)
    return np.asarray(body.noisy(body.clean, whole).max(axis=1), dtype=np.float32)


def _inserted(body: PetBody, patches: Sequence[PetPatch], part: Region) -> _Array:
    """Return a part of the body with every patch that reaches into it."""
    clean = body.clean[part].copy()
    for patch in patches:
        spans = [
            (max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(part, patch.region, strict=True)
        ]
        if all(low < high for low, high in spans):
            here = tuple(
                slice(low - a.start, high - a.start) for (low, high), a in zip(spans, part, strict=True)
            )
            there = tuple(
                slice(low - b.start, high - b.start)
                for (low, high), b in zip(spans, patch.region, strict=True)
            )
            clean[here] += patch.change[there]
    return np.maximum(clean, 0, out=clean)


def _sigma(phantom: Phantom, settings: PetSettings) -> float:
    return pet_fwhm_mm(settings) / FWHM_PER_SIGMA / phantom.voxel_mm
