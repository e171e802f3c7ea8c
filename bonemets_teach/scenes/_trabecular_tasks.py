"""Controls, presets and tasks of the lattice scene."""

from __future__ import annotations

from typing import Final

from bonemets_teach.content.language import tr
from bonemets_teach.scenes._trabecular_run import LONGEST_YEARS, LatticeResult, numbers
from bonemets_teach.scenes.parameter import Control, Parameter, Toggle
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

CONTROLS: Final[tuple[Control, ...]] = (
    Parameter(name="year", label="Time", low=0.0, high=LONGEST_YEARS, step=0.25, default=6.0, unit="years", source="chosen"),
    Parameter(
        name="resorption", label="Osteoclast activity", low=0.0, high=8.0, step=0.1, default=1.0, unit="× normal",
        source="calibrated: at 1 a quarter of the bone is renewed in a year",
    ),
    Parameter(
        name="formation", label="Osteoblast activity", low=0.0, high=8.0, step=0.1, default=1.0, unit="× normal",
        source="chosen: at the same value as resorption every cavity is refilled",
    ),
    Parameter(
        name="bone_start", label="Bone volume at the start", low=10.0, high=35.0, step=1.0, default=20.0, unit="%",
        source="chosen: spine of the old to hip of the young",
    ),
    Toggle(
        name="load", label="Bone feels load", default=True,
        help="Osteocytes answer load: more formation where bone was lost, less resorption along the load.",
    ),
)  # fmt: skip

PRESETS: Final = (
    Preset(id="young", label="Young and healthy", state={"bone_start": 22.0, "year": 6.0}),
    Preset(
        id="postmenopausal", label="Loss as after menopause",
        state={"resorption": 1.8, "formation": 1.4, "year": 10.0},
        help="Turnover is up and formation does not quite keep pace.",
    ),
    Preset(id="high-turnover", label="High turnover, balanced", state={"resorption": 3.0, "formation": 3.0, "year": 6.0}),
    Preset(id="lytic", label="Beside a lytic tumor", state={"resorption": 6.0, "formation": 0.3, "year": 0.5}),
    Preset(id="blastic", label="Beside a blastic tumor", state={"resorption": 1.0, "formation": 8.0, "year": 1.0}),
)  # fmt: skip


def _balance_band(result: LatticeResult) -> int:
    share = numbers(result)["bone_of_start_percent"]
    return 0 if share < 85.0 else 1 if share <= 115.0 else 2


def _explain_balance(result: LatticeResult) -> str:
    n = numbers(result)
    return tr(
        "After {year:g} years {bone_of_start_percent:.0f} % of the bone of the start is there, though osteoclasts "
        "work at {osteoclast_sites:.0f} places: turnover alone does not change volume, balance does.",
        year=result.year,
        **n,
    )


def _half_band(result: LatticeResult) -> int:
    return sum(numbers(result)["half_lost_year"] > edge for edge in (1.0, 3.0, LONGEST_YEARS))


def _explain_half(result: LatticeResult) -> str:
    half = numbers(result)["half_lost_year"]
    gone = (
        tr("Half of the bone is gone after {years:g} years.", years=half)
        if half <= LONGEST_YEARS
        else tr("Half of the bone is gone not within {years:g} years.", years=LONGEST_YEARS)
    )
    compared = tr(
        "Ordinary aging takes decades for that: osteoclasts at six times normal, with hardly an osteoblast to refill "
        "the cavities, need months."
    )
    return f"{gone} {compared}"


def _is_thinned(state: State, result: LatticeResult) -> bool:
    # 1.3 - 1.0 is a little more than 0.3 in floating point.
    close = float(state["resorption"]) - float(state["formation"]) <= 0.3 + 1e-9
    return close and numbers(result)["bone_of_start_percent"] <= 85.0


def _is_rescued(state: State, result: LatticeResult) -> bool:
    return result.year >= LONGEST_YEARS and numbers(result)["bone_of_start_percent"] >= 97.0 and (
        float(state["formation"]) <= 1.4
    )  # fmt: skip


TASKS: Final = (
    Task(
        id="fast-but-balanced",
        text="Osteoclasts and osteoblasts both work at three times normal for six years. What happens to bone volume?",
        state={"resorption": 3.0, "formation": 3.0, "year": 6.0},
        prediction=Prediction(
            prompt="After six years there is…",
            options=("clearly less bone", "about as much bone", "clearly more bone"),
            answer=_balance_band, explain=_explain_balance,
        ),
        hint="Every cavity is refilled if formation keeps pace.",
    ),
    Task(
        id="small-gap",
        text="Let formation lag behind resorption by no more than 0.3 and find a year with at most 85 % of the bone of "
        "the start.",
        state={"year": 0.0}, goal=_is_thinned,
        success="A small imbalance, kept up for years, thins and cuts trabeculae. A strut once cut has no surface to "
        "refill: look for struts that end free.",
        hint="Resorption 1.3, formation 1.0, late years; then try without load.",
    ),
    Task(
        id="rescue",
        text="Start from the loss after menopause. Without raising osteoblast activity above 1.4, keep at least 97 % of "
        "the bone to year 12.",
        state={"resorption": 1.8, "formation": 1.4, "year": 12.0}, goal=_is_rescued,
        success="Antiresorptive drugs work like this: fewer cavities, and those there are get refilled.",
        hint="Lower osteoclast activity.",
    ),
    Task(
        id="lytic-speed",
        text="Beside a lytic tumor osteoclasts work at six times normal and osteoblasts at a third. How soon is half of "
        "the bone gone?",
        state={"resorption": 6.0, "formation": 0.3, "year": 0.0},
        prediction=Prediction(
            prompt="Half of the bone is gone…",
            options=("within a year", "in 1 to 3 years", "in 3 to 12 years", "later or never"),
            answer=_half_band, explain=_explain_half,
        ),
        hint="At normal turnover a quarter of the bone is renewed in a year.",
    ),
)  # fmt: skip
