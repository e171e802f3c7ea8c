"""How strongly each material weakens X-rays of each energy."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.content import asset
from bonemets_teach.errors import ParameterError

__all__ = ["ENERGY_RANGE_KEV", "MATERIALS", "density_g_cm3", "linear", "mass"]

ENERGY_RANGE_KEV: Final = (10.0, 150.0)
MATERIALS: Final = (
    "water", "bone_cortical", "marrow_red", "marrow_yellow", "muscle", "adipose", "tumor", "aluminum", "titanium", "steel",
)  # fmt: skip

Float64 = npt.NDArray[np.float64]


@cache
def _log_table() -> tuple[Float64, Mapping[str, Float64]]:
    with asset("physics/mass_attenuation.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = list(csv.reader(lines))
    table = np.log(np.array(rows, dtype=np.float64))
    return table[:, 0], MappingProxyType({name: table[:, i + 1] for i, name in enumerate(header[1:])})


@cache
def _densities() -> Mapping[str, float]:
    with asset("physics/compositions.csv").open(encoding="utf-8", newline="") as lines:
        return MappingProxyType(
            {row["material"]: float(row["density_g_cm3"]) for row in csv.DictReader(lines)}
        )


def density_g_cm3(material: str) -> float:
    """Return the density of a material.

    Parameters
    ----------
    material : str
        One of `MATERIALS`.

    Returns
    -------
    density : float
        Mass density [g/cm3].

    Raises
    ------
    ParameterError
        If the material is unknown.
    """
    _require_material(material)
    return _densities()[material]


def mass(material: str, energy_kev: npt.ArrayLike) -> Float64:
    """Return the mass attenuation coefficient of a material.

    Parameters
    ----------
    material : str
        One of `MATERIALS`.
    energy_kev : array_like of shape (...)
        Photon energies [keV], in [10, 150].

    Returns
    -------
    coefficient : ndarray of shape (...)
        Total attenuation with coherent scatter [cm2/g].

    Raises
    ------
    ParameterError
        If the material is unknown or an energy is outside its range.

    Notes
    -----
    Log-log interpolation in ``assets/physics/mass_attenuation.csv`` [1]_. No material has an edge in the
    range.

    References
    ----------
    .. [1] Elam WT, Ravel BD, Sieber JR. Radiat Phys Chem 2002; 63: 121. doi:10.1016/S0969-806X(01)00227-4
    """
    _require_material(material)
    energy = np.asarray(energy_kev, dtype=np.float64)
    low, high = ENERGY_RANGE_KEV
    if energy.size and not (np.all(energy >= low) and np.all(energy <= high)):
        raise ParameterError.out_of_range("energy_kev", energy_kev, low, high, "keV")
    log_energy, log_coefficients = _log_table()
    return np.asarray(np.exp(np.interp(np.log(energy), log_energy, log_coefficients[material])))


def linear(material: str, energy_kev: npt.ArrayLike) -> Float64:
    """Return the linear attenuation coefficient of a material at its own density.

    Parameters
    ----------
    material : str
        One of `MATERIALS`.
    energy_kev : array_like of shape (...)
        Photon energies [keV], in [10, 150].

    Returns
    -------
    coefficient : ndarray of shape (...)
        Total attenuation [1/cm].

    Raises
    ------
    ParameterError
        If the material is unknown or an energy is outside its range.

    Examples
    --------
    A centimeter of water stops about a fifth of the photons of 60 keV:

    >>> round(float(linear("water", 60.0)), 3)
    0.206
    """
    return mass(material, energy_kev) * density_g_cm3(material)


def _require_material(material: str) -> None:
    if material not in MATERIALS:
        message = f"there is no material “{material}”; choose one of {', '.join(MATERIALS)}"
        raise ParameterError(message)
