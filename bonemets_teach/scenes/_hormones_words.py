"""Says what the scene of hormones and age shows."""

from __future__ import annotations

from bonemets_teach.biology.bone_hormones import Hormones
from bonemets_teach.scenes._hormones_result import HormoneResult

__all__ = ["describe"]


def describe(result: HormoneResult, n: dict[str, float]) -> str:
    """Say the hormones, the cells, turnover and bone, with numbers and units."""
    change = n["bone_change_percent_per_year"]
    verdict = "gains" if change > 0.2 else "loses" if change < -0.2 else "keeps"
    amount = f"{verdict} {abs(change):.1f} % in the first year" if verdict != "keeps" else "keeps its amount"
    return (
        f"{_person(result.hormones)}: after two years osteoclasts are at {n['osteoclast_ratio']:.2f} and osteoblasts at "
        f"{n['osteoblast_ratio']:.2f} times those of a healthy person of 30. In a year "
        f"{n['resorption_percent_per_year']:.0f} % of the cancellous bone is resorbed and "
        f"{n['formation_percent_per_year']:.0f} % formed (normal: 25 % each). Cancellous bone {amount} and stands at "
        f"{n['bone_end_percent']:.0f} % of the start after two. {_reading(n)}"
    )


def _person(hormones: Hormones) -> str:
    parts = [f"Age {hormones.age_years:g}"]
    if hormones.pth > 1.0:
        way = "in daily pulses" if hormones.pulsed else "steadily"
        parts.append(f"PTH {way} {hormones.pth:g} times normal")
    if hormones.estrogen < 1.0:
        parts.append(f"estrogen at {100 * hormones.estrogen:.0f} %")
    if hormones.opg > 1.0:
        parts.append(f"OPG {hormones.opg:g} times normal")
    if hormones.calcitonin > 0.0:
        parts.append(f"osteoclasts braked by {100 * hormones.calcitonin:.0f} %")
    return ", ".join(parts) if len(parts) > 1 else f"{parts[0]}, hormones normal"


def _reading(n: dict[str, float]) -> str:
    turnover = (n["resorption_percent_per_year"] + n["formation_percent_per_year"]) / 50.0
    height = "High" if turnover > 1.15 else "Low" if turnover < 0.85 else "Normal"
    change = n["bone_change_percent_per_year"]
    if change < -0.2:
        return f"{height} turnover, with a deficit: formation follows, but does not catch up."
    if change > 0.2:
        return f"{height} turnover, with a surplus: formation is ahead of resorption."
    return f"{height} turnover in balance."
