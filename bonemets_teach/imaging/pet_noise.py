"""How a PET is made, how wide it spreads a point, and the noise of its images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging.pet_tracers import TracerName, tracer

__all__ = ["PetSettings", "counts_share", "noise_grain", "noise_spread", "pet_fwhm_mm"]

_Array = npt.NDArray[np.float32]

# Calibrated: spread of 11 % in liver (SUV 2.2) with 210 MBq of fluorine-18 after 60 min, 3 min, voxels of 4 mm.
_NOISE: Final = 0.16
_NOISE_FLOOR: Final = 0.3
_REFERENCE: Final = 210.0 * 2 ** (-60.0 / 109.77) * 3.0 * 0.967 * 64.0
_TRUNCATE: Final = 3.0
_EMPTY: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class PetSettings:
    """How a PET is made; defaults are usual ones (chosen).

    Parameters
    ----------
    tracer : {"FDG", "NaF", "PSMA"}, default "FDG"
        Tracer.
    activity_mbq : float, default 210
        Injected activity [MBq], in [0, 1000].
    time_min : float, default 60
        Time from injection to scan [min], in [0, 300].
    minutes : float, default 3
        Time for which each point is seen [min], in [0, 60].
    fwhm_mm : float, default 5
        Resolution of scanner and reconstruction [mm], in [2, 20].
    receptor : float, default 1
        Share of the tumor that carries PSMA, in [0, 1].

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    tracer: TracerName = "FDG"
    activity_mbq: float = 210.0
    time_min: float = 60.0
    minutes: float = 3.0
    fwhm_mm: float = 5.0
    receptor: float = 1.0

    def __post_init__(self) -> None:
        tracer(self.tracer)
        require_in_range("activity_mbq", self.activity_mbq, 0, 1000, "MBq")
        require_in_range("time_min", self.time_min, 0, 300, "min")
        require_in_range("minutes", self.minutes, 0, 60, "min")
        require_in_range("fwhm_mm", self.fwhm_mm, 2, 20, "mm")
        require_in_range("receptor", self.receptor, 0, 1)


def pet_fwhm_mm(settings: PetSettings) -> float:
    """Return the width to which scanner and positron range spread a point.

    Parameters
    ----------
    settings : PetSettings
        Tracer and resolution.

    Returns
    -------
    fwhm : float
        Full width at half maximum [mm].
    """
    return float(np.hypot(settings.fwhm_mm, tracer(settings.tracer).range_fwhm_mm))


def counts_share(settings: PetSettings, voxel_mm: float) -> float:
    """Return the counts of a voxel relative to those of a usual scan.

    Parameters
    ----------
    settings : PetSettings
        Tracer, activity and times.
    voxel_mm : float
        Edge of a voxel [mm].

    Returns
    -------
    share : float
        1 for 210 MBq of fluorine-18 after 60 min, 3 min, voxels of 4 mm.
    """
    one = tracer(settings.tracer)
    decay = 2 ** (-settings.time_min / one.half_life_min)
    return float(settings.activity_mbq * decay * settings.minutes * one.positrons * voxel_mm**3 / _REFERENCE)


def noise_spread(blurred: npt.NDArray[Any], voxel_mm: float, settings: PetSettings) -> _Array:
    """Return the standard deviation of the noise.

    Parameters
    ----------
    blurred : ndarray of shape (...)
        SUV without noise.
    voxel_mm : float
        Edge of a voxel [mm].
    settings : PetSettings
        With activity and time, so that there are counts.

    Returns
    -------
    spread : ndarray of float32, shape (...)
        SUV; 0 where there is nothing.
    """
    gain = np.float32(_NOISE / np.sqrt(counts_share(settings, voxel_mm)))
    spread = gain * np.sqrt(np.maximum(blurred, np.float32(0)) + np.float32(_NOISE_FLOOR))
    spread[blurred <= _EMPTY] = 0.0
    return np.asarray(spread, dtype=np.float32)


def noise_grain(
    shape: tuple[int, ...], voxel_mm: float, settings: PetSettings, rng: np.random.Generator
) -> _Array:
    """Return noise of standard deviation 1 with the grain of a reconstruction.

    Parameters
    ----------
    shape : tuple of int
        Shape of an image or a volume.
    voxel_mm : float
        Edge of a voxel [mm].
    settings : PetSettings
        Tracer and resolution, which set the grain.
    rng : numpy.random.Generator
        Source of the noise.

    Returns
    -------
    grain : ndarray of float32 of that shape
        Mean 0.
    """
    sigma = pet_fwhm_mm(settings) / FWHM_PER_SIGMA / voxel_mm
    grain = rng.standard_normal(shape, dtype=np.float32)
    gaussian_filter(grain, sigma, mode="wrap", truncate=_TRUNCATE, output=grain)
    grain /= max(float(grain.std()), 1e-9)
    return np.asarray(grain, dtype=np.float32)
