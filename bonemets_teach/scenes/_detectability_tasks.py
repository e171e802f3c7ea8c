"""Presets and tasks of the detectability scene; every answer is computed."""

from __future__ import annotations

from typing import Final

import numpy as np

from bonemets_teach.scenes._detectability_result import DetectabilityResult, capped_percent
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

PRESETS: Final = (
    Preset(
        id="photons", label="1. Photons only",
        state={"loss_percent": 5, "tumor_fills_marrow": False, "overlying_anatomy": False},
        help="Bone is lost, marrow takes its place, nothing lies in front of it.",
    ),
    Preset(
        id="tumor", label="2. Tumor fills the marrow",
        state={"loss_percent": 25, "tumor_fills_marrow": True, "overlying_anatomy": False},
        help="Tumor is denser than fatty marrow and hides the first part of the loss.",
    ),
    Preset(
        id="film", label="3. Anatomy in the way",
        state={"loss_percent": 50, "tumor_fills_marrow": True, "overlying_anatomy": True},
        help="A real radiograph: everything in front and behind is in the picture too.",
    ),
    Preset(
        id="cortex", label="Lesion in the cortex", state={"site": "femoral-cortex", "loss_percent": 25},
        help="Dense bone, no marrow to hide the loss.",
    ),
    Preset(
        id="excised", label="Bone on the table", state={"site": "humerus-excised", "loss_percent": 8},
        help="An excised humerus with nothing around it, as in the experiment of Baek 2016.",
    ),
    Preset(
        id="small", label="Small and hidden", state={"site": "lumbar-frontal-1.5", "loss_percent": 75},
        help="1.5 cm in a vertebral body, seen from the front.",
    ),
)  # fmt: skip

_PHOTON_OPTIONS: Final = (1.0, 10.0, 30.0, 50.0)
_SITE_OPTIONS: Final = {
    "lumbar-frontal-3": "Vertebral body, from the front",
    "proximal-femur-2": "Spongy bone of the hip",
    "femoral-cortex": "Cortex of the femur",
}


def _nearest_photon_option(result: DetectabilityResult) -> int:
    needed = capped_percent(result.stage_loss[0])
    return int(np.argmin([abs(option - needed) for option in _PHOTON_OPTIONS]))


def _explain_photons(result: DetectabilityResult) -> str:
    return (
        f"In the model {capped_percent(result.stage_loss[0]):.0f} % is enough: photons are plentiful. "
        "So the 30 to 50 % of the textbooks can't be a limit of the film or the detector."
    )


def _earliest_site(result: DetectabilityResult) -> int:
    return int(np.argmin([result.needed_by_site[site] for site in _SITE_OPTIONS]))


def _explain_sites(result: DetectabilityResult) -> str:
    parts = ", ".join(
        f"{label.lower()} {capped_percent(result.needed_by_site[site]):.0f} %"
        for site, label in _SITE_OPTIONS.items()
    )
    return (
        f"Mineral that must be lost: {parts}. Cortex is dense and has no marrow to hide the loss; "
        "so on a spine film look for the missing pedicle before the hole in the body."
    )


def _direction_at_start(result: DetectabilityResult) -> int:
    if abs(result.snr_now) < 1.0:
        return 1
    return 2 if result.snr_now < 0 else 0


def _explain_direction(result: DetectabilityResult) -> str:
    return (
        f"Its contrast is {100 * result.contrast:+.1f} %: tumor weakens X-rays more than the fatty marrow it "
        f"replaces. Only after {capped_percent(result.iso_loss):.0f} % of the mineral is gone are tumor and "
        "bone equally gray, and it turns darker from there."
    )


def _has_vanished(_state: State, result: DetectabilityResult) -> bool:
    return result.viewing.tumor_fills_marrow and abs(result.contrast) < 0.001


def _is_cleared(state: State, result: DetectabilityResult) -> bool:
    return state["site"] == "lumbar-frontal-3" and result.viewing.tumor_fills_marrow and result.is_seen


def _is_just_seen(state: State, result: DetectabilityResult) -> bool:
    return state["site"] == "proximal-femur-2" and result.is_seen and result.loss - result.needed <= 0.02


TASKS: Final = (
    Task(
        id="photons-alone",
        text="Bone is lost from a vertebral body, marrow takes its place, and nothing lies in front of it.",
        state={"loss_percent": 0, "tumor_fills_marrow": False, "overlying_anatomy": False},
        prediction=Prediction(
            prompt="How much mineral must be lost before the photons alone show it?",
            options=tuple(f"About {option:g} %" for option in _PHOTON_OPTIONS),
            answer=_nearest_photon_option,
            explain=_explain_photons,
        ),
        success="Photon noise is not the reason.",
    ),
    Task(
        id="first-days",
        text="Tumor has filled the marrow spaces of a vertebral body; no mineral is lost yet.",
        state={"loss_percent": 0, "tumor_fills_marrow": True, "overlying_anatomy": False},
        prediction=Prediction(
            prompt="Against normal bone, the place now looks…",
            options=("darker (lucent)", "the same", "brighter (denser)"),
            answer=_direction_at_start,
            explain=_explain_direction,
        ),
        success="The first part of the loss only cancels what the tumor added.",
    ),
    Task(
        id="vanish",
        text="Keep the tumor in the marrow. Set the mineral loss so that lesion and bone look the same.",
        state={"loss_percent": 0, "tumor_fills_marrow": True, "overlying_anatomy": False},
        goal=_has_vanished,
        success="Tumor and bone are equally gray here, although a quarter or more of the mineral is gone.",
        hint="Follow the curve to where it crosses zero.",
    ),
    Task(
        id="clear-the-view",
        text="Half of the mineral is gone, yet the frontal film misses the lesion. Make it visible at 50 %.",
        state={"site": "lumbar-frontal-3", "loss_percent": 50},
        goal=lambda state, result: _is_cleared(state, result) and 0.495 <= result.loss <= 0.505,
        success="Without the anatomy in front the lesion shows. That is what CT does: it takes slices apart.",
        hint="What lies in front of the vertebra and behind it?",
    ),
    Task(
        id="which-site",
        text="Three lesions grow in the same patient, each on an ordinary film.",
        state={"site": "lumbar-frontal-3", "loss_percent": 40},
        prediction=Prediction(
            prompt="Which one shows with the least loss of mineral?",
            options=tuple(_SITE_OPTIONS.values()),
            answer=_earliest_site,
            explain=_explain_sites,
        ),
        success="Cortex first.",
    ),
    Task(
        id="just-seen",
        text="Find the smallest loss at which the 2 cm lesion of the hip shows on an ordinary film.",
        state={"site": "proximal-femur-2", "loss_percent": 0},
        goal=_is_just_seen,
        success="About 30 %: the rule of the textbooks, from one model and one calibrated number.",
        hint="The curve must cross the threshold line.",
    ),
)
