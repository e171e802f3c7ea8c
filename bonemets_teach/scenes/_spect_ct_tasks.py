"""Presets and tasks of SPECT/CT; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bonemets_teach.scenes._spect_ct_result import SpectCt, take_spect_ct
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_USUAL: Final = {"seconds": 20, "iterations": 4, "known": "both", "filter_mm": 7, "top_suv": 30}
_FACET: Final = {**_USUAL, "finding": "facet", "diameter_mm": 16}
_PEDICLE: Final = {**_USUAL, "finding": "pedicle", "diameter_mm": 14}
_SMALL: Final = {**_USUAL, "finding": "body", "diameter_mm": 8}
_LARGE_MM: Final = 24
_SAME_SUV: Final = 0.1
_COLD_SHARE: Final = 0.5
_RECOVERED: Final = 48.0
_QUIET: Final = 20.0
_GLOWING_SUV: Final = 8.0

PRESETS: Final = (
    Preset(
        id="normal", label="Normal", state={**_USUAL, "finding": "none", "diameter_mm": 0},
        help="Bone of a healthy vertebra takes up some tracer everywhere.",
    ),
    Preset(id="facet", label="Worn facet joint", state=_FACET, help="Hot behind the canal, spurs on CT."),
    Preset(id="pedicle", label="Pedicle", state=_PEDICLE, help="A metastasis between body and arch."),
    Preset(
        id="blastic", label="Blastic, body", state={**_USUAL, "finding": "body", "diameter_mm": 20},
        help="Hot where the CT is white.",
    ),
    Preset(
        id="rim", label="Lytic, hot rim", state={**_USUAL, "finding": "rim", "diameter_mm": 26},
        help="A ring: new bone around, none inside.",
    ),
    Preset(
        id="cold", label="Lytic, cold", state={**_USUAL, "finding": "cold", "diameter_mm": 24},
        help="A hole on CT, less uptake than the other side on SPECT.",
    ),
    Preset(
        id="hurried", label="Hurried", state={**_PEDICLE, "seconds": 4, "filter_mm": 3},
        help="Two minutes on the table and little filter.",
    ),
    Preset(
        id="uncorrected", label="Not corrected", state={**_PEDICLE, "known": "neither", "top_suv": 5},
        help="Deep bone loses most of its photons; look at the color scale.",
    ),
)  # fmt: skip


def _metastasis(result: SpectCt) -> SpectCt:
    return take_spect_ct({**result.state, **_PEDICLE})


def _planar_step_mm(result: SpectCt, other: SpectCt) -> float:
    (row, column), (row_2, column_2) = result.planar.place, other.planar.place
    return float(np.hypot(row - row_2, column - column_2)) * result.planar.pixel_mm


def _same_spot(result: SpectCt) -> int:
    other = _metastasis(result)
    return 0 if _planar_step_mm(result, other) <= max(result.planar.fwhm_mm, other.planar.fwhm_mm) else 1


def _explain_spot(result: SpectCt) -> str:
    other = _metastasis(result)
    return (
        f"On the planar scan joint and pedicle lie {_planar_step_mm(result, other):.0f} mm apart, where the camera blurs by "
        f"{other.planar.fwhm_mm:.0f} mm, and hold {result.planar_percent:.0f} and {other.planar_percent:.0f} % of healthy counts. "
        f"In the slices the hottest place lies {result.measures.behind_mm:.0f} mm behind the middle of the body for the joint and "
        f"{other.measures.behind_mm:.0f} mm for the pedicle: depth is what the planar scan lacks."
    )


def _uncorrected(result: SpectCt) -> int:
    share = result.measures.recovered_percent
    return 0 if share < 25 else (1 if share < 50 else 2)


def _explain_uncorrected(result: SpectCt) -> str:
    corrected = take_spect_ct({**result.state, "known": "both"}).measures
    return (
        f"It reads {result.measures.suv_mean:.1f} where the bone holds {result.measures.true_suv_mean:.1f}: "
        f"{result.measures.recovered_percent:.0f} %, with the correction {corrected.recovered_percent:.0f} %. Most photons "
        "from a vertebra never leave the body. The picture looks alike; the number does not."
    )


def _small(result: SpectCt) -> int:
    large = take_spect_ct({**result.state, "diameter_mm": _LARGE_MM}).measures.suv_max
    change = result.measures.suv_max / large - 1
    return 1 if abs(change) < _SAME_SUV else (0 if change < 0 else 2)


def _explain_small(result: SpectCt) -> str:
    large = take_spect_ct({**result.state, "diameter_mm": _LARGE_MM}).measures
    found = result.measures
    return (
        f"With 8 mm it reads SUVmax {found.suv_max:.1f}, with {_LARGE_MM} mm {large.suv_max:.1f}. On average its bone holds "
        f"{found.true_suv_mean:.0f} and {large.true_suv_mean:.0f}; {found.recovered_percent:.0f} and "
        f"{large.recovered_percent:.0f} % of that are read. A small lesion spills its counts over its edge."
    )


def _is_cold(state: State, result: Any) -> bool:
    found = result.measures
    return bool(state["finding"] == "cold" and found.suv_mean < _COLD_SHARE * found.healthy_suv_mean)


def _is_better(state: State, result: Any) -> bool:
    found = result.measures
    return bool(
        state["finding"] == "pedicle" and 0 < state["diameter_mm"] <= 10
        and found.recovered_percent >= _RECOVERED and found.noise_percent <= _QUIET
    )  # fmt: skip


def _glows(state: State, _result: Any) -> bool:
    healthy = state["finding"] == "none" or state["diameter_mm"] == 0
    return bool(healthy and state["known"] == "both" and state["top_suv"] <= _GLOWING_SUV)


TASKS: Final = (
    Task(
        id="same-spot",
        text="A spot beside L3 on the planar scan comes from a worn facet joint. Think of a metastasis in the pedicle of the "
        "same side that takes up about as much.",
        state=_FACET,
        prediction=Prediction(
            prompt="On the planar scan its spot would lie…",
            options=("at the same place, within the blur of the camera", "clearly elsewhere"),
            answer=_same_spot,
            explain=_explain_spot,
        ),
        success="The planar scan says that something is hot. The slice says where, the CT beneath it what.",
    ),
    Task(
        id="uncorrected",
        text="The reconstruction knows of the camera's blur, not of attenuation. A metastasis sits in the pedicle, about 9 cm "
        "below the skin of the back.",
        state={**_PEDICLE, "known": "blur"},
        prediction=Prediction(
            prompt="Of the true SUV it reads…",
            options=("less than a quarter", "a quarter to a half", "more than a half"),
            answer=_uncorrected,
            explain=_explain_uncorrected,
        ),
        success="Without correction for attenuation there is no SUV. The CT gives the map for it.",
    ),
    Task(
        id="small",
        text="A blastic metastasis of 8 mm in the body. One of 24 mm is made of bone that is about as active.",
        state=_SMALL,
        prediction=Prediction(
            prompt="Against the large one, the SUVmax of the small one is…",
            options=("lower", "the same", "higher"),
            answer=_small,
            explain=_explain_small,
        ),
        success="A low SUV of a small spot does not make it harmless.",
    ),
    Task(
        id="cold",
        text="No osteoblast answers this lytic metastasis. Make it large enough that SPECT reads less than half of what healthy "
        "bone would read there.",
        state={**_USUAL, "finding": "cold", "diameter_mm": 8},
        goal=_is_cold,
        success="CT shows the hole long before. Neighbors spill their counts into a small hole.",
        hint="The text below the picture names both readings.",
    ),
    Task(
        id="better",
        text=f"A metastasis of 10 mm after one iteration and 10 s a view. Read at least {_RECOVERED:g} % of what its bone holds, with "
        f"a noise of at most {_QUIET:g} %.",
        state={**_PEDICLE, "diameter_mm": 10, "seconds": 10, "iterations": 1},
        goal=_is_better,
        success="Iterations and a sharper filter bring the small lesion up, and the noise with it. Only counts pay for both.",
        hint="More iterations, less filter; then see what time does to the noise.",
    ),
    Task(
        id="glow",
        text="A healthy vertebra. Make it glow as a metastasis does, by the color scale alone.",
        state={**_USUAL, "finding": "none", "diameter_mm": 0},
        goal=_glows,
        success="Color is a choice. Look at the scale before you call a spot hot, and read the SUV.",
        hint="Lower the SUV at the top of the scale.",
    ),
)  # fmt: skip
