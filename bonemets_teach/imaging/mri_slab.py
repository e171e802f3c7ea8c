"""Cuts a slab out of a voxel state and says how much of each tissue every pixel of it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._mri_disc import nucleus_share
from bonemets_teach.imaging.mri_content import METASTASIS, LesionContent
from bonemets_teach.imaging.mri_metal import metal_field

__all__ = ["PLANE_AXES", "Plane", "Slab", "cut_slab"]

Float32 = npt.NDArray[np.float32]
Plane = Literal["axial", "coronal", "sagittal"]
PLANE_AXES: Final = MappingProxyType({"axial": 0, "coronal": 1, "sagittal": 2})
"""Axis of [z, y, x] that is normal to each plane; the other two are rows and columns of the image."""

_FILLING: Final = MappingProxyType({
    Tissue.SOFT: "muscle", Tissue.FAT: "subcutaneous fat", Tissue.CORD: "cord", Tissue.CSF: "CSF",
    Tissue.KIDNEY: "kidney", Tissue.BLADDER: "bladder", Tissue.BRAIN: "brain", Tissue.LUNG: "lung",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slab:
    """Tissues of a slice, averaged over its thickness.

    Parameters
    ----------
    shares : mapping of str to ndarray of float32 of shape (row, column)
        Volume share of each tissue of the relaxation table; bone, air and metal give no signal.
    bone_fraction : ndarray of float32 of shape (row, column)
        Share of bone.
    metal : ndarray of float32 of shape (row, column)
        Share of metal.
    depth : ndarray of float32 of shape (row, column)
        Distance from the front of the phantom as a share of its depth, 0..1.
    metal_field : ndarray of float32 of shape (row, column) or None
        Shift of the main field for each unit of the metal's susceptibility; None without metal.
    plane : {"axial", "coronal", "sagittal"}
        Orientation.
    position_mm : float
        Middle of the slice along its normal, from the first face of the phantom [mm].
    voxel_mm : float
        Edge of a pixel of these arrays [mm].
    """

    shares: Mapping[str, Float32]
    bone_fraction: Float32
    metal: Float32
    depth: Float32
    metal_field: Float32 | None
    plane: Plane
    position_mm: float
    voxel_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.bone_fraction.shape
        return rows, columns


def cut_slab(
    state: VoxelState,
    plane: Plane,
    index: int,
    thickness_mm: float,
    content: LesionContent = METASTASIS,
) -> Slab:
    """Cut a slice; the latest few are kept.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without a lesion.
    plane : {"axial", "coronal", "sagittal"}
        Orientation of the image: rows and columns are y and x, z and x, or z and y.
    index : int
        Voxel layer in the middle of the slice, counted along the normal.
    thickness_mm : float
        Thickness of the slice [mm], in [1, 20].
    content : LesionContent, default METASTASIS
        What fills the marrow space where the tumor field is above 0.

    Returns
    -------
    slab : Slab
        Shares of tissues.

    Raises
    ------
    ParameterError
        If plane, index or thickness are not possible.

    Notes
    -----
    A voxel of bone holds (1 - f) of marrow space; of that T is the lesion's content and 1 - T marrow with a fat share
    phi. Layers are averaged by their share of the thickness, which gives partial volume.
    """
    if plane not in PLANE_AXES:
        message = f"plane = {plane!r} is not one of {', '.join(get_args(Plane))}; choose one of them"
        raise ParameterError(message)
    layers = state.phantom.shape[PLANE_AXES[plane]]
    layer = require_in_range("index", index, 0, layers - 1)
    if layer != int(layer):
        message = f"index = {index} is not a whole number; choose one in [0, {layers - 1}]"
        raise ParameterError(message)
    thickness = require_in_range("thickness_mm", thickness_mm, 1.0, 20.0, "mm")
    return _cut(state, plane, int(layer), thickness, content)


@lru_cache(maxsize=6)
def _cut(state: VoxelState, plane: Plane, index: int, thickness: float, content: LesionContent) -> Slab:
    phantom, axis = state.phantom, PLANE_AXES[plane]
    middle = (index + 0.5) * phantom.voxel_mm
    rows, columns = (n for a, n in enumerate(phantom.shape) if a != axis)
    sums: dict[str, Float32] = {}
    bone, metal, shift = (np.zeros((rows, columns), dtype=np.float32) for _ in range(3))
    around = metal_field(phantom)
    for layer, weight in _layers(middle, thickness, phantom.shape[axis], phantom.voxel_mm):
        fields = _LayerFields.of(state, axis, layer)
        bone += np.float32(weight) * fields.bone
        metal += np.float32(weight) * (fields.label == Tissue.METAL)
        if around is not None:
            shift += np.float32(weight) * np.take(around, layer, axis=axis)
        for name, share in fields.shares(content):
            if name not in sums:
                sums[name] = np.zeros((rows, columns), dtype=np.float32)
            sums[name] += np.float32(weight) * share
    return Slab(
        shares=MappingProxyType(sums), bone_fraction=bone, metal=metal, depth=_depth(phantom, axis, index),
        metal_field=None if around is None else shift,
        plane=plane, position_mm=middle, voxel_mm=phantom.voxel_mm,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _LayerFields:
    """Fields of one voxel layer, each of shape (row, column)."""

    bone: Float32
    tumor: Float32
    fat: Float32
    label: npt.NDArray[np.uint8]
    nucleus: Float32

    @classmethod
    def of(cls, state: VoxelState, axis: int, layer: int) -> _LayerFields:
        phantom = state.phantom
        bone = np.array(np.take(phantom.bone_fraction, layer, axis=axis))
        tumor = np.zeros_like(bone)
        normal = state.roi[axis]
        if state.roi_tumor.size and normal.start <= layer < normal.stop:
            inside = tuple(part for a, part in enumerate(state.roi) if a != axis)
            bone[inside] = np.take(state.roi_bone_fraction, layer - normal.start, axis=axis)
            tumor[inside] = np.take(state.roi_tumor, layer - normal.start, axis=axis)
        return cls(
            bone=bone, tumor=tumor, fat=np.take(phantom.fat_fraction, layer, axis=axis),
            label=np.take(phantom.label, layer, axis=axis),
            nucleus=np.take(nucleus_share(phantom), layer, axis=axis),
        )  # fmt: skip

    def shares(self, content: LesionContent) -> Iterator[tuple[str, Float32]]:
        """Yield tissues and their volume shares; one may come more than once."""
        room = 1 - self.bone
        marrow = room * is_bone(self.label)
        left = marrow * (1 - self.tumor)
        yield "red marrow", left * (1 - self.fat)
        yield "marrow fat", left * self.fat
        if self.tumor.any():
            for name, share in content.shares(self.bone).items():
                yield name, marrow * self.tumor * share
        present = set(np.unique(self.label).tolist())
        for tissue, name in _FILLING.items():
            if tissue in present:
                yield name, room * (self.label == tissue)
        if Tissue.DISC in present:
            disc = room * (self.label == Tissue.DISC)
            yield "disc nucleus", disc * self.nucleus
            yield "disc annulus", disc * (1 - self.nucleus)


def _layers(middle: float, thickness: float, count: int, voxel_mm: float) -> list[tuple[int, float]]:
    edges: npt.NDArray[Any] = np.arange(count + 1) * voxel_mm
    covered = np.diff(np.clip(edges, middle - thickness / 2, middle + thickness / 2))
    return [(int(layer), float(covered[layer] / covered.sum())) for layer in np.flatnonzero(covered > 0)]


def _depth(phantom: Phantom, axis: int, index: int) -> Float32:
    """Return how far behind the front of the phantom each pixel lies, as a share of its depth."""
    grid = [n for a, n in enumerate(phantom.shape) if a != axis]
    line = ((np.arange(phantom.shape[1]) + 0.5) / phantom.shape[1]).astype(np.float32)
    if axis == PLANE_AXES["coronal"]:
        return np.full(grid, line[index], dtype=np.float32)
    return np.asarray(np.broadcast_to(line[:, None] if axis == 0 else line, grid), dtype=np.float32)
