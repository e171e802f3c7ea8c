"""CT numbers of materials and of cancellous bone, and what they say about bone volume."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging.attenuation import linear
from bonemets_teach.imaging.spectra import tube_spectrum
from bonemets_teach.imaging.tissue_materials import FILLINGS

__all__ = [
    "CT_FILTRATION_MM_AL",
    "CT_VOLTAGE_RANGE_KV",
    "bone_fraction_at_age",
    "cancellous_hu",
    "effective_attenuation",
    "material_hu",
    "tissue_hu",
]

# Chosen: aluminum that hardens the beam like the filters of a scanner, and the water behind which HU are
# stated.
CT_FILTRATION_MM_AL: Final = 7.0
CT_VOLTAGE_RANGE_KV: Final = (80.0, 140.0)
_REFERENCE_WATER_CM: Final = 20.0
# Jang 2019: L1 in people under 30 and over 89 years [HU]; 2.1 HU a year joins the two means (chosen).
_HU_AT_25_YEARS: Final = 226.0
_HU_LOSS_PER_YEAR: Final = 2.1


@cache
def effective_attenuation(material: str, tube_voltage_kv: float) -> float:
    """Return the attenuation of a small piece of a material in the middle of a body.

    Parameters
    ----------
    material : str
        One of `bonemets_teach.imaging.attenuation.MATERIALS`.
    tube_voltage_kv : float
        Tube voltage [kV], in [80, 140].

    Returns
    -------
    coefficient : float
        Mean over the energy behind 7 mm of aluminum and 20 cm of water [1/cm].
    """
    spectrum = tube_spectrum(tube_voltage_kv, filtration_mm_al=CT_FILTRATION_MM_AL)
    energy = spectrum.energy_kev
    weight = spectrum.fluence_per_cm2_mas * energy * np.exp(-linear("water", energy) * _REFERENCE_WATER_CM)
    return float(np.average(linear(material, energy), weights=weight))


def material_hu(material: str, *, tube_voltage_kv: float = 120.0) -> float:
    """Return the CT number of a small piece of a material in the middle of a body.

    Parameters
    ----------
    material : str
        One of `bonemets_teach.imaging.attenuation.MATERIALS`.
    tube_voltage_kv : float, default 120
        Tube voltage [kV], in [80, 140].

    Returns
    -------
    hu : float
        CT number [HU].

    Raises
    ------
    ParameterError
        If the material is unknown or the voltage is outside its range.

    Notes
    -----
    An energy-integrating detector behind 7 mm of aluminum and 20 cm of water.
    """
    voltage = require_in_range("tube_voltage_kv", tube_voltage_kv, *CT_VOLTAGE_RANGE_KV, "kV")
    return 1000.0 * (effective_attenuation(material, voltage) / effective_attenuation("water", voltage) - 1.0)


def tissue_hu(tissue: Tissue, *, tube_voltage_kv: float = 120.0) -> float:
    """Return the CT number of a tissue without bone, as `material_hu` does of a material.

    Parameters
    ----------
    tissue : Tissue
        A key of `bonemets_teach.imaging.tissue_materials.FILLINGS`.
    tube_voltage_kv : float, default 120
        Tube voltage [kV], in [80, 140].

    Returns
    -------
    hu : float
        CT number [HU].
    """
    filling = FILLINGS[tissue]
    return (
        filling.density_ratio * (material_hu(filling.material, tube_voltage_kv=tube_voltage_kv) + 1000.0)
        - 1000.0
    )


def cancellous_hu(
    bone_fraction: npt.ArrayLike,
    *,
    tumor: float = 0.0,
    fat_fraction: float = 0.5,
    tube_voltage_kv: float = 120.0,
) -> npt.NDArray[np.float64]:
    """Return the CT number of cancellous bone.

    Parameters
    ----------
    bone_fraction : array_like of shape (...)
        Bone volume fraction, 0..1.
    tumor : float, default 0
        Tumor share of the marrow space, 0..1.
    fat_fraction : float, default 0.5
        Fat share of the marrow that is left, 0..1.
    tube_voltage_kv : float, default 120
        Tube voltage [kV], in [80, 140].

    Returns
    -------
    hu : ndarray of shape (...)
        CT number [HU].

    Raises
    ------
    ParameterError
        If a number is outside its range.
    """
    tumor = require_in_range("tumor", tumor, 0.0, 1.0)
    fat = require_in_range("fat_fraction", fat_fraction, 0.0, 1.0)
    bone, red, yellow, mass = (
        material_hu(name, tube_voltage_kv=tube_voltage_kv)
        for name in ("bone_cortical", "marrow_red", "marrow_yellow", "tumor")
    )
    marrow = (1.0 - tumor) * (red + fat * (yellow - red)) + tumor * mass
    f = np.asarray(bone_fraction, dtype=np.float64)
    for end in (f.min(initial=1.0), f.max(initial=0.0)):
        require_in_range("bone_fraction", float(end), 0.0, 1.0)
    return np.asarray(f * bone + (1.0 - f) * marrow)


def bone_fraction_at_age(age_years: float) -> float:
    """Return the bone volume fraction of the first lumbar vertebra at an age.

    Parameters
    ----------
    age_years : float
        Age [years], in [18, 95].

    Returns
    -------
    bone_fraction : float
        Volume fraction whose CT number at 120 kV is the published mean, marrow half fat.

    Raises
    ------
    ParameterError
        If the age is outside its range.

    Notes
    -----
    226 HU at 25 years and 2.1 HU less each year, which meets the 89 HU of people over 89 within a few HU
    [1]_; the regression slope of that study is 2.5 HU a year. Women and men, and the spread of people (44
    HU), are left out.

    References
    ----------
    .. [1] Jang S, Graffy PM, Ziemlewicz TJ, et al. Radiology 2019; 291: 360. doi:10.1148/radiol.2019181648
    """
    age = require_in_range("age_years", age_years, 18.0, 95.0, "years")
    hu = _HU_AT_25_YEARS - _HU_LOSS_PER_YEAR * (age - 25.0)
    empty, full = cancellous_hu([0.0, 1.0])
    return float((hu - empty) / (full - empty))
