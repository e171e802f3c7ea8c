"""What a reader sees on a bone scan: each finding against the same place without it, and the count of new lesions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.flare import ScanReading, Verdict, read_by_two_plus_two
from bonemets_teach.imaging.planar_patches import PatchedViews, PlanarPatch, patched_views
from bonemets_teach.imaging.planar_scan import PlanarSettings
from bonemets_teach.scenes._bone_scan_disease import Case, Finding, findings
from bonemets_teach.scenes._nuclear_body import body

__all__ = ["COLD_CONTRAST", "HOT_CONTRAST", "SCAN_WEEKS", "Scanned", "Spot", "scanned", "verdict"]

HOT_CONTRAST: Final = 0.25
COLD_CONTRAST: Final = -0.35
"""Share by which a place must differ to be called; chosen. A cold spot is harder to see: normal bone is uneven, too."""
SCAN_WEEKS: Final = (8.0, 16.0, 24.0, 32.0)
"""Weeks of the scans of a patient who is followed; chosen, the first in the flare window of PCWG3."""
_ROSE: Final = 5.0
_LARGEST_DISC_MM: Final = 15.0
_SHARE_OF_RADIUS: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One finding as both views show it.

    Parameters
    ----------
    label : str
        Bone, or what it is.
    front, back : float
        Counts there over those without the finding, minus 1.
    signal_to_noise : float
        Greatest of both views.
    place : (int, int)
        Row and column in the front view.
    radius_mm : float
        Radius [mm].
    """

    label: str
    front: float
    back: float
    signal_to_noise: float
    place: tuple[int, int]
    radius_mm: float

    @property
    def strongest(self) -> float:
        """The contrast that is farther from 0."""
        return self.front if abs(self.front) > abs(self.back) else self.back

    @property
    def is_hot(self) -> bool:
        """True if a reader calls it hot."""
        return self.strongest >= HOT_CONTRAST and self.signal_to_noise >= _ROSE

    @property
    def is_cold(self) -> bool:
        """True if a reader calls it cold."""
        return self.strongest <= COLD_CONTRAST and self.signal_to_noise >= _ROSE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scanned:
    """A patient in a week under the camera, before noise."""

    views: PatchedViews
    spots: tuple[Spot, ...]

    @property
    def hot(self) -> tuple[Spot, ...]:
        """Findings that a reader calls hot."""
        return tuple(spot for spot in self.spots if spot.is_hot)

    @property
    def cold(self) -> tuple[Spot, ...]:
        """Findings that a reader calls cold."""
        return tuple(spot for spot in self.spots if spot.is_cold)


@lru_cache(maxsize=3)
def scanned(case: Case, settings: PlanarSettings) -> Scanned:
    """Scan a patient and read every finding.

    Parameters
    ----------
    case : Case
        Patient and week.
    settings : PlanarSettings
        Camera, with the collimator of the case.

    Returns
    -------
    scanned : Scanned
        Kept for the latest cases.
    """
    found = findings(case)
    views = patched_views(body(), [_weighted(one) for one in found], settings)
    spots = tuple(_spot(one, one.place, views, settings.seconds) for one in found if one.place is not None)
    return Scanned(views=views, spots=spots)


def verdict(case: Case, settings: PlanarSettings) -> tuple[int, list[ScanReading], Verdict]:
    """Count new hot lesions on the scans up to a week, and apply the 2+2 rule.

    Parameters
    ----------
    case : Case
        Patient in the week of the latest scan.
    settings : PlanarSettings
        Camera.

    Returns
    -------
    baseline : int
        Hot lesions in week 0.
    readings : list of ScanReading
        New lesions against week 0 on each scan.
    verdict : Verdict
        What the rule says.
    """
    before = _hot_labels(replace(case, week=0.0), settings)
    readings = []
    for week in SCAN_WEEKS:
        if week <= case.week:
            now = _hot_labels(replace(case, week=week), settings)
            readings.append(ScanReading(week=week, new_lesions=len(now - before)))
    return len(before), readings, read_by_two_plus_two(readings)


@lru_cache(maxsize=512)
def _hot_labels(case: Case, settings: PlanarSettings) -> frozenset[str]:
    return frozenset(spot.label for spot in scanned(case, settings).hot)


def _weighted(one: Finding) -> PlanarPatch:
    if one.weight == 1.0:
        return one.patch
    weight = np.float32(one.weight)
    return replace(one.patch, views=one.patch.views * weight, uptake=one.patch.uptake * one.weight)


def _spot(one: Finding, place: tuple[int, int], views: PatchedViews, seconds: float) -> Spot:
    disc = _disc(one.patch, place, one.radius_mm)
    contrasts, signals = [], []
    for side in (0, 1):
        added = float(one.patch.views[side][disc].sum()) * one.weight * views.per_uptake * seconds
        without = float(views.healthy[side, one.patch.rows, one.patch.columns][disc].sum()) * seconds
        contrasts.append(added / max(without, 1e-9))
        signals.append(abs(added) / max(without, 1e-9) ** 0.5)
    return Spot(
        label=one.label, front=contrasts[0], back=contrasts[1], signal_to_noise=max(signals),
        place=place, radius_mm=one.radius_mm,
    )  # fmt: skip


def _disc(patch: PlanarPatch, place: tuple[int, int], radius_mm: float) -> npt.NDArray[np.bool_]:
    reach = min(_SHARE_OF_RADIUS * radius_mm, _LARGEST_DISC_MM) / body().voxel_mm
    rows = np.arange(patch.rows.start, patch.rows.stop)[:, None] - place[0]
    columns = np.arange(patch.columns.start, patch.columns.stop) - place[1]
    return np.asarray(rows**2 + columns**2 <= max(reach, 1.0) ** 2)
