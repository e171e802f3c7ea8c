"""Cell activity of every voxel of a lesion, from its phenotype and tumor."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bonemets_teach.biology._lesion_kernels import Tables, cells_at
from bonemets_teach.biology._lesion_tables import cell_tables


def cells_in(
    phenotype: NDArray[np.float32], tumor: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return osteoclasts and osteoblasts [times normal], each of the shape of ``tumor``."""
    osteoclast, osteoblast = np.empty_like(tumor).ravel(), np.empty_like(tumor).ravel()
    _fill(cell_tables(), phenotype.ravel(), tumor.ravel(), osteoclast, osteoblast)
    return osteoclast.reshape(tumor.shape), osteoblast.reshape(tumor.shape)


@njit(cache=True)
def _fill(
    tables: Tables, phenotype: NDArray[np.float32], tumor: NDArray[np.float32],
    osteoclast: NDArray[np.float32], osteoblast: NDArray[np.float32],
) -> None:  # fmt: skip
    for index in range(len(tumor)):
        osteoclast[index], osteoblast[index] = cells_at(tables, phenotype[index], tumor[index])
