"""Takes a plane through the scanned spine and measures what the scanner makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.ct import CtSettings
from bonemets_teach.imaging.ct_stack import FilteredStack, filtered_stack
from bonemets_teach.scenes._planes_body import SITES, body, change_of, places, true_hu
from bonemets_teach.scenes.scene import State

__all__ = ["PIXEL_MM", "PLANE_AXES", "Measures", "PlaneImage", "take_plane"]

_Array = npt.NDArray[np.float32]

PIXEL_MM: Final = 0.4
PLANE_AXES: Final = MappingProxyType({"axial": 0, "coronal": 1, "sagittal": 2})
"""Axis across each plane."""
_HALF_MM: Final = 50.0
_REACH_MM: Final = 72.0
_CURRENT_MAS: Final = 200.0
_COARSE: Final = 2
_DISC_MM: Final = 4.0
_NOISE_DISC_MM: Final = 9.0
# Chosen: seeds of the slices follow their level, so that a plane keeps its grain while it moves.
_SEED: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is measured in the axial slice through the place of the finding.

    Parameters
    ----------
    place_hu, true_hu : float
        Mean of a disc of 8 mm at the place, without noise, and what a perfect scanner would read [HU].
    noise_hu : float
        Spread of the noise around the place [HU].
    canal_hu : float
        Mean of a disc of 8 mm in the spinal canal at the level of the pedicles [HU].
    cupping_hu : float
        Muscle near the skin minus muscle near the axis [HU].
    """

    place_hu: float
    true_hu: float
    noise_hu: float
    canal_hu: float
    cupping_hu: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaneImage:
    """One plane and what is known about it.

    Parameters
    ----------
    hu : ndarray of float32, shape (row, column)
        CT numbers [HU]; pixels of `PIXEL_MM`.
    state : State
        How it was taken.
    slices : int
        Axial slices that the plane cuts; 1 for an axial plane.
    miss_mm : float
        How far the plane passes from the place of the finding [mm].
    measures : Measures
        Numbers of the axial slice through the place.
    marks : tuple of (float, float, str)
        Row, column and name of anatomy near the plane.
    """

    hu: _Array
    state: State
    slices: int
    miss_mm: float
    measures: Measures
    marks: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """How the body is scanned; everything but the plane."""

    finding: str
    thickness_mm: float
    kv: float
    hardening: str
    metal: str | None

    def settings(self) -> CtSettings:
        hardening: Any = self.hardening
        return CtSettings(
            tube_voltage_kv=self.kv, tube_current_time_mas=_CURRENT_MAS, slice_thickness_mm=self.thickness_mm,
            kernel="bone", hardening=hardening,
        )  # fmt: skip


def take_plane(state: State) -> PlaneImage:
    """Show a plane of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    image : PlaneImage
        Picture and measures.
    """
    plane, finding = str(state["plane"]), str(state["finding"])
    way = _Way(
        finding, float(state["slice_thickness_mm"]), float(state["tube_voltage_kv"]), str(state["hardening"]),
        None if state["metal"] == "none" else str(state["metal"]),
    )  # fmt: skip
    axis = PLANE_AXES[plane]
    at = places().sites["vertebral body"][axis] + float(state["position_mm"])
    hu = _axial(way, at) if plane == "axial" else _upright(way, plane, at)
    return PlaneImage(
        hu=hu, state=dict(state), slices=1 if plane == "axial" else _count(way),
        miss_mm=abs(places().sites[SITES[finding]][axis] - at), measures=_measured(way), marks=_marks(plane, at, finding),
    )  # fmt: skip


def _axial(way: _Way, level_mm: float) -> _Array:
    """Show an axial slice: every second pixel is computed, the others lie between."""
    stack = _one_slice(way, round(level_mm, 2))
    at = (np.arange(0, round(2 * _HALF_MM / PIXEL_MM), _COARSE) + (_COARSE - 1) / 2) * PIXEL_MM - _HALF_MM
    y, x = np.meshgrid(at, at, indexing="ij")
    coarse = stack.hu(y.ravel(), x.ravel())[0].reshape(len(at), len(at))
    between = _between(len(at))
    return np.asarray(between @ coarse @ between.T, dtype=np.float32)


def _upright(way: _Way, plane: str, at: float) -> _Array:
    """Show a coronal or sagittal plane: a line of each slice, as high as the slice is thick."""
    line = (np.arange(round(2 * _HALF_MM / PIXEL_MM)) + 0.5) * PIXEL_MM - _HALF_MM
    across = np.full(line.shape, at)
    lines = _all_slices(way).hu(*((across, line) if plane == "coronal" else (line, across)))
    depth = _count(way) * way.thickness_mm
    rows = (np.arange(int(depth / PIXEL_MM)) + 0.5) * PIXEL_MM
    return np.ascontiguousarray(lines[np.minimum((rows / way.thickness_mm).astype(int), len(lines) - 1)])


def _count(way: _Way) -> int:
    return int(places().depth_mm / way.thickness_mm)


def _levels(way: _Way) -> list[float]:
    return [(k + 0.5) * way.thickness_mm for k in range(_count(way))]


@lru_cache(maxsize=1)
def _all_slices(way: _Way) -> FilteredStack:
    levels = _levels(way)
    return _taken(way, levels, [_SEED + k for k in range(len(levels))])


@lru_cache(maxsize=2)
def _one_slice(way: _Way, level_mm: float) -> FilteredStack:
    return _taken(way, [level_mm], [_SEED])


def _taken(
    way: _Way, levels: list[float], seeds: list[int] | None, reach_mm: float = _REACH_MM
) -> FilteredStack:
    stack, change = body().stack, change_of(way.finding)
    # One after the other: a learner's kernel has no room for all unfiltered slices.
    parts = [
        filtered_stack(
            [stack.slice_at(level, way.thickness_mm, change, way.metal)], way.settings(),
            seeds=None if seeds is None else [seeds[k]], reach_mm=reach_mm,
        )
        for k, level in enumerate(levels)
    ]  # fmt: skip
    first = parts[0]
    return FilteredStack(
        rays=np.concatenate([part.rays for part in parts]), first_ray=first.first_ray, all_rays=first.all_rays,
        pixel_mm=first.pixel_mm,
    )  # fmt: skip


@lru_cache(maxsize=32)
def _measured(way: _Way) -> Measures:
    site, canal = places().sites[SITES[way.finding]], places().sites["canal"]
    clean = _taken(way, [site[0], canal[0]], None, reach_mm=100.0)
    noisy = _taken(way, [site[0]], [_SEED])
    near = _disc(site[1], site[2], _NOISE_DISC_MM)
    inner, outer = body().inner_muscle, body().outer_muscle
    return Measures(
        place_hu=float(clean.hu(*_disc(site[1], site[2], _DISC_MM))[0].mean()),
        true_hu=true_hu(way.finding, way.kv),
        noise_hu=float(np.std(noisy.hu(*near)[0] - clean.hu(*near)[0])),
        canal_hu=float(clean.hu(*_disc(canal[1], canal[2], _DISC_MM))[1].mean()),
        cupping_hu=float(clean.hu(*outer)[1].mean() - clean.hu(*inner)[1].mean()),
    )


def _disc(y_mm: float, x_mm: float, radius_mm: float) -> npt.NDArray[Any]:
    at = np.arange(-radius_mm, radius_mm + 0.1, 0.8)
    y, x = (grid.ravel() for grid in np.meshgrid(at, at))
    inside = np.hypot(y, x) <= radius_mm
    return np.stack([y[inside] + y_mm, x[inside] + x_mm])


@lru_cache(maxsize=2)
def _between(coarse: int) -> _Array:
    """Return the matrix that interpolates linearly to the pixels between."""
    position = (np.arange(coarse * _COARSE) + 0.5) / _COARSE - 0.5
    matrix: npt.NDArray[Any] = np.maximum(
        0.0, 1.0 - np.abs(np.clip(position, 0, coarse - 1)[:, None] - np.arange(coarse))
    )
    return matrix.astype(np.float32)


def _marks(plane: str, at: float, finding: str) -> tuple[tuple[float, float, str], ...]:
    """Return the named places within 6 mm of the plane."""
    axis, marks = PLANE_AXES[plane], []
    for name, site in places().sites.items():
        if abs(site[axis] - at) > 6.0:
            continue
        z, y, x = (site[0], site[1] + _HALF_MM, site[2] + _HALF_MM)
        row, column = {"axial": (y, x), "coronal": (z, x), "sagittal": (z, y)}[plane]
        label = "finding" if finding != "none" and name == SITES[finding] else name
        marks.append((row / PIXEL_MM, column / PIXEL_MM, label))
    return tuple(marks)
