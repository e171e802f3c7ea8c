"""From what each compartment emits to a complex image: resolution, chemical shift, breathing and noise in k-space."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import fft

from bonemets_teach.imaging._mri_timing import Timing

__all__ = [
    "Readout",
    "add_noise",
    "breathing_factor",
    "image_of",
    "kspace_of",
    "measured",
    "noise_sd",
    "resampling",
]

Float32 = npt.NDArray[np.float32]
Complex64 = npt.NDArray[np.complex64]

# Chosen: 16 breaths a minute. A round 4 s would meet a repetition time of 4 s always in the same phase, without a ghost.
_BREATH_MS: Final = 3750.0
# Calibrated: with a voxel of 4 mm3, 256 lines, 200 Hz a pixel and one average at 1.5 T, muscle on T1 has 20 times
# the signal of the noise, the order of a clinical spine coil.
_NOISE_OF_REFERENCE: Final = 0.014
_REFERENCE_VOXEL_MM3: Final = 4.0
_REFERENCE_LINES: Final = 256.0
_REFERENCE_BANDWIDTH_HZ: Final = 200.0
_REFERENCE_FIELD_T: Final = 1.5
# Chosen: parallel imaging amplifies noise by so much for each step of the factor (geometry factor, taken as even).
_GEOMETRY_GAIN: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """Geometry of the measurement.

    Parameters
    ----------
    size : int
        Rows and columns of the image.
    matrix : int
        Lines and samples that are measured.
    field_of_view_mm : float
        Edge of the image [mm].
    slice_thickness_mm : float
        Thickness of the slice [mm].
    """

    size: int
    matrix: int
    field_of_view_mm: float
    slice_thickness_mm: float

    @property
    def pixel_mm(self) -> float:
        """Edge of a pixel of the image [mm]."""
        return self.field_of_view_mm / self.size

    @property
    def voxel_mm3(self) -> float:
        """Volume of a measured voxel [mm3]."""
        return (self.field_of_view_mm / self.matrix) ** 2 * self.slice_thickness_mm


@lru_cache(maxsize=16)
def resampling(voxels: int, voxel_mm: float, size: int, pixel_mm: float, shift_mm: float = 0.0) -> Float32:
    """Return the matrix that carries a line of voxels to the pixels of a centered line.

    Parameters
    ----------
    voxels, size : int
        Lengths of the two lines.
    voxel_mm, pixel_mm : float
        Their steps [mm].
    shift_mm : float, default 0
        How far the object is moved toward higher pixels [mm]: the chemical shift of fat.

    Returns
    -------
    matrix : ndarray of float32 of shape (size, voxels)
        Linear interpolation; where pixels are larger than voxels, averages with a triangle of their width.
    """
    middle = (np.arange(size) - (size - 1) / 2) * pixel_mm - shift_mm
    position = (middle + voxels * voxel_mm / 2) / voxel_mm - 0.5
    width = max(1.0, pixel_mm / voxel_mm)
    matrix: npt.NDArray[Any] = (
        np.maximum(0.0, 1 - np.abs(position[:, None] - np.arange(voxels)) / width) / width
    )
    return matrix.astype(np.float32)


def kspace_of(image: npt.NDArray[Any]) -> Complex64:
    """Return the k-space of an image, zero frequency in the middle of the array.

    Parameters
    ----------
    image : ndarray of shape (row, column)
        Real or complex.

    Returns
    -------
    kspace : ndarray of complex64 of shape (row, column)
        Scaled so that `image_of` gives the image back.
    """
    data = np.asarray(image, dtype=np.complex64)
    return np.asarray(fft.fftshift(fft.fft2(data)), dtype=np.complex64)


def image_of(kspace: Complex64, size: int) -> Complex64:
    """Return the image of a measured k-space, interpolated by zero filling.

    Parameters
    ----------
    kspace : ndarray of complex64 of shape (line, sample)
        The measured middle of a k-space of shape (size, size).
    size : int
        Rows and columns of the image, at least those of ``kspace``.

    Returns
    -------
    image : ndarray of complex64 of shape (row, column)
        Edges ring (Gibbs) where the cut is sharp.
    """
    full = np.zeros((size, size), dtype=np.complex64)
    middle = _middle(size, kspace.shape[0])
    full[middle, middle] = kspace
    return np.asarray(fft.ifft2(fft.ifftshift(full)), dtype=np.complex64)


def measured(kspace: Complex64, matrix: int) -> Complex64:
    """Return the middle of a k-space that a scan of a matrix measures."""
    middle = _middle(kspace.shape[0], matrix)
    return kspace[middle, middle]


def noise_sd(readout: Readout, timing: Timing, *, field_t: float, acceleration: float) -> float:
    """Return the spread of the noise in the real part of a pixel.

    Parameters
    ----------
    readout : Readout
        Size of a voxel and number of lines.
    timing : Timing
        Bandwidth, averages, partitions and flip angle.
    field_t : float
        Field strength [T].
    acceleration : float
        Factor of parallel imaging.

    Returns
    -------
    sd : float
        In the unit of proton density, where fully relaxed water gives 1. Gradient echoes are shown on this scale too:
        with a small flip angle signal and noise are both divided by its sine.

    Notes
    -----
    SNR is proportional to B0, to the volume of a voxel and to the root of the time in which signal is sampled,
    lines x partitions x averages / bandwidth [1]_.

    References
    ----------
    .. [1] Haacke EM, et al. Magnetic Resonance Imaging: Physical Principles and Sequence Design. Wiley 1999, ch. 15.
    """
    time = (readout.matrix / _REFERENCE_LINES) * timing.averages * timing.partitions / acceleration
    time *= _REFERENCE_BANDWIDTH_HZ / timing.bandwidth_hz_px
    gain: float = (readout.voxel_mm3 / _REFERENCE_VOXEL_MM3) * (field_t / _REFERENCE_FIELD_T) * time**0.5
    gain *= math.sin(math.radians(timing.flip_deg))
    geometry = 1 + _GEOMETRY_GAIN * (acceleration - 1)
    return _NOISE_OF_REFERENCE * geometry / gain


def add_noise(kspace: Complex64, sd: float, size: int, rng: np.random.Generator) -> Complex64:
    """Return a k-space with complex white noise that has a spread in the zero-filled image.

    Parameters
    ----------
    kspace : ndarray of complex64 of shape (line, sample)
        Measured samples.
    sd : float
        Spread of the real part of a pixel.
    size : int
        Rows and columns of the image.
    rng : Generator
        Random numbers.

    Returns
    -------
    kspace : ndarray of complex64 of shape (line, sample)
        With noise; the magnitude of its image follows a Rice distribution.
    """
    lines, samples = kspace.shape
    noise = rng.standard_normal((lines, samples, 2), dtype=np.float32).view(np.complex64)[..., 0]
    scale = sd * size * size / (lines * samples) ** 0.5
    return np.asarray(kspace + np.float32(scale) * noise, dtype=np.complex64)


def breathing_factor(readout: Readout, timing: Timing, *, amplitude_mm: float, same_axis: bool) -> Complex64:
    """Return what breathing does to the k-space of tissue that moves.

    Parameters
    ----------
    readout : Readout
        Lines and field of view.
    timing : Timing
        When each line is measured: an echo train takes its lines at once; averages meet other phases of the breath.
    amplitude_mm : float
        The tissue swings by so much to either side [mm].
    same_axis : bool
        Whether the tissue moves along the phase-encoding axis.

    Returns
    -------
    factor : ndarray of complex64 of shape (line, sample)
        Each line multiplied by the phase of its displacement; broadcasts if the motion is along the lines.

    Notes
    -----
    A displacement d multiplies k-space by exp(-2 pi i k d). As d changes from line to line the image repeats along the
    phase-encoding axis. Acceleration changes the time of a scan, not the pattern here.
    """
    lines = np.arange(readout.matrix)
    frequency = ((lines - readout.matrix // 2) / readout.field_of_view_mm).astype(np.float32)
    train = timing.echo_train or readout.matrix
    shots = -(-readout.matrix // train)
    total = np.zeros((readout.matrix, 1 if same_axis else readout.matrix), dtype=np.complex64)
    for repetition in range(timing.averages):
        shot = lines // train + repetition * shots
        place = amplitude_mm * np.sin(2 * np.pi * shot * timing.tr_ms / _BREATH_MS).astype(np.float32)
        turn = place * frequency if same_axis else place[:, None] * frequency
        total += np.exp(-2j * np.pi * turn).astype(np.complex64).reshape(total.shape)
    return np.asarray(total / timing.averages, dtype=np.complex64)


def _middle(size: int, matrix: int) -> slice:
    start = size // 2 - matrix // 2
    return slice(start, start + matrix)
