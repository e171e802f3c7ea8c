"""X-ray tube spectra: what leaves the tube at a given voltage and filtration."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.content import asset
from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging.attenuation import linear

__all__ = ["FILTRATION_RANGE_MM_AL", "TUBE_VOLTAGE_RANGE_KV", "Spectrum", "tube_spectrum"]

TUBE_VOLTAGE_RANGE_KV: Final = (50.0, 140.0)
FILTRATION_RANGE_MM_AL: Final = (2.5, 30.0)
_TABLE_FILTRATION_MM_AL: Final = 2.5
# Characteristic lines of tungsten (K-alpha, K-beta) lie in these 1 keV bins and never move with the voltage.
_LINES_KEV: Final = (57.5, 59.5, 66.5, 67.5, 68.5, 69.5)
_JOULE_PER_KEV: Final = 1.602176634e-16

Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """Photons that a tube sends out, by energy.

    Parameters
    ----------
    energy_kev : ndarray of shape (bin,)
        Mean photon energy of each bin [keV], rising.
    fluence_per_cm2_mas : ndarray of shape (bin,)
        Photons in each bin per cm2 and mAs, 100 cm from the focus, in air.
    tube_voltage_kv : float
        Tube voltage [kV].
    filtration_mm_al : float
        Total filtration [mm of aluminum].
    """

    energy_kev: Float64
    fluence_per_cm2_mas: Float64
    tube_voltage_kv: float
    filtration_mm_al: float

    @property
    def mean_energy_kev(self) -> float:
        """Mean energy of the photons [keV]."""
        return float(np.average(self.energy_kev, weights=self.fluence_per_cm2_mas))

    @property
    def air_kerma_ugy_per_mas(self) -> float:
        """Air kerma 100 cm from the focus, free in air [µGy per mAs]."""
        kev_per_g = float(np.sum(self._kerma_weights()))
        return kev_per_g * _JOULE_PER_KEV * 1e3 * 1e6

    @property
    def half_value_layer_mm_al(self) -> float:
        """Aluminum that halves the air kerma [mm]."""
        return self._layer_for(0.5)

    def rebinned(self, bins: int) -> Spectrum:
        """Merge neighboring bins so that each new bin holds the same share of the energy.

        Parameters
        ----------
        bins : int
            Number of bins wanted, in [2, 200]; fewer come back if the table has fewer.

        Returns
        -------
        spectrum : Spectrum
            Same number of photons and same mean energy.

        Raises
        ------
        ParameterError
            If ``bins`` is outside its range.
        """
        count = int(require_in_range("bins", bins, 2, 200))
        energy_share = np.cumsum(self.energy_kev * self.fluence_per_cm2_mas)
        group = np.minimum((energy_share / energy_share[-1] * count).astype(int), count - 1)
        _, group = np.unique(group, return_inverse=True)
        photons = np.bincount(group, self.fluence_per_cm2_mas).astype(np.float64)
        energy = np.bincount(group, self.energy_kev * self.fluence_per_cm2_mas) / photons
        return Spectrum(
            energy_kev=_frozen(energy), fluence_per_cm2_mas=_frozen(photons),
            tube_voltage_kv=self.tube_voltage_kv, filtration_mm_al=self.filtration_mm_al,
        )  # fmt: skip

    def _kerma_weights(self) -> Float64:
        return self.fluence_per_cm2_mas * self.energy_kev * _air_energy_absorption(self.energy_kev)

    def _layer_for(self, share: float) -> float:
        weights, aluminum = self._kerma_weights(), linear("aluminum", self.energy_kev)
        low, high = 0.0, 10.0  # cm
        for _ in range(60):
            middle = (low + high) / 2
            passes = float(np.sum(weights * np.exp(-aluminum * middle)) / np.sum(weights))
            low, high = (middle, high) if passes > share else (low, middle)
        return 10.0 * low


def tube_spectrum(tube_voltage_kv: float, *, filtration_mm_al: float = 3.0) -> Spectrum:
    """Return the spectrum of a tungsten tube with a 12 degree anode.

    Parameters
    ----------
    tube_voltage_kv : float
        Tube voltage [kV], in [50, 140].
    filtration_mm_al : float, default 3.0
        Total filtration [mm of aluminum], in [2.5, 30].

    Returns
    -------
    spectrum : Spectrum
        In 1 keV bins; the arrays are read-only.

    Raises
    ------
    ParameterError
        If a setting is outside its range.

    Notes
    -----
    Tabulated at 50, 60, ..., 120 and 140 kV with 2.5 mm of aluminum [1]_. Between two voltages the
    continuum is interpolated at equal fractions of the highest energy, before filtration, and the lines at
    their own energy. Left out: heel effect, off-axis change, ripple of the generator.

    References
    ----------
    .. [1] Poludniowski G, Omar A, Bujila R, Andreo P. Med Phys 2021; 48: 3630. doi:10.1002/mp.14945
    """
    voltage = require_in_range("tube_voltage_kv", tube_voltage_kv, *TUBE_VOLTAGE_RANGE_KV, "kV")
    filtration = require_in_range("filtration_mm_al", filtration_mm_al, *FILTRATION_RANGE_MM_AL, "mm")
    return _spectrum(voltage, filtration)


@cache
def _spectrum_table() -> tuple[Float64, tuple[float, ...], Float64]:
    with asset("physics/spectra.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = list(csv.reader(lines))
    table = np.array(rows, dtype=np.float64)
    return table[:, 0], tuple(float(name.removeprefix("kv_")) for name in header[1:]), table[:, 1:]


def _spectrum(voltage: float, filtration: float) -> Spectrum:
    energy, voltages, table = _spectrum_table()
    upper = min(int(np.searchsorted(voltages, voltage)), len(voltages) - 1)
    if voltages[upper] == voltage:
        fluence = table[:, upper]
    else:
        fluence = _between(energy, voltages[upper - 1 : upper + 1], table[:, upper - 1 : upper + 1], voltage)
    extra_cm = (filtration - _TABLE_FILTRATION_MM_AL) / 10.0
    fluence = fluence * np.exp(-linear("aluminum", energy) * extra_cm)
    used = fluence > 0.0
    return Spectrum(
        energy_kev=_frozen(energy[used]), fluence_per_cm2_mas=_frozen(fluence[used]),
        tube_voltage_kv=voltage, filtration_mm_al=filtration,
    )  # fmt: skip


def _between(energy: Float64, voltages: tuple[float, ...], table: Float64, voltage: float) -> Float64:
    weight = (voltage - voltages[0]) / (voltages[1] - voltages[0])
    filter_passes = np.exp(-linear("aluminum", energy) * _TABLE_FILTRATION_MM_AL / 10.0)
    mixed = np.zeros_like(energy)
    for share, row_voltage, fluence in zip((1.0 - weight, weight), voltages, table.T, strict=True):
        lines, continuum = _split_lines(energy, fluence)
        unfiltered = continuum / filter_passes
        stretched = np.interp(energy * row_voltage / voltage, energy, unfiltered, left=0.0, right=0.0)
        mixed += share * (stretched * filter_passes + lines)
    mixed[energy > voltage] = 0.0
    return mixed


def _split_lines(energy: Float64, fluence: Float64) -> tuple[Float64, Float64]:
    is_line = np.isin(energy, _LINES_KEV)
    continuum = np.where(is_line, np.interp(energy, energy[~is_line], fluence[~is_line]), fluence)
    return np.maximum(fluence - continuum, 0.0), np.minimum(fluence, continuum)


@cache
def _air_table() -> Float64:
    with asset("physics/air_energy_absorption.csv").open(encoding="utf-8", newline="") as lines:
        return np.array(list(csv.reader(lines))[1:], dtype=np.float64)


def _air_energy_absorption(energy: Float64) -> Float64:
    log_energy, log_coefficient = np.log(_air_table()).T
    return np.asarray(np.exp(np.interp(np.log(energy), log_energy, log_coefficient)))


def _frozen(values: Float64) -> Float64:
    values = np.array(values)
    values.flags.writeable = False
    return values
