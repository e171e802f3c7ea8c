"""Presets and tasks of the radiograph scene."""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.imaging.detectability import ROSE_THRESHOLD
from bonemets_teach.scenes._radiograph_film import Film, film
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_USUAL: Final = {"tube_voltage_kv": 77.0, "mas": 2.0, "grid": True, "overlying": True}
_LYTIC: Final = {**_USUAL, "site": "intertrochanteric", "phenotype": "lytic"}
_LOW_DOSE_UGY: Final = 20.0

PRESETS: Final = (
    Preset(
        id="normal", label="Normal hip", state={**_LYTIC, "months": 0},
        help="Trabeculae in groups, Ward's triangle between them, thick cortex down the shaft.",
    ),
    Preset(
        id="early", label="Early lytic lesion", state={**_LYTIC, "months": 4},
        help="Four months old. The tumor is there; the film is normal.",
    ),
    Preset(
        id="lytic-12", label="Lytic, 12 months", state={**_LYTIC, "months": 12},
        help="More than a quarter of the mineral is gone, and the film only just shows it.",
    ),
    Preset(
        id="lytic", label="Lytic, 20 months", state={**_LYTIC, "months": 20},
        help="The bone around the lesser trochanter is gone.",
    ),
    Preset(
        id="shaft", label="Cortex eaten from inside",
        state={**_LYTIC, "site": "subtrochanteric", "months": 18},
        help="A lytic lesion of the upper shaft scallops the cortex: this is where a femur breaks.",
    ),
    Preset(
        id="blastic", label="Blastic, femoral neck",
        state={**_USUAL, "site": "neck", "phenotype": "blastic", "months": 18},
        help="New bone fills the marrow space: white.",
    ),
    Preset(
        id="few-photons", label="Too few photons", state={**_LYTIC, "months": 20, "mas": 0.02},
        help="The same lesion at a hundredth of the exposure.",
    ),
    Preset(
        id="high-kv", label="High tube voltage", state={**_LYTIC, "months": 20, "tube_voltage_kv": 125.0},
        help="Penetrating photons tell bone from soft tissue less well.",
    ),
)  # fmt: skip


def _look_of_early(result: Film) -> int:
    if not result.is_visible:
        return 2
    return 0 if result.contrast_percent > 0 else 1


def _explain_early(result: Film) -> str:
    return (
        f"After {result.months:g} months the tumor is {result.diameter_mm:.0f} mm wide and has taken "
        f"{result.mineral_lost_percent:.0f} % of the mineral there. That changes the detector signal by "
        f"{result.contrast_percent:+.1f} %; its visibility is {result.visibility:.1f}, and {ROSE_THRESHOLD:g} is needed. "
        "Tumor is denser than the fat it replaces, and the anatomy in front and behind varies as much."
    )


def _contrast_at_77_kv(result: Film) -> float:
    state = {**_LYTIC, "site": result.site, "phenotype": result.phenotype, "months": result.months}
    return film(state).contrast_percent


def _change_at_high_kv(result: Film) -> int:
    ratio = abs(result.contrast_percent / _contrast_at_77_kv(result))
    if ratio > 1.05:
        return 0
    return 1 if ratio > 0.95 else 2


def _explain_high_kv(result: Film) -> str:
    return (
        f"The contrast is {result.contrast_percent:.1f} % at 125 kV and {_contrast_at_77_kv(result):.1f} % at 77 kV. "
        "Calcium stops low-energy photons by the photoelectric effect, but high-energy ones hardly more than soft tissue does."
    )


def _just_visible(_: State, result: Any) -> bool:
    return bool(result.is_visible and result.visibility < 2 * ROSE_THRESHOLD)


TASKS: Final = (
    Task(
        id="predict-early",
        text="A lytic metastasis settled in the intertrochanteric region ten months ago. What does the film show?",
        state={**_LYTIC, "months": 10},
        prediction=Prediction(
            prompt="What will you see at the place of the lesion?",
            options=("A dark spot", "A white spot", "Nothing that stands out"),
            answer=_look_of_early,
            explain=_explain_early,
        ),
        success="A normal film does not exclude a metastasis.",
    ),
    Task(
        id="first-visible",
        text="Let the lytic lesion age month by month until the film first shows it.",
        state={**_LYTIC, "months": 4},
        goal=_just_visible,
        success="Look at the mineral lost: close to the old rule of 30 to 50 %, and here it follows from physics.",
        hint="Watch visibility in the text below the picture; 5 is the threshold.",
    ),
    Task(
        id="remove-anatomy",
        text="The lesion is ten months old and hidden. Without making it older, find out what hides it.",
        state={**_LYTIC, "months": 10},
        goal=lambda state, result: bool(state["months"] <= 10 and result.is_visible),
        success="Photons were never the problem: pelvis, fat planes and skin were.",
        hint="More photons do not help. What lies in front of the bone and behind it?",
    ),
    Task(
        id="low-dose",
        text=f"Keep the 20-month lesion visible with less than {_LOW_DOSE_UGY:g} µGy at the skin.",
        state={**_LYTIC, "months": 20},
        goal=lambda state, result: bool(
            state["months"] == 20 and result.is_visible and result.entrance_kerma_ugy < _LOW_DOSE_UGY
        ),
        success="A large lesion needs few photons; fine trabeculae vanish in noise first.",
        hint="Lower the mAs.",
    ),
    Task(
        id="predict-high-kv",
        text="The voltage goes from 77 to 125 kV.",
        state={**_LYTIC, "months": 20, "tube_voltage_kv": 125.0},
        prediction=Prediction(
            prompt="How does the contrast of the lesion change?",
            options=("It rises", "It stays within 5 %", "It falls"),
            answer=_change_at_high_kv,
            explain=_explain_high_kv,
        ),
        success="Bone films are made at 60 to 80 kV, chest films at 120 kV to look through the ribs.",
    ),
)
