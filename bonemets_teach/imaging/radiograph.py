"""A polyenergetic digital radiograph: from path lengths and exposure settings to an image with its noise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._radiograph_detector import BeamTable, beam_table
from bonemets_teach.imaging._radiograph_display import processed
from bonemets_teach.imaging._radiograph_hip import HIP_PIXEL_MM, healthy_hip, hip_with_lesion
from bonemets_teach.imaging._radiograph_scatter import (
    GRID_SCATTER_CUT,
    GRID_TRANSMISSION,
    scatter_image,
    scatter_to_primary,
)
from bonemets_teach.imaging.projection import PathLengths

__all__ = [
    "HIP_PIXEL_MM", "VALUE_UNIT", "Exposure", "Radiograph", "RadiographSettings", "behind_grid", "expose",
    "healthy_hip", "hip_with_lesion", "processed", "transmit", "warm_up",
]  # fmt: skip

_Array = npt.NDArray[np.float32]

VALUE_UNIT: Final = "% (log signal)"
"""Unit of a displayed value: 100 ln(reference signal / signal); 1 is 1 % less signal, bone is high."""
_SKIN_DISTANCE_MARGIN_MM: Final = 50.0
_PIXELS_AT_ONCE: Final = 16384  # chosen: what is made of them stays in the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiographSettings:
    """How an exposure is made; defaults suit a slim hip (chosen).

    Parameters
    ----------
    tube_voltage_kv : float, default 77
        Tube voltage [kV], in [50, 140].
    tube_current_time_mas : float, default 2
        Tube current times exposure time [mAs], in [0.01, 500].
    filtration_mm_al : float, default 3
        Total filtration [mm of aluminum], in [2.5, 30].
    scatter : bool, default True
        Whether the patient scatters; False is a teaching device.
    grid : bool, default True
        Whether an anti-scatter grid stands before the detector.
    focus_detector_mm : float, default 1150
        Distance from focus to detector [mm], in [500, 3000].

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    tube_voltage_kv: float = 77.0
    tube_current_time_mas: float = 2.0
    filtration_mm_al: float = 3.0
    scatter: bool = True
    grid: bool = True
    focus_detector_mm: float = 1150.0

    def __post_init__(self) -> None:
        require_in_range("tube_voltage_kv", self.tube_voltage_kv, 50, 140, "kV")
        require_in_range("tube_current_time_mas", self.tube_current_time_mas, 0.01, 500, "mAs")
        require_in_range("filtration_mm_al", self.filtration_mm_al, 2.5, 30, "mm")
        require_in_range("focus_detector_mm", self.focus_detector_mm, 500, 3000, "mm")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposure:
    """What reaches the detector on average, for 1 mAs: everything but the noise.

    Parameters
    ----------
    signal : ndarray of float32, shape (row, column)
        Absorbed energy, scatter included [keV/mm2 per mAs].
    energy_per_photon : ndarray of float32, shape (row, column)
        Second over first moment of the absorbed energy [keV]; the variance is this times the signal.
    scatter_to_primary : ndarray of float32, shape (row, column)
        Scatter over primary at the detector.
    thickness_mm : float
        Median thickness of the part in the field [mm].
    reference : float
        Signal that is displayed as 0: the median behind the part [keV/mm2 per mAs].
    pixel_mm : float
        Edge of a pixel [mm].
    settings : RadiographSettings
        Settings of the beam; the mAs has no influence here.
    """

    signal: _Array
    energy_per_photon: _Array
    scatter_to_primary: _Array
    thickness_mm: float
    reference: float
    pixel_mm: float
    settings: RadiographSettings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Radiograph:
    """An image and what is known about it.

    Parameters
    ----------
    values : ndarray of float32, shape (row, column)
        Displayed values in `VALUE_UNIT`: high behind bone, low in air.
    signal : ndarray of float32, shape (row, column)
        Absorbed energy with noise [keV/mm2].
    relative_noise : ndarray of float32, shape (row, column)
        Standard deviation of a pixel's signal over its mean.
    scatter_to_primary : ndarray of float32, shape (row, column)
        Scatter over primary at the detector.
    entrance_kerma_ugy : float
        Air kerma at the skin without backscatter [uGy].
    detector_kerma_ugy : float
        Air kerma that would give the median signal behind the part [uGy].
    pixel_mm : float
        Edge of a pixel [mm].
    settings : RadiographSettings
        How it was made.
    """

    values: _Array
    signal: _Array
    relative_noise: _Array
    scatter_to_primary: _Array
    entrance_kerma_ugy: float
    detector_kerma_ugy: float
    pixel_mm: float
    settings: RadiographSettings


def transmit(paths: PathLengths, settings: RadiographSettings, *, reference: float | None = None) -> Exposure:
    """Send a beam through path lengths.

    Parameters
    ----------
    paths : PathLengths
        Millimeters of each material for each pixel.
    settings : RadiographSettings
        The mAs is not used.
    reference : float, optional
        Signal that is displayed as 0 [keV/mm2 per mAs]; by default the median behind the part.

    Returns
    -------
    exposure : Exposure
        Mean signal for 1 mAs.

    Notes
    -----
    ``signal = sum over E of fluence(E) E eta(E) exp(-sum over m of mu_m(E) L_m) + scatter``. Left out: heel effect,
    divergence, focal spot, spread of light in the detector, electronic noise.
    """
    beam = beam_table(settings.tube_voltage_kv, settings.filtration_mm_al, paths.materials)
    primary, squares = _primary(paths, beam) * np.float32((1000 / settings.focus_detector_mm) ** 2)
    total = paths.total_mm
    scatter = np.zeros_like(primary)
    if settings.scatter:
        scatter = scatter_image(primary * scatter_to_primary(total, settings.tube_voltage_kv), paths.pixel_mm)
    energy = squares / primary
    if settings.grid:
        primary = primary * np.float32(GRID_TRANSMISSION)
        scatter = scatter * np.float32(GRID_TRANSMISSION / GRID_SCATTER_CUT)
    signal = primary + scatter
    behind = total > 0
    if not behind.any():
        behind = np.ones_like(behind)
    return Exposure(
        signal=signal,
        energy_per_photon=energy,
        scatter_to_primary=scatter / primary,
        thickness_mm=float(np.median(total[behind])),
        reference=float(np.median(signal[behind])) if reference is None else reference,
        pixel_mm=paths.pixel_mm,
        settings=settings,
    )


def behind_grid(exposure: Exposure, *, reference: float | None = None) -> Exposure:
    """Put an anti-scatter grid before the detector of an exposure made without one.

    Parameters
    ----------
    exposure : Exposure
        What `transmit` gives without a grid; the beam need not be sent again.
    reference : float, optional
        Signal that is displayed as 0 [keV/mm2 per mAs]; by default the median over the field.

    Returns
    -------
    exposure : Exposure
        As `transmit` gives with a grid.

    Raises
    ------
    ParameterError
        If there is a grid already.
    """
    if exposure.settings.grid:
        message = "the exposure has a grid already; take one without a grid"
        raise ParameterError(message)
    ratio = exposure.scatter_to_primary
    left = np.float32(GRID_TRANSMISSION) * (1 + ratio / np.float32(GRID_SCATTER_CUT)) / (1 + ratio)
    signal = exposure.signal * left
    return replace(
        exposure,
        signal=signal,
        scatter_to_primary=ratio / np.float32(GRID_SCATTER_CUT),
        reference=float(np.median(signal)) if reference is None else reference,
        settings=replace(exposure.settings, grid=True),
    )


def expose(
    paths: PathLengths | Exposure, settings: RadiographSettings | None = None, *, seed: int | None = 0
) -> Radiograph:
    """Make a radiograph.

    Parameters
    ----------
    paths : PathLengths or Exposure
        Path lengths, or what `transmit` made of them: then only the noise is new.
    settings : RadiographSettings, optional
        Settings; by default those of the exposure, or `RadiographSettings()`. With an `Exposure` only the mAs counts.
    seed : int or None, default 0
        Seed of the noise; the same seed gives the same pattern at each mAs. None makes a picture without noise.

    Returns
    -------
    radiograph : Radiograph
        Image and numbers.
    """
    if isinstance(paths, Exposure):
        exposure, chosen = paths, settings or paths.settings
    else:
        chosen = settings or RadiographSettings()
        exposure = transmit(paths, chosen)
    mas = np.float32(chosen.tube_current_time_mas)
    area = np.float32(exposure.pixel_mm**2)
    relative = np.sqrt(exposure.energy_per_photon / (exposure.signal * (mas * area)))
    mean = exposure.signal * mas
    signal = mean if seed is None else mean * _noisy(relative, seed)
    reference = np.float32(exposure.reference) * mas
    beam = beam_table(exposure.settings.tube_voltage_kv, exposure.settings.filtration_mm_al)
    open_signal = float(beam.moments[0].sum())
    skin_mm = exposure.settings.focus_detector_mm - exposure.thickness_mm - _SKIN_DISTANCE_MARGIN_MM
    return Radiograph(
        values=np.float32(100) * np.log(reference / signal),
        signal=signal,
        relative_noise=relative,
        scatter_to_primary=exposure.scatter_to_primary,
        entrance_kerma_ugy=float(beam.kerma_ugy_per_mas * mas * (1000 / max(skin_mm, 100.0)) ** 2),
        detector_kerma_ugy=float(beam.kerma_ugy_per_mas * reference / open_signal),
        pixel_mm=exposure.pixel_mm,
        settings=chosen,
    )


def warm_up() -> None:
    """Load the tables and build the hip, which every learner's film starts from."""
    settings = RadiographSettings()
    for overlying in (True, False):
        radiograph = expose(transmit(healthy_hip(overlying=overlying), settings))
        processed(radiograph.values, radiograph.pixel_mm)
    lesion = place(proximal_femur(), "neck", phenotype=0.0, months=1)
    hip_with_lesion(lesion, overlying=True)


def _primary(paths: PathLengths, beam: BeamTable) -> npt.NDArray[np.float32]:
    """Return first and second moment of the absorbed primary energy, shape (2, row, column)."""
    flat = paths.mm.reshape(len(paths.materials), -1)
    moments = np.empty((len(beam.moments), flat.shape[1]), dtype=np.float32)
    for first in range(0, flat.shape[1], _PIXELS_AT_ONCE):
        part = slice(first, first + _PIXELS_AT_ONCE)
        moments[:, part] = beam.moments @ np.exp(-beam.per_mm @ flat[:, part])
    return moments.reshape(-1, *paths.shape)


def _noisy(relative: _Array, seed: int) -> _Array:
    # A pixel with few photons must not turn negative: its logarithm is displayed.
    factor = 1 + relative * _normal(relative.shape, seed)
    return np.asarray(np.maximum(factor, np.float32(0.02)), dtype=np.float32)


@lru_cache(maxsize=3)
def _normal(shape: tuple[int, ...], seed: int) -> _Array:
    pattern = np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)
    pattern.setflags(write=False)
    return pattern
