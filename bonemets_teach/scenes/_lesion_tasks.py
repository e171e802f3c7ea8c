"""Controls, presets and tasks of the lesion scene."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._lesion_result import LesionResult, looks, numbers
from bonemets_teach.scenes._lesion_run import LONGEST_MONTHS, SEEN_PERCENT
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

# Chosen: most of what the film hides in this slab.
HIDDEN_LOSS_PERCENT: Final = 20.0

CONTROLS: Final[tuple[Control, ...]] = (
    Parameter(
        name="phenotype", label="What the tumor does to bone", low=0.0, high=1.0, step=0.05, default=0.05,
        ends=("lytic", "blastic"), source="chosen: the phenotype axis of the tumor-bone model",
        help="Lytic tumors drive osteoclasts and hold osteoblasts back; blastic tumors recruit osteoblasts.",
    ),
    Parameter(
        name="month", label="Time since the seed", low=0.0, high=float(LONGEST_MONTHS), step=0.5, default=12.0,
        unit="months", source="chosen",
    ),
    Parameter(
        name="growth_speed", label="Growth", low=0.5, high=1.5, step=0.25, default=1.0, unit="× normal",
        ends=("slow, sharp margin", "fast, ragged margin"), on_release=True,
        source="calibrated: at 1 the front moves 1.2 mm a month",
    ),
    Choice(
        name="site", label="Where it starts", default="cancellous",
        options=(Option(value="cancellous", label="In cancellous bone"), Option(value="cortical", label="Beside the cortex")),
    ),
)  # fmt: skip

PRESETS: Final = (
    Preset(id="kidney", label="Kidney-like: lytic", state={"phenotype": 0.05, "month": 15.0}),
    Preset(id="breast", label="Breast-like: mixed", state={"phenotype": 0.45, "month": 14.0}),
    Preset(id="prostate", label="Prostate-like: blastic", state={"phenotype": 0.95, "month": 12.0}),
    Preset(
        id="myeloma", label="Myeloma-like: lytic, no osteoblasts", state={"phenotype": 0.0, "month": 18.0},
        help="Osteoblasts are held back, so the bone scan stays cold.",
    ),
    Preset(id="early", label="Early: 3 months", state={"phenotype": 0.05, "month": 3.0}),
    Preset(
        id="scalloping", label="Scalloped cortex", state={"phenotype": 0.0, "month": 18.0, "site": "cortical"},
        help="The tumor hollows the cortex from within.",
    ),
)  # fmt: skip


def _color(result: LesionResult) -> int:
    return {"darker": 0, "whiter": 1, "mottled,": 2}.get(looks(result).split()[0], 3)


def _explain_color(result: LesionResult) -> str:
    n = numbers(result)
    change = abs(n["film_change_percent"])
    word = "more" if n["film_change_percent"] > 0 else "less"
    return (
        f"At month {result.month:g} the core has {n['bone_volume']:.1f} times its bone, so {change:.0f} % {word} light "
        f"reaches the detector: the lesion looks {looks(result)}."
    )


def _month_band(result: LesionResult) -> int:
    first = result.first_seen if result.first_seen is not None else 99.0
    return sum(first > edge for edge in (3.0, 6.0, 12.0))


def _explain_month(result: LesionResult) -> str:
    core = result.run.core
    first = result.first_seen
    if first is None:
        return "In this model it is not seen within 18 months."
    lost = 100.0 * (1.0 - _at(result, first) / float(core.bone_fraction[0]))
    return (
        f"It is seen from month {first:.1f}, when {lost:.0f} % of the mineral in the core is gone. Until then the tumor, "
        "denser than the fatty marrow it replaces, makes up for part of the loss, and overlying anatomy hides the rest."
    )


def _at(result: LesionResult, month: float) -> float:
    course = result.run.core.bone_fraction
    low = min(int(month), len(course) - 2)
    return float(course[low] + (month - low) * (course[low + 1] - course[low]))


def _is_hidden_loss(_: State, result: LesionResult) -> bool:
    n = numbers(result)
    return n["seen_on_film"] == 0.0 and n["mineral_lost_percent"] >= HIDDEN_LOSS_PERCENT


def _is_busy_but_even(_: State, result: LesionResult) -> bool:
    n = numbers(result)
    return (
        result.month >= 12.0 and 0.85 <= n["bone_volume"] <= 1.15
        and min(n["osteoclast_ratio"], n["osteoblast_ratio"]) >= 3.0
    )  # fmt: skip


def _new_band(result: LesionResult) -> int:
    share = numbers(result)["new_bone_percent"]
    return sum(share > edge for edge in (25.0, 50.0))


def _explain_new(result: LesionResult) -> str:
    n = numbers(result)
    return (
        f"{n['new_bone_percent']:.0f} % of the bone in the core was laid down since the tumor came, "
        f"{n['bone_volume']:.1f} times the bone of the start. Bone made this fast is woven, laid in no order: "
        "denser on film, yet not sound under load."
    )


TASKS: Final = (
    Task(
        id="which-color",
        text="A lytic tumor has grown for 15 months. How will it look on the radiograph?",
        state={"phenotype": 0.05, "month": 15.0},
        prediction=Prediction(
            prompt="Compared with the bone around it, the lesion is…",
            options=("darker", "whiter", "mottled", "no different"), answer=_color, explain=_explain_color,
        ),
        hint="Less mineral stops fewer photons, and a film is dark where more light falls.",
    ),
    Task(
        id="when-seen",
        text="The same lytic tumor, just seeded. In which month will the radiograph first show it?",
        state={"phenotype": 0.05, "month": 0.0},
        prediction=Prediction(
            prompt="The lesion is first seen…",
            options=("by month 3", "in months 4 to 6", "in months 7 to 12", "after a year"),
            answer=_month_band, explain=_explain_month,
        ),
        hint=f"Some part of the lesion must change the light by {SEEN_PERCENT:g} % to stand out from overlying anatomy.",
    ),
    Task(
        id="hidden-loss",
        text="Find a lesion whose core has lost at least 20 % of its mineral and still can't be seen on the radiograph.",
        state={"phenotype": 0.05, "month": 3.0}, goal=_is_hidden_loss,
        success="A normal radiograph doesn't rule out a metastasis: CT and MRI see it earlier.",
        hint="Take a lytic tumor and move the month slowly between 6 and 10.",
    ),
    Task(
        id="busy-but-even",
        text="At 12 months or later, find a tumor that keeps bone volume within 15 % of the start although both kinds "
        "of cells work at three times normal or more.",
        state={"phenotype": 0.05, "month": 12.0}, goal=_is_busy_but_even,
        success="Mixed: resorption and formation nearly balance on the whole and win in turn from place to place, "
        "so the film is mottled. A bone scan would be hot.",
        hint="Between lytic and blastic, near the middle.",
    ),
    Task(
        id="dense-is-not-strong",
        text="A blastic core at 12 months is white on film. How much of that bone is new?",
        state={"phenotype": 0.95, "month": 12.0},
        prediction=Prediction(
            prompt="New bone, laid down since the tumor came, makes up…",
            options=("less than a quarter", "a quarter to a half", "more than half"),
            answer=_new_band, explain=_explain_new,
        ),
        hint="Osteoblasts at many times normal add bone faster than it can be laid in order.",
    ),
)  # fmt: skip
