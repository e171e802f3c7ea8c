"""Presets and tasks of the cut-off scene; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bonemets_teach.scenes._uptake_cutoff_result import PUBLISHED, CutoffScan, decide
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "SAMPLES", "TASKS"]

SAMPLES: Final = 20
"""Samples that can be drawn."""
_BASE: Final = {"cutoff": 20, "share_percent": 50, "reads_percent": 100, "lesions": 0, "sample": 1}
_SAMPLE: Final = {**_BASE, "lesions": 30}

PRESETS: Final = (
    Preset(id="published", label="Published", state=_BASE, help="The cut-off of 20 of the paper."),
    Preset(id="sensitive", label="Miss few", state={**_BASE, "cutoff": 14}, help="Low cut-off, many false alarms."),
    Preset(id="specific", label="Few false alarms", state={**_BASE, "cutoff": 32}, help="High cut-off, many missed."),
    Preset(id="rare", label="Metastases rare", state={**_BASE, "share_percent": 10}, help="One lesion of ten is one."),
    Preset(
        id="other-scanner", label="Another scanner", state={**_BASE, "reads_percent": 60},
        help="It reads 60 %; the cut-off was brought along.",
    ),
    Preset(id="sample", label="Sixty lesions", state=_SAMPLE, help="What one small study sees."),
)  # fmt: skip

_SPECIFICITIES: Final = (0.45, 0.7, 0.85, 0.95)
_VALUES: Final = (0.35, 0.55, 0.75, 0.95)
_SPREADS: Final = (0.01, 0.04, 0.12, 0.35)
_SENSITIVE: Final = {**_BASE, "cutoff": 14}
_RARE: Final = {**_BASE, "share_percent": 10}
_NEAR: Final = 0.015


def _scan(state: State) -> CutoffScan:
    base: dict[str, Any] = dict(_BASE)
    return decide({**base, **state})


def _nearest(options: tuple[float, ...], value: float) -> int:
    return int(np.argmin([abs(option - value) for option in options]))


def _explain_price(result: CutoffScan) -> str:
    return (
        f"At {result.at.cutoff:g} the sensitivity is {100 * result.at.sensitivity:.0f} % and the specificity "
        f"{100 * result.at.specificity:.0f} %; at 20 they are {100 * _scan({}).at.sensitivity:.0f} and "
        f"{100 * _scan({}).at.specificity:.0f} %. The cut-off moves along a trade."
    )


def _explain_rare(result: CutoffScan) -> str:
    hit, false, _, _ = result.counts
    return (
        f"Of 1000 lesions {hit:.0f} metastases and {false:.0f} worn joints lie above 20: a positive result is right in "
        f"{100 * result.at.positive_predictive:.0f} %, against {100 * _scan({}).at.positive_predictive:.0f} % where "
        "every second lesion is a metastasis."
    )


def _spread(_: CutoffScan) -> float:
    found = [_scan({**_SAMPLE, "sample": number}).sampled for number in range(1, SAMPLES + 1)]
    sensitivities = [each[0] for each in found if each is not None]
    return (max(sensitivities) - min(sensitivities)) / 2


def _nearest_spread(result: CutoffScan) -> int:
    return int(np.argmin([abs(np.log(option / _spread(result))) for option in _SPREADS]))


def _explain_spread(result: CutoffScan) -> str:
    return (
        f"In {SAMPLES} samples of 30 metastases the sensitivity lies within about {100 * _spread(result):.0f} points on "
        f"either side; the truth is {100 * result.at.sensitivity:.0f} %. A cut-off chosen on few patients has the "
        "luck of its sample in it."
    )


def _is_published(state: State, result: CutoffScan) -> bool:
    return state["reads_percent"] == 100 and abs(result.at.cutoff - PUBLISHED[0]) <= 0.5


def _misses_one_in_ten(state: State, result: CutoffScan) -> bool:
    return state["reads_percent"] == 100 and 0.895 <= result.at.sensitivity <= 0.92


def _is_translated(state: State, result: CutoffScan) -> bool:
    home = _scan({}).at
    near = abs(result.at.sensitivity - home.sensitivity) <= _NEAR
    return state["reads_percent"] == 60 and near and abs(result.at.specificity - home.specificity) <= _NEAR


TASKS: Final = (
    Task(
        id="reproduce",
        text=(
            "A study of 34 men found a sensitivity of 73.8 % and a specificity of 85.4 % at one cut-off. Find it: the cross "
            "in the curve at the right marks what they saw."
        ),
        state={**_BASE, "cutoff": 40},
        goal=_is_published,
        success="At 20 the two heaps alone give 75 and 85 %: nearly what the men showed.",
        hint="Lower the cut-off until your point lies on the cross.",
    ),
    Task(
        id="miss-few",
        text="Miss no more than about one metastasis in ten: find a cut-off with a sensitivity of 90 %.",
        state=_BASE,
        goal=_misses_one_in_ten,
        success="Look at what it costs: how many worn joints are now called metastases?",
        hint="Between 12 and 16.",
    ),
    Task(
        id="price",
        text="The cut-off is set to catch nine of ten metastases.",
        state=_SENSITIVE,
        prediction=Prediction(
            prompt="What is the specificity there?",
            options=tuple(f"about {100 * value:.0f} %" for value in _SPECIFICITIES),
            answer=lambda result: _nearest(_SPECIFICITIES, result.at.specificity),
            explain=_explain_price,
        ),
        success="A cut-off can't remove the overlap.",
    ),
    Task(
        id="rare",
        text="The cut-off stays at 20, but only one lesion of ten is a metastasis.",
        state=_RARE,
        prediction=Prediction(
            prompt="How many of the lesions above 20 are metastases?",
            options=tuple(f"about {100 * value:.0f} %" for value in _VALUES),
            answer=lambda result: _nearest(_VALUES, result.at.positive_predictive),
            explain=_explain_rare,
        ),
        success="Sensitivity and specificity have not moved. The meaning of a result has.",
    ),
    Task(
        id="travel",
        text=(
            "Another scanner reads every SUV at 60 %. The cut-off of 20 was brought along and misses most metastases. Move "
            "it until sensitivity and specificity are again what they were."
        ),
        state={**_BASE, "reads_percent": 60},
        goal=_is_translated,
        success="12 instead of 20. Other centers found 11 and 19.5, for such reasons among others: a cut-off doesn't travel.",
        hint="60 % of 20.",
    ),
    Task(
        id="luck",
        text="A study looks at 30 metastases and 30 worn joints, cut-off 20. Another one draws 30 others, and so on.",
        state=_SAMPLE,
        prediction=Prediction(
            prompt="How far on either side do the sensitivities of such studies spread?",
            options=tuple(f"by about {100 * value:.0f} %" for value in _SPREADS),
            answer=_nearest_spread,
            explain=_explain_spread,
        ),
        success="Move “Sample” and watch the ring in the curve.",
    ),
)  # fmt: skip
