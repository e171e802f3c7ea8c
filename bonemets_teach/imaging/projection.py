"""From voxels to path lengths: how many millimeters of each material a ray crosses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging._path_sums import ORGAN_MATERIALS, PLAIN, WITH_ORGANS, path_sums
from bonemets_teach.imaging.tissue_materials import require_metal

__all__ = [
    "PATH_MATERIALS",
    "PathLengths",
    "View",
    "fields_to_paths",
    "lesion_difference",
    "project",
    "slab_paths",
]

_Array = npt.NDArray[np.float32]
View = Literal["frontal", "lateral"]

PATH_MATERIALS: Final = ("bone_cortical", "marrow_red", "marrow_yellow", "tumor", "muscle", "adipose")
"""Materials of a path in bone, muscle and fat, in the order of `PathLengths.mm`; names as in `attenuation`."""
_AXIS: Final = {"frontal": 1, "lateral": 2}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathLengths:
    """Millimeters of each material along the ray of each pixel.

    Parameters
    ----------
    mm : ndarray of float32, shape (material, row, column)
        Path lengths [mm], at least 0.
    pixel_mm : float
        Edge of a pixel [mm].
    materials : tuple of str
        Materials in the order of ``mm``; `PATH_MATERIALS` first, organs and metal after them.
    """

    mm: _Array
    pixel_mm: float
    materials: tuple[str, ...] = PATH_MATERIALS

    def __post_init__(self) -> None:
        if self.mm.ndim != 3 or self.mm.shape[0] != len(self.materials):
            message = f"path lengths have shape {self.mm.shape}; give ({len(self.materials)}, row, column)"
            raise ParameterError(message)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.mm.shape[1], self.mm.shape[2]

    @property
    def total_mm(self) -> _Array:
        """Thickness of everything but air, shape (row, column) [mm]."""
        return np.asarray(self.mm.sum(axis=0), dtype=np.float32)

    def of(self, material: str) -> _Array:
        """Return the path lengths of one material.

        Parameters
        ----------
        material : str
            One of ``materials``.

        Returns
        -------
        mm : ndarray of float32, shape (row, column)
            Path lengths [mm].

        Raises
        ------
        ParameterError
            If the material is unknown.
        """
        if material not in self.materials:
            message = f"there is no path material “{material}”; choose one of {', '.join(self.materials)}"
            raise ParameterError(message)
        mm: _Array = self.mm[self.materials.index(material)]
        return mm


def fields_to_paths(
    bone_fraction: npt.NDArray[Any],
    tumor: npt.NDArray[Any] | float,
    fat_fraction: npt.NDArray[Any] | float,
    label: npt.NDArray[np.uint8],
    *,
    axis: int,
    step_mm: float,
) -> _Array:
    """Add up the materials of voxels along an axis.

    Parameters
    ----------
    bone_fraction, tumor, fat_fraction : ndarray of shape (Z, Y, X), or float for the last two
        Fields f, T and phi, 0..1.
    label : ndarray of uint8, shape (Z, Y, X)
        Values of `Tissue`.
    axis : int
        Axis of the rays.
    step_mm : float
        Length of a voxel along the ray [mm].

    Returns
    -------
    mm : ndarray of float32, shape (material, row, column)
        Path lengths [mm].

    Notes
    -----
    Mixture rule: a voxel is f bone; the rest is, in bone, tumor T and marrow 1 - T of which phi is yellow; elsewhere
    it is what the label says.
    """
    sums = path_sums(bone_fraction, tumor, fat_fraction, label, axis=axis, tables=PLAIN)
    return np.asarray(sums[: len(PATH_MATERIALS)] * np.float32(step_mm), dtype=np.float32)


def project(subject: Phantom | VoxelState, view: View = "frontal", *, metal: str = "titanium") -> PathLengths:
    """Project a phantom, with or without a lesion, by parallel rays.

    Parameters
    ----------
    subject : Phantom or VoxelState
        Healthy phantom, or a phantom with its lesion.
    view : {"frontal", "lateral"}, default "frontal"
        Frontal: rows z, columns x, the patient's right at the left. Lateral: rows z, columns y, front at the left.
    metal : {"titanium", "steel"}, default "titanium"
        What implants are made of.

    Returns
    -------
    paths : PathLengths
        One pixel a voxel.

    Raises
    ------
    ParameterError
        If the view or the metal is unknown.

    Notes
    -----
    Left out: magnification and divergence of the beam.
    """
    state = VoxelState.healthy(subject) if isinstance(subject, Phantom) else subject
    phantom = state.phantom
    tumor = state.tumor if state.has_lesion else 0.0
    mm, materials = _all_paths(state.bone_fraction, tumor, phantom, (slice(None),) * 3, (_axis(view), metal))
    return PathLengths(mm=mm, pixel_mm=phantom.voxel_mm, materials=materials)


def lesion_difference(state: VoxelState, view: View = "frontal") -> tuple[_Array, tuple[slice, slice]]:
    """Return what a lesion changes in the path lengths of its healthy phantom.

    Parameters
    ----------
    state : VoxelState
        Phantom with a lesion.
    view : {"frontal", "lateral"}, default "frontal"
        As in `project`.

    Returns
    -------
    mm : ndarray of float32, shape (material, row, column)
        Path lengths with the lesion minus those without [mm], in the region only; materials as `project` gives.
    region : tuple of slice
        Rows and columns of the region in the projection of the phantom.
    """
    axis, phantom, roi = _axis(view), state.phantom, state.roi
    way = (axis, "titanium")
    after, _ = _all_paths(state.roi_bone_fraction, state.roi_tumor, phantom, roi, way)
    before, _ = _all_paths(phantom.bone_fraction[roi], 0.0, phantom, roi, way)
    return after - before, (roi[0], roi[3 - axis])


def slab_paths(
    bone_fraction: npt.NDArray[Any],
    tumor: npt.NDArray[Any] | float = 0.0,
    *,
    fat_fraction: npt.NDArray[Any] | float = 0.5,
    thickness_mm: float,
    muscle_mm: float = 0.0,
    pixel_mm: float,
) -> PathLengths:
    """Return the path lengths through a flat slab of bone under muscle, seen face on.

    Parameters
    ----------
    bone_fraction : ndarray of shape (row, column)
        Bone volume fraction of the slab, the same through its depth, 0..1.
    tumor, fat_fraction : ndarray of shape (row, column) or float
        Tumor share of the marrow space and fat share of the marrow, 0..1.
    thickness_mm : float
        Thickness of the slab [mm].
    muscle_mm : float, default 0
        Muscle in front of and behind it [mm].
    pixel_mm : float
        Edge of a pixel [mm].

    Returns
    -------
    paths : PathLengths
        Ready for `radiograph.expose`.
    """
    f = np.asarray(bone_fraction, dtype=np.float32)
    label = np.full((1, *f.shape), Tissue.TRABECULAR, dtype=np.uint8)
    layers = [
        np.broadcast_to(np.asarray(v, dtype=np.float32), f.shape)[None] for v in (f, tumor, fat_fraction)
    ]
    mm = fields_to_paths(layers[0], layers[1], layers[2], label, axis=0, step_mm=thickness_mm)
    mm[PATH_MATERIALS.index("muscle")] += np.float32(muscle_mm)
    return PathLengths(mm=mm, pixel_mm=pixel_mm)


def _all_paths(
    bone: _Array, tumor: _Array | float, phantom: Phantom, roi: Region, way: tuple[int, str]
) -> tuple[_Array, tuple[str, ...]]:
    """Add up all materials in a region along an axis, organs and metal only where the phantom has them."""
    axis, metal = way
    label, step = phantom.label[roi], phantom.voxel_mm
    organs = phantom.label.max() > Tissue.PELVIS_TRABECULAR
    sums = path_sums(
        bone, tumor, phantom.fat_fraction[roi], label, axis=axis, tables=WITH_ORGANS if organs else PLAIN
    )
    sums *= np.float32(step)
    if not organs:
        return sums[: len(PATH_MATERIALS)], PATH_MATERIALS
    return sums, (*PATH_MATERIALS, *ORGAN_MATERIALS, require_metal(metal))


def _axis(view: str) -> int:
    if view not in _AXIS:
        message = f"there is no view “{view}”; choose one of {', '.join(_AXIS)}"
        raise ParameterError(message)
    return _AXIS[view]
