"""How strongly each voxel weakens the photons of technetium-99m and of annihilation."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.imaging.attenuation import linear

__all__ = ["BODY_MU", "PHOTON_KEV", "attenuation_map", "body_range"]

PHOTON_KEV: Final = 140.5
"""Energy of the photon of technetium-99m [keV]; published."""
BODY_MU: Final = float(linear("water", PHOTON_KEV)) / 10
"""Attenuation of water [1/mm]."""
_LUNG_DENSITY: Final = 0.26  # g/cm3, inflated; ICRU 44
_METAL: Final = (
    0.30  # 1/mm, titanium to steel lie between 0.06 and 0.15 at 140 keV per cm3; chosen, nothing passes
)


@lru_cache(maxsize=3)
def attenuation_map(phantom: Phantom) -> npt.NDArray[np.float32]:
    """Return the linear attenuation at 140.5 keV.

    Parameters
    ----------
    phantom : Phantom
        Any phantom.

    Returns
    -------
    mu : ndarray of float32, shape (Z, Y, X)
        [1/mm]; marrow counts as water.
    """
    table = np.full(256, BODY_MU, dtype=np.float32)
    table[Tissue.AIR] = 0.0
    table[Tissue.FAT] = float(linear("adipose", PHOTON_KEV)) / 10
    table[Tissue.SOFT] = float(linear("muscle", PHOTON_KEV)) / 10
    table[Tissue.LUNG] = BODY_MU * _LUNG_DENSITY
    table[Tissue.METAL] = _METAL
    mu = table[phantom.label]
    solid = np.float32(float(linear("bone_cortical", PHOTON_KEV)) / 10)
    for layer, bone in enumerate(phantom.bone_fraction):
        mu[layer] += bone * (solid - mu[layer])
    mu.setflags(write=False)
    return np.asarray(mu, dtype=np.float32)


@lru_cache(maxsize=8)
def body_range(phantom: Phantom) -> tuple[int, int]:
    """Return the first and the last plane of the body from front to back.

    Parameters
    ----------
    phantom : Phantom
        Any phantom.

    Returns
    -------
    front, back : int
        Indices along y; the whole field if it is empty.
    """
    used: npt.NDArray[Any] = np.flatnonzero((phantom.label != Tissue.AIR).any(axis=(0, 2)))
    return (int(used[0]), int(used[-1])) if used.size else (0, phantom.shape[1] - 1)
