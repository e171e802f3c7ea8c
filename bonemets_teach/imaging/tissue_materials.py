"""What fills the voxels that are not bone: a tabulated material for each tissue label, at the tissue's density."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import ParameterError

__all__ = ["FILLINGS", "METALS", "Filling", "require_metal"]

METALS: Final = ("titanium", "steel")
"""Materials that `Tissue.METAL` can stand for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Attenuation of one tissue as that of a tabulated material, scaled by density.

    Parameters
    ----------
    material : str
        One of `bonemets_teach.imaging.attenuation.MATERIALS`.
    density_ratio : float
        Density of the tissue over that of the material.
    kind : {"published", "chosen"}
        Where the density comes from.
    source : str
        Paper, or why it was chosen.
    """

    material: str
    density_ratio: float
    kind: Literal["published", "chosen"]
    source: str


def _scaled(
    material: str, density: float, of: float, kind: Literal["published", "chosen"], source: str
) -> Filling:
    return Filling(material=material, density_ratio=density / of, kind=kind, source=source)


_ICRU: Final = "density of ICRU Report 44 and 46, recalled; composition taken as that of the material"
FILLINGS: Final = MappingProxyType({
    Tissue.SOFT: _scaled("muscle", 1.05, 1.05, "published", "ICRU Report 44"),
    Tissue.FAT: _scaled("adipose", 0.95, 0.95, "published", "ICRU Report 44"),
    Tissue.DISC: _scaled("muscle", 1.10, 1.05, "published", f"cartilage, {_ICRU}"),
    Tissue.CORD: _scaled("muscle", 1.04, 1.05, "published", f"brain, {_ICRU}"),
    Tissue.BRAIN: _scaled("muscle", 1.04, 1.05, "published", f"brain, {_ICRU}"),
    Tissue.KIDNEY: _scaled("muscle", 1.04, 1.05, "chosen", "33 HU, as kidneys read without contrast medium"),
    Tissue.CSF: _scaled("water", 1.007, 1.0, "published", "density of cerebrospinal fluid, recalled"),
    Tissue.BLADDER: _scaled("water", 1.01, 1.0, "chosen", "10 HU, as urine reads"),
    Tissue.LUNG: _scaled("muscle", 0.26, 1.05, "published", f"inflated lung, {_ICRU}"),
})  # fmt: skip
"""Filling of each label but air, bone and metal."""


def require_metal(metal: str) -> str:
    """Return the name of a metal, or refuse it.

    Parameters
    ----------
    metal : str
        One of `METALS`.

    Returns
    -------
    metal : str
        The same.

    Raises
    ------
    ParameterError
        If there is no such metal.
    """
    if metal not in METALS:
        message = f"there is no metal “{metal}”; choose one of {', '.join(METALS)}"
        raise ParameterError(message)
    return metal
