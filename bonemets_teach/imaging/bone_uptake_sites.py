"""Where in the healthy skeleton a bone-seeking tracer goes more, where less."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import PELVIS

__all__ = ["SITE_FACTORS", "covers_skeleton", "site_factor"]

_Region = tuple[slice, slice, slice]

SITE_FACTORS: Final = (
    (r"^(C|T|L)\d+$|vertebra", 1.0),
    (r"sacrum|coccyx", 0.95),
    (r"ilium|pelvis|hip bone|ischium|pubis", 0.8),
    (r"sternum|manubrium", 0.75),
    (r"rib", 0.6),
    (r"scapula|clavicle", 0.6),
    (r"skull|mandible", 0.33),
    (r"femur|humerus", 0.36),
    (r"tibia|fibula|patella", 0.28),
    (r"radius|ulna|hand|foot", 0.22),
)
"""Pattern of a bone's name and its factor, spine 1. Chosen so that a healthy scan looks like one; the order lumbar
spine, ilium, proximal femur, distal femur is published for fluoride: Nawata S, et al. Ann Nucl Med 2017."""
_ELSEWHERE: Final = 0.7
_HIP: Final = (0.36, 0.8)  # of the femur and of the pelvis across the joint, as above


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
    number = phantom.bone_number
    if number is None:
        if "femur" not in phantom.name:
            return 1.0
        label = phantom.label if region is None else phantom.label[region]
        across = np.isin(label[where], PELVIS)
        return np.where(across, np.float32(_HIP[1]), np.float32(_HIP[0])).astype(np.float32)
    table = np.full(256, _ELSEWHERE, dtype=np.float32)
    for key, name in phantom.bone_names.items():
        table[key] = _factor_of(name)
    part = number if region is None else number[region]
    return np.asarray(table[part[where]], dtype=np.float32)


def covers_skeleton(phantom: Phantom) -> bool:
    """Return whether a phantom holds a whole skeleton, so that its uptake says what the body asks for.

    Parameters
    ----------
    phantom : Phantom
        Any phantom.

    Returns
    -------
    covers : bool
        True if it has skull and sacrum.
    """
    return {"skull", "sacrum"} <= set(phantom.bone_names.values())


@cache
def _factor_of(name: str) -> float:
    for pattern, factor in SITE_FACTORS:
        if re.search(pattern, name):
            return factor
    return _ELSEWHERE
