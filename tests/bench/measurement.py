"""One number of the report with its baseline and its limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

__all__ = ["Measurement", "timed_ms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was measured, beside a baseline of the same run.

    Parameters
    ----------
    name : str
        Topic and what.
    unit : str
        Unit of all numbers.
    samples, baseline : list of float
        Repetitions, in ``unit``; a baseline may be missing.
    limit, ratio_limit : float or None
        Most that the median, and the median over the baseline's median, may be.
    note : str
        What the baseline is, or why nothing could be measured.
    """

    name: str
    unit: str
    samples: list[float] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)
    limit: float | None = None
    ratio_limit: float | None = None
    note: str = ""

    @property
    def value(self) -> float | None:
        """Median of the repetitions."""
        return median(self.samples) if self.samples else None

    @property
    def spread(self) -> tuple[float, float] | None:
        """Lower and upper quartile."""
        if not self.samples:
            return None
        if len(self.samples) < 4:
            return min(self.samples), max(self.samples)
        low, _, high = quantiles(self.samples, n=4)
        return low, high

    @property
    def ratio(self) -> float | None:
        """Median over the baseline's median."""
        if self.value is None or not self.baseline:
            return None
        return self.value / median(self.baseline)

    @property
    def verdict(self) -> str:
        """``ok``, ``over``, ``failed``, or nothing where there is no limit."""
        if self.value is None:
            return "failed"
        over = self.limit is not None and self.value > self.limit
        if self.ratio_limit is not None:
            if self.ratio is None:
                return "failed"
            over = over or self.ratio > self.ratio_limit
        limited = self.limit is not None or self.ratio_limit is not None
        return "over" if over else "ok" if limited else ""

    def as_json(self) -> dict[str, Any]:
        """Return all fields and what follows from them."""
        return {
            "name": self.name,
            "unit": self.unit,
            "median": self.value,
            "spread": self.spread,
            "baseline": median(self.baseline) if self.baseline else None,
            "ratio": self.ratio,
            "limit": self.limit,
            "ratio_limit": self.ratio_limit,
            "verdict": self.verdict,
            "note": self.note,
            "samples": self.samples,
            "baseline_samples": self.baseline,
        }


def timed_ms(run: Callable[[], object], repetitions: int) -> list[float]:
    """Run something once unmeasured, then again and again.

    Parameters
    ----------
    run : callable
        Without arguments.
    repetitions : int
        How often it is measured.

    Returns
    -------
    times : list of float
        Wall time of each repetition [ms].
    """
    run()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        run()
        times.append(1000.0 * (time.perf_counter() - start))
    return times
