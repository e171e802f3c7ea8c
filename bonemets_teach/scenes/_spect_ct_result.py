"""What SPECT/CT shows of a state: images on one grid, and what is measured in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.spect_fusion import FUSION_SUV, fuse
from bonemets_teach.scenes._spect_ct_body import site_of
from bonemets_teach.scenes._spect_ct_images import (
    CT_PIXEL_MM,
    SPECT_PIXEL_MM,
    VIEWS,
    Case,
    Planar,
    Way,
    ct_of,
    filtered,
    planar_of,
    shown,
    slice_of,
)
from bonemets_teach.scenes.scene import State

__all__ = ["USUAL_TOP_SUV", "Measures", "SpectCt", "take_spect_ct"]

_Array = npt.NDArray[np.float32]

USUAL_TOP_SUV: Final = 30.0
"""Top of the color scale for which `bonemets_teach.imaging.spect_fusion` was made [SUV]."""
_HEADS: Final = 2
# Chosen: how far from the edge of a finding its SUVmax is sought, and from which share of it on a place belongs to the spot.
_BEYOND_MM: Final = 6.0
_SPOT_SHARE: Final = 0.6
_LEAST_RADIUS_MM: Final = 4.0
# Chosen: pixels of healthy uptake above this are bone of the vertebra.
_BONE_SUV: Final = 2.5
# Chosen: scans of the healthy vertebra from which the noise is measured.
_TAKES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Numbers of the slice.

    Parameters
    ----------
    suv_max, suv_mean : float
        Largest value at the finding, and mean of its disc [SUV].
    true_suv_mean : float
        What the bone of that disc holds [SUV].
    healthy_suv_mean : float
        What the disc would read without the finding [SUV].
    noise_percent : float
        Spread of the bone of the healthy vertebra between takes, of its mean [%].
    behind_mm, right_mm : float
        Middle of the hottest place, behind the middle of the body and to the patient's right of it [mm].
    """

    suv_max: float
    suv_mean: float
    true_suv_mean: float
    healthy_suv_mean: float
    noise_percent: float
    behind_mm: float
    right_mm: float

    @property
    def recovered_percent(self) -> float:
        """Mean that is read, of the true one [%]."""
        return 100.0 * self.suv_mean / max(self.true_suv_mean, 1e-6)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpectCt:
    """What is shown.

    Parameters
    ----------
    state : State
        Complete state of the scene.
    hu, suv, opacity : ndarray of float32, shape (row, column)
        CT, SPECT brought to its pixels, and the weight of the color.
    planar : Planar
        View from behind.
    profile_mm, profile_suv, profile_true : ndarray of float, shape (pixel,)
        From front to back through the finding: place behind the middle of the body [mm], SPECT and truth [SUV].
    measures : Measures
        Numbers.
    planar_percent : float
        Counts at the finding from behind, of the same place without it [%].
    counts : float
        Counts of the slice in all views.
    """

    state: State
    hu: _Array
    suv: _Array
    opacity: _Array
    planar: Planar
    profile_mm: npt.NDArray[Any]
    profile_suv: npt.NDArray[Any]
    profile_true: npt.NDArray[Any]
    measures: Measures
    planar_percent: float
    counts: float

    @property
    def minutes(self) -> float:
        """Time on the table with two heads [min]."""
        return VIEWS * float(self.state["seconds"]) / 60.0 / _HEADS


def take_spect_ct(state: State) -> SpectCt:
    """Take CT, SPECT and planar view of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    result : SpectCt
        Images and numbers.
    """
    case = Case(str(state["finding"]), float(state["diameter_mm"]))
    way = Way(float(state["seconds"]), round(float(state["iterations"])), str(state["known"]))
    width, top = float(state["filter_mm"]), float(state["top_suv"])
    hu, planar = ct_of(case), planar_of(case)
    suv = filtered(slice_of(case, way), width)
    edges = ((SPECT_PIXEL_MM, SPECT_PIXEL_MM), (CT_PIXEL_MM, CT_PIXEL_MM))
    span = (top / USUAL_TOP_SUV * FUSION_SUV[0], top / USUAL_TOP_SUV * FUSION_SUV[1])
    fused = fuse(shown(suv), edges[0], hu, edges[1], suv_range=span)
    line = round(site_of(case.finding)[2] / SPECT_PIXEL_MM - 0.5)
    row, column = (round(at) for at in planar.place)
    near = (slice(row - 1, row + 2), slice(column - 1, column + 2))
    return SpectCt(
        state=dict(state), hu=hu, suv=fused.suv, opacity=fused.opacity, planar=planar,
        profile_mm=_behind(np.arange(suv.shape[0])), profile_suv=suv[:, line],
        profile_true=slice_of(case, way).truth[:, line], measures=_measured(case, way, width),
        planar_percent=float(100 * planar.expected[near].sum() / planar.healthy[near].sum()),
        counts=slice_of(case, way).counts,
    )  # fmt: skip


def _behind(rows: npt.NDArray[Any] | float) -> npt.NDArray[Any]:
    return np.asarray((rows + 0.5) * SPECT_PIXEL_MM - site_of("none")[1])


@lru_cache(maxsize=64)
def _measured(case: Case, way: Way, width: float) -> Measures:
    first = filtered(slice_of(case, way), width)
    healthy = [filtered(slice_of(Case(case.finding, 0.0), way, take), width) for take in range(_TAKES)]
    _, y, x = site_of(case.finding)
    rows, columns = ((np.arange(n) + 0.5) * SPECT_PIXEL_MM for n in first.shape)
    distance = np.hypot(rows[:, None] - y, columns - x)
    radius = max(case.diameter_mm / 2, _LEAST_RADIUS_MM)
    disc = distance <= max(radius, SPECT_PIXEL_MM * 0.75)
    spot = np.where(distance <= radius + _BEYOND_MM, first, 0)
    weight = np.where(spot >= _SPOT_SHARE * spot.max(), spot, 0)
    bone = slice_of(Case(case.finding, 0.0), way).truth > _BONE_SUV
    takes = np.stack([one[bone] for one in healthy])
    total = max(float(weight.sum()), 1e-9)
    return Measures(
        suv_max=float(spot.max()), suv_mean=float(first[disc].mean()),
        true_suv_mean=float(slice_of(case, way).truth[disc].mean()), healthy_suv_mean=float(healthy[0][disc].mean()),
        noise_percent=float(100 * np.sqrt(takes.var(axis=0, ddof=1).mean()) / max(float(takes.mean()), 1e-6)),
        behind_mm=float((weight.sum(axis=1) * rows).sum() / total) - site_of("none")[1],
        right_mm=site_of("none")[2] - float((weight.sum(axis=0) * columns).sum() / total),
    )  # fmt: skip
