"""Controls, presets and tasks of the lesion in space."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._lesion_3d_result import Result3d, numbers
from bonemets_teach.scenes._lesion_3d_run import LONGEST_MONTHS
from bonemets_teach.scenes._lesion_3d_words import margin_word
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["CONTROLS", "PRESETS", "TASKS"]

CONTROLS: Final[tuple[Control, ...]] = (
    Parameter(
        name="phenotype", label="What the tumor does to bone", low=0.0, high=1.0, step=0.05, default=0.05,
        ends=("lytic", "blastic"), source="chosen: the phenotype axis of the tumor-bone model", on_release=True,
    ),
    Parameter(
        name="growth_speed", label="Growth", low=0.5, high=2.0, step=0.25, default=1.0, unit="× normal",
        ends=("slow", "fast"), source="calibrated: at 1 the front moves 1.2 mm a month; range chosen",
        on_release=True, help="A new lesion is grown: about one to three seconds.",
    ),
    Parameter(
        name="heterogeneity", label="Patches in a mixed lesion", low=0.0, high=0.5, step=0.1, default=0.3,
        ends=("all alike", "patchy"), source="chosen", on_release=True,
        help="How much the phenotype differs from place to place; matters most in the middle between lytic and blastic.",
    ),
    Parameter(
        name="month", label="Time since the seed", low=0.0, high=float(LONGEST_MONTHS), step=0.5, default=14.0,
        unit="months", source="chosen",
    ),
    Choice(
        name="site", label="Where it starts", default="cancellous", on_release=True,
        options=(Option(value="cancellous", label="In cancellous bone"), Option(value="cortical", label="Beside the cortex")),
    ),
    Choice(
        name="plane", label="Plane to move", default="cross",
        options=(
            Option(value="frontal", label="Frontal plane"), Option(value="side", label="Side plane"),
            Option(value="cross", label="Cross-section"),
        ),
    ),
    Parameter(
        name="offset", label="Distance from the seed", low=-28.0, high=28.0, step=1.0, default=0.0, unit="mm",
        source="chosen: the extent of the block", help="The other two planes stay at the seed.",
    ),
)  # fmt: skip

PRESETS: Final = (
    Preset(id="geographic", label="Slow: geographic", state={"growth_speed": 0.5, "month": 18.0}),
    Preset(id="moth-eaten", label="Fast: moth-eaten", state={"growth_speed": 2.0, "month": 10.0}),
    Preset(id="mixed", label="Mixed: patches", state={"phenotype": 0.45, "heterogeneity": 0.4, "month": 16.0}),
    Preset(id="blastic", label="Blastic", state={"phenotype": 0.95, "month": 14.0}),
    Preset(id="scalloping", label="Scalloped cortex", state={"site": "cortical", "phenotype": 0.0, "month": 17.0}),
    Preset(id="early", label="Early: 8 months", state={"month": 8.0}),
)  # fmt: skip


def _margin(result: Result3d) -> int:
    return ("geographic", "ragged", "moth-eaten").index(margin_word(result.now("margin_lacunarity")))


def _explain_margin(result: Result3d) -> str:
    return (
        f"Gaps along the rim are {result.now('margin_lacunarity'):.2f} (1 is none): {margin_word(result.now('margin_lacunarity'))}. "
        f"The lesion is {result.now('lesion_width_mm'):.0f} mm wide after only {result.month:g} months. A fast tumor spreads ahead of "
        "itself, and bone has had no time to answer."
    )


def _cortex(result: Result3d) -> int:
    return sum(result.now("thinnest_cortex_percent") <= edge for edge in (90.0, 70.0))


def _explain_cortex(result: Result3d) -> str:
    return (
        f"At its thinnest {result.now('thinnest_cortex_percent'):.0f} % of the cortex is left, against "
        f"{result.now('bone_in_lesion_percent'):.0f} % of the cancellous bone in the lesion. Cortex has little surface and "
        "is renewed slowly, so it goes later and from within, where the tumor bares it."
    )


def _hidden(_: State, result: Result3d) -> bool:
    n = numbers(result)
    return n["lost_parts_percent"] >= 25.0 and 0.0 < abs(n["film_change_percent"]) < 2.5


def _both(_: State, result: Result3d) -> bool:
    return min(result.now("lost_parts_percent"), result.now("gained_parts_percent")) >= 20.0


def _missed(_: State, result: Result3d) -> bool:
    n = numbers(result)
    return n["plane_lesion_cm2"] == 0.0 and n["lesion_width_mm"] >= 20.0


TASKS: Final = (
    Task(
        id="fast-margin",
        text="A lytic tumor grows twice as fast as usual. Predict its margin at 9 months.",
        state={"growth_speed": 2.0, "month": 9.0},
        prediction=Prediction(
            prompt="Its margin is…", options=("geographic, sharp and smooth", "a little ragged", "moth-eaten"),
            answer=_margin, explain=_explain_margin,
        ),
        hint="Which tumor gives bone time to draw a border?",
    ),
    Task(
        id="cortex-later",
        text="A lytic tumor sits 4 mm inside the cortex. Predict how much of the cortex is left at 12 months, where it is thinnest.",
        state={"site": "cortical", "month": 12.0},
        prediction=Prediction(
            prompt="Of the cortex there is left…",
            options=("more than 90 %", "70 to 90 %", "less than 70 %"), answer=_cortex, explain=_explain_cortex,
        ),
        hint="Cortex turns over six times more slowly, until a face of it is bared.",
    ),
    Task(
        id="missed-by-a-slice",
        text="Find a plane that shows no lesion at all although the lesion is at least 20 mm wide.",
        state={"month": 12.0}, goal=_missed,
        success="One slice is not the bone: a lesion is excluded only in the whole stack.",
        hint="Move a plane away from the seed.",
    ),
    Task(
        id="holes-and-spots",
        text="Grow one lesion in which at least 20 % of the parts have lost and 20 % have gained bone.",
        state={"month": 16.0, "phenotype": 0.05}, goal=_both,
        success="A mixed lesion: the sum hardly changes, the parts do. That is what a film shows as mottled.",
        hint="Take the middle of the phenotype, and more patches.",
    ),
    Task(
        id="hidden-in-the-shadow",
        text="Find a lesion with a quarter of its parts damaged that changes the light on film by less than 2.5 %.",
        state={"month": 14.0}, goal=_hidden,
        success="The film adds up everything along the ray: the cortex in front and behind, and tumor denser than fat. The section does not.",
        hint="Go back in time: a small lesion in a thick bone. Try a lesion beside the cortex as well.",
    ),
)  # fmt: skip
