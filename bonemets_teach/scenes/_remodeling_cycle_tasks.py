"""Presets and tasks of the remodeling cycle."""

from __future__ import annotations

from typing import Final

from bonemets_teach.content.language import tr
from bonemets_teach.scenes._remodeling_cycle_result import RemodelingResult
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

PRESETS: Final = (
    Preset(id="normal", label="Normal event", state={}, help="Bone is removed, then put back in full."),
    Preset(
        id="too-little-formation",
        label="Too little formation",
        state={"formation": 70},
        help="Each event leaves a small deficit, as in osteoporosis.",
    ),
    Preset(
        id="periodic",
        label="Periodic remodeling",
        state={"autocrine": 1.1, "window": "1000"},
        help="At exactly 1.1 bursts return for ever with the same size.",
    ),
    Preset(
        id="plane",
        label="Phase plane",
        state={"autocrine": 1.05, "window": "1000", "view": "plane"},
        help="Bursts that fade, drawn as a spiral around rest.",
    ),
    Preset(
        id="instability",
        label="Instability, Paget-like",
        state={"autocrine": 1.13, "event": 0.5, "window": "1000"},
        help="A tiny event grows from burst to burst: a model of runaway turnover, not of Paget disease itself.",
    ),
)


def _lowest_day_option(result: RemodelingResult) -> int:
    day = result.phases.reversal_d
    return 0 if day < 3 else 1 if day < 30 else 2


def _explain_lowest_day(result: RemodelingResult) -> str:
    trajectory, day = result.trajectory, result.phases.reversal_d
    most = trajectory.time_d[trajectory.osteoclast.argmax()]
    return tr(
        "Bone is lowest on day {day:.0f} ({lowest:.1f} %). Osteoclasts are most on day {most:.0f}, but bone "
        "falls as long as they remove more than osteoblasts add. That turning point is the reversal.",
        day=day,
        lowest=float(trajectory.bone_mass.min()),
        most=float(most),
    )


def _refill_option(result: RemodelingResult) -> int:
    times = (result.phases.refilled_d - result.phases.reversal_d) / result.phases.reversal_d
    return 0 if times < 1.5 else 1 if times < 3 else 2


def _explain_refill(result: RemodelingResult) -> str:
    lost, filled = result.phases.reversal_d, result.phases.refilled_d
    return tr(
        "Removal takes {lost:.0f} days, refilling {refill:.0f} days, {times:.0f} times as long. If many events "
        "start at once, bone is lost first, even if each is refilled later.",
        lost=lost,
        refill=filled - lost,
        times=(filled - lost) / lost,
    )


def _loses_bone(state: State, result: RemodelingResult) -> bool:
    return bool(float(state["autocrine"]) <= 0.7 and result.trajectory.bone_mass[-1] < 97.0)


def _lasts(_: State, result: RemodelingResult) -> bool:
    return result.stability == "lasts"


def _closed(state: State, result: RemodelingResult) -> bool:
    return state["view"] == "plane" and result.stability == "lasts"


def _grows(_: State, result: RemodelingResult) -> bool:
    cells = result.burst_cells
    return bool(cells.size >= 3 and cells[-1] > 2.0 * cells[0])


TASKS: Final = (
    Task(
        id="lowest-bone",
        text="Ten extra osteoclasts start a remodeling event. Predict when bone mass is lowest, then look.",
        prediction=Prediction(
            prompt="When is bone mass lowest?",
            options=(
                "At once, when osteoclasts are most",
                "After one to four weeks, when formation overtakes resorption",
                "After more than a month",
            ),
            answer=_lowest_day_option,
            explain=_explain_lowest_day,
        ),
        success="Bone follows the balance of both cells, not the number of one of them.",
        hint="Bone keeps falling while more is removed than added.",
    ),
    Task(
        id="slow-refill",
        text="Predict how long the refill takes compared with the removal.",
        prediction=Prediction(
            prompt="Putting bone back takes, compared with removing it,",
            options=("about the same time", "about twice as long", "more than three times as long"),
            answer=_refill_option,
            explain=_explain_refill,
        ),
        success="Resorption is fast, formation is slow.",
        hint="Compare the two shaded phases.",
    ),
    Task(
        id="lose-bone",
        text="Keep a single event (TGF-β loop at most 0.7), yet end below 97 % of bone after 1,000 days.",
        goal=_loses_bone,
        success="Osteoblasts still follow osteoclasts, yet a deficit is left: coupling without balance.",
        hint="Make each osteoblast form less.",
    ),
    Task(
        id="periodic",
        text="Show 1,000 days and find the strength of the TGF-β loop at which bursts neither fade nor grow.",
        state={"window": "1000", "autocrine": 0.9},
        goal=_lasts,
        success="At 1.1 the bursts keep their size: the loop gain just makes up for the cells that die.",
        hint="Below it bursts fade, above it they grow. Use steps of 0.01.",
    ),
    Task(
        id="closed-loop",
        text="In the phase plane, change the spiral into a loop that closes on itself.",
        state={"window": "1000", "autocrine": 1.0, "view": "plane"},
        goal=_closed,
        success="A closed loop is a rhythm: at 1.1 the orbit neither falls in to rest nor leaves it.",
        hint="Follow the line on which osteoclasts stand still: below g11 = 1 it falls, above 1 it rises.",
    ),
    Task(
        id="growing",
        text="Start with the smallest event and make the bursts grow to more than double within 1,000 days.",
        state={"window": "1000", "event": 0.5},
        goal=_grows,
        success="A trace of resorption became a chain of growing bursts, like the turnover of Paget disease.",
        hint="Go a little above 1.1. Far above it, the pause after a burst outlasts the picture.",
    ),
)
