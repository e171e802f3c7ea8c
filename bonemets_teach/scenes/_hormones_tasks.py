"""Controls, presets and tasks of hormones and age."""

from __future__ import annotations

from typing import Final

from bonemets_teach.content.language import tr
from bonemets_teach.scenes._hormones_result import HormoneResult, numbers
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["CONTROLS", "PRESETS", "TASKS"]

CONTROLS: Final[tuple[Control, ...]] = (
    Parameter(
        name="pth", label="PTH, mean over the day", low=1.0, high=4.0, step=0.1, default=1.0, unit="× normal",
        source="input I_P of Lemaire 2004, normal is 250 pM/d; range chosen",
        help="Lack of vitamin D or calcium raises it; so does a tumor of the parathyroid.",
    ),
    Choice(
        name="way", label="How PTH comes", default="steady",
        options=(Option(value="steady", label="Steadily"), Option(value="pulses", label="One pulse a day")),
        help="Pulses also keep osteoblasts alive: added to the model and calibrated, not part of the paper.",
    ),
    Parameter(
        name="estrogen", label="Estrogen", low=0, high=100, step=5, default=100, unit="%", ends=("none", "before menopause"),
        source="mapping to RANKL published in size, to OPG calibrated; range complete",
        help="Its lack raises RANKL and lowers OPG.",
    ),
    Parameter(
        name="opg", label="OPG, or a drug like it", low=1.0, high=10.0, step=0.5, default=1.0, unit="× normal",
        source="input I_O of Lemaire 2004, 1 is the body's own; the paper gives up to about 12", help="A decoy that catches RANKL.",
    ),
    Parameter(
        name="calcitonin", label="Brake on each osteoclast", low=0, high=90, step=10, default=0, unit="%",
        source="chosen mapping", help="As calcitonin does for a while; the escape after days is left out.",
    ),
    Parameter(
        name="age", label="Age", low=30, high=90, step=5, default=30, unit="years",
        source="mapping to the supply of osteoblasts calibrated", help="Each year after 30 a little fewer osteoblasts are supplied.",
    ),
)  # fmt: skip

PRESETS: Final = (
    Preset(id="healthy", label="Healthy, 30", state={}),
    Preset(id="menopause", label="Menopause", state={"estrogen": 10, "age": 50}, help="Estrogen falls to a tenth."),
    Preset(id="infusion", label="PTH steadily high", state={"pth": 1.5}, help="As in an overactive parathyroid gland."),
    Preset(id="pulses", label="PTH, one pulse a day", state={"pth": 1.5, "way": "pulses"}, help="The same amount a day, injected."),
    Preset(id="opg", label="OPG given", state={"estrogen": 10, "age": 50, "opg": 6.0}, help="After menopause, with a RANKL decoy."),
    Preset(id="old-age", label="Age 80", state={"age": 80}),
    Preset(id="vitamin-d", label="Lack of vitamin D", state={"pth": 1.8, "age": 70}, help="Calcium is short, so PTH rises: a chosen level."),
)  # fmt: skip


def _direction(result: HormoneResult) -> int:
    change = numbers(result)["bone_change_percent_per_year"]
    return 0 if change < -1.0 else 2 if change > 1.0 else 1


def _explain_pulses(result: HormoneResult) -> str:
    n = numbers(result)
    return tr(
        "In one pulse a day bone changes by {bone_change_percent_per_year:+.1f} % in the first year: osteoblasts at "
        "{osteoblast_ratio:.1f}, osteoclasts at {osteoclast_ratio:.1f} times normal. Both rise, but osteoblasts that "
        "live longer are ahead. Choose “Steadily” to see the same amount cost bone.",
        **n,
    )


def _formation(result: HormoneResult) -> int:
    rate = numbers(result)["formation_percent_per_year"]
    return 0 if rate < 22.0 else 1 if rate < 28.0 else 2


def _explain_menopause(result: HormoneResult) -> str:
    n = numbers(result)
    return tr(
        "Formation rises to {formation_percent_per_year:.0f} % a year, since resorption frees TGF-beta: coupling. But "
        "resorption rises to {resorption_percent_per_year:.0f} %, so bone is lost all the same, {loss:.0f} % of "
        "cancellous bone in the first year of the model.",
        loss=-n["bone_change_percent_per_year"],
        **n,
    )


def _protected(state: State, result: HormoneResult) -> bool:
    n = numbers(result)
    kept = n["bone_change_percent_per_year"] >= -1.0 and n["resorption_percent_per_year"] >= 12.5
    return kept and float(state["estrogen"]) <= 20.0 and float(state["pth"]) == 1.0


def _idle(_: State, result: HormoneResult) -> bool:
    n = numbers(result)
    return n["resorption_percent_per_year"] <= 18.75 and n["osteoclast_ratio"] >= 1.3


def _aged(state: State, result: HormoneResult) -> bool:
    plain = float(state["pth"]) == 1.0 and float(state["estrogen"]) == 100.0
    return plain and -1.3 <= numbers(result)["bone_change_percent_per_year"] <= -0.8


TASKS: Final = (
    Task(
        id="pulses",
        text="PTH is raised to 1.5 times normal, all of the extra in one pulse a day. Predict what bone does.",
        state={"pth": 1.5, "way": "pulses"},
        prediction=Prediction(
            prompt="In the first year cancellous bone…", options=("falls", "stays within 1 %", "rises"),
            answer=_direction, explain=_explain_pulses,
        ),
        hint="A bone drug that builds bone is PTH, injected once a day.",
    ),
    Task(
        id="menopause",
        text="Estrogen falls to a tenth. Bone is lost. Predict what the rate of bone formation does.",
        state={"estrogen": 10, "age": 50},
        prediction=Prediction(
            prompt="Bone formation…", options=("falls", "stays about the same", "rises"), answer=_formation,
            explain=_explain_menopause,
        ),
        hint="What calls osteoblasts when osteoclasts dig more?",
    ),
    Task(
        id="protect",
        text="Estrogen is at 10 %. Keep the loss in the first year below 1 %, with at least half of normal resorption left.",
        state={"estrogen": 10, "age": 50}, goal=_protected,
        success="A decoy for RANKL makes up for what estrogen did, and need not stop remodeling to do so.",
        hint="A little more OPG, or a brake on osteoclasts. Read resorption: half of normal is 12.5 % a year.",
    ),
    Task(
        id="idle-osteoclasts",
        text="Bring resorption down by a quarter or more with at least 30 % more osteoclasts than normal.",
        goal=_idle,
        success="Many osteoclasts, little work: cells counted are not bone resorbed. Less TGF-beta is freed, so they die later.",
        hint="Which control acts on the work of each osteoclast, not on their number?",
    ),
    Task(
        id="age",
        text="With normal hormones, find an age at which about 1 % of cancellous bone is lost in a year (0.8 to 1.3 %).",
        goal=_aged,
        success="A small deficit in each cycle, year after year: the slow loss of age, in women and men.",
        hint="Resorption stays normal; watch formation.",
    ),
)  # fmt: skip
