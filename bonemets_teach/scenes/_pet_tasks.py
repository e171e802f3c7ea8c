"""Presets and tasks of the PET scene; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.scenes._pet_result import PetResult, take_pet
from bonemets_teach.scenes._pet_words import TRACER_WORDS, reading_words
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_BASE: Final = {
    "kind": "lytic", "diameter_mm": 24, "week": 0, "receptor_percent": 100, "benign": False, "minutes": 3,
    "view": "projection",
}  # fmt: skip
_BLASTIC: Final = {**_BASE, "kind": "blastic"}
_TREATED: Final = {**_BASE, "week": 8}
_WORN: Final = {**_BASE, "diameter_mm": 0, "benign": True}

PRESETS: Final = (
    Preset(id="healthy", label="Healthy", state={**_BASE, "diameter_mm": 0}, help="Know what each tracer does in health."),
    Preset(id="lytic", label="Lytic", state=_BASE, help="Tumor without osteoblasts."),
    Preset(id="blastic", label="Blastic", state=_BLASTIC, help="Use the window 0 to 40 for fluoride."),
    Preset(id="small", label="Small", state={**_BASE, "diameter_mm": 8}, help="Blur takes up to half of the difference."),
    Preset(id="treated", label="Treated", state=_TREATED, help="Week 8 of a treatment that works."),
    Preset(
        id="negative", label="PSMA-negative", state={**_BASE, "receptor_percent": 2}, help="The tumor has lost the protein."
    ),
    Preset(id="wear", label="Wear and fracture", state=_WORN, help="No metastasis at all."),
)  # fmt: skip

_ORDERS: Final = (
    ("PSMA", "FDG", "NaF"),
    ("FDG", "NaF", "PSMA"),
    ("NaF", "FDG", "PSMA"),
    ("PSMA", "NaF", "FDG"),
)
_NAMES: Final = ("FDG", "NaF", "PSMA")
_OPTIONS: Final = ("FDG", "Fluoride", "PSMA")
_HALF_GONE: Final = 0.7


def _take(state: State) -> PetResult:
    base: dict[str, Any] = dict(_BASE)
    return take_pet({**base, **state})


def _ranked(names: tuple[str, ...]) -> str:
    return ", then ".join(TRACER_WORDS[name] for name in names)


def _order(result: PetResult) -> int:
    return _ORDERS.index((result.order[0], result.order[1], result.order[2]))


def _explain_order(result: PetResult) -> str:
    ratios = ", ".join(f"{TRACER_WORDS[name]} {result.readings[name].ratio:.1f}" for name in result.order)
    return (
        f"Against healthy bone of the same place: {ratios} times. {reading_words(result, 'NaF').capitalize()}: where "
        "osteoblasts are suppressed the deposit is a hole in bright bone. FDG and PSMA follow the tumor itself."
    )


def _faintest(result: PetResult) -> int:
    return _NAMES.index(result.order[-1])


def _explain_faintest(result: PetResult) -> str:
    words = "; ".join(reading_words(result, name) for name in _NAMES)
    return f"{words}. Dense bone leaves little room for tumor, and blastic tumor burns less sugar."


def _change(name: str) -> float:
    return _take(_TREATED).readings[name].suv / _take(_BASE).readings[name].suv


def _riser(_: PetResult) -> int:
    rising = max(_NAMES, key=_change)
    return _NAMES.index(rising) if _change(rising) > 1 else len(_NAMES)


def _explain_riser(result: PetResult) -> str:
    before = _take(_BASE)
    parts = "; ".join(
        f"{TRACER_WORDS[name]} from {before.readings[name].suv:.1f} to {result.readings[name].suv:.1f}"
        for name in _NAMES
    )
    return (
        f"{parts}. The tumor is gone, the repair is not: fluoride flares as the bone scan does. In the model only lytic and "
        "mostly lytic lesions do so; in patients blastic prostate lesions flare too."
    )


def _misled(result: PetResult) -> int:
    return _NAMES.index(max(_NAMES, key=lambda name: result.worn[name].ratio))


def _explain_misled(result: PetResult) -> str:
    parts = "; ".join(
        f"{TRACER_WORDS[name]} {result.worn[name].suv:.1f} (healthy {result.worn[name].healthy:.1f})"
        for name in _NAMES
    )
    return (
        f"The healing rib reads {parts}. Fluoride marks every osteoblast. The others are a little raised as well: faint "
        "spots of PSMA in ribs are mostly harmless."
    )


def _is_small(state: State, result: PetResult) -> bool:
    same = state["kind"] == "lytic" and float(state["week"]) == 0
    return same and result.has_lesions and result.readings["FDG"].recovered <= _HALF_GONE


def _has_lost(state: State, result: PetResult) -> bool:
    same = float(state["week"]) == 0 and result.has_lesions
    return same and result.readings["PSMA"].looks != "hot" and result.readings["FDG"].looks == "hot"


TASKS: Final = (
    Task(
        id="rank",
        text="Lytic metastases of 24 mm; the one in L3 is measured.",
        state=_BASE,
        prediction=Prediction(
            prompt="Rank the tracers by the SUV in L3 over that of healthy bone there, the highest first.",
            options=tuple(_ranked(order) for order in _ORDERS),
            answer=_order,
            explain=_explain_order,
        ),
        success="FDG bright and bone tracer faint: lytic and active.",
    ),
    Task(
        id="blastic",
        text="The same places, but blastic metastases.",
        state=_BLASTIC,
        prediction=Prediction(
            prompt="Which tracer shows them least against healthy bone?",
            options=_OPTIONS,
            answer=_faintest,
            explain=_explain_faintest,
        ),
        success="FDG faint and bone tracer hot: blastic, or healing.",
    ),
    Task(
        id="small",
        text=(
            "Make the lytic metastases smaller until blur leaves no more than 70 % of the difference to bone on FDG. The text "
            "below the picture gives the share."
        ),
        state=_BASE,
        goal=_is_small,
        success="Below about twice the resolution, here 5 mm, a lesion spills over its edge: partial volume.",
        hint="Below 10 mm.",
    ),
    Task(
        id="treated",
        text="The lytic metastases in week 8 of a treatment that works.",
        state=_TREATED,
        prediction=Prediction(
            prompt="Which tracer reads more in L3 than before treatment?",
            options=(*_OPTIONS, "None of them"),
            answer=_riser,
            explain=_explain_riser,
        ),
        success="A falling FDG or PSMA is the tumor; a rising fluoride can be the repair.",
    ),
    Task(
        id="negative",
        text="A tumor may lose the protein. Lower the share that carries it until PSMA no longer shows L3 and FDG does.",
        state=_BASE,
        goal=_has_lost,
        success="A clean PSMA-PET doesn't exclude a tumor that has lost PSMA; FDG may still show it.",
        hint="Even a tenth of the cells is enough to be seen.",
    ),
    Task(
        id="misled",
        text="A patient without metastases, with worn joints and a healing fracture of left rib 8.",
        state=_WORN,
        prediction=Prediction(
            prompt="Which tracer is misled most?", options=_OPTIONS, answer=_misled, explain=_explain_misled
        ),
        success="Hot is not tumor.",
    ),
)  # fmt: skip
