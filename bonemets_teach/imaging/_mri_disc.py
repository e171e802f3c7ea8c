"""Which part of a disc is nucleus: the phantom knows discs, MRI tells their two parts apart."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone

__all__ = ["nucleus_share"]

# Chosen: the annulus of a lumbar disc is about 8 mm thick and passes gradually into the nucleus.
_ANNULUS_MM: Final = 8.0
_PASSAGE_MM: Final = 4.0


@lru_cache(maxsize=4)
def nucleus_share(phantom: Phantom) -> npt.NDArray[np.float32]:
    """Return how much of each voxel would be nucleus if it were disc.

    Parameters
    ----------
    phantom : Phantom
        Any phantom; one without discs gives zeros.

    Returns
    -------
    share : ndarray of float32, shape (Z, Y, X)
        0 in the annulus to 1 in the nucleus, by the distance from the rim of the disc within its layer.
    """
    disc = phantom.label == Tissue.DISC
    # A layer cuts a leaning disc and the body beside it: the rim is that of both together.
    column = disc | is_bone(phantom.label)
    share = np.zeros(phantom.shape, dtype=np.float32)
    for layer in np.flatnonzero(disc.any(axis=(1, 2))):
        filled = ndimage.binary_fill_holes(column[layer])
        depth = ndimage.distance_transform_edt(filled) * phantom.voxel_mm
        share[layer] = np.clip((depth - _ANNULUS_MM) / _PASSAGE_MM + 0.5, 0, 1)
    share.setflags(write=False)
    return share
