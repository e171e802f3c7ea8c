"""What the vicious cycle shows: one lesion over 18 months, its messages, and the same lesion left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bonemets_teach.biology.lpt import LptTrajectory, Treatment, Tumor, simulate
from bonemets_teach.biology.lpt_constants import LPT
from bonemets_teach.biology.lpt_signals import LptSignals, signals
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["MONTHS", "USUAL_FEEDBACK", "Lesion", "ViciousResult", "fold", "half_month", "run"]

MONTHS: Final = 18
USUAL_FEEDBACK: Final = 1.0 - LPT.theta

# Chosen: has the effect on bone of denosumab 120 mg every four weeks in the full model with its kinetics.
_RANKL_BLOCK: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesion:
    """One lesion as the controls set it.

    Parameters
    ----------
    phenotype : float
        q, 0 (lytic) to 1 (blastic).
    feedback : float
        Share of growth that depends on bone, 1 - theta, 0 to 1.
    growth : float
        Growth rate relative to the usual one.
    block_month : float or None
        Month in which the RANKL block starts; None is never.
    """

    phenotype: float
    feedback: float
    growth: float
    block_month: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViciousResult:
    """A computed state.

    Parameters
    ----------
    lesion : Lesion
        What was set.
    month : float
        Month that the loop shows.
    trajectory, untouched : LptTrajectory
        The lesion; and the same one with usual feedback and no block.
    messages : LptSignals
        Messages of ``trajectory``.
    """

    lesion: Lesion
    month: float
    trajectory: LptTrajectory
    untouched: LptTrajectory
    messages: LptSignals

    @property
    def index(self) -> int:
        """Sample of the month that the loop shows."""
        days = np.abs(self.trajectory.time_d - self.month * DAYS_PER_MONTH)
        return int(days.argmin())

    @property
    def is_changed(self) -> bool:
        """Whether feedback or block make the lesion differ from the untouched one."""
        return self.trajectory is not self.untouched


def run(lesion: Lesion, month: float) -> ViciousResult:
    """Simulate a lesion for 18 months.

    Parameters
    ----------
    lesion : Lesion
        What is set.
    month : float
        Month that the loop shows, 0 to 18.

    Returns
    -------
    result : ViciousResult
        Trajectories and messages.
    """
    days = MONTHS * DAYS_PER_MONTH
    growth = LPT.gamma * lesion.growth
    tumor = Tumor(growth_per_day=growth, bone_independent_share=1.0 - lesion.feedback)
    treatment = Treatment()
    if lesion.block_month is not None:
        start = lesion.block_month * DAYS_PER_MONTH
        treatment = Treatment(rankl_block=_RANKL_BLOCK, rankl_block_start_d=start)
    trajectory = untouched = simulate(lesion.phenotype, days, tumor=tumor, treatment=treatment)
    if lesion.block_month is not None or lesion.feedback != USUAL_FEEDBACK:
        untouched = simulate(lesion.phenotype, days, tumor=Tumor(growth_per_day=growth))
    return ViciousResult(
        lesion=lesion,
        month=month,
        trajectory=trajectory,
        untouched=untouched,
        messages=signals(trajectory, lesion.phenotype, tumor=tumor, treatment=treatment),
    )


def half_month(trajectory: LptTrajectory) -> float:
    """Return when the tumor fills half of the marrow space.

    Parameters
    ----------
    trajectory : LptTrajectory
        A lesion.

    Returns
    -------
    month : float
        Month, or 18 if it does not happen by then.
    """
    full = np.flatnonzero(trajectory.tumor >= 0.5)
    return float(trajectory.time_d[full[0]] / DAYS_PER_MONTH) if full.size else float(MONTHS)


def fold(value: float) -> str:
    """Write a multiple of normal with two digits that matter.

    Parameters
    ----------
    value : float
        A multiple, not negative.

    Returns
    -------
    text : str
        For example "12", "4.2", "0.05" or "< 0.01".
    """
    if value < 0.01:
        return "< 0.01"
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}" if value >= 0.095 else f"{value:.2f}"
