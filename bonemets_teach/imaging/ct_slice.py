"""Cuts an axial slice of any thickness out of a voxel state, ready for the scanner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.lesion_placement import VoxelState
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._ct_projector import circle
from bonemets_teach.imaging.ct import SliceMaps
from bonemets_teach.imaging.tissue_basis import basis_shares, bone_mixture
from bonemets_teach.imaging.tissue_materials import FILLINGS, require_metal

__all__ = ["AxialField", "axial_maps", "lesion_shares"]

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxialField:
    """The field of view of an axial image, centered on the phantom.

    Parameters
    ----------
    size : int, default 256
        Rows and columns, even, in [16, 1024].
    width_mm : float, default 180
        Edge of the image [mm], in [20, 600].
    """

    size: int = 256
    width_mm: float = 180.0

    def __post_init__(self) -> None:
        require_in_range("size", self.size, 16, 1024)
        require_in_range("width_mm", self.width_mm, 20.0, 600.0, "mm")
        if self.size % 2:
            message = f"size = {self.size} is odd; choose an even number"
            raise ParameterError(message)

    @property
    def pixel_mm(self) -> float:
        """Edge of a pixel [mm]."""
        return self.width_mm / self.size

    def pixel_of(self, state: VoxelState, y_mm: float, x_mm: float) -> tuple[float, float]:
        """Return row and column of a point of the phantom.

        Parameters
        ----------
        state : VoxelState
            Gives the size of the phantom.
        y_mm, x_mm : float
            Point from the outer corner of the first voxel [mm].

        Returns
        -------
        row, column : float
            Pixel coordinates; the center of the first pixel is (0, 0).
        """
        phantom = state.phantom
        center = [phantom.shape[axis] * phantom.voxel_mm / 2 for axis in (1, 2)]
        middle = (self.size - 1) / 2
        return middle + (y_mm - center[0]) / self.pixel_mm, middle + (x_mm - center[1]) / self.pixel_mm


def axial_maps(
    state: VoxelState,
    *,
    level_mm: float,
    thickness_mm: float,
    field: AxialField | None = None,
    metal: str = "titanium",
) -> SliceMaps:
    """Cut an axial slice.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without a lesion.
    level_mm : float
        Middle of the slice, from the top of the phantom [mm].
    thickness_mm : float
        Thickness of the slice [mm], in [0.5, 20].
    field : AxialField or None
        Field of view; None takes the default.
    metal : {"titanium", "steel"}, default "titanium"
        What implants are made of.

    Returns
    -------
    maps : SliceMaps
        Air outside the circle that the scanner sees.

    Raises
    ------
    ParameterError
        If level or thickness are outside their range.

    Notes
    -----
    Voxel layers are averaged by their share of the thickness, which gives partial volume. A scanner averages
    what passes, not what attenuates; that second-order part is left out. The body beyond the field is left
    out too, so there are no truncation artifacts.
    """
    view = field or AxialField()
    phantom = state.phantom
    depth = phantom.shape[0] * phantom.voxel_mm
    middle = require_in_range("level_mm", level_mm, 0.0, depth, "mm")
    thickness = require_in_range("thickness_mm", thickness_mm, 0.5, 20.0, "mm")
    shares = np.zeros((2, *phantom.shape[1:]), dtype=np.float32)
    solid: Float32 | None = None
    for layer, weight in _layer_weights(middle, thickness, phantom.shape[0], phantom.voxel_mm):
        shares += np.float32(weight) * _layer_shares(state, layer)
        implant = phantom.label[layer] == Tissue.METAL
        if implant.any():
            solid = (0 if solid is None else solid) + np.float32(weight) * implant
    rows = _resampling(phantom.shape[1], phantom.voxel_mm, view)
    columns = _resampling(phantom.shape[2], phantom.voxel_mm, view)
    inside = circle(view.size)
    seen = (rows @ shares @ columns.T) * inside
    implant = None if solid is None else np.asarray((rows @ solid @ columns.T) * inside, dtype=np.float32)
    return SliceMaps(
        shares=np.ascontiguousarray(seen, dtype=np.float32),
        pixel_mm=view.pixel_mm,
        metal=implant,
        metal_name=require_metal(metal),
    )


def lesion_shares(before: VoxelState, after: VoxelState, layer: int, field: AxialField) -> Float32:
    """Return what a lesion changes in one layer of voxels.

    Parameters
    ----------
    before, after : VoxelState
        The same phantom without and with the lesion.
    layer : int
        Layer within the lesion's region.
    field : AxialField
        Field of view.

    Returns
    -------
    change : ndarray of float32, shape (2, row, column)
        Shares with the lesion minus those without, as `axial_maps` returns them.
    """
    phantom = after.phantom
    _, rows, columns = after.roi
    change = _layer_shares(after, layer, (rows, columns)) - _layer_shares(before, layer, (rows, columns))
    down = _resampling(phantom.shape[1], phantom.voxel_mm, field)[:, rows]
    across = _resampling(phantom.shape[2], phantom.voxel_mm, field)[:, columns]
    return np.asarray((down @ change @ across.T) * circle(field.size), dtype=np.float32)


def _layer_weights(middle: float, thickness: float, layers: int, voxel_mm: float) -> list[tuple[int, float]]:
    edges = np.arange(layers + 1) * voxel_mm
    covered = np.clip(edges, middle - thickness / 2, middle + thickness / 2)
    weights = np.diff(covered)
    used = np.flatnonzero(weights > 0)
    return [(int(layer), float(weights[layer] / weights.sum())) for layer in used]


def _layer_shares(
    state: VoxelState, layer: int, part: tuple[slice, slice] = (slice(None), slice(None))
) -> Float32:
    """Return the shares of a layer's voxels, or of a part of its rows and columns."""
    phantom = state.phantom
    bone = np.array(phantom.bone_fraction[layer])
    tumor = np.zeros_like(bone)
    deep, rows, columns = state.roi
    if state.roi_tumor.size and deep.start <= layer < deep.stop:
        bone[rows, columns] = state.roi_bone_fraction[layer - deep.start]
        tumor[rows, columns] = state.roi_tumor[layer - deep.start]
    label, bone = phantom.label[layer][part], bone[part]
    shares = np.where(is_bone(label), bone_mixture(bone, tumor[part], phantom.fat_fraction[layer][part]), 0)
    here = np.flatnonzero(np.bincount(label.ravel(), minlength=256))
    for tissue, filling in FILLINGS.items():
        if tissue not in here:
            continue
        inside = label == tissue
        for k, share in enumerate(basis_shares(filling.material)):
            shares[k][inside] = (1 - bone[inside]) * np.float32(share * filling.density_ratio) + bone[
                inside
            ] * k
    return np.asarray(shares, dtype=np.float32)


def _resampling(voxels: int, voxel_mm: float, field: AxialField) -> Float32:
    """Return the matrix that interpolates a line of voxels linearly to the pixels."""
    offset = (np.arange(field.size) - (field.size - 1) / 2) * field.pixel_mm
    position = (offset + voxels * voxel_mm / 2) / voxel_mm - 0.5
    matrix: npt.NDArray[Any] = np.maximum(0.0, 1.0 - np.abs(position[:, None] - np.arange(voxels)))
    return matrix.astype(np.float32)
