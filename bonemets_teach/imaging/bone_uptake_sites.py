"""Where in the healthy skeleton a bone-seeking tracer goes more, where less."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom

__all__ = ["SITE_FACTORS", "site_factor"]

_Region = tuple[slice, slice, slice]

SITE_FACTORS: Final = (
    (r"^(C|T|L)\d+$|vertebra", 1.0),
    (r"sacrum|coccyx", 0.95),
    (r"ilium|pelvis|hip bone|ischium|pubis", 0.85),
    (r"sternum|manubrium", 0.8),
    (r"rib", 0.6),
    (r"scapula|clavicle", 0.75),
    (r"skull|mandible|face|cranium", 0.45),
    (r"femur|humerus", 0.5),
    (r"tibia|fibula|radius|ulna|patella|hand|foot|forearm", 0.45),
)
"""Pattern of a bone's name and its factor, spine 1. Chosen so that a healthy scan looks like one; the order lumbar
spine, ilium, proximal femur, distal femur is published for fluoride: Nawata S, et al. Ann Nucl Med 2017."""
_ELSEWHERE: Final = 0.7
_PARTIAL: Final = {"right proximal femur": 0.5, "proximal femur": 0.5, "pelvis": 0.85}


def site_factor(
    phantom: Phantom, where: npt.NDArray[np.bool_], region: _Region | None = None
) -> npt.NDArray[np.float32] | float:
    """Return the factor of the place for some voxels of a phantom.

    Parameters
    ----------
    phantom : Phantom
        A phantom; one with ``bone_number`` and ``bone_names`` has a factor for each bone.
    where : ndarray of bool, shape (Z, Y, X) or of the region
        Voxels that are asked for.
    region : tuple of slice, optional
        Part of the phantom that ``where`` covers; the whole by default.

    Returns
    -------
    factor : ndarray of float32, shape (voxel,), or float
        Relative to the spine.
    """
    number: Any = getattr(phantom, "bone_number", None)
    if number is None:
        return _PARTIAL.get(phantom.name, 1.0)
    table = np.full(256, _ELSEWHERE, dtype=np.float32)
    for key, name in _bone_names(phantom).items():
        table[key] = _factor_of(name)
    part = number if region is None else number[region]
    return np.asarray(table[part[where]], dtype=np.float32)


def _factor_of(name: str) -> float:
    for pattern, factor in SITE_FACTORS:
        if re.search(pattern, name):
            return factor
    return _ELSEWHERE


def _bone_names(phantom: Phantom) -> dict[int, str]:
    names: Any = getattr(phantom, "bone_names", {})
    return {int(key): str(name) for key, name in names.items()} if hasattr(names, "items") else {}
