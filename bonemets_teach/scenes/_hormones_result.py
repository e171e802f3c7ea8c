"""What the scene of hormones and age knows, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bonemets_teach.biology.bone_hormones import START_DAY, HormoneCourse, Hormones

__all__ = ["HormoneResult", "numbers"]

_YEAR: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class HormoneResult:
    """A computed state: the hormones, and what follows from them."""

    hormones: Hormones
    course: HormoneCourse


def numbers(result: HormoneResult) -> dict[str, float]:
    """Return cells and turnover at two years, and bone over the first and the second year."""
    course = result.course
    bone = 100.0 * course.bone
    after = bone[START_DAY:]
    return {
        "osteoclast_ratio": float(course.osteoclast_ratio[-1]),
        "osteoblast_ratio": float(course.osteoblast_ratio[-1]),
        "resorption_percent_per_year": 100.0 * float(course.resorption[-1]),
        "formation_percent_per_year": 100.0 * float(course.formation[-1]),
        "bone_change_percent_per_year": float(after[_YEAR] - after[0]),
        "bone_end_percent": float(bone[-1]),
        "bone_lowest_percent": float(np.min(after)),
        "osteoclast_month_ratio": float(course.osteoclast_ratio[START_DAY + 30]),
        "osteoblast_month_ratio": float(course.osteoblast_ratio[START_DAY + 30]),
    }
