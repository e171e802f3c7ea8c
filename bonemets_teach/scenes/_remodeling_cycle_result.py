"""What the remodeling cycle shows: one trajectory, its phases and its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.komarova2003 import (
    KomarovaParameters,
    RemodelingTrajectory,
    neutral_autocrine,
    simulate,
)

__all__ = ["DAYS", "Phases", "RemodelingResult", "first_peak", "run"]

DAYS: Final = 1000.0
"""Days computed for every state, however many are shown."""

_BURST: Final = 1.5  # times the osteoclasts at rest; smaller waves are not counted as bursts
_REFILLED: Final = 0.95
_PUBLISHED_BRAKE: Final = 0.5
_RESTING_OSTEOBLASTS: Final = 212.132


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """The first event: bone falls until ``reversal_d``; 95 % of the refill is done on ``refilled_d`` [d]."""

    reversal_d: float
    refilled_d: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RemodelingResult:
    """A computed state.

    Parameters
    ----------
    trajectory : RemodelingTrajectory
        Cells and bone over 1,000 days.
    phases : Phases
        The first event.
    burst_days, burst_cells : ndarray of shape (burst,)
        Osteoclast peaks above 1.5 times rest: day, and cells.
    stability : {"fades", "lasts", "grows"}
        What happens to later bursts.
    extra_osteoclasts : float
        Size of the event [cells].
    shown_days : float
        Days in the picture.
    parameters : KomarovaParameters
        Constants of the model in this state.
    view : {"time", "plane"}
        Which picture shows it.
    """

    trajectory: RemodelingTrajectory
    phases: Phases
    burst_days: npt.NDArray[np.float64]
    burst_cells: npt.NDArray[np.float64]
    stability: Literal["fades", "lasts", "grows"]
    extra_osteoclasts: float
    shown_days: float
    parameters: KomarovaParameters
    view: Literal["time", "plane"] = "time"


def first_peak(values: npt.NDArray[np.float64]) -> int:
    """Return where a curve is highest; of equal peaks of a rhythm, the first.

    Parameters
    ----------
    values : ndarray of shape (time,)
        A curve.

    Returns
    -------
    index : int
        Index of the peak.
    """
    high = values >= values.max() - 0.003 * np.ptp(values)
    start = int(np.argmax(high))
    below = np.flatnonzero(~high[start:])
    end = start + int(below[0]) if below.size else values.size
    return start + int(np.argmax(values[start:end]))


def run(
    autocrine: float, brake: float, formation: float, extra: float, shown_days: float
) -> RemodelingResult:
    """Simulate an event and measure it.

    Parameters
    ----------
    autocrine : float
        g11.
    brake : float
        -g21.
    formation : float
        Bone formed by an osteoblast relative to the published value.
    extra : float
        Osteoclasts added at the start [cells].
    shown_days : float
        Days in the picture.

    Returns
    -------
    result : RemodelingResult
        Trajectory, phases and numbers.
    """
    parameters = _parameters(autocrine, brake, formation)
    trajectory = simulate(DAYS, parameters=parameters, extra_osteoclasts=extra)
    peaks = _bursts(trajectory)
    distance = autocrine - neutral_autocrine(parameters)
    return RemodelingResult(
        trajectory=trajectory,
        phases=_phases(trajectory),
        burst_days=trajectory.time_d[peaks],
        burst_cells=trajectory.osteoclast[peaks],
        stability="lasts" if abs(distance) < 1e-6 else "fades" if distance < 0 else "grows",
        extra_osteoclasts=extra,
        shown_days=shown_days,
        parameters=parameters,
    )


def _parameters(autocrine: float, brake: float, formation: float) -> KomarovaParameters:
    # The paper gives k1, k2 for g11 = 0.5 and for g11 = 1.1; a line through both is chosen here.
    share = max(0.0, (autocrine - 0.5) / 0.6)
    return KomarovaParameters(
        osteoclast_autocrine=autocrine,
        osteoblast_to_osteoclast=-brake,
        # Keeps the cells at rest where they are, so that the brake changes the response alone.
        osteoclast_production=3.0 * _RESTING_OSTEOBLASTS ** (brake - _PUBLISHED_BRAKE),
        resorption=0.24 + share * (0.093 - 0.24),
        formation=formation * (0.0017 + share * (0.0008 - 0.0017)),
    )


def _bursts(trajectory: RemodelingTrajectory) -> npt.NDArray[np.intp]:
    cells = trajectory.osteoclast
    padded = np.concatenate(([-np.inf], cells, [np.inf]))
    peak = (padded[1:-1] > padded[:-2]) & (padded[1:-1] >= padded[2:])
    return np.flatnonzero(peak & (cells > _BURST * trajectory.rest.osteoclast))


def _phases(trajectory: RemodelingTrajectory) -> Phases:
    bone = trajectory.bone_mass
    slope = np.diff(bone)
    rises = np.flatnonzero(slope > 0.0)
    if rises.size == 0:
        last = float(trajectory.time_d[-1])
        return Phases(reversal_d=last, refilled_d=last)
    bottom = int(rises[0])
    falls = np.flatnonzero(slope[bottom:] < 0.0)
    top = bottom + int(falls[0]) if falls.size else bone.size - 1
    level = bone[bottom] + _REFILLED * (bone[top] - bone[bottom])
    filled = bottom + int(np.argmax(bone[bottom : top + 1] >= level))
    return Phases(reversal_d=float(trajectory.time_d[bottom]), refilled_d=float(trajectory.time_d[filled]))
