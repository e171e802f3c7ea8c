"""What the bone scan scene computes: two noisy views, what a reader sees in them, and what the rule says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.flare import ScanReading, Verdict
from bonemets_teach.imaging.planar_display import reference_counts
from bonemets_teach.imaging.planar_patches import PatchedViews, patched_views
from bonemets_teach.imaging.planar_scan import PlanarSettings
from bonemets_teach.scenes._bone_scan_disease import Case, findings
from bonemets_teach.scenes._bone_scan_patients import PHENOTYPES
from bonemets_teach.scenes._bone_scan_reading import Scanned, Spot, scanned, verdict
from bonemets_teach.scenes._film_letters import stamp, width_of
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes.scene import State

__all__ = ["GAP_PIXELS", "LETTERS_PERCENT", "ScanResult", "prepare", "take_scan"]

_Array = npt.NDArray[np.float32]
_SEED: Final = 5
GAP_PIXELS: Final = 10
_SIDE_ROW: Final = 44
LETTERS_PERCENT: Final = 500.0
"""Value of the burned letters [% of a normal vertebra]: black in every window."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScanResult:
    """One scan and what is read in it.

    Parameters
    ----------
    case : Case
        Patient, week and camera.
    settings : PlanarSettings
        How it was made.
    percent : ndarray of float32, shape (row, column)
        Front and back side by side, the scan of week 0 before them if it was asked for [% of a normal vertebra].
    scans : int
        Scans in the picture, 1 or 2.
    counts : float
        Expected counts of the front view.
    now, before : Scanned
        This scan and that of week 0.
    baseline : int
        Hot lesions in week 0.
    readings : list of ScanReading
        New lesions of the scans so far.
    verdict : Verdict
        What the 2+2 rule says.
    kidney_share, soft_share, bone_to_soft : float
        SUV of kidneys and soft tissue over those of a healthy patient; SUV of mean bone over soft tissue.
    """

    case: Case
    settings: PlanarSettings
    percent: _Array
    scans: int
    counts: float
    now: Scanned
    before: Scanned
    baseline: int
    readings: list[ScanReading]
    verdict: Verdict
    kidney_share: float
    soft_share: float
    bone_to_soft: float

    @property
    def is_followed(self) -> bool:
        """True if metastases are counted from scan to scan."""
        return self.case.patient in PHENOTYPES

    def spot(self, label: str) -> Spot | None:
        """Return a finding by its label, None if it is not there."""
        return next((spot for spot in self.now.spots if spot.label == label), None)


def take_scan(state: State, *, beside_start: bool | None = None) -> ScanResult:
    """Make the scan of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.
    beside_start : bool, optional
        Whether the scan of week 0 stands at the left; by default it does after week 0.

    Returns
    -------
    result : ScanResult
        Picture and readings.
    """
    case, settings = _asked(state)
    start = replace(case, week=0.0)
    now, before = scanned(case, settings), scanned(start, settings)
    baseline, readings, said = verdict(case, settings)
    both = case.week > 0 if beside_start is None else beside_start
    shown = [_picture(case, now.views, settings)]
    if both:
        first = _start_picture(start, settings)
        shown = [first, np.zeros((first.shape[0], GAP_PIXELS), dtype=np.float32), *shown]
    healthy = _healthy(settings)
    return ScanResult(
        case=case, settings=settings, percent=np.concatenate(shown, axis=1), scans=1 + both,
        counts=float(now.views.views[0].sum(dtype=np.float64)) * settings.seconds,
        now=now, before=before, baseline=baseline, readings=readings, verdict=said,
        kidney_share=now.views.suv.kidney / healthy.suv.kidney,
        soft_share=now.views.suv.soft / healthy.suv.soft,
        bone_to_soft=now.views.suv.bone * now.views.demand / now.views.suv.soft,
    )  # fmt: skip


def prepare(state: State) -> None:
    """Make and keep what is slow in the scan of a complete state: projected findings and counts of the scans before.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.
    """
    case, settings = _asked(state)
    findings(case)
    verdict(case, settings)
    _healthy(settings)


def _asked(state: State) -> tuple[Case, PlanarSettings]:
    collimator = state["collimator"]
    settings = PlanarSettings(
        collimator=collimator, time_h=float(state["time_h"]), seconds=float(state["seconds"])
    )
    case = Case(
        patient=str(state["patient"]), amount=float(state["amount"]), week=float(state["week"]),
        treated=state["treatment"] == "works", collimator=collimator,
    )  # fmt: skip
    return case, settings


@lru_cache(maxsize=8)
def _healthy(settings: PlanarSettings) -> PatchedViews:
    return patched_views(body(), (), settings)


@lru_cache(maxsize=1)
def _start_picture(start: Case, settings: PlanarSettings) -> _Array:
    """Keep the picture of week 0, which stays while the week is changed."""
    return _picture(start, scanned(start, settings).views, settings)


def _picture(case: Case, views: PatchedViews, settings: PlanarSettings) -> _Array:
    """Return front and back with noise, each marked as films are."""
    rng = np.random.default_rng(_SEED)
    counts: npt.NDArray[Any] = rng.poisson(views.views * np.float32(settings.seconds))
    edge = body().voxel_mm
    gain = np.float32(100.0 / reference_counts(settings, settings.seconds, (edge, edge)))
    front, back = (counts * gain).astype(np.float32)
    sides = np.concatenate([front, back[:, ::-1]], axis=1)
    width = front.shape[1]
    stamp(sides, "FRONT", (2, 2), LETTERS_PERCENT)
    stamp(sides, "BACK", (2, width + 2), LETTERS_PERCENT)
    stamp(sides, f"WEEK {case.week:.0f}", (12, 2), LETTERS_PERCENT)
    stamp(sides, "R", (_SIDE_ROW, 2), LETTERS_PERCENT)
    stamp(sides, "R", (_SIDE_ROW, 2 * width - width_of("R") - 2), LETTERS_PERCENT)
    return sides
