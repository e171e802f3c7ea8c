"""Tasks of the drug timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bonemets_teach.scenes._drug_timeline_controls import LYTIC
from bonemets_teach.scenes._drug_timeline_result import DrugResult, numbers, run
from bonemets_teach.scenes._vicious_cycle_result import fold
from bonemets_teach.scenes.scene import Prediction, State, Task

__all__ = ["TASKS"]


def _stop_option(result: DrugResult) -> int:
    n = numbers(result)
    return 2 if n["ctx_peak_after_stop_fold"] > 1.2 else 1 if n["ctx_peak_after_stop_fold"] > 0.6 else 0


def _explain_stop(result: DrugResult) -> str:
    n = numbers(result)
    return (
        f"CTX is {fold(n['ctx_at_stop_fold'])} times normal when the drug stops and stays low while the last dose is "
        f"used up. Then it climbs to {fold(n['ctx_peak_after_stop_fold'])} times normal, "
        f"{n['ctx_peak_after_stop_months']:.0f} months after the stop, although the tumor is gone: precursors of "
        "osteoclasts have piled up behind the block. In patients this is when vertebrae break."
    )


def _flare_option(result: DrugResult) -> int:
    n = numbers(result)
    ratio = n["bone_alp_peak_after_kill_fold"] / n["bone_alp_before_kill_fold"]
    return 0 if ratio > 1.2 else 1 if ratio > 1.02 else 2


def _explain_flare(result: DrugResult) -> str:
    n = numbers(result)
    return (
        f"Bone ALP rises from {fold(n['bone_alp_before_kill_fold'])} to "
        f"{fold(n['bone_alp_peak_after_kill_fold'])} times normal in "
        f"{n['bone_alp_peak_after_kill_months']:.1f} months and only then falls. The tumor no longer holds "
        "osteoblasts back, and lost bone calls them. A bone scan would be hotter: a flare, and good news."
    )


def _interval_difference(result: DrugResult) -> float:
    often = replace(result.schedule, bone_drug="zoledronate-4")
    other = numbers(run(result.phenotype, often, result.month))["bone_end_percent"]
    return other - numbers(result)["bone_end_percent"]


def _interval_option(result: DrugResult) -> int:
    lost = _interval_difference(result)
    return 0 if lost > 10.0 else 1 if lost > -10.0 else 2


def _explain_interval(result: DrugResult) -> str:
    here = numbers(result)["bone_end_percent"]
    return (
        f"With {len(result.schedule.dose_months)} doses, one every 12 weeks, bone volume at month 36 is {here:.0f} %; "
        f"every 4 weeks it is {here + _interval_difference(result):.0f} %. Zoledronate stays on bone for months, so "
        "three times the doses do little more. In the trial of both intervals 28.6 % (12 weeks) and 29.5 % (4 weeks) of "
        "patients had a skeletal event within two years."
    )


def _keeps_bone(state: State, result: DrugResult) -> bool:
    alone = state["tumor_treatment"] == "none" and float(state["phenotype"]) <= 0.2
    return bool(alone and result.is_treated and numbers(result)["bone_end_percent"] >= 90.0)


def _refills(state: State, result: DrugResult) -> bool:
    spans = (result.schedule.bone_span, result.schedule.tumor_span)
    is_late = result.is_treated and all(span is None or span[0] >= 9 for span in spans)
    return bool(is_late and float(state["phenotype"]) <= 0.2 and numbers(result)["bone_end_percent"] >= 95.0)


def _no_flare(state: State, result: DrugResult) -> bool:
    n = numbers(result)
    return bool(
        state["bone_drug"] == "none"
        and result.schedule.tumor_span is not None
        and n["bone_alp_before_kill_fold"] >= 3.0
        and n["bone_alp_peak_after_kill_fold"] <= 1.15 * n["bone_alp_before_kill_fold"]
    )


TASKS: Final = (
    Task(
        id="stop-denosumab",
        text="Systemic therapy has cleared the tumor. Denosumab, given from month 6, is stopped in month 15 and "
        "nothing follows it. Predict the marker of resorption, CTX.",
        state={
            "phenotype": LYTIC, "bone_drug": "denosumab-120", "bone_start": 6, "bone_stop": 15,
            "tumor_treatment": "systemic", "tumor_start": 6, "month": 18,
        },
        prediction=Prediction(
            prompt="In the year and a half after the stop, CTX",
            options=("stays low", "comes back to normal and stays there", "rises above normal for months"),
            answer=_stop_option,
            explain=_explain_stop,
        ),
        success="Denosumab leaves the body. Whoever stops it needs a plan, mostly a bisphosphonate.",
        hint="Look at the markers after month 20.",
    ),
    Task(
        id="flare",
        text="A lytic lesion gets systemic therapy from month 9 on and no bone drug. Predict bone ALP, the marker of "
        "formation, over the next half year.",
        state={
            "phenotype": LYTIC, "bone_drug": "none", "tumor_treatment": "systemic", "tumor_start": 9,
            "month": 11,
        },
        prediction=Prediction(
            prompt="While the tumor dies, bone ALP",
            options=("rises first, then falls", "hardly changes", "falls from the first day"),
            answer=_flare_option,
            explain=_explain_flare,
        ),
        success="A marker or a scan that gets worse in the first months can mean healing.",
        hint="Compare tumor and bone ALP between months 9 and 13.",
    ),
    Task(
        id="interval",
        text="Zoledronate every 12 weeks instead of every 4, from month 3 on. Predict the bone volume at month 36.",
        state={
            "phenotype": LYTIC, "bone_drug": "zoledronate-12", "bone_start": 3, "bone_stop": 36,
            "tumor_treatment": "none", "month": 36,
        },
        prediction=Prediction(
            prompt="Compared with every 4 weeks, bone volume is",
            options=("more than 10 points lower", "about the same", "more than 10 points higher"),
            answer=_interval_option,
            explain=_explain_interval,
        ),
        success="Fewer infusions for nearly the same bone. Denosumab does not allow this: it does not stay.",
        hint="Switch between the two intervals.",
    ),
    Task(
        id="keep-bone",
        text="Keep at least 90 % of the bone at month 36 in a lytic lesion (first slider at most 0.2) without any "
        "treatment of the tumor.",
        state={"phenotype": LYTIC, "bone_drug": "none", "tumor_treatment": "none", "month": 36},
        goal=_keeps_bone,
        success="Early, and not stopped. The tumor still grows.",
        hint="Denosumab, started before bone is lost.",
    ),
    Task(
        id="refill",
        text="Start every treatment in month 9 or later in a lytic lesion (first slider at most 0.2), and have at least "
        "95 % of the bone again at month 36.",
        state={
            "phenotype": LYTIC, "bone_drug": "denosumab-120", "bone_start": 9, "bone_stop": 36,
            "tumor_treatment": "none", "month": 36,
        },
        goal=_refills,
        success="A bone drug alone stops the loss. Bone comes back when the tumor goes: on film the hole fills in.",
        hint="What holds the osteoblasts back?",
    ),
    Task(
        id="no-flare",
        text="Without a bone drug, find a lesion whose bone ALP is at least three times normal when tumor treatment "
        "starts, and does not rise by more than 15 % before it falls.",
        state={"phenotype": LYTIC, "bone_drug": "none", "tumor_treatment": "systemic", "tumor_start": 9},
        goal=_no_flare,
        success="In this blastic lesion the tumor itself drives the osteoblasts, so they rest when it dies. In patients "
        "with prostate cancer a flare is common: the model leaves out healing around the lesion.",
        hint="Move the phenotype to the right.",
    ),
)  # fmt: skip
