"""Presets and tasks of the MR scene; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bonemets_teach.scenes._mr_result import MrResult, take_image
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_T1: Final = {"sequence": "spin-echo", "tr_ms": 600, "te_ms": 12}
_T2: Final = {"sequence": "spin-echo", "tr_ms": 4000, "te_ms": 90}
_LYTIC: Final = {"finding": "lytic", "months": 15}

PRESETS: Final = (
    Preset(id="t1", label="T1", state={**_T1, **_LYTIC}, help="Fat is bright; tumor is as dark as muscle."),
    Preset(id="t2", label="T2", state={**_T2, **_LYTIC}, help="Fluid is bright, but so is fat."),
    Preset(
        id="t2-fat-suppressed", label="T2, fat suppressed", state={**_T2, **_LYTIC, "sequence": "spin-echo-fat-suppressed"},
        help="Only water is left.",
    ),
    Preset(
        id="stir", label="STIR", state={**_LYTIC, "sequence": "stir", "ti_ms": 170},
        help="Fat is nulled by its short T1.",
    ),
    Preset(
        id="opposed", label="Opposed phase", state={**_LYTIC, "sequence": "opposed-phase"},
        help="Marrow with fat and water goes dark; tumor without fat stays.",
    ),
    Preset(
        id="diffusion", label="Diffusion", state={**_LYTIC, "sequence": "diffusion", "scanner": "1.5-8"},
        help="Tight cells hold water: tumor is bright.",
    ),
    Preset(
        id="contrast", label="After gadolinium", state={**_T1, **_LYTIC, "sequence": "gadolinium-fat-suppressed"},
        help="Contrast and fat suppression together.",
    ),
    Preset(
        id="blastic", label="Blastic on T2", state={**_T2, "finding": "blastic", "months": 18},
        help="Bone gives no signal.",
    ),
    Preset(
        id="collapse", label="Osteoporotic collapse", state={"finding": "osteoporotic collapse", "sequence": "stir", "ti_ms": 170},
        help="A band of edema, and fat below it.",
    ),
    Preset(
        id="hemangioma", label="Hemangioma", state={**_T1, "finding": "hemangioma"},
        help="Bright on T1: fat speaks for a benign finding.",
    ),
    Preset(
        id="modic", label="Worn disc", state={**_T1, "finding": "Modic 1"}, help="Edema on both sides of a disc.",
    ),
)  # fmt: skip

_BASE: Final[dict[str, Any]] = {
    "finding": "lytic", "months": 15, "sequence": "spin-echo", "tr_ms": 600, "te_ms": 12, "ti_ms": 170,
    "scanner": "1.5-2",
}  # fmt: skip
_SIDES: Final = ("darker", "about as bright (within 15 %)", "brighter")
_FACTORS: Final = (1.4, 2.0, 4.0, 8.0)
_CUT_OFF: Final = 0.82
_ADC_TIGHT: Final = 1.2
_SHINING: Final = {"finding": "treated", "months": 15, "sequence": "stir", "ti_ms": 170}
_UNSUPPRESSED: Final = {**_T1, **_LYTIC, "sequence": "gadolinium"}


def _take(state: State) -> MrResult:
    return take_image({**_BASE, **state})


def _side(result: MrResult) -> int:
    return 1 if abs(result.relative - 1) <= 0.15 else (0 if result.relative < 1 else 2)


def _explain_t1(result: MrResult) -> str:
    marrow, muscle = result.readings["marrow"], result.readings["muscle"]
    return (
        f"The metastasis reads {result.readings['finding']:.0f}, marrow {marrow:.0f} and muscle {muscle:.0f}. Marrow owes its "
        f"signal on T1 to fat; tumor has pushed the fat out ({result.fat_percent:.0f} % left)."
    )


def _explain_contrast(result: MrResult) -> str:
    before = _take({**_T1, **_LYTIC})
    suppressed = _take({**_UNSUPPRESSED, "sequence": "gadolinium-fat-suppressed"})
    return (
        f"It reads {result.readings['finding']:.0f} against {result.readings['marrow']:.0f} in marrow, {result.relative:.2f} "
        f"times; before contrast it was {before.relative:.2f} times. With fat suppression it is {suppressed.relative:.1f} "
        "times: after gadolinium, suppress fat."
    )


def _explain_ratio(result: MrResult) -> str:
    return (
        f"The ratio is {result.ratio:.2f} in the lesion and {result.marrow_ratio:.2f} in marrow; above {_CUT_OFF} speaks for "
        "tumor. Water and fat cancel only where both are."
    )


def _tightness(result: MrResult) -> int:
    return 0 if result.adc < _ADC_TIGHT else 1


def _explain_diffusion(result: MrResult) -> str:
    untreated = _take({**_SHINING, "finding": "lytic"})
    return (
        f"The ADC is {result.adc:.2f} × 10⁻³ mm²/s, against {untreated.adc:.2f} before treatment. A long T2 shines "
        "through wherever the echo is late; only the ADC map tells how freely water moves."
    )


def _time_factor(_: MrResult) -> float:
    start, end = (_take({**_T1, **_LYTIC, "scanner": one}).image for one in ("1.5-2", "1.5-8"))
    # 8 averages halve the noise of 2; what that costs is read off the two scans.
    return end.seconds / start.seconds / (start.noise / end.noise) * 2.0


def _nearest_factor(result: MrResult) -> int:
    return int(np.argmin([abs(np.log(factor / _time_factor(result))) for factor in _FACTORS]))


def _explain_time(_: MrResult) -> str:
    start, end = (_take({**_T1, **_LYTIC, "scanner": one}).image for one in ("1.5-2", "1.5-8"))
    return (
        f"From 2 to 8 averages the noise falls from {start.noise:.0f} to {end.noise:.0f} and the scan grows from "
        f"{start.seconds:.0f} to {end.seconds:.0f} s. Noise falls with the root of the averages."
    )


def _is_t2_weighted(state: State, result: MrResult) -> bool:
    bright = result.readings["CSF"] > result.readings["fat"] > 0
    return state["sequence"] == "spin-echo" and bright


def _is_fat_null(state: State, result: MrResult) -> bool:
    return state["sequence"] == "stir" and state["scanner"] in {"3-2", "3-8"} and result.readings["fat"] < 25


TASKS: Final = (
    Task(
        id="t1-dark",
        text="A lytic metastasis of 15 months in L3, on a T1-weighted image.",
        state={**_T1, **_LYTIC},
        prediction=Prediction(
            prompt="Compared with normal marrow the metastasis is…", options=_SIDES, answer=_side, explain=_explain_t1
        ),
        success="Darker than marrow and about as dark as disc and muscle: the first rule of marrow imaging.",
    ),
    Task(
        id="make-t2",
        text="Turn the T1-weighted image into a T2-weighted one: set TR and TE until CSF is brighter than fat.",
        state={**_T1, **_LYTIC},
        goal=_is_t2_weighted,
        success="A long TR lets CSF recover, a long TE lets everything else decay. Fat stays bright in echo trains.",
        hint="Make TR several seconds and TE about 100 ms or more.",
    ),
    Task(
        id="null-fat",
        text="At 3 T fat still shines on this STIR image. Find the inversion time at which it vanishes.",
        state={**_LYTIC, "sequence": "stir", "scanner": "3-2", "ti_ms": 150},
        goal=_is_fat_null,
        success="The null is T1 × ln 2 of fat, later at 3 T than at 1.5 T, because T1 is longer.",
        hint="T1 of fat at 3 T is about 370 ms; multiply by 0.69.",
    ),
    Task(
        id="opposed-phase",
        text="Opposed-phase image of the same metastasis.",
        state={**_LYTIC, "sequence": "opposed-phase"},
        prediction=Prediction(
            prompt="Its signal over that of the in-phase image is…",
            options=(f"below {_CUT_OFF}", f"above {_CUT_OFF}"),
            answer=lambda result: int(result.ratio > _CUT_OFF),
            explain=_explain_ratio,
        ),
        success="A lesion that keeps fat loses signal; one that has replaced it does not.",
    ),
    Task(
        id="shine-through",
        text="After treatment the metastasis is still bright on STIR.",
        state=_SHINING,
        prediction=Prediction(
            prompt="Its ADC is now…",
            options=(f"below {_ADC_TIGHT} × 10⁻³ mm²/s: tight cells", f"above {_ADC_TIGHT} × 10⁻³ mm²/s: loose tissue"),
            answer=_tightness,
            explain=_explain_diffusion,
        ),
        success="Bright is not the same as alive.",
    ),
    Task(
        id="contrast-trap",
        text="T1 after gadolinium, without fat suppression.",
        state=_UNSUPPRESSED,
        prediction=Prediction(
            prompt="Compared with normal marrow the metastasis is now…", options=_SIDES, answer=_side,
            explain=_explain_contrast,
        ),
        success="Without fat suppression contrast can hide a lesion that was plain before.",
    ),
    Task(
        id="price-of-quiet",
        text="The noise is to be halved by averaging.",
        state={**_T1, **_LYTIC, "scanner": "1.5-2"},
        prediction=Prediction(
            prompt="By what factor does the scan get longer?",
            options=tuple(f"{factor:g} times" for factor in _FACTORS),
            answer=_nearest_factor,
            explain=_explain_time,
        ),
        success="A stronger field, thicker slices or larger pixels give signal for less time.",
    ),
)  # fmt: skip
