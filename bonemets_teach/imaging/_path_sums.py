"""Sums along rays of every material that a voxel holds, in one pass over the voxels, compiled."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.imaging.tissue_materials import FILLINGS

__all__ = ["ORGAN_MATERIALS", "PLAIN", "WITH_ORGANS", "path_sums"]

_Array = npt.NDArray[np.float32]

ORGAN_MATERIALS: Final = ("water",)
"""Materials that organs need beside those of bone, muscle and fat; the metal follows them."""
_LABELS: Final = 256
_NOTHING: Final = np.zeros((0, 0, 0), dtype=np.float32)


def _tables(*, organs: bool) -> _Array:
    """Return, by label, whether it has marrow, and how much muscle, fat, water and metal fill what is not bone."""
    tables = np.zeros((5, _LABELS), dtype=np.float32)
    tables[0] = is_bone(np.arange(_LABELS, dtype=np.uint8))
    tables[1, Tissue.SOFT] = tables[2, Tissue.FAT] = 1.0
    if organs:
        for tissue, filling in FILLINGS.items():
            row = {"muscle": 1, "water": 3}.get(filling.material)
            if row is not None and tissue > Tissue.PELVIS_TRABECULAR:
                tables[row, tissue] = filling.density_ratio
        tables[4, Tissue.METAL] = 1.0
    tables.setflags(write=False)
    return tables


PLAIN: Final = _tables(organs=False)
"""Fillings of bone, muscle and fat alone."""
WITH_ORGANS: Final = _tables(organs=True)
"""Fillings of every label."""


def path_sums(
    bone_fraction: npt.NDArray[Any],
    tumor: npt.NDArray[Any] | float,
    fat_fraction: npt.NDArray[Any] | float,
    label: npt.NDArray[np.uint8],
    *,
    axis: int,
    tables: _Array,
) -> _Array:
    """Add up materials along an axis; the mixture rule stands at `projection.fields_to_paths`.

    Parameters
    ----------
    bone_fraction : ndarray of shape (Z, Y, X)
        Bone volume fraction, 0..1.
    tumor, fat_fraction : ndarray of shape (Z, Y, X) or float
        Tumor share of the marrow space and fat share of the marrow, 0..1.
    label : ndarray of uint8, shape (Z, Y, X)
        Values of `Tissue`.
    axis : int
        Axis of the rays.
    tables : ndarray of float32, shape (5, 256)
        `PLAIN` or `WITH_ORGANS`.

    Returns
    -------
    sums : ndarray of float32, shape (8, row, column)
        Voxels of bone, red and yellow marrow, tumor, muscle, fat, water and metal.
    """
    no_tumor = isinstance(tumor, float | int) and tumor == 0
    fields = [
        np.ascontiguousarray(np.broadcast_to(np.asarray(field, dtype=np.float32), label.shape))
        for field in (bone_fraction, fat_fraction)
    ]
    mass = _NOTHING if no_tumor else np.ascontiguousarray(
        np.broadcast_to(np.asarray(tumor, dtype=np.float32), label.shape)
    )  # fmt: skip
    sums = _path_sums(fields[0], mass, fields[1], np.ascontiguousarray(label), tables, axis % 3)
    return np.ascontiguousarray(np.moveaxis(sums, -1, 0))


@njit(cache=True)
def _path_sums(bone, tumor, fat, label, tables, axis):  # type: ignore[no-untyped-def] # pragma: no cover
    depth, height, width = label.shape
    rows = height if axis == 0 else depth
    columns = height if axis == 2 else width
    sums = np.zeros((rows, columns, 8), dtype=np.float32)
    one = np.float32(1.0)
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                row = y if axis == 0 else z
                column = y if axis == 2 else x
                kind = label[z, y, x]
                f = bone[z, y, x]
                rest = one - f
                line = sums[row, column]
                line[0] += f
                if tables[0, kind] > 0:
                    mass = rest * tumor[z, y, x] if tumor.size > 0 else np.float32(0.0)
                    marrow = rest - mass
                    yellow = marrow * fat[z, y, x]
                    line[1] += marrow - yellow
                    line[2] += yellow
                    line[3] += mass
                else:
                    line[4] += rest * tables[1, kind]
                    line[5] += rest * tables[2, kind]
                    line[6] += rest * tables[3, kind]
                    line[7] += rest * tables[4, kind]
    return sums
