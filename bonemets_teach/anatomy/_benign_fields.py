"""What benign findings share: the bone at a place, distances from it, texture, and the state they end in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt, gaussian_filter

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError

__all__ = [
    "around",
    "body_columns",
    "bone_at",
    "box_around",
    "distance_to",
    "point_of",
    "state_of",
    "texture",
]

_Array = npt.NDArray[np.float32]
_Mask = npt.NDArray[np.bool_]


def bone_at(phantom: Phantom, center: tuple[int, int, int]) -> _Mask:
    """Return the bone that a voxel belongs to, not its neighbors."""
    tissue = phantom.label[center]
    if not is_bone(tissue):
        place = tuple(round((i + 0.5) * phantom.voxel_mm, 1) for i in center)
        message = f"there is no bone at {place} mm; choose a point inside a bone or one of: {', '.join(phantom.sites)}"
        raise ParameterError(message)
    if phantom.bone_number is not None and phantom.bone_number[center]:
        return np.asarray(is_bone(phantom.label) & (phantom.bone_number == phantom.bone_number[center]))
    own = is_bone(phantom.label, femur_only=True)
    return own if own[center] else np.asarray(is_bone(phantom.label) & ~own)


def around(phantom: Phantom, where: str | Point) -> tuple[tuple[int, int, int], list[_Array], _Array]:
    """Return the voxel at a place, and offsets and distance of all voxels from the place [mm]."""
    point = point_of(phantom, where)
    axes = [
        ((np.arange(n) + 0.5) * phantom.voxel_mm - p).astype(np.float32)
        for n, p in zip(phantom.shape, point, strict=True)
    ]
    offset = list(np.meshgrid(*axes, indexing="ij", sparse=True))
    return phantom.index_of(point), offset, np.sqrt(sum(axis * axis for axis in offset))


def box_around(phantom: Phantom, marked: _Mask, margin_mm: float = 0.0) -> tuple[slice, slice, slice]:
    """Return the box around marked voxels with a margin; at least one must be marked."""
    margin = int(np.ceil(margin_mm / phantom.voxel_mm))
    spans = [np.flatnonzero(marked.any(axis=tuple(a for a in range(3) if a != axis))) for axis in range(3)]
    z, y, x = (
        slice(max(int(span[0]) - margin, 0), min(int(span[-1]) + 1 + margin, n))
        for span, n in zip(spans, phantom.shape, strict=True)
    )
    return z, y, x


def distance_to(target: _Mask, voxel_mm: float) -> npt.NDArray[np.floating[Any]]:
    """Return the distance of each voxel from the nearest one of a target [mm]; infinite if there is none."""
    if not target.any():
        return np.full(target.shape, np.inf)
    return np.asarray(distance_transform_edt(~target) * voxel_mm)


def body_columns(phantom: Phantom, center: tuple[int, int, int]) -> _Mask:
    """Return the (y, x) columns of the vertebral body: bone at the level of the center, before the canal."""
    level = bone_at(phantom, center)[center[0]].copy()
    canal = np.isin(phantom.label[center[0]], [Tissue.CSF, Tissue.CORD]).any(axis=1)
    if canal.any():
        level[int(np.flatnonzero(canal)[0]) - 1 :] = False
    return np.asarray(level, dtype=np.bool_)


def point_of(phantom: Phantom, where: str | Point) -> Point:
    """Return a point by the name of a site, or as given."""
    if not isinstance(where, str):
        return where
    if where not in phantom.sites:
        message = (
            f"there is no site “{where}” in the {phantom.name}; choose one of {', '.join(phantom.sites)}"
        )
        raise ParameterError(message)
    return phantom.sites[where]


def texture(phantom: Phantom, length_mm: float) -> _Array:
    """Return a smooth random field of mean 0 and spread 1 with a correlation length [mm]; always the same."""
    noise = np.random.default_rng(11).standard_normal(phantom.shape, dtype=np.float32)
    smooth = gaussian_filter(noise, length_mm / phantom.voxel_mm / 2)
    return np.asarray((smooth - smooth.mean()) / smooth.std(), dtype=np.float32)


def state_of(
    phantom: Phantom,
    bone: npt.NDArray[Any],
    *,
    activity: npt.NDArray[Any],
    fat: npt.NDArray[Any] | None = None,
    label: npt.NDArray[Any] | None = None,
) -> VoxelState:
    """Put changed fields into a state; its region is the box around what has changed."""
    new = replace(
        phantom,
        fat_fraction=phantom.fat_fraction if fat is None else fat.astype(np.float32),
        label=phantom.label if label is None else label.astype(np.uint8),
    )
    changed = (bone != phantom.bone_fraction) | (activity != 1) | (new.label != phantom.label)
    if not changed.any():
        return VoxelState.healthy(new)
    roi = box_around(phantom, changed)
    inside = np.ascontiguousarray(bone[roi], dtype=np.float32)
    work = np.ascontiguousarray(activity[roi], dtype=np.float32)
    return VoxelState(
        phantom=new,
        roi=roi,
        roi_bone_fraction=inside,
        roi_tumor=np.zeros_like(inside),
        roi_osteoblast_ratio=work,
        roi_osteoclast_ratio=work.copy(),
    )
