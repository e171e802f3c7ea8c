"""Presets and tasks of the artifact scene; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bonemets_teach.scenes._mr_artifact_result import MOST_LINES, ArtifactResult, take_scan
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "START", "TASKS"]

START: Final[dict[str, Any]] = {
    "sequence": "t1", "lines": MOST_LINES, "without_middle": False, "breathing_mm": 0.0, "phase": "rows",
    "metal": "none", "bandwidth_hz_px": 200.0,
}  # fmt: skip
"""An undisturbed scan."""
_BREATHING: Final = {"breathing_mm": 8, "phase": "columns"}
_SCREWS: Final = {"metal": "titanium"}

PRESETS: Final = (
    Preset(id="clean", label="Undisturbed", state={}, help="T1, no metal, nobody breathes."),
    Preset(id="few-lines", label="Few lines", state={"lines": 64}, help="Blurred, with rings beside each edge."),
    Preset(id="edges", label="Without the middle", state={"without_middle": True}, help="Edges are left, gray is gone."),
    Preset(id="ghosts", label="Breathing", state=_BREATHING, help="The belly repeats across the spine."),
    Preset(id="titanium", label="Titanium", state=_SCREWS, help="Voids with bright rims."),
    Preset(
        id="titanium-suppressed", label="Titanium, fat suppressed", state={**_SCREWS, "sequence": "t2-fat-suppressed"},
        help="Bright where the pulse missed the fat.",
    ),
    Preset(id="titanium-stir", label="Titanium, STIR", state={**_SCREWS, "sequence": "stir"}, help="Fat is gone near metal too."),
    Preset(id="steel", label="Steel", state={"metal": "steel"}, help="Little is left to read."),
)  # fmt: skip

_FACTORS: Final = (2, 5, 20)
_NOISES: Final = ("half as much again", "about the same", "about a third")
_NOISE_FACTORS: Final = (1.5, 1.0, 1 / 3)
_LITTLE: Final = 0.25
_FAINT_PERCENT: Final = 1.0
_SMALL_CM2: Final = 15.0
_CLOSE_MM: Final = 0.5


def _take(**state: Any) -> ArtifactResult:
    return take_scan({**START, **state})


def _noise_factor() -> float:
    return _take(lines=MOST_LINES // 2).noise / _take().noise


def _explain_lines(_: ArtifactResult) -> str:
    whole, half = _take(), _take(lines=MOST_LINES // 2)
    return (
        f"Noise falls from {whole.noise:.0f} to {half.noise:.0f}, and the scan from {whole.seconds:.0f} to "
        f"{half.seconds:.0f} s. A pixel grows from {whole.pixel_mm:.2f} to {half.pixel_mm:.2f} mm and holds four times the "
        "tissue. What you pay is detail."
    )


def _explain_middle(_: ArtifactResult) -> str:
    left, whole = _take(without_middle=True), _take()
    return (
        f"Marrow falls from {whole.marrow:.0f} to {left.marrow:.0f}, the lesion from {whole.lesion:.0f} to "
        f"{left.lesion:.0f}. The middle of k-space says how bright a region is, the rim where its edges are."
    )


def _steel_factor() -> float:
    return _take(metal="steel").spoiled_cm2 / _take(metal="titanium").spoiled_cm2


def _explain_steel(_: ArtifactResult) -> str:
    titanium, steel = (_take(metal=metal).spoiled_cm2 for metal in ("titanium", "steel"))
    return (
        f"Titanium spoils {titanium:.0f} cm², steel {steel:.0f} cm². Steel is magnetized far more strongly, and the field "
        "around it moves signal to the wrong place."
    )


def _explain_suppression(_: ArtifactResult) -> str:
    pulse, stir = (
        _take(metal="titanium", sequence=name).spoiled_cm2 for name in ("t2-fat-suppressed", "stir")
    )
    return (
        f"The fat-suppressed T2 image is spoiled over {pulse:.0f} cm², STIR over {stir:.0f} cm². The pulse finds fat by its "
        "frequency, and metal shifts that. STIR finds it by its T1, which metal leaves alone."
    )


def _worse(_: ArtifactResult) -> int:
    pulse, stir = (
        _take(metal="titanium", sequence=name).spoiled_cm2 for name in ("t2-fat-suppressed", "stir")
    )
    return 0 if pulse > stir else 1


def _without_ghosts(state: State, result: ArtifactResult) -> bool:
    same = state["sequence"] == "t1" and state["breathing_mm"] >= _BREATHING["breathing_mm"]
    return same and result.ghost_percent < _FAINT_PERCENT


TASKS: Final = (
    Task(
        id="half-the-lines",
        text="A T1-weighted image of 208 lines. Now only the 104 in the middle are measured.",
        state={},
        prediction=Prediction(
            prompt="The noise of the image is then…",
            options=_NOISES,
            answer=lambda _: int(np.argmin([abs(np.log(one / _noise_factor())) for one in _NOISE_FACTORS])),
            explain=_explain_lines,
        ),
        success="Fewer lines are faster and quieter, and blurred.",
    ),
    Task(
        id="without-the-middle",
        text="All lines are measured, and then the 16 × 16 samples in the middle are thrown away.",
        state={},
        prediction=Prediction(
            prompt="What is left?",
            options=("a blurred picture", "hardly more than edges", "the same picture, a little darker"),
            answer=lambda _: (
                1 if _take(without_middle=True).marrow < _LITTLE * _take().marrow else 2
            ),
            explain=_explain_middle,
        ),
        success="Now switch the middle off and on and look at k-space beside the image.",
    ),
    Task(
        id="ghosts",
        text="The patient breathes, and pale bands lie over the spine. Get rid of them in L3 and stay with T1. The patient can't stop.",
        state=_BREATHING,
        goal=_without_ghosts,
        success="Ghosts lie along the phase encoding. From head to foot they stay in front of the spine.",
        hint="Turn the phase encoding.",
    ),
    Task(
        id="steel",
        text="Titanium screws hold L2 to L4.",
        state=_SCREWS,
        prediction=Prediction(
            prompt="If they were steel, the spoiled area would be larger by a factor of about…",
            options=tuple(f"{factor}" for factor in _FACTORS),
            answer=lambda _: int(np.argmin([abs(np.log(one / _steel_factor())) for one in _FACTORS])),
            explain=_explain_steel,
        ),
        success="Ask what the implant is made of before you choose the test.",
    ),
    Task(
        id="fat-near-metal",
        text="The lesion between titanium screws is to be shown without the fat.",
        state={**_SCREWS, "sequence": "stir"},
        prediction=Prediction(
            prompt="Which image is spoiled over the larger area?",
            options=("T2 with a pulse that suppresses fat", "STIR"),
            answer=_worse,
            explain=_explain_suppression,
        ),
        success="Near metal take STIR. Bright marrow beside a screw on a fat-suppressed image may be fat.",
    ),
    Task(
        id="tame-the-metal",
        text=f"Gradient echo, titanium. Bring the spoiled area below {_SMALL_CM2:.0f} cm² and leave the screws in.",
        state={**_SCREWS, "sequence": "gradient-echo"},
        goal=lambda state, result: state["metal"] == "titanium" and result.spoiled_cm2 < _SMALL_CM2,
        success="A spin echo brings the phases together again; a wide bandwidth leaves little room for shifts. Noise is the price.",
        hint="Two moves: another sequence, and a wider bandwidth.",
    ),
    Task(
        id="fat-in-place",
        text=f"Fat lies beside its true place. Bring it within {_CLOSE_MM:g} mm with all {MOST_LINES} lines.",
        state={"bandwidth_hz_px": 140},
        goal=lambda state, result: state["lines"] == MOST_LINES and result.fat_shift_mm < _CLOSE_MM,
        success="The chemical shift: fat sings lower than water. The wider the bandwidth, the smaller the mistake, the more noise.",
        hint="The text below the picture says how far fat is moved.",
    ),
)  # fmt: skip
