"""Presets and tasks of the skeleton."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._where_result import COURSE_PERCENT, WhereResult, span
from bonemets_teach.scenes._where_shares import PRIMARIES, SITES
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_GUESSES: Final = ("spine", "ribs", "pelvis")
_NEAR: Final = 0.25  # percentage points

PRESETS: Final = (
    Preset(id="breast", label="Breast", state={"primary": "breast", "show": "sites"}, help="Pelvis, lumbar and thoracic spine."),
    Preset(id="lung", label="Lung: ribs first", state={"primary": "lung", "show": "sites"}),
    Preset(
        id="prostate", label="Prostate: up the spine", state={"primary": "prostate", "show": "sites"},
        help="Nearly always the lumbar spine, much less often the neck: the veins of the spine at work.",
    ),
    Preset(
        id="myeloma", label="Myeloma: ranges", state={"primary": "myeloma", "show": "sites"},
        help="Different series, different shares; the lighter part of a bar is the range.",
    ),
    Preset(
        id="thyroid", label="Thyroid: deposits, not patients", state={"primary": "thyroid", "show": "sites"},
        help="Shares of all deposits add up to 100 %; shares of patients do not.",
    ),
    Preset(id="types", label="Lesion types", state={"primary": "prostate", "show": "type"}),
    Preset(id="timing", label="Timing", state={"primary": "breast", "show": "time", "years": 5.0}),
)  # fmt: skip


def _first_site(result: WhereResult) -> int:
    return _GUESSES.index(result.own[0].site)


def _explain_first(result: WhereResult) -> str:
    first, second = result.own[:2]
    return (
        f"{SITES[first.site]} {span(first.share)}, {SITES[second.site].lower()} {span(second.share)}. The ribs lie next to "
        "the lung and hold red marrow; but a hot rib on a bone scan may also be an old fracture."
    )


def _width(result: WhereResult) -> float:
    return result.primary.involved.high - result.primary.involved.low


def _width_option(result: WhereResult) -> int:
    width = _width(result)
    return 0 if width < 10 else 1 if width <= 20 else 2


def _explain_width(result: WhereResult) -> str:
    return (
        f"{span(result.primary.involved)}: {_width(result):.0f} points between the lowest and the highest series. Autopsies "
        "find more than scans, and patients differ. A single number would hide that."
    )


def _is_most_involved(_: State, result: WhereResult) -> bool:
    return bool(result.primary.involved.high == max(primary.involved.high for primary in PRIMARIES.values()))


def _has_no_sites(state: State, result: WhereResult) -> bool:
    return bool(state["show"] == "sites" and not result.own)


def _is_blastic(state: State, result: WhereResult) -> bool:
    kind = result.primary.lesion_type
    return bool(state["show"] == "type" and kind is not None and kind[0] == 1.0)


def _is_half(state: State, result: WhereResult) -> bool:
    return bool(state["show"] == "time" and abs(result.cumulative_percent - COURSE_PERCENT[-1] / 2) <= _NEAR)


TASKS: Final = (
    Task(
        id="lung-first", text="Lung cancer, bone scans. Predict the site that is involved in most patients.",
        state={"primary": "lung", "show": "sites"},
        prediction=Prediction(
            prompt="In lung cancer most patients have deposits in the", options=tuple(SITES[site] for site in _GUESSES),
            answer=_first_site, explain=_explain_first,
        ),
        success="The usual ranking, spine first, is an average over primaries.",
        hint="Which of these bones does the lung touch?",
    ),
    Task(
        id="how-wide", text="Melanoma: series disagree on how often bone is involved. Predict by how much.",
        state={"primary": "melanoma", "show": "share"},
        prediction=Prediction(
            prompt="Lowest and highest published share differ by",
            options=("less than 10 points", "10 to 20 points", "more than 20 points"),
            answer=_width_option, explain=_explain_width,
        ),
        success="Read a share together with how it was found, and in whom.",
        hint="Some series are autopsies, some are scans of patients with complaints.",
    ),
    Task(
        id="most-often", text="Find the tumor that involves bone most often, and look at where it starts.",
        state={"primary": "kidney", "show": "share"}, goal=_is_most_involved,
        success="Myeloma, a cancer of plasma cells. It starts in the marrow, so strictly its lesions are no metastases.",
        hint="Show how often bone is reached and look for the bar that goes farthest right.",
    ),
    Task(
        id="no-number", text="Show the sites and find a primary for which this explorer has no site shares of its own.",
        state={"primary": "breast", "show": "sites"}, goal=_has_no_sites,
        success="Gray bones are borrowed from all primaries together. Not knowing is marked, not filled in.",
        hint="Try the primaries of the urinary tract, or the skin.",
    ),
    Task(
        id="blastic", text="Show the lesion types and find the primary whose deposits are usually blastic.",
        state={"primary": "breast", "show": "type"}, goal=_is_blastic,
        success="Prostate cancer. The lesson on lytic and blastic lesions shows how a tumor orders bone to be built.",
        hint="Blastic stands at the right end.",
    ),
    Task(
        id="half", text="Show the timing and find the time by which half of the bone metastases of ten years have appeared "
        "(all solid tumors).",
        state={"primary": "breast", "show": "time", "years": 5.0}, goal=_is_half,
        success="Well within the first year. The other half comes slowly, and in breast cancer even after decades.",
        hint="At ten years it is 8.4 %. Look for half of that.",
    ),
)  # fmt: skip
