"""Where the tissues lie that the MR scene measures: masks on the pixels of the midsagittal image."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.anatomy.lumbar_spine import lumbar_spine
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState

__all__ = ["FIELD_MM", "SIZE", "finding_mask", "middle_layer", "region_center", "spine", "tissue_masks"]

Mask = npt.NDArray[np.bool_]

SIZE: Final = 256
FIELD_MM: Final = 184.0
"""Edge of the image [mm]; chosen: it cuts away the air behind the skin."""
# Chosen: measured places keep this distance from their border, for partial volume and chemical shift [voxels].
_MARGIN: Final = 2


@cache
def spine() -> Phantom:
    """Return the healthy lumbar spine of the scene."""
    return lumbar_spine(voxel_mm=1.25)


def middle_layer() -> int:
    """Return the voxel layer of the image."""
    return spine().index_of(spine().sites["vertebral body"])[2]


@cache
def tissue_masks() -> dict[str, Mask]:
    """Return masks of shape (row, column) for "marrow" (L2 and L4), "disc", "muscle", "CSF" and "fat"."""
    phantom, layer = spine(), middle_layer()
    label = phantom.label[:, :, layer]
    numbers = phantom.bone_number
    assert numbers is not None  # noqa: S101 - this phantom numbers its bones
    by_name = {name: number for number, name in phantom.bone_names.items()}
    marrow = [_largest(_core(numbers[:, :, layer] == by_name[level])) for level in ("L2", "L4")]
    z, y, _ = phantom.index_of(phantom.sites["vertebral body"])
    rows, columns = np.indices(label.shape)
    behind = columns > y + round(70 / phantom.voxel_mm)
    masks = {
        "marrow": marrow[0] | marrow[1],
        "disc": _core((label == Tissue.DISC) & (rows < z) & (rows > z - round(32 / phantom.voxel_mm))),
        "muscle": _core((label == Tissue.SOFT) & behind),
        "CSF": _core((label == Tissue.CSF) & (rows < z), 1),
        "fat": _core((label == Tissue.FAT) & behind),
    }
    return {name: to_pixels(mask, phantom.voxel_mm) for name, mask in masks.items()}


@lru_cache(maxsize=4)
def finding_mask(state: VoxelState) -> Mask:
    """Return the pixels of a finding: where most of the marrow is replaced, or bone has been added or lost.

    Parameters
    ----------
    state : VoxelState
        With the finding; without one the middle of L3 is taken.

    Returns
    -------
    mask : ndarray of bool, shape (row, column)
        Never empty.
    """
    phantom, layer = state.phantom, middle_layer()
    share = np.array(state.tumor[:, :, layer])
    if share.max() < 0.2:
        share = np.abs(state.bone_fraction[:, :, layer] - phantom.bone_fraction[:, :, layer])
    if share.max() < 0.2:
        z, y, _ = phantom.index_of(phantom.sites["vertebral body"])
        rows, columns = np.indices(share.shape)
        share = (np.hypot(rows - z, columns - y) * phantom.voxel_mm < 6).astype(np.float32)
    inside = is_bone(phantom.label[:, :, layer], femur_only=True)
    mask = (share > 0.6 * share.max()) & inside
    return to_pixels(_largest(mask), phantom.voxel_mm)


def region_center(mask: Mask) -> tuple[float, float]:
    """Return row and column in the middle of a mask."""
    rows, columns = np.nonzero(mask)
    return float(rows.mean()), float(columns.mean())


def to_pixels(mask: Mask, voxel_mm: float) -> Mask:
    """Return a mask of voxels of shape (z, y) on the pixels of the image."""
    middle = (np.arange(SIZE) - (SIZE - 1) / 2) * FIELD_MM / SIZE
    rows, columns = (np.floor(middle / voxel_mm + n / 2).astype(int) for n in mask.shape)
    picked = mask[np.ix_(np.clip(rows, 0, mask.shape[0] - 1), np.clip(columns, 0, mask.shape[1] - 1))]
    inside = ((rows >= 0) & (rows < mask.shape[0]))[:, None] & (columns >= 0) & (columns < mask.shape[1])
    return np.asarray(picked & inside)


def _core(mask: Mask, margin: int = _MARGIN) -> Mask:
    return np.asarray(ndimage.binary_erosion(mask, iterations=margin))


def _largest(mask: Mask) -> Mask:
    parts, count = ndimage.label(mask)
    if count == 0:
        return mask
    sizes = ndimage.sum_labels(mask, parts, np.arange(1, count + 1))
    return np.asarray(parts == 1 + int(np.argmax(sizes)))
