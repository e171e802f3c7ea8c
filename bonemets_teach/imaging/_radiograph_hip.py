"""Path lengths of the hip at 0.625 mm, with a lesion laid in from the voxel phantom."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.frontal_columns import frontal_columns
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths, lesion_difference

__all__ = ["HIP_PIXEL_MM", "healthy_hip", "hip_with_lesion"]

_Array = npt.NDArray[np.float32]

HIP_PIXEL_MM: Final = 0.625
"""Edge of a pixel of the hip film [mm]."""
# Chosen: as much muscle as lies around the femur.
_BATH_MM: Final = 125.0
_PELVIS_FAT: Final = 0.5
# Chosen: below this much bone or space a column has no meaningful share [mm].
_LEAST_MM: Final = 0.5


@cache
def healthy_hip(*, overlying: bool) -> PathLengths:
    """Return the path lengths of the hip without a lesion.

    Parameters
    ----------
    overlying : bool
        True: with pelvis, skin and fat. False: the femur alone in 125 mm of muscle.

    Returns
    -------
    paths : PathLengths
        352 x 288 pixels of 0.625 mm, read-only.
    """
    columns = frontal_columns(pixel_mm=HIP_PIXEL_MM)
    marrow = np.maximum(columns.femur_inside - columns.femur_bone, 0)
    mm = np.zeros((len(PATH_MATERIALS), *marrow.shape), dtype=np.float32)
    bone, red, yellow, _, muscle, fat = mm
    bone += columns.femur_bone
    red += marrow * (1 - columns.marrow_fat)
    yellow += marrow * columns.marrow_fat
    if overlying:
        space = np.maximum(columns.pelvis_inside - columns.pelvis_bone, 0)
        bone += columns.pelvis_bone
        red += space * (1 - _PELVIS_FAT)
        yellow += space * _PELVIS_FAT
        muscle += np.maximum(columns.muscle - columns.femur_inside - columns.pelvis_inside, 0)
        fat += columns.fat
    else:
        muscle += _BATH_MM - columns.femur_inside
    mm.setflags(write=False)
    return PathLengths(mm=mm, pixel_mm=HIP_PIXEL_MM)


def hip_with_lesion(state: VoxelState, *, overlying: bool) -> PathLengths:
    """Return the path lengths of the hip with a lesion in its femur.

    Parameters
    ----------
    state : VoxelState
        A lesion in `proximal_femur`, at any voxel size.
    overlying : bool
        As in `healthy_hip`.

    Returns
    -------
    paths : PathLengths
        352 x 288 pixels of 0.625 mm.

    Notes
    -----
    The voxels say which share of the femur's bone behind a pixel is lost, which bone is added and which share of the
    marrow space is tumor; this is laid into the finer columns, so that lost trabeculae fade and leave no ghost.
    """
    base = healthy_hip(overlying=overlying)
    change, tumor_share, (rows, columns) = _lesion_shares(state)
    voxel = state.phantom.voxel_mm
    down, first_row = _upsample(rows.start, rows.stop, voxel, base.shape[0])
    across, first_column = _upsample(columns.start, columns.stop, voxel, base.shape[1])
    part = (slice(first_row, first_row + len(down)), slice(first_column, first_column + len(across)))
    kept, added, share = (down @ field @ across.T for field in (*change, tumor_share))
    hip = frontal_columns(pixel_mm=HIP_PIXEL_MM)
    before, inside = hip.femur_bone[part], hip.femur_inside[part]
    after = np.clip(before * kept + added, 0, np.maximum(inside, before))
    mm = base.mm.copy()
    bone, red, yellow, tumor, _, _ = mm[:, *part]
    marrow = np.maximum(inside - before, 0)
    bone += after - before
    space = np.maximum(inside - after, 0)
    tumor += space * share
    change_of_marrow = space * (1 - share) - marrow
    red += change_of_marrow * (1 - hip.marrow_fat[part])
    yellow += change_of_marrow * hip.marrow_fat[part]
    np.maximum(mm, 0, out=mm)
    return PathLengths(mm=mm, pixel_mm=base.pixel_mm)


def _lesion_shares(state: VoxelState) -> tuple[tuple[_Array, _Array], _Array, tuple[slice, slice]]:
    """Return, for each voxel column: bone kept and bone added; tumor share of the marrow space; where they are."""
    change, region = lesion_difference(state)
    before, space = (column[region] for column in _femur_columns(state.phantom))
    lost = np.minimum(change[0], 0)
    kept = np.clip(1 + lost / np.maximum(before, np.float32(_LEAST_MM)), 0, 1)
    share = change[3] / np.maximum(space - change[0], np.float32(_LEAST_MM))
    return (kept, np.maximum(change[0], 0)), np.clip(share, 0, 1), region


@lru_cache(maxsize=4)
def _femur_columns(phantom: Phantom) -> tuple[_Array, _Array]:
    """Return bone and marrow space of the femur behind each voxel column [mm]."""
    femur = phantom.bone_mask(femur_only=True)
    bone = np.where(femur, phantom.bone_fraction, 0).sum(axis=1) * np.float32(phantom.voxel_mm)
    inside = femur.sum(axis=1) * np.float32(phantom.voxel_mm)
    return bone, (inside - bone).astype(np.float32)


@lru_cache(maxsize=32)
def _upsample(start: int, stop: int, voxel_mm: float, size: int) -> tuple[_Array, int]:
    """Return a matrix from voxels to the pixels over them, and the first of those pixels."""
    first = int(np.floor(start * voxel_mm / HIP_PIXEL_MM))
    last = min(int(np.ceil(stop * voxel_mm / HIP_PIXEL_MM)), size)
    pixel = (np.arange(first, last) + 0.5) * HIP_PIXEL_MM
    center = (np.arange(start, stop) + 0.5) * voxel_mm
    weights = [np.interp(pixel, center, row) for row in np.eye(stop - start)]
    return np.stack(weights, axis=1).astype(np.float32), first
