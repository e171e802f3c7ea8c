"""Traces all rays through the layers of a body, its findings and its implants."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._ct_projector import project
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps, lesion_shares
from bonemets_teach.imaging.ct_stack import LayerChange, MetalRays, RayStack
from bonemets_teach.units import CM_PER_MM

__all__ = ["VIEWS", "layer_change", "ray_stack"]

Float32 = npt.NDArray[np.float32]
Float16 = npt.NDArray[np.float16]

VIEWS: Final = 192
"""Angles over 180 degrees; chosen, enough for detail within 7 cm of the axis."""
_LEAST_CM: Final = 1e-4


def ray_stack(state: VoxelState, field: AxialField, with_metal: VoxelState | None = None) -> RayStack:
    """Trace all rays through all layers of a body.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without a finding.
    field : AxialField
        Field of view.
    with_metal : VoxelState, optional
        The same with implants.

    Returns
    -------
    stack : RayStack
        Sixteen-bit floats, good to 0.1 %.
    """
    lengths: list[Float16] = []
    metal: list[MetalRays] = []
    for layer in range(state.phantom.shape[0]):
        shares = _shares(state, layer, field)
        lengths.append(_lengths(shares, field).astype(np.float16))
        if with_metal is not None:
            metal.append(_metal_rays(shares, with_metal, layer, field))
    return RayStack(
        lengths_cm=np.stack(lengths), layer_mm=state.phantom.voxel_mm, pixel_mm=field.pixel_mm, metal=tuple(metal)
    )  # fmt: skip


def layer_change(before: VoxelState, after: VoxelState, field: AxialField) -> LayerChange:
    """Trace what a finding changes.

    Parameters
    ----------
    before, after : VoxelState
        The same phantom without and with the finding.
    field : AxialField
        Field of view.

    Returns
    -------
    change : LayerChange
        From the first to the last layer that differs.
    """
    differences = {}
    same = before.phantom is after.phantom and after.has_lesion
    layers = range(after.roi[0].start, after.roi[0].stop) if same else _different_layers(before, after)
    for layer in layers:
        difference = (
            lesion_shares(before, after, layer, field)
            if same
            else _shares(after, layer, field) - _shares(before, layer, field)
        )
        if np.abs(difference).max() > 1e-6:
            differences[layer] = _lengths(difference, field)
    first, last = min(differences), max(differences)
    whole = np.zeros((last - first + 1, *differences[first].shape), dtype=np.float32)
    for layer, lengths in differences.items():
        whole[layer - first] = lengths
    used = np.flatnonzero(np.abs(whole).max(axis=(0, 1, 2)) > _LEAST_CM)
    part = whole[..., used[0] : used[-1] + 1].astype(np.float16)
    return LayerChange(first_layer=first, first_ray=int(used[0]), lengths_cm=part)


def _different_layers(before: VoxelState, after: VoxelState) -> list[int]:
    """Return the layers in which tissue, fat or bone is another, or that lie in the region of a finding."""
    old, new = before.phantom, after.phantom
    fields = (
        (old.label, new.label),
        (old.fat_fraction, new.fat_fraction),
        (old.bone_fraction, new.bone_fraction),
    )
    changed = np.zeros(old.shape[0], dtype=bool)
    for one, other in fields:
        if one is not other:
            changed |= (one != other).any(axis=(1, 2))
    for state in (before, after):
        if state.roi_bone_fraction.size:
            changed[state.roi[0]] = True
    return [int(layer) for layer in np.flatnonzero(changed)]


def _shares(state: VoxelState, layer: int, field: AxialField) -> Float32:
    edge = state.phantom.voxel_mm
    return axial_maps(state, level_mm=(layer + 0.5) * edge, thickness_mm=edge, field=field).shares


def _lengths(shares: Float32, field: AxialField) -> Float32:
    return np.asarray(project(shares, VIEWS) * np.float32(field.pixel_mm * CM_PER_MM))


def _metal_rays(plain: Float32, with_metal: VoxelState, layer: int, field: AxialField) -> MetalRays:
    edge = with_metal.phantom.voxel_mm
    maps = axial_maps(with_metal, level_mm=(layer + 0.5) * edge, thickness_mm=edge, field=field)
    if maps.metal is None:
        nothing: Float16 = np.zeros((2, 0), dtype=np.float16)
        return MetalRays(index=np.zeros(0, dtype=np.int32), metal_cm=nothing[0], displaced_cm=nothing)
    solid = _lengths(np.stack([maps.metal, maps.metal]), field)[0].ravel()
    index = np.flatnonzero(solid > _LEAST_CM).astype(np.int32)
    displaced = _lengths(plain - maps.shares, field).reshape(2, -1)[:, index]
    return MetalRays(
        index=index, metal_cm=solid[index].astype(np.float16), displaced_cm=displaced.astype(np.float16)
    )
