"""Takes one complex image of a slab: emission, displacement, breathing, k-space, noise."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging import mri_kspace as kspace
from bonemets_teach.imaging._mri_emission import GRADIENT_ECHOES, emission
from bonemets_teach.imaging._mri_timing import Timing
from bonemets_teach.imaging.mri_metal import SUSCEPTIBILITY_PPM, dephasing, displaced, suppression
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.mri_signal import GYROMAGNETIC_MHZ_T, fat_shift_hz
from bonemets_teach.imaging.mri_slab import Slab

__all__ = ["acquire", "readout_of"]

_Array = npt.NDArray[Any]

_SMALLEST_IMAGE: Final = 256
# Chosen: usual pixels [mm].
_PIXEL_MM: Final = 0.9
_DIFFUSION_PIXEL_MM: Final = 1.8
# Chosen: the wall of the trunk moves fully at the front and not at all behind this share of the depth.
_STILL_FROM: Final = 0.2


def readout_of(slab: Slab, settings: MriSettings) -> kspace.Readout:
    """Return size and resolution of an image.

    Parameters
    ----------
    slab : Slab
        Its larger edge is the field of view if none is set.
    settings : MriSettings
        May fix field of view and matrix.

    Returns
    -------
    readout : Readout
        Geometry.
    """
    edge = settings.field_of_view_mm or max(slab.shape) * slab.voxel_mm
    matrix = settings.matrix
    if matrix is None:
        pixel = _DIFFUSION_PIXEL_MM if settings.sequence in {"diffusion", "ADC"} else _PIXEL_MM
        matrix = int(np.clip(2 * round(edge / pixel / 2), 32, 256))
    return kspace.Readout(
        size=max(_SMALLEST_IMAGE, matrix), matrix=matrix, field_of_view_mm=edge,
        slice_thickness_mm=settings.slice_thickness_mm,
    )  # fmt: skip


def acquire(
    slab: Slab, settings: MriSettings, timing: Timing, rng: np.random.Generator | None
) -> npt.NDArray[np.complex64]:
    """Take one complex image.

    Parameters
    ----------
    slab : Slab
        Tissues of the slice.
    settings : MriSettings
        How it is taken.
    timing : Timing
        Times in force.
    rng : Generator or None
        Random numbers of the noise; None leaves the noise out.

    Returns
    -------
    image : ndarray of complex64 of shape (row, column)
        In units of fully relaxed water.
    """
    readout = readout_of(slab, settings)
    grid = _Grid(slab, settings, timing, readout)
    water, fat = emission(slab, settings, timing)
    measured = _lines(grid, water, fat)
    if settings.motion_mm > 0:
        # The moving part is taken out of the still image and put back line by line.
        part = np.clip(1 - slab.depth / np.float32(_STILL_FROM), 0, 1)
        moving = _lines(grid, water * part, fat * part)
        factor = kspace.breathing_factor(
            readout, timing, amplitude_mm=settings.motion_mm,
            same_axis=(settings.phase_axis == "rows") == (slab.plane != "sagittal"),
        )  # fmt: skip
        factor = factor if settings.phase_axis == "rows" else factor.T
        measured = measured + moving * (factor - 1)
    if rng is not None:
        sd = kspace.noise_sd(readout, timing, field_t=settings.field_t, acceleration=settings.acceleration)
        measured = kspace.add_noise(measured, sd, readout.size, rng)
    return kspace.image_of(measured, readout.size)


class _Grid:
    """Carries what a slab emits to the pixels of the image, with all displacements along the readout."""

    def __init__(self, slab: Slab, settings: MriSettings, timing: Timing, readout: kspace.Readout) -> None:
        self.readout = readout
        self._slab = slab
        self._timing = timing
        self._settings = settings
        self._readout_axis = 1 if settings.phase_axis == "rows" else 0
        self._fat_hz = fat_shift_hz(settings.field_t)
        self._shift_hz = self._metal_hz()

    def pixels(self, water: _Array, fat: _Array) -> _Array:
        """Return the object as the readout sees it."""
        step_mm = self.readout.field_of_view_mm / self.readout.matrix
        fat_mm = -self._fat_hz / self._timing.bandwidth_hz_px * step_mm
        if self._settings.suppresses_fat:
            water = water * suppression(0.0, self._fat_hz, self._fat_hz) if self._shift_hz is None else water
            fat = fat * suppression(0.0, 0.0, self._fat_hz) if self._shift_hz is None else fat
        moved_fat = self._resampled(fat, fat_mm) if fat.any() else np.float32(0)
        moved_water = self._resampled(water, 0.0)
        if self._shift_hz is None:
            return np.asarray(moved_water + moved_fat)
        return self._near_metal(moved_water, np.asarray(moved_fat))

    def _resampled(self, image: _Array, shift_mm: float) -> _Array:
        sides = []
        for axis, voxels in enumerate(image.shape):
            shift = shift_mm if axis == self._readout_axis else 0.0
            step = (self.readout.size, self.readout.pixel_mm, shift)
            sides.append(kspace.resampling(voxels, self._slab.voxel_mm, *step))
        return np.asarray(sides[0] @ image @ sides[1].T)

    def _metal_hz(self) -> _Array | None:
        if self._slab.metal_field is None:
            return None
        ppm = SUSCEPTIBILITY_PPM[self._settings.implant] * self._resampled(self._slab.metal_field, 0.0)
        return np.asarray(ppm * np.float32(GYROMAGNETIC_MHZ_T * self._settings.field_t))

    def _near_metal(self, water: _Array, fat: _Array) -> _Array:
        hertz = self._shift_hz
        assert hertz is not None  # noqa: S101 - only called with metal
        if self._settings.suppresses_fat:
            water = water * suppression(hertz, self._fat_hz, self._fat_hz)
            fat = fat * suppression(hertz, 0.0, self._fat_hz)
        image = (water + fat).astype(np.complex64)
        if self._settings.sequence in GRADIENT_ECHOES:
            image = image * dephasing(hertz, self._timing.te_ms)
        pixels = hertz / np.float32(self._timing.bandwidth_hz_px) * (self.readout.size / self.readout.matrix)
        return displaced(image, pixels.astype(np.float32), axis=self._readout_axis)


def _lines(grid: _Grid, water: _Array, fat: _Array) -> npt.NDArray[np.complex64]:
    return kspace.measured(kspace.kspace_of(grid.pixels(water, fat)), grid.readout.matrix)
