"""What an indirect flat-panel detector absorbs, and the beam that reaches it in few energy bins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging import attenuation
from bonemets_teach.imaging.projection import PATH_MATERIALS
from bonemets_teach.imaging.spectra import tube_spectrum
from bonemets_teach.units import CM_PER_MM

__all__ = ["BeamTable", "absorbed_share", "beam_table"]

_Float64 = npt.NDArray[np.float64]

# Published: mass attenuation of CsI [cm2/g] (Elam, Ravel and Sieber 2002, by xraydb 4.5.8); K edges at 33.2 and 36.0 keV.
_CSI: Final = (
    (10, 171.14), (15, 58.16), (20, 26.86), (25, 14.71), (33.1, 6.960), (33.2, 21.17), (35.9, 17.29), (36.05, 30.12),
    (45, 16.94), (60, 7.921), (80, 3.677), (100, 2.035), (150, 0.7291),
)  # fmt: skip
# Chosen: 0.5 mm of columnar CsI packed to 80 % [g/cm2], usual for general radiography.
_CSI_MASS_THICKNESS: Final = 0.18
_BINS: Final = 20
# Chosen: bins share the energy behind this much muscle evenly; the sum is then good to 1 % from 0 to 15 cm.
_BIN_MUSCLE_CM: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BeamTable:
    """A beam in energy bins, ready to be weakened by path lengths.

    Parameters
    ----------
    energy_kev : ndarray of shape (bin,)
        Effective photon energy [keV].
    per_mm : ndarray of float32, shape (bin, material)
        Linear attenuation [1/mm], materials as asked for.
    moments : ndarray of float32, shape (2, bin)
        Energy [keV/mm2] and squared energy [keV2/mm2] absorbed by the detector per mAs at 100 cm with nothing in
        the beam; the second gives the noise.
    kerma_ugy_per_mas : float
        Air kerma at 100 cm [uGy/mAs].
    """

    energy_kev: _Float64
    per_mm: npt.NDArray[np.float32]
    moments: npt.NDArray[np.float32]
    kerma_ugy_per_mas: float


def absorbed_share(energy_kev: npt.ArrayLike) -> _Float64:
    """Return the share of photons that the detector absorbs.

    Parameters
    ----------
    energy_kev : array_like of shape (...)
        Photon energy [keV], in [10, 150].

    Returns
    -------
    share : ndarray of shape (...)
        0..1.

    Notes
    -----
    Left out: escape of K-fluorescence, the cover of the detector, spread of the light.
    """
    energy, coefficient = np.array(_CSI).T
    mass = np.exp(np.interp(np.log(energy_kev), np.log(energy), np.log(coefficient)))
    return np.asarray(1 - np.exp(-mass * _CSI_MASS_THICKNESS))


@lru_cache(maxsize=64)
def beam_table(
    tube_voltage_kv: float, filtration_mm_al: float, materials: tuple[str, ...] = PATH_MATERIALS
) -> BeamTable:
    """Return the beam of a tube voltage and filtration in 20 bins.

    Parameters
    ----------
    tube_voltage_kv : float
        Tube voltage [kV], in [50, 140].
    filtration_mm_al : float
        Total filtration [mm of aluminum], in [2.5, 30].
    materials : tuple of str
        Materials of the path lengths, in their order.

    Returns
    -------
    table : BeamTable
        One instance per argument pair.
    """
    spectrum = tube_spectrum(tube_voltage_kv, filtration_mm_al=filtration_mm_al)
    energy, fluence = spectrum.energy_kev, spectrum.fluence_per_cm2_mas
    absorbed = fluence * absorbed_share(energy) / 100  # per mm2
    behind = absorbed * energy * np.exp(-attenuation.linear("muscle", energy) * _BIN_MUSCLE_CM)
    share = np.cumsum(behind) / behind.sum()
    _, group = np.unique(np.minimum((share * _BINS).astype(int), _BINS - 1), return_inverse=True)
    weight = np.bincount(group, behind)
    effective = np.bincount(group, behind * energy) / weight
    moments = np.stack([np.bincount(group, absorbed * energy), np.bincount(group, absorbed * energy**2)])
    per_mm = np.stack([attenuation.linear(m, effective) for m in materials], axis=1) * CM_PER_MM
    return BeamTable(
        energy_kev=effective,
        per_mm=per_mm.astype(np.float32),
        moments=moments.astype(np.float32),
        kerma_ugy_per_mas=spectrum.air_kerma_ugy_per_mas,
    )
