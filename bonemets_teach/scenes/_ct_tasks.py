"""Presets and tasks of the CT scene; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bonemets_teach.scenes._ct_result import CtResult, take_slice
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

PRESETS: Final = (
    Preset(
        id="standard", label="Standard for bone",
        state={"lesion": "lytic", "months": 18, "kernel": "bone", "slice_thickness_mm": 3},
        help="Sharp kernel, 3 mm, a grown lytic lesion.",
    ),
    Preset(
        id="low-dose", label="Low dose",
        state={"lesion": "lytic", "months": 18, "kernel": "bone", "tube_current_time_mas": 10},
        help="A fifteenth of the photons.",
    ),
    Preset(
        id="thin-sharp", label="Thin and sharp",
        state={"lesion": "mixed", "months": 18, "kernel": "bone", "slice_thickness_mm": 1},
        help="Fine detail and much noise.",
    ),
    Preset(
        id="thick-soft", label="Thick and smooth",
        state={"lesion": "mixed", "months": 18, "kernel": "soft", "slice_thickness_mm": 10},
        help="Quiet, but small things fade into their surroundings.",
    ),
    Preset(
        id="early", label="Early lesion", state={"lesion": "lytic", "months": 11, "kernel": "soft"},
        help="Tumor has filled the marrow; mineral has begun to go.",
    ),
    Preset(
        id="blastic", label="Blastic lesion", state={"lesion": "blastic", "months": 16, "kernel": "bone"},
        help="New bone instead of a hole.",
    ),
    Preset(id="normal", label="Normal femur", state={"lesion": "none", "kernel": "bone"}, help="No lesion."),
)  # fmt: skip

_QUARTER: Final = {"lesion": "lytic", "months": 18, "kernel": "soft", "tube_current_time_mas": 50}
_FULL: Final = {**_QUARTER, "tube_current_time_mas": 200}
_LOW_VOLTAGE: Final = {"lesion": "blastic", "months": 16, "kernel": "soft", "tube_voltage_kv": 80}
_RATIOS: Final = (1.4, 2.0, 4.0, 16.0)
_SHARED: Final = {"level_mm": 43, "slice_thickness_mm": 3, "tube_voltage_kv": 120}


def _take(state: State) -> CtResult:
    base: dict[str, Any] = {**_SHARED, "tube_current_time_mas": 150}
    return take_slice({**base, **state})


def _noise_ratio(result: CtResult) -> float:
    return result.noise_hu / _take(_FULL).noise_hu


def _nearest_ratio(result: CtResult) -> int:
    return int(np.argmin([abs(np.log(ratio / _noise_ratio(result))) for ratio in _RATIOS]))


def _explain_ratio(result: CtResult) -> str:
    return (
        f"The noise is {result.noise_hu:.0f} HU, {_noise_ratio(result):.1f} times that of 200 mAs: "
        "noise grows with one over the square root of the photons."
    )


def _voltage_direction(result: CtResult) -> int:
    change = result.disc_hu - _take({**_LOW_VOLTAGE, "tube_voltage_kv": 140}).disc_hu
    return 1 if abs(change) < 10 else (0 if change > 0 else 2)


def _explain_voltage(result: CtResult) -> str:
    high = _take({**_LOW_VOLTAGE, "tube_voltage_kv": 140}).disc_hu
    return (
        f"The lesion measures {result.disc_hu:.0f} HU at 80 kV and {high:.0f} HU at 140 kV. Calcium absorbs "
        "low energies most, so a threshold in HU holds for one voltage only."
    )


def _early_change(result: CtResult) -> int:
    difference = result.disc_hu - result.normal_hu
    return 1 if abs(difference) < 50 else (0 if difference < 0 else 2)


def _explain_early(result: CtResult) -> str:
    return (
        f"{100 * result.mineral_lost:.0f} % of the mineral is gone, but the place measures "
        f"{result.disc_hu:.0f} HU against {result.normal_hu:.0f} HU before: tumor is denser than the fatty "
        "marrow that it replaced."
    )


def _is_quiet(state: State, result: CtResult) -> bool:
    start = _take({**state, "kernel": "bone", "slice_thickness_mm": 2, "tube_current_time_mas": 30})
    return result.dose <= 0.31 and result.noise_hu <= start.noise_hu / 3 and state["slice_thickness_mm"] <= 5


TASKS: Final = (
    Task(
        id="quarter-dose",
        text="A slice was taken with 200 mAs. Now it is taken with 50 mAs.",
        state=_QUARTER,
        prediction=Prediction(
            prompt="By what factor does the noise grow?",
            options=tuple(f"{ratio:g} times" for ratio in _RATIOS),
            answer=_nearest_ratio,
            explain=_explain_ratio,
        ),
        success="A quarter of the dose costs twice the noise.",
    ),
    Task(
        id="find-it",
        text="A blastic lesion grows somewhere between head and shaft. Move the slice until you are in it.",
        state={"lesion": "blastic", "months": 14, "level_mm": 90},
        goal=lambda state, result: state["lesion"] == "blastic" and result.tumor_share > 0.8,
        success="Between the trochanters, where some red marrow persists and stress is high.",
        hint="The trochanters lie 20 to 60 mm below the center of the head.",
    ),
    Task(
        id="quiet",
        text="Cut the noise to a third without more dose and without a slice thicker than 5 mm.",
        state={"kernel": "bone", "slice_thickness_mm": 2, "tube_current_time_mas": 30},
        goal=_is_quiet,
        success="The smooth kernel averages neighbors: less noise, less detail. Nothing is free.",
        hint="One of the choices trades detail for quiet.",
    ),
    Task(
        id="early",
        text="A lytic lesion of 11 months: tumor fills the marrow in the disc and bone has begun to go.",
        state={"lesion": "lytic", "months": 11, "kernel": "soft"},
        prediction=Prediction(
            prompt="Against the same place before, its CT number is now…",
            options=("at least 50 HU lower", "about the same (within 50 HU)", "at least 50 HU higher"),
            answer=_early_change,
            explain=_explain_early,
        ),
        success="Look for a change of texture, not only for a hole.",
    ),
    Task(
        id="voltage",
        text="A blastic lesion is measured at 80 kV.",
        state=_LOW_VOLTAGE,
        prediction=Prediction(
            prompt="Compared with 140 kV its CT number is…",
            options=("higher", "the same", "lower"),
            answer=_voltage_direction,
            explain=_explain_voltage,
        ),
        success="Compare CT numbers only at one voltage.",
    ),
)  # fmt: skip
