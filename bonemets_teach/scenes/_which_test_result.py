"""What the which-test-when scene computes: one lesion, and the month in which each test first shows it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from bonemets_teach.imaging.first_visible import (
    HORIZON_MONTHS,
    MODALITIES,
    VISIBILITY_SITES,
    Visibility,
    visibility,
)
from bonemets_teach.scenes.scene import State

__all__ = ["LOOKS", "FirstSeen", "WhichTestResult", "follow"]

LOOKS: Final = MappingProxyType({
    "mri": ("bright", "dark"), "fdg-pet": ("hot", "cold"), "naf-pet": ("hot", "cold"), "bone-scan": ("hot", "cold"),
    "ct": ("denser", "less dense"), "radiograph": ("darker", "whiter"),
})  # fmt: skip
"""How a lesion looks in each test when its signal is above, and when it is below that of normal bone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeen:
    """When and how one test first shows the lesion.

    Parameters
    ----------
    label : str
        Name of the test.
    month : float
        Infinity if not within the horizon.
    diameter_mm : float
        Size of the lesion then, or at the end [mm].
    looks : str
        How it shows, empty if it does not.
    """

    label: str
    month: float
    diameter_mm: float
    looks: str

    @property
    def capped_month(self) -> float:
        """Month, or the end of the chart if it is never seen."""
        return min(self.month, float(HORIZON_MONTHS))

    @property
    def is_seen(self) -> bool:
        """True if the test shows the lesion within the horizon."""
        return bool(np.isfinite(self.month))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WhichTestResult:
    """One lesion in all tests.

    Parameters
    ----------
    phenotype, growth_speed, threshold : float
        As chosen.
    site : str
        Name of the bone for people.
    course : Visibility
        Signal over noise, size and bone over the months.
    tests : mapping of str to FirstSeen
        Each test, by its id.
    """

    phenotype: float
    growth_speed: float
    threshold: float
    site: str
    course: Visibility
    tests: MappingProxyType[str, FirstSeen]

    @property
    def order(self) -> list[str]:
        """Ids of the tests, the first to show the lesion first; those that never do come last."""
        return sorted(self.tests, key=lambda name: self.tests[name].month)


def follow(state: State) -> WhichTestResult:
    """Compute the result of a complete state.

    Parameters
    ----------
    state : mapping
        Control name to value.

    Returns
    -------
    result : WhichTestResult
        For picture and words.
    """
    phenotype, speed = float(state["phenotype"]), float(state["growth_speed"])
    site, threshold = str(state["site"]), float(state["threshold"])
    course = visibility(phenotype, site, speed)
    tests = {name: _first_seen(course, name, label, threshold) for name, (label, _) in MODALITIES.items()}
    return WhichTestResult(
        phenotype=phenotype, growth_speed=speed, threshold=threshold, site=VISIBILITY_SITES[site].label,
        course=course, tests=MappingProxyType(tests),
    )  # fmt: skip


def _first_seen(course: Visibility, name: str, label: str, threshold: float) -> FirstSeen:
    month = course.first(name, threshold)
    if not np.isfinite(month):
        return FirstSeen(label=label, month=month, diameter_mm=float(course.diameter_mm[-1]), looks="")
    snr = course.snr[name][min(int(np.ceil(month)), len(course.months) - 1)]
    diameter = float(np.interp(month, course.months, course.diameter_mm))
    return FirstSeen(label=label, month=month, diameter_mm=diameter, looks=LOOKS[name][int(snr < 0)])
