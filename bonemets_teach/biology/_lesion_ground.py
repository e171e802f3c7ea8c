"""Prepares a lesion's arrays on [z, y, x]: checks them, lays the mosaic and plants the seed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.biology import _lesion_constants as constant
from bonemets_teach.biology._lesion_kernels import Ground, Moving
from bonemets_teach.biology._lesion_settings import LesionSettings
from bonemets_teach.errors import ParameterError, require_in_range

Volume = npt.NDArray[np.float32]


def as_volume(name: str, values: npt.ArrayLike, shape: tuple[int, ...] | None, high: float) -> Volume:
    """Return finite values in [0, ``high``] as a new float32 array [z, y, x]."""
    array = np.asarray(values, dtype=np.float32)
    if shape is not None and array.ndim == 0:
        array = np.full(shape, array, dtype=np.float32)
    if array.ndim not in {2, 3} or array.size == 0 or (shape is not None and array.shape != shape):
        wanted = f"shape {shape}, as bone_fraction" if shape else "two or three axes and at least one voxel"
        message = f"{name} has shape {array.shape}; give an array with {wanted}"
        raise ParameterError(message)
    bad = ~((array >= 0.0) & (array <= high))
    if bad.any():
        raise ParameterError.out_of_range(name, float(array[bad][0]), 0.0, high)
    return np.array(array if array.ndim == 3 else array[None], order="C")


def as_region(region: npt.ArrayLike | None, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Return the mask of bone and marrow as 0 and 1 on [z, y, x]; None is everything."""
    mask = np.ones(shape, dtype=bool) if region is None else np.asarray(region)
    if mask.dtype != np.bool_ or mask.shape != shape:
        message = f"region is {mask.dtype} of shape {mask.shape}; give a bool array of shape {shape}"
        raise ParameterError(message)
    if not mask.any():
        raise ParameterError("region is empty; mark the voxels of bone and marrow where the tumor can grow")
    return np.array(mask if mask.ndim == 3 else mask[None], dtype=np.uint8, order="C")


def seed_voxel(settings: LesionSettings, region: npt.NDArray[np.uint8], axes: int) -> tuple[int, int, int]:
    """Return the seed on [z, y, x], refusing one outside the array or outside the region."""
    given = settings.seed_index
    sizes = region.shape[3 - axes :]
    if len(given) != axes:
        message = f"seed_index = {given} has {len(given)} indices for {axes} axes; give one index an axis"
        raise ParameterError(message)
    for axis, (index, size) in enumerate(zip(given, sizes, strict=True)):
        require_in_range(f"seed_index[{axis}]", index, 0, size - 1)
    z, y, x = (0, *given) if axes == 2 else given
    if region[z, y, x] == 0:
        nearest = _nearest(region, (z, y, x))[3 - axes :]
        message = f"seed_index = {given} is outside bone and marrow; the nearest voxel inside is {nearest}"
        raise ParameterError(message)
    return z, y, x


def prepare(
    bone: Volume, turnover: Volume, region: npt.NDArray[np.uint8], seed: tuple[int, int, int],
    settings: LesionSettings,
) -> tuple[Moving, Ground]:  # fmt: skip
    """Lay out everything that the compiled steps read and write, with a rim of one voxel."""
    tumor = _planted(region, seed, settings.voxel_mm)
    sigma = settings.heterogeneity * 4.0 * settings.phenotype * (1.0 - settings.phenotype)
    phenotype = np.full(bone.shape, settings.phenotype, dtype=np.float32)
    if sigma > 0.0:
        mosaic = _field(bone.shape, constant.MOSAIC_MM, settings, 0)
        mosaic -= _mean_near(mosaic, region, seed, settings.voxel_mm)
        phenotype = np.clip(phenotype + sigma * mosaic, 0.0, 1.0)
    growth = np.full(
        bone.shape,
        constant.GROWTH_PER_DAY * settings.growth_speed**constant.GROWTH_EXPONENT,
        dtype=np.float32,
    )
    ragged = constant.RAGGED_PER_SPEED * max(0.0, settings.growth_speed - 1.0)
    if ragged > 0.0:
        uneven = np.exp(ragged * _field(bone.shape, constant.RAGGED_MM, settings, 1) - 0.5 * ragged**2)
        growth = growth * uneven
        turnover = turnover * uneven
    inside, initial = np.pad(region, 1), np.pad(bone, 1)
    blank = np.zeros_like(initial)
    moving = Moving(np.pad(tumor, 1), blank, initial.copy(), blank.copy(), blank.copy())
    return moving, Ground(inside, np.pad(phenotype, 1), np.pad(turnover, 1), np.pad(growth, 1), initial)


def _planted(region: npt.NDArray[np.uint8], seed: tuple[int, int, int], voxel_mm: float) -> Volume:
    z, y, x = (
        (np.arange(size, dtype=np.float32) - at) * voxel_mm
        for size, at in zip(region.shape, seed, strict=True)
    )
    distance2 = z[:, None, None] ** 2 + y[None, :, None] ** 2 + x[None, None, :] ** 2
    clump = constant.SEED_FRACTION * np.exp(-0.5 * distance2 / constant.SEED_RADIUS_MM**2)
    clump[(region == 0) | (distance2 > (4.0 * constant.SEED_RADIUS_MM) ** 2)] = 0.0
    clump[seed] = constant.SEED_FRACTION
    return clump.astype(np.float32)


def _distance2(region: npt.NDArray[np.uint8], seed: tuple[int, int, int], voxel_mm: float) -> Volume:
    """Return the squared distance of every voxel to the seed [mm2]."""
    sizes = zip(region.shape, seed, strict=True)
    z, y, x = ((np.arange(size, dtype=np.float32) - at) * np.float32(voxel_mm) for size, at in sizes)
    squares: Volume = z[:, None, None] ** 2 + y[None, :, None] ** 2 + x[None, None, :] ** 2
    return squares


def _mean_near(
    mosaic: Volume, region: npt.NDArray[np.uint8], seed: tuple[int, int, int], voxel_mm: float
) -> np.float32:
    """Return the mean around the seed; without it a lesion is on the whole what it is called."""
    near = np.exp(_distance2(region, seed, voxel_mm) / np.float32(-2.0 * (1.5 * constant.MOSAIC_MM) ** 2))
    near *= region
    return np.float32((mosaic * near).sum() / near.sum())


def _field(shape: tuple[int, ...], length_mm: float, settings: LesionSettings, stream: int) -> Volume:
    """Return a Gaussian random field of mean 0 and variance 1 with 1/e correlation at ``length_mm``."""
    white = np.random.default_rng((settings.noise_seed, stream)).standard_normal(shape, dtype=np.float32)
    sigma = 0.5 * length_mm / settings.voxel_mm
    smooth = ndimage.gaussian_filter(white, [sigma if size > 1 else 0.0 for size in shape], mode="wrap")
    spread = float(smooth.std())
    scaled: Volume = (smooth / spread if spread > 0.0 else smooth).astype(np.float32)
    return scaled


def _nearest(region: npt.NDArray[np.uint8], seed: tuple[int, int, int]) -> tuple[int, ...]:
    inside = np.argwhere(region == 1)
    best = inside[np.argmin(((inside - np.array(seed)) ** 2).sum(axis=1))]
    return tuple(int(index) for index in best)
