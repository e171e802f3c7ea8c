"""What the vertebra and its metastases add to the rays of a film, kept small: no voxels are needed any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.imaging.projection import PathLengths, lesion_difference, project
from bonemets_teach.imaging.radiograph_views import PROJECTIONS
from bonemets_teach.scenes._spine_lesions import LONGEST_MONTHS, grown, spine

__all__ = ["MONTH_STEP", "Field", "LesionRays", "healthy", "lesion_rays", "with_lesion"]

MONTH_STEP: Final = 1
"""Months between the ages of a lesion that are kept."""
# A lesion changes bone, marrow, tumor and muscle, the first materials of a path.
_CHANGING: Final = 5
# Chosen: what a film shows to both sides of its middle [mm]; from the side the spinous process stands near the edge.
_HALF_MM: Final = MappingProxyType({"AP": 62.5, "lateral": 70.0})
_BEFORE_SPINE: Final = 0.62
_ACROSS: Final = MappingProxyType({"AP": 2, "lateral": 1})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """The healthy vertebra in one view.

    Parameters
    ----------
    paths : PathLengths
        One pixel a voxel, within the field of the film.
    left : int
        First column of the field in the whole body [voxel].
    sites : mapping of str to (float, float)
        Row and column of the named places [voxel of the field].
    """

    paths: PathLengths
    left: int
    sites: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LesionRays:
    """What one lesion changes, at the ages that are kept.

    Parameters
    ----------
    change : mapping of str to ndarray of float16, shape (age, material, row, column)
        By view: path lengths with the lesion minus those without [mm].
    region : mapping of str to tuple of slice
        By view: rows and columns of the change in the whole body [voxel].
    mineral_lost, diameter_mm : tuple of float
        By age: share of the mineral lost where tumor fills more than half of the marrow space, negative if gained, and
        the diameter of a ball of that volume [mm].
    """

    change: Mapping[str, npt.NDArray[np.float16]]
    region: Mapping[str, tuple[slice, slice]]
    mineral_lost: tuple[float, ...]
    diameter_mm: tuple[float, ...]


@cache
def healthy(view: str) -> Field:
    """Return the healthy vertebra in one view.

    Parameters
    ----------
    view : str
        "AP" or "lateral".

    Returns
    -------
    field : Field
        Kept for good; it is small.
    """
    phantom, axis = spine(), _ACROSS[view]
    paths, edge = project(phantom, PROJECTIONS[view]), phantom.voxel_mm
    left, right = (round(end / edge) for end in _ends(phantom.sites, phantom.shape[axis] * edge, view))
    sites = {name: (at[0] / edge, at[axis] / edge - left) for name, at in phantom.sites.items()}
    mm = np.ascontiguousarray(paths.mm[:, :, left:right])
    mm.setflags(write=False)
    return Field(paths=PathLengths(mm=mm, pixel_mm=edge, materials=paths.materials), left=left, sites=sites)


@cache
def lesion_rays(place: str, kind: str) -> LesionRays:
    """Return what a lesion changes in both views.

    Parameters
    ----------
    place, kind : str
        As in `_spine_lesions`.

    Returns
    -------
    rays : LesionRays
        Kept for good; 1 MB.
    """
    lesion = grown(place, kind)
    states = [lesion.at(month) for month in range(MONTH_STEP, LONGEST_MONTHS + 1, MONTH_STEP)]
    change, region = {}, {}
    for view, name in PROJECTIONS.items():
        parts = [lesion_difference(state, name) for state in states]
        change[view] = np.stack([part[:_CHANGING].astype(np.float16) for part, _ in parts])
        region[view] = parts[0][1]
    extents = [_extent(state) for state in states]
    return LesionRays(
        change=change, region=region,
        mineral_lost=tuple(lost for lost, _ in extents), diameter_mm=tuple(wide for _, wide in extents),
    )  # fmt: skip


def with_lesion(view: str, place: str, kind: str, months: int) -> PathLengths:
    """Return the vertebra with a lesion in one view.

    Parameters
    ----------
    view, place, kind : str
        As above.
    months : int
        Age of the lesion, a multiple of `MONTH_STEP`; 0 is healthy.

    Returns
    -------
    paths : PathLengths
        One pixel a voxel, within the field of the film.
    """
    field = healthy(view)
    if months < MONTH_STEP:
        return field.paths
    rays = lesion_rays(place, kind)
    rows, columns = rays.region[view]
    change = rays.change[view][months // MONTH_STEP - 1]
    first, last = columns.start - field.left, columns.stop - field.left
    width = field.paths.shape[1]
    seen = slice(max(first, 0), min(last, width))
    mm = field.paths.mm.copy()
    mm[: len(change), rows, seen] += change[:, :, seen.start - first : seen.stop - first]
    return PathLengths(mm=np.maximum(mm, 0), pixel_mm=field.paths.pixel_mm, materials=field.paths.materials)


def _ends(sites: Mapping[str, Point], width: float, view: str) -> tuple[float, float]:
    """Return left and right edge of the field [mm]."""
    half, axis = _HALF_MM[view], _ACROSS[view]
    middle = (
        sites["vertebral body"][axis]
        if view == "AP"
        else sites["spinous process"][axis] - _BEFORE_SPINE * half
    )
    left = min(max(middle - half, 0.0), width - 2 * half)
    return left, left + 2 * half


def _extent(state: Any) -> tuple[float, float]:
    core = state.roi_tumor > 0.5
    if not core.any():
        return 0.0, 0.0
    before = float(state.phantom.bone_fraction[state.roi][core].sum())
    volume = float(core.sum()) * state.phantom.voxel_mm**3
    after = float(state.roi_bone_fraction[core].sum())
    return 1.0 - after / max(before, 1e-6), 2 * (3 * volume / (4 * np.pi)) ** (1 / 3)
