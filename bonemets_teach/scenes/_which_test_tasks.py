"""Presets and tasks of the which-test-when scene; every answer is computed."""

from __future__ import annotations

from typing import Final

import numpy as np

from bonemets_teach.scenes._which_test_result import WhichTestResult
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

PRESETS: Final = (
    Preset(id="lytic", label="Lytic, vertebra", state={"phenotype": 0.0}, help="As from kidney or thyroid."),
    Preset(id="mixed", label="Mixed, vertebra", state={"phenotype": 0.45}, help="As often from the breast."),
    Preset(id="blastic", label="Blastic, vertebra", state={"phenotype": 1.0}, help="As from the prostate."),
    Preset(
        id="fast", label="Fast and lytic", state={"phenotype": 0.0, "growth_speed": 2.5},
        help="Everything comes earlier, and the differences shrink.",
    ),
    Preset(id="rib", label="Lytic, rib", state={"phenotype": 0.0, "site": "rib"}, help="Little bone to be lost."),
)  # fmt: skip

_FIRST_OPTIONS: Final = {
    "bone-scan": "Bone scan",
    "ct": "CT",
    "fdg-pet": "FDG PET",
    "radiograph": "Radiograph",
}
_BLASTIC_OPTIONS: Final = {"naf-pet": "NaF PET", "fdg-pet": "FDG PET", "radiograph": "Radiograph", "ct": "CT"}
_LAG_OPTIONS: Final = ((0.0, 1.0), (1.0, 6.0), (6.0, 12.0), (12.0, 48.0))


def _earliest(result: WhichTestResult, options: dict[str, str]) -> int:
    return int(np.argmin([result.tests[name].month for name in options]))


def _months(result: WhichTestResult, names: tuple[str, ...] | dict[str, str]) -> str:
    words = []
    for name in sorted(names, key=lambda one: result.tests[one].month):
        test = result.tests[name]
        words.append(
            f"{test.label} in month {test.month:.0f}" if test.is_seen else f"{test.label} not in 48 months"
        )
    return ", ".join(words)


def _explain_lytic(result: WhichTestResult) -> str:
    return (
        f"{_months(result, _FIRST_OPTIONS)}. FDG follows the tumor itself. CT and radiograph wait until bone is "
        "lost, and the bone scan until so little bone is left that the place turns cold."
    )


def _explain_blastic(result: WhichTestResult) -> str:
    return (
        f"{_months(result, _BLASTIC_OPTIONS)}. Fluoride goes where osteoblasts work, and they work before mineral "
        "has piled up; blastic tumor takes up little FDG."
    )


def _lag(result: WhichTestResult) -> float:
    return result.tests["radiograph"].capped_month - result.tests["ct"].capped_month


def _lag_option(result: WhichTestResult) -> int:
    return next(
        i for i, (low, high) in enumerate(_LAG_OPTIONS) if _lag(result) < high or i == len(_LAG_OPTIONS) - 1
    )


def _explain_lag(result: WhichTestResult) -> str:
    return (
        f"{_months(result, ('ct', 'radiograph'))}: {_lag(result):.1f} months apart. CT looks at one slice without the "
        "anatomy before and behind it. Both wait for the same: at first tumor hides the loss of bone."
    )


def _scan_before_fdg(_state: State, result: WhichTestResult) -> bool:
    return result.tests["bone-scan"].month < result.tests["fdg-pet"].month


def _never_on_film(_state: State, result: WhichTestResult) -> bool:
    return not result.tests["radiograph"].is_seen and result.tests["fdg-pet"].is_seen


def _film_in_a_year(state: State, result: WhichTestResult) -> bool:
    return state["phenotype"] == 0 and state["site"] == "vertebra" and result.tests["radiograph"].month <= 12


TASKS: Final = (
    Task(
        id="lytic-first",
        text="A purely lytic deposit grows in a lumbar vertebra.",
        state={"phenotype": 0.0},
        prediction=Prediction(
            prompt="Which of these shows it first?", options=tuple(_FIRST_OPTIONS.values()),
            answer=lambda result: _earliest(result, _FIRST_OPTIONS), explain=_explain_lytic,
        ),
        success="What a test sees decides when it sees it.",
    ),
    Task(
        id="blastic-first",
        text="Now a blastic deposit in the same vertebra.",
        state={"phenotype": 1.0},
        prediction=Prediction(
            prompt="Which of these shows it first?", options=tuple(_BLASTIC_OPTIONS.values()),
            answer=lambda result: _earliest(result, _BLASTIC_OPTIONS), explain=_explain_blastic,
        ),
        success="The order has turned over.",
    ),
    Task(
        id="ct-lead",
        text="Back to the lytic deposit. CT and radiograph both need lost bone.",
        state={"phenotype": 0.0},
        prediction=Prediction(
            prompt="By how much does CT come before the radiograph?",
            options=("under 1 month", "1 to 6 months", "6 to 12 months", "more than a year"),
            answer=_lag_option, explain=_explain_lag,
        ),
        success="A normal radiograph does not exclude a metastasis.",
    ),
    Task(
        id="scan-wins",
        text="Start with the lytic deposit and change its type until the bone scan shows it before FDG PET.",
        state={"phenotype": 0.0}, goal=_scan_before_fdg,
        success="The bone scan needs osteoblasts, FDG needs tumor. With new bone the old test wins.",
        hint="More osteoblasts: move toward blastic.",
    ),
    Task(
        id="never-on-film",
        text="Find a lesion that FDG PET shows and the radiograph does not show in four years.",
        goal=_never_on_film,
        success="Where there is little cancellous bone to lose, its loss stays below the anatomy around it.",
        hint="Try a thin bone, and no new bone.",
    ),
    Task(
        id="film-in-a-year",
        text="Make a lytic deposit in the vertebra show on a radiograph within twelve months.",
        state={"phenotype": 0.0}, goal=_film_in_a_year,
        success="Only a fast lesion does that; most are older than a year when a radiograph shows them.",
        hint="Let it grow faster.",
    ),
)  # fmt: skip
