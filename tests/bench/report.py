"""Prints measurements as one aligned table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tests.bench.measurement import Measurement

__all__ = ["table"]

_HEAD = ("name", "measured", "spread", "baseline", "ratio", "limit", "", "baseline is")


def table(measurements: Sequence[Measurement]) -> str:
    """Return the table.

    Parameters
    ----------
    measurements : sequence of Measurement
        In the order of the rows.

    Returns
    -------
    text : str
        Columns aligned by spaces.
    """
    rows = [_HEAD, *(_row(one) for one in measurements)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in {0, 5, 6, 7} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def _row(one: Measurement) -> tuple[str, ...]:
    unit = f" {one.unit}" if one.unit else ""
    measured = "-" if one.value is None else f"{_number(one.value)}{unit}"
    spread = "-" if one.spread is None else f"{_number(one.spread[0])}..{_number(one.spread[1])}"
    baseline = f"{_number(median(one.baseline))}{unit}" if one.baseline else "-"
    ratio = "-" if one.ratio is None else f"{one.ratio:.2f}"
    limits = [] if one.limit is None else [f"{one.limit:g}{unit}"]
    limits += [] if one.ratio_limit is None else [f"{one.ratio_limit:g} x"]
    return (one.name, measured, spread, baseline, ratio, ", ".join(limits) or "-", one.verdict, one.note)


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
