"""CT volumes, and the axial, coronal and sagittal images made from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging.ct import CtSettings, SliceMaps, SliceProjections, project_slice, reconstruct
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps

__all__ = ["PLANES", "CtRange", "CtVolume", "Plane", "Reformat", "ct_volume", "ct_volumes", "multiplanar"]

Float32 = npt.NDArray[np.float32]
Plane = Literal["axial", "coronal", "sagittal"]

PLANES: Final = MappingProxyType({"axial": 0, "coronal": 1, "sagittal": 2})
"""Axis of the volume across each plane."""
# Chosen: the ratio of views to pixels of a single slice.
_VIEWS_PER_PIXEL: Final = 240 / 256


@dataclass(frozen=True, slots=True, kw_only=True)
class CtRange:
    """What part of the phantom is scanned, and how finely.

    Parameters
    ----------
    top_mm, bottom_mm : float or None
        Ends from the top of the phantom [mm]; None is its own end.
    spacing_mm : float or None
        Distance of the slices [mm], in [0.5, 20]; None takes the slice thickness.
    field : AxialField or None
        Field of view; None takes one of 128 pixels as wide as the phantom.
    reach_mm : float or None
        Reconstruct only this near to the axis of the scanner [mm]; None the whole field.
    """

    top_mm: float | None = None
    bottom_mm: float | None = None
    spacing_mm: float | None = None
    field: AxialField | None = None
    reach_mm: float | None = None

    def __post_init__(self) -> None:
        if self.spacing_mm is not None:
            require_in_range("spacing_mm", self.spacing_mm, 0.5, 20.0, "mm")
        if self.reach_mm is not None:
            require_in_range("reach_mm", self.reach_mm, 1.0, 300.0, "mm")

    def levels_mm(self, depth_mm: float, thickness_mm: float) -> npt.NDArray[np.float64]:
        """Return the middles of the slices in a phantom of a depth [mm], from its top [mm]."""
        bottom = require_in_range(
            "bottom_mm", depth_mm if self.bottom_mm is None else self.bottom_mm, 0.0, depth_mm, "mm"
        )
        top = require_in_range("top_mm", self.top_mm or 0.0, 0.0, depth_mm, "mm")
        if bottom <= top:
            message = (
                f"the scan ends at {bottom:g} mm, not below its top at {top:g} mm; choose a larger bottom_mm"
            )
            raise ParameterError(message)
        step = thickness_mm if self.spacing_mm is None else self.spacing_mm
        count = max(1, int((bottom - top) / step + 1e-6))
        return np.asarray(top + (np.arange(count) + 0.5) * min(step, bottom - top))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CtVolume:
    """A stack of axial slices.

    Parameters
    ----------
    hu : ndarray of float32, shape (Z, Y, X)
        CT numbers [HU].
    voxel_mm : tuple of float
        Distance of slices, rows and columns (z, y, x) [mm].
    origin_mm : tuple of float
        Center of the first voxel (z, y, x) from the outer corner of the phantom [mm].
    settings : CtSettings
        How it was taken.
    """

    hu: Float32
    voxel_mm: tuple[float, float, float]
    origin_mm: tuple[float, float, float]
    settings: CtSettings
    unit: str = "HU"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reformat:
    """One plane through a volume.

    Parameters
    ----------
    hu : ndarray of float32, shape (row, column)
        Axial: rows y, columns x; coronal: rows z, columns x; sagittal: rows z, columns y [HU].
    pixel_mm : tuple of float
        Edge of a pixel, row and column [mm]; they differ where slices are thick.
    plane : {"axial", "coronal", "sagittal"}
        Plane.
    position_mm : float
        Middle of the plane along its axis, from the outer corner of the phantom [mm].
    thickness_mm : float
        Thickness averaged over [mm].
    """

    hu: Float32
    pixel_mm: tuple[float, float]
    plane: Plane
    position_mm: float
    thickness_mm: float
    unit: str = "HU"


def ct_volume(
    state: VoxelState,
    settings: CtSettings,
    rng: np.random.Generator | None = None,
    *,
    extent: CtRange | None = None,
    metal: str = "titanium",
) -> CtVolume:
    """Scan a stack of slices.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without a lesion.
    settings : CtSettings
        How each slice is taken.
    rng : numpy.random.Generator or None
        Source of the noise; None takes the volume without noise.
    extent : CtRange or None
        What is scanned; None the whole phantom.
    metal : {"titanium", "steel"}, default "titanium"
        What implants are made of.

    Returns
    -------
    volume : CtVolume
        Slices from top to bottom.

    Raises
    ------
    ParameterError
        If the range is empty or outside the phantom.

    Notes
    -----
    Slice by slice with parallel rays; cone beam, pitch and interpolation between turns are left out.
    """
    (volume,) = ct_volumes((state,), settings, (rng,), extent=extent, metal=metal)
    return volume


def ct_volumes(
    states: Sequence[VoxelState],
    settings: CtSettings,
    rngs: Sequence[np.random.Generator | None],
    *,
    extent: CtRange | None = None,
    metal: str = "titanium",
) -> tuple[CtVolume, ...]:
    """Scan the same body in several states, as before and after; rays that see no change are traced once.

    Parameters
    ----------
    states : sequence of VoxelState
        At least one; phantoms of the same size.
    settings, extent, metal
        As in `ct_volume`.
    rngs : sequence of numpy.random.Generator or None
        Source of the noise of each scan.

    Returns
    -------
    volumes : tuple of CtVolume
        One for each state, as `ct_volume` makes it, to within rounding.

    Raises
    ------
    ParameterError
        As in `ct_volume`.
    """
    part, phantom = extent or CtRange(), states[0].phantom
    field = part.field or _whole_width(phantom.shape[1:], phantom.voxel_mm)
    levels = part.levels_mm(phantom.shape[0] * phantom.voxel_mm, settings.slice_thickness_mm)
    views = 2 * max(4, round(field.size * _VIEWS_PER_PIXEL / 2))
    hu = np.empty((len(states), len(levels), field.size, field.size), dtype=np.float32)
    for index, level in enumerate(levels):
        maps = [
            axial_maps(
                state,
                level_mm=float(level),
                thickness_mm=settings.slice_thickness_mm,
                field=field,
                metal=metal,
            )
            for state in states
        ]
        for number, (rays, rng) in enumerate(zip(_rays(maps, views), rngs, strict=True)):
            seed = 0 if rng is None else int(rng.integers(2**32))
            hu[number, index] = reconstruct(
                rays, settings, seed=seed, noise=rng is not None, reach_mm=part.reach_mm
            ).hu
    step = float(levels[1] - levels[0]) if len(levels) > 1 else settings.slice_thickness_mm
    corner = [(n * phantom.voxel_mm - field.width_mm) / 2 + field.pixel_mm / 2 for n in phantom.shape[1:]]
    return tuple(
        CtVolume(
            hu=each, voxel_mm=(step, field.pixel_mm, field.pixel_mm), origin_mm=(float(levels[0]), corner[0], corner[1]),
            settings=settings,
        )
        for each in hu
    )  # fmt: skip


def _rays(maps: Sequence[SliceMaps], views: int) -> Iterator[SliceProjections]:
    """Trace the first map, and of the others what differs from it: often nothing, or a small part."""
    first = project_slice(maps[0], views=views)
    yield first
    for other in maps[1:]:
        if other.metal is not None or maps[0].metal is not None:
            yield project_slice(other, views=views)
            continue
        difference = other.shares - maps[0].shares
        if not difference.any():
            yield first
            continue
        change = project_slice(replace(other, shares=difference), views=views)
        yield SliceProjections(lengths_cm=first.lengths_cm + change.lengths_cm, pixel_mm=first.pixel_mm)


def multiplanar(volume: CtVolume, plane: Plane, index: int, thickness_mm: float | None = None) -> Reformat:
    """Cut a plane out of a volume.

    Parameters
    ----------
    volume : CtVolume
        A stack of slices.
    plane : {"axial", "coronal", "sagittal"}
        Plane.
    index : int
        Voxel across the plane, from 0.
    thickness_mm : float or None
        Thickness to average over [mm], from one voxel to 100; None is one voxel.

    Returns
    -------
    reformat : Reformat
        The image; at an end of the volume it averages what there is.

    Raises
    ------
    ParameterError
        If plane, index or thickness do not exist.
    """
    if plane not in PLANES:
        message = f"there is no plane “{plane}”; choose one of {', '.join(PLANES)}"
        raise ParameterError(message)
    axis = PLANES[plane]
    count, edge = volume.hu.shape[axis], volume.voxel_mm[axis]
    number = int(require_in_range("index", index, 0, count - 1))
    thickness = (
        edge if thickness_mm is None else require_in_range("thickness_mm", thickness_mm, 0.0, 100.0, "mm")
    )
    middle = (number + 0.5) * edge
    edges = np.clip(np.arange(count + 1) * edge, *(middle + np.array([-0.5, 0.5]) * max(thickness, edge)))
    weights = np.diff(edges)
    used = np.flatnonzero(weights > 1e-9)
    share = (weights[used] / weights[used].sum()).astype(np.float32)
    slab = np.moveaxis(volume.hu, axis, 0)[used[0] : used[-1] + 1]
    others = [size for k, size in enumerate(volume.voxel_mm) if k != axis]
    return Reformat(
        hu=np.asarray(np.tensordot(share, slab, axes=1), dtype=np.float32),
        pixel_mm=(others[0], others[1]),
        plane=plane,
        position_mm=volume.origin_mm[axis] + number * edge,
        thickness_mm=float(max(thickness, edge)),
    )


def _whole_width(shape: tuple[int, ...], voxel_mm: float) -> AxialField:
    return AxialField(size=128, width_mm=min(max(max(shape) * voxel_mm, 20.0), 600.0))
