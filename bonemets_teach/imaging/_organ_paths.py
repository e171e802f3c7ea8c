"""Path lengths through organs, fluids and implants, the tissues that not every phantom has."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.imaging.tissue_materials import FILLINGS, require_metal

__all__ = ["ORGAN_MATERIALS", "organ_paths"]

_Array = npt.NDArray[np.float32]

ORGAN_MATERIALS: Final = ("water",)
"""Materials that organs need beside those of bone, muscle and fat; the metal follows them."""


def organ_paths(
    bone_fraction: npt.NDArray[Any], label: npt.NDArray[np.uint8], *, axis: int, step_mm: float, metal: str
) -> tuple[_Array, _Array]:
    """Add up organs, fluids and implants along an axis.

    Parameters
    ----------
    bone_fraction : ndarray of shape (Z, Y, X)
        Bone volume fraction, 0..1; the rest of an organ's voxel is organ.
    label : ndarray of uint8, shape (Z, Y, X)
        Values of `Tissue`.
    axis : int
        Axis of the rays.
    step_mm : float
        Length of a voxel along the ray [mm].
    metal : str
        What implants are made of.

    Returns
    -------
    muscle : ndarray of float32, shape (row, column)
        Muscle that attenuates like the lean organs [mm].
    extra : ndarray of float32, shape (2, row, column)
        Water and metal [mm].
    """
    require_metal(metal)
    rest = 1 - bone_fraction
    parts = {
        name: (_share(name)[label] * rest).sum(axis=axis, dtype=np.float32) for name in ("muscle", "water")
    }
    solid = np.where(label == Tissue.METAL, rest, 0).sum(axis=axis, dtype=np.float32)
    extra = np.stack([parts["water"], solid]) * np.float32(step_mm)
    return np.asarray(parts["muscle"] * np.float32(step_mm)), np.asarray(extra, dtype=np.float32)


def _share(material: str) -> _Array:
    """Return, by label, how much of a material fills the voxel; muscle itself is counted elsewhere."""
    table = np.zeros(256, dtype=np.float32)
    for tissue, filling in FILLINGS.items():
        if filling.material == material and tissue > Tissue.PELVIS_TRABECULAR:
            table[tissue] = filling.density_ratio
    return table
