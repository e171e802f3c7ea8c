"""Presets and tasks of the vicious cycle."""

from __future__ import annotations

from typing import Final

import numpy as np

from bonemets_teach.scenes._vicious_cycle_result import ViciousResult, half_month
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["PRESETS", "TASKS"]

_LYTIC: Final = 0.1

PRESETS: Final = (
    Preset(
        id="lytic",
        label="Lytic",
        state={"phenotype": _LYTIC},
        help="Much PTHrP, and DKK-1 that blocks recruitment.",
    ),
    Preset(
        id="mixed",
        label="Mixed",
        state={"phenotype": 0.45},
        help="High turnover, hardly any net change.",
    ),
    Preset(
        id="blastic",
        label="Blastic",
        state={"phenotype": 0.9},
        help="Much Wnt and endothelin-1, little PTHrP.",
    ),
    Preset(
        id="nothing-back",
        label="Bone gives nothing back",
        state={"phenotype": _LYTIC, "feedback": 0},
        help="The tumor grows as if resorption released no growth factors: the loop is cut.",
    ),
    Preset(
        id="block-3",
        label="Block RANKL at 3 months",
        state={"phenotype": _LYTIC, "block": True, "block_month": 3},
        help="Osteoclasts lose their signal.",
    ),
)


def _delay_months(result: ViciousResult) -> float:
    return half_month(result.trajectory) - half_month(result.untouched)


def _delay_option(result: ViciousResult) -> int:
    delay = _delay_months(result)
    return 0 if delay < 0.5 else 1 if delay < 5.0 else 2


def _explain_delay(result: ViciousResult) -> str:
    with_bone, without = half_month(result.untouched), half_month(result.trajectory)
    return (
        f"With feedback from bone the tumor fills half of the marrow space in month {with_bone:.1f}, without "
        f"it in month {without:.1f}: {without - with_bone:.1f} months later. Bone speeds the tumor up; it "
        "does not make it."
    )


def _bone_from_block(result: ViciousResult) -> tuple[float, float]:
    start = (result.lesion.block_month or 0.0) * DAYS_PER_MONTH
    at_start = np.interp(start, result.trajectory.time_d, result.trajectory.bone_volume)
    return 100.0 * float(at_start), 100.0 * float(result.trajectory.bone_volume[-1])


def _refill_option(result: ViciousResult) -> int:
    before, after = _bone_from_block(result)
    return 0 if after < before - 5.0 else 1 if after < 90.0 else 2


def _explain_refill(result: ViciousResult) -> str:
    before, after = _bone_from_block(result)
    untouched = 100.0 * float(result.untouched.bone_volume[-1])
    return (
        f"Bone volume is {before:.0f} % when the block starts and {after:.0f} % at 18 months; without the "
        f"block it would be {untouched:.0f} %. A block stops the loss; it brings little bone back, because "
        "formation falls with resorption."
    )


def _is_busy_but_even(_: State, result: ViciousResult) -> bool:
    end = result.trajectory
    return bool(
        min(end.osteoblast_ratio[-1], end.osteoclast_ratio[-1]) >= 4.0
        and abs(end.bone_volume[-1] - 1.0) <= 0.06
    )


def _is_held_down(state: State, result: ViciousResult) -> bool:
    untreated = float(state["growth"]) >= 100.0 and float(state["phenotype"]) <= 0.2
    return bool(untreated and float(state["feedback"]) >= 70.0 and result.trajectory.tumor[-1] < 0.5)


TASKS: Final = (
    Task(
        id="cut-the-loop",
        text="A lytic tumor gets nothing back from bone. Predict how much later it fills half of the marrow.",
        state={"phenotype": _LYTIC, "feedback": 0},
        prediction=Prediction(
            prompt="Without growth factors from bone, half of the marrow space is full",
            options=("at the same time", "one to four months later", "more than five months later"),
            answer=_delay_option,
            explain=_explain_delay,
        ),
        success="This is what makes the cycle vicious: the tumor grows faster because it destroys.",
        hint="Compare the solid with the dashed tumor curve.",
    ),
    Task(
        id="late-block",
        text="A RANKL block starts at month 9 in a lytic lesion. Predict bone volume at month 18.",
        state={"phenotype": _LYTIC, "block": True, "block_month": 9, "month": 18},
        prediction=Prediction(
            prompt="After the block has started, bone volume",
            options=("goes on falling", "stays about where it was", "returns to more than 90 % of the start"),
            answer=_refill_option,
            explain=_explain_refill,
        ),
        success="Early treatment keeps bone; late treatment keeps what is left.",
        hint="Look at both cells after the block.",
    ),
    Task(
        id="busy-but-even",
        text="Find a lesion with at least four times the normal osteoblasts and osteoclasts at month 18, "
        "and bone volume within 6 % of the start.",
        goal=_is_busy_but_even,
        success="A mixed lesion: bone density hardly changes, yet turnover, and so a bone scan, is high.",
        hint="Move the phenotype towards the middle.",
    ),
    Task(
        id="hold-down",
        text="Keep a lytic tumor (first slider at most 0.2, growth rate and feedback as at the start) below "
        "half of the marrow space for 18 months.",
        state={"phenotype": _LYTIC},
        goal=_is_held_down,
        success="In the model an early RANKL block starves the tumor. Patients keep bone but live no longer: "
        "real tumors depend less on bone. Lower the feedback to see it.",
        hint="Block RANKL early.",
    ),
)
