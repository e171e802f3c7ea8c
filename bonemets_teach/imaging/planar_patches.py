"""A planar bone scan put together from kept parts: the healthy body once, and each lesion by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.voxel_state import Region
from bonemets_teach.imaging._planar_views import Head, patch_views, scattered, tissue_views
from bonemets_teach.imaging.bone_uptake import healthy_uptake
from bonemets_teach.imaging.bone_uptake_kinetics import TissueSuv, decay_factor, tissue_suv
from bonemets_teach.imaging.collimator import collimator
from bonemets_teach.imaging.planar_scan import BODY_MASS_G, PlanarSettings

__all__ = ["PatchedViews", "PlanarPatch", "patched_views", "planar_patch"]

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanarPatch:
    """What one lesion adds to both views.

    Parameters
    ----------
    rows, columns : slice
        Part of the view.
    views : ndarray of float32, shape (2, row, column)
        Front and back, both with the patient's right at the left; negative where the lesion is cold.
    uptake : float
        Sum of the relative uptake that it adds.
    """

    rows: slice
    columns: slice
    views: _Array
    uptake: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PatchedViews:
    """Expected counts a second of both views, and what they are made of.

    Parameters
    ----------
    views : ndarray of float32, shape (2, row, column)
        Front and back, both with the patient's right at the left [1/s].
    healthy : ndarray of float32, shape (2, row, column)
        The same without the lesions, with the share of the tracer that the lesions leave [1/s].
    per_uptake : float
        Factor from a patch to counts [1/s].
    suv : TissueSuv
        Uptake of healthy tissues.
    demand : float
        What the skeleton asks for, relative to a healthy one.
    """

    views: _Array
    healthy: _Array
    per_uptake: float
    suv: TissueSuv
    demand: float


def planar_patch(
    phantom: Phantom, uptake: _Array, region: Region, settings: PlanarSettings | None = None
) -> PlanarPatch:
    """Project what a lesion adds to the uptake of a healthy phantom.

    Parameters
    ----------
    phantom : Phantom
        The healthy phantom.
    uptake : ndarray of float32, shape of the region
        Relative uptake with the lesion minus without.
    region : tuple of slice
        Where (z, y, x).
    settings : PlanarSettings, optional
        Only collimator and gap are used.

    Returns
    -------
    patch : PlanarPatch
        For `patched_views`.
    """
    rows, columns, views = patch_views(phantom, uptake, region, _head(settings or PlanarSettings()))
    return PlanarPatch(rows=rows, columns=columns, views=views, uptake=float(uptake.sum(dtype=np.float64)))


def patched_views(
    phantom: Phantom, patches: Sequence[PlanarPatch], settings: PlanarSettings | None = None
) -> PatchedViews:
    """Put body and lesions together.

    Parameters
    ----------
    phantom : Phantom
        A whole skeleton.
    patches : sequence of PlanarPatch
        Lesions that do not overlap, made with the same collimator and gap.
    settings : PlanarSettings, optional
        Time for each point and total are not used.

    Returns
    -------
    views : PatchedViews
        As `planar_scan.expected_views` gives them, in a few milliseconds.
    """
    settings = settings or PlanarSettings()
    demand = max(1.0 + sum(patch.uptake for patch in patches) / _healthy_sum(phantom), 0.01)
    suv = tissue_suv(settings.time_h, demand=demand, since_void_h=settings.since_void_h)
    tissues = _with_scatter(phantom, _head(settings))
    healthy = np.zeros_like(tissues[:, 0])
    for number, weight in enumerate((suv.bone, suv.soft, suv.kidney, suv.bladder)):
        healthy += np.float32(weight) * tissues[:, number]
    added = np.zeros_like(healthy)
    for patch in patches:
        added[:, patch.rows, patch.columns] += patch.views
    if patches and settings.scatter:
        added += np.stack([scattered(view, phantom.voxel_mm) for view in added])
    per_gram = settings.activity_mbq * decay_factor(settings.time_h) / BODY_MASS_G
    rate = np.float32(per_gram * collimator(settings.collimator).sensitivity_cps_per_mbq)
    views = np.maximum(healthy + np.float32(suv.bone) * added, 0)
    return PatchedViews(
        views=rate * views, healthy=rate * healthy, per_uptake=float(rate * suv.bone), suv=suv, demand=demand
    )


def _head(settings: PlanarSettings) -> Head:
    return Head(settings.collimator, float(settings.gap_mm))


@lru_cache(maxsize=4)
def _with_scatter(phantom: Phantom, head: Head) -> _Array:
    tissues = tissue_views(phantom, head)
    haze = [[scattered(view, phantom.voxel_mm) for view in side] for side in tissues]
    return np.asarray(tissues + np.array(haze), dtype=np.float32)


@lru_cache(maxsize=4)
def _healthy_sum(phantom: Phantom) -> float:
    return max(float(healthy_uptake(phantom).sum(dtype=np.float64)), 1e-6)
