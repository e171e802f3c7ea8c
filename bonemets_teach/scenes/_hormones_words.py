"""Says what the scene of hormones and age shows."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology.bone_hormones import Hormones
from bonemets_teach.content.language import tr
from bonemets_teach.scenes._hormones_result import HormoneResult

__all__ = ["describe"]

_KEPT: Final = 0.2  # percent in a year; chosen: smaller changes are called none


def describe(result: HormoneResult, n: dict[str, float]) -> str:
    """Say the hormones, the cells, turnover and bone, with numbers and units."""
    change = n["bone_change_percent_per_year"]
    cells = tr(
        "{person}: after two years osteoclasts are at {osteoclast_ratio:.2f} and osteoblasts at {osteoblast_ratio:.2f} "
        "times those of a healthy person of 30.",
        person=_person(result.hormones),
        **n,
    )
    turnover = tr(
        "In a year {resorption_percent_per_year:.0f} % of the cancellous bone is resorbed and "
        "{formation_percent_per_year:.0f} % formed (normal: 25 % each).",
        **n,
    )
    ends = (
        "Cancellous bone gains {change:.1f} % in the first year and stands at {bone_end_percent:.0f} % of the start after two."
        if change > _KEPT
        else "Cancellous bone loses {change:.1f} % in the first year and stands at {bone_end_percent:.0f} % of the start after two."
        if change < -_KEPT
        else "Cancellous bone keeps its amount and stands at {bone_end_percent:.0f} % of the start after two."
    )
    return f"{cells} {turnover} {tr(ends, change=abs(change), **n)} {_reading(n)}"


def _person(hormones: Hormones) -> str:
    parts = [tr("Age {age:g}", age=hormones.age_years)]
    if hormones.pth > 1.0:
        words = (
            "PTH in daily pulses {times:g} times normal"
            if hormones.pulsed
            else "PTH steadily {times:g} times normal"
        )
        parts.append(tr(words, times=hormones.pth))
    if hormones.estrogen < 1.0:
        parts.append(tr("estrogen at {share:.0f} %", share=100 * hormones.estrogen))
    if hormones.opg > 1.0:
        parts.append(tr("OPG {times:g} times normal", times=hormones.opg))
    if hormones.calcitonin > 0.0:
        parts.append(tr("osteoclasts braked by {share:.0f} %", share=100 * hormones.calcitonin))
    return ", ".join(parts) if len(parts) > 1 else f"{parts[0]}, {tr('hormones normal')}"


def _reading(n: dict[str, float]) -> str:
    turnover = (n["resorption_percent_per_year"] + n["formation_percent_per_year"]) / 50.0
    height = (
        tr("High turnover")
        if turnover > 1.15
        else tr("Low turnover")
        if turnover < 0.85
        else tr("Normal turnover")
    )
    change = n["bone_change_percent_per_year"]
    if change < -_KEPT:
        return tr("{turnover}, with a deficit: formation follows, but does not catch up.", turnover=height)
    if change > _KEPT:
        return tr("{turnover}, with a surplus: formation is ahead of resorption.", turnover=height)
    return tr("{turnover} in balance.", turnover=height)
