"""Soft tissue around the hip: skin, subcutaneous fat, muscle and the fat planes that a film hints at.

Lengths in mm from the center of the femoral head: z toward the feet, y toward the back, x toward the midline.
All sizes are chosen to look right on a frontal film.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Coordinates, ellipsoid, smooth_union, tapered_capsule
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["soft_label"]

_Array = npt.NDArray[np.float32]

_PLANE_MM: Final = 1.6
_SUBCUTANEOUS_MM: Final = 13.0


def soft_label(at: Coordinates) -> npt.NDArray[np.uint8]:
    """Return air, fat or muscle for every voxel, as if there were no bone.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate.

    Returns
    -------
    label : ndarray of uint8, shape (Z, Y, X)
        Values of `Tissue`.
    """
    skin = _skin(at)
    label = np.full(skin.shape, Tissue.SOFT, dtype=np.uint8)
    for plane in _fat_planes(at):
        label[np.abs(plane) < _PLANE_MM / 2] = Tissue.FAT
    label[skin > -np.float32(_SUBCUTANEOUS_MM)] = Tissue.FAT
    label[skin > 0] = Tissue.AIR
    return label


def _skin(at: Coordinates) -> _Array:
    trunk = ellipsoid(at, (-75, 0, 62), (182, 73, 156))
    thigh = tapered_capsule(at, (20, 0, -20), (190, 2, -12), 74.0, 66.0)
    return smooth_union(trunk, thigh, 20)


def _fat_planes(at: Coordinates) -> list[_Array]:
    """Return the signed distances to muscles whose surfaces carry a film of fat."""
    return [
        tapered_capsule(at, (-75, -18, 42), (52, -8, -8), 19.0, 8.0),  # iliopsoas
        tapered_capsule(at, (-90, -4, -30), (2, 2, -58), 22.0, 9.0),  # gluteus minimus and medius
        ellipsoid(at, (120, 4, -58), (90, 44, 15)),  # vastus lateralis
        ellipsoid(at, (110, 10, 14), (70, 36, 26)),  # adductors
    ]
