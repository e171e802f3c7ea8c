"""Tissue labels of a phantom and the material that fills what is not bone in a voxel."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["FEMUR", "PELVIS", "Tissue", "is_bone"]


class Tissue(IntEnum):
    """What a voxel belongs to; bone labels carry marrow in the space that bone leaves free."""

    AIR = 0
    SOFT = 1
    """Muscle and other lean tissue."""
    FAT = 2
    """Subcutaneous fat and the fat planes between muscles."""
    CORTEX = 3
    TRABECULAR = 4
    MARROW = 5
    """The medullary canal: hardly any bone, yellow marrow."""
    PELVIS_CORTEX = 6
    PELVIS_TRABECULAR = 7
    DISC = 8
    """Intervertebral disc and other fibrocartilage."""
    CORD = 9
    """Spinal cord, conus and the roots of the cauda equina."""
    CSF = 10
    """Cerebrospinal fluid of the dural sac."""
    KIDNEY = 11
    BLADDER = 12
    """The bladder's wall with the urine in it."""
    METAL = 13
    """Implants."""
    BRAIN = 14
    LUNG = 15


FEMUR: Final = (Tissue.CORTEX, Tissue.TRABECULAR, Tissue.MARROW)
"""Labels of the bone of interest: the femur in the hip, every bone in the other phantoms."""
PELVIS: Final = (Tissue.PELVIS_CORTEX, Tissue.PELVIS_TRABECULAR)
"""Labels of bone next to the bone of interest, across a joint or a disc: hemipelvis, neighboring vertebrae."""


def is_bone(label: npt.NDArray[np.uint8], *, femur_only: bool = False) -> npt.NDArray[np.bool_]:
    """Return where a label volume is bone, its marrow included.

    Parameters
    ----------
    label : ndarray of uint8, any shape
        Values of `Tissue`.
    femur_only : bool, default False
        Leave the bone across the joint out.

    Returns
    -------
    mask : ndarray of bool, same shape
        True inside the outer surface of a bone.
    """
    table: npt.NDArray[Any] = np.zeros(256, dtype=bool)
    table[list(FEMUR if femur_only else FEMUR + PELVIS)] = True
    return np.asarray(table[label], dtype=bool)
