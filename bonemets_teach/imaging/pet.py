"""PET with FDG, fluoride or PSMA: volumes and slices in SUV with blur, partial volume and noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._pet_truth import concentration
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging.pet_noise import (
    PetSettings,
    counts_share,
    noise_grain,
    noise_spread,
    pet_fwhm_mm,
)
from bonemets_teach.imaging.pet_tracers import tracer

__all__ = ["PetPlane", "PetSettings", "PetSlice", "PetVolume", "pet", "pet_fwhm_mm", "pet_slice"]

_Array = npt.NDArray[np.float32]
PetPlane = Literal["axial", "coronal", "sagittal"]

_AXIS: Final = {"axial": 0, "coronal": 1, "sagittal": 2}
_TRUNCATE: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PetVolume:
    """A PET of a whole phantom.

    Parameters
    ----------
    values, truth : ndarray of float32, shape (Z, Y, X)
        SUV as measured, and as it is.
    pixel_mm : tuple of float
        Edge of a voxel along rows and columns of any plane [mm].
    settings : PetSettings
        How it was made.
    unit : str
        "SUV".
    """

    values: _Array
    truth: _Array
    pixel_mm: tuple[float, float]
    settings: PetSettings
    unit: str = "SUV"

    def maximum_projection(self, plane: PetPlane = "coronal") -> _Array:
        """Return the greatest SUV along each line.

        Parameters
        ----------
        plane : {"coronal", "sagittal", "axial"}, default "coronal"
            Plane of the projection.

        Returns
        -------
        image : ndarray of float32, shape (row, column)
            SUV.
        """
        return np.asarray(self.values.max(axis=_axis(plane)), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PetSlice:
    """One plane of a PET.

    Parameters
    ----------
    values, truth : ndarray of float32, shape (row, column)
        SUV as measured, and as it is. Rows z or y, columns x or y, as in the phantom.
    pixel_mm : tuple of float
        Edge of a pixel along rows and columns [mm].
    settings : PetSettings
        How it was made.
    unit : str
        "SUV".
    """

    values: _Array
    truth: _Array
    pixel_mm: tuple[float, float]
    settings: PetSettings
    unit: str = "SUV"


def pet(
    state: VoxelState, settings: PetSettings | None = None, rng: np.random.Generator | None = None
) -> PetVolume:
    """Make a PET of a whole phantom.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    settings : PetSettings, optional
        How it is made.
    rng : numpy.random.Generator, optional
        Source of the noise; seed 0 by default.

    Returns
    -------
    volume : PetVolume
        All zero without activity or time.

    Notes
    -----
    The blur makes small lesions fainter (partial volume). Noise has the spread
    ``0.16 sqrt((SUV + 0.3)/counts)`` and the grain of the blur; counts relative to a usual scan. Left out: motion, scatter and randoms as causes of their own.
    """
    settings, rng = settings or PetSettings(), rng or np.random.default_rng(0)
    z, y, x = state.phantom.shape
    truth = _truth(state, settings, (slice(0, z), slice(0, y), slice(0, x)))
    sigma = pet_fwhm_mm(settings) / FWHM_PER_SIGMA / state.phantom.voxel_mm
    blurred = gaussian_filter(truth, sigma, mode="nearest", truncate=_TRUNCATE)
    edge = state.phantom.voxel_mm
    values = _with_noise(blurred, edge, settings, rng)
    return PetVolume(values=values, truth=truth, pixel_mm=(edge, edge), settings=settings)


def pet_slice(
    state: VoxelState,
    plane: PetPlane,
    index: int,
    settings: PetSettings | None = None,
    rng: np.random.Generator | None = None,
) -> PetSlice:
    """Make one plane of a PET, much faster than the volume and with the same mean.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    plane : {"axial", "coronal", "sagittal"}
        Plane.
    index : int
        Its index along z, y or x.
    settings, rng
        As in `pet`.

    Returns
    -------
    image : PetSlice
        All zero without activity or time.

    Raises
    ------
    ParameterError
        If the plane is unknown or not in the phantom.
    """
    settings, rng = settings or PetSettings(), rng or np.random.default_rng(0)
    axis, shape, edge = _axis(plane), state.phantom.shape, state.phantom.voxel_mm
    middle = int(require_in_range("index", index, 0, shape[axis] - 1))
    sigma = pet_fwhm_mm(settings) / FWHM_PER_SIGMA / edge
    reach = int(_TRUNCATE * sigma + 0.5)
    spans = [slice(0, size) for size in shape]
    spans[axis] = slice(max(middle - reach, 0), min(middle + reach + 1, shape[axis]))
    slab = np.moveaxis(_truth(state, settings, (spans[0], spans[1], spans[2])), axis, 0)
    offset = np.arange(-reach, reach + 1)
    weight = np.exp(-0.5 * (offset / sigma) ** 2)
    at = np.clip(offset + middle, 0, shape[axis] - 1) - spans[axis].start
    mixing = np.bincount(at, weight / weight.sum(), minlength=slab.shape[0]).astype(np.float32)
    blurred = gaussian_filter(np.tensordot(mixing, slab, axes=1), sigma, mode="nearest", truncate=_TRUNCATE)
    values = _with_noise(blurred, edge, settings, rng)
    truth = np.ascontiguousarray(slab[middle - spans[axis].start])
    return PetSlice(values=values, truth=truth, pixel_mm=(edge, edge), settings=settings)


def _truth(state: VoxelState, settings: PetSettings, region: Region) -> _Array:
    return concentration(state, tracer(settings.tracer), settings.time_min, settings.receptor, region)


def _with_noise(
    blurred: npt.NDArray[Any], voxel_mm: float, settings: PetSettings, rng: np.random.Generator
) -> _Array:
    """Add noise of the spread and grain of a reconstruction."""
    if counts_share(settings, voxel_mm) <= 0:
        return np.zeros(blurred.shape, dtype=np.float32)
    values = noise_grain(blurred.shape, voxel_mm, settings, rng)
    # Plane by plane, as a volume is large beside everything else.
    noise, clean = (values, blurred) if blurred.ndim > 2 else (values[None], blurred[None])
    for plane in range(len(noise)):
        noise[plane] *= noise_spread(clean[plane], voxel_mm, settings)
        noise[plane] += clean[plane]
    return np.asarray(np.maximum(values, 0, out=values), dtype=np.float32)


def _axis(plane: str) -> int:
    if plane not in _AXIS:
        message = f"there is no plane “{plane}”; choose one of {', '.join(_AXIS)}"
        raise ParameterError(message)
    return _AXIS[plane]
