"""How fast a bank is read and checked, and how fast questions to point at are graded."""

from __future__ import annotations

import re
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from bonemets_teach.content import quizzes_folder
from bonemets_teach.lessons.checking import _is_computed
from bonemets_teach.lessons.key_store import load_keys
from bonemets_teach.lessons.key_work import fill_missing
from bonemets_teach.quiz import load_bank
from bonemets_teach.quiz.bank import Bank
from bonemets_teach.quiz.catalog import load_catalog
from bonemets_teach.quiz.grading import grade
from bonemets_teach.quiz.item import Hotspot
from bonemets_teach.quiz.known_keys import remembering
from bonemets_teach.quiz.linter import lint_bank
from bonemets_teach.quiz.strict_yaml import read_yaml
from tests.bench.measurement import Measurement, timed_ms

__all__ = ["measure"]

_ITEMS: Final = 500
_TODAY: Final = date(2026, 11, 22)
_ID: Final = re.compile(r"(?m)^(\s*(?:- )?id: bm\.[a-z0-9.-]+)$")


def measure(*, quick: bool) -> list[Measurement]:
    """Time the bank as it is, copied under new ids until there are 500 items.

    Parameters
    ----------
    quick : bool
        Few repetitions.

    Returns
    -------
    rows : list of Measurement
        With keys known, with the keys of this bank unknown, and the grading of hotspots.
    """
    keys = load_keys()
    fill_missing([entry.item for entry in load_bank().entries], keys)
    with tempfile.TemporaryDirectory(prefix="bench-items-") as name:
        folder = Path(name) / "quizzes"
        share = _copies(folder)
        plain = timed_ms(lambda: [read_yaml(path, path.name) for path in folder.rglob("*.yaml")], 1)
        known = timed_ms(lambda: _check(folder, keys), 1 if quick else 5)
    row = Measurement(
        name=f"{_ITEMS} items read and checked, keys known",
        unit="ms",
        samples=known,
        baseline=plain,
        limit=5000.0,
        note=f"reading the YAML alone; {share:.0%} of the keys are computed",
    )
    rows = [row, _hotspots(keys, 3 if quick else 40)]
    return rows if quick else [*rows, *_cold(load_bank())]


def _copies(folder: Path) -> float:
    """Write the bank's files again and again under new ids; return the share of computed keys."""
    written = 0
    for turn in range(1, 10):
        for path in sorted(quizzes_folder().rglob("*.yaml")):
            if path.parent == quizzes_folder() or written >= _ITEMS:
                continue
            text, count = _ID.subn(rf"\1-{turn}", path.read_text("utf-8"))
            target = folder / path.parent.name / f"{path.stem}-{turn}.yaml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
            written += count
    entries = load_bank(folder).entries
    if len(entries) < _ITEMS:
        message = f"only {len(entries)} of {_ITEMS} copies can be read"
        raise RuntimeError(message)
    return sum(_is_computed(entry.item) for entry in entries) / len(entries)


def _check(folder: Path, keys: dict[str, Any]) -> None:
    before = len(keys)
    bank = load_bank(folder)
    with remembering(keys):
        lint_bank(bank, load_catalog(), _TODAY)
    if len(keys) > before:
        message = f"{len(keys) - before} keys were not known"
        raise RuntimeError(message)


def _hotspots(keys: dict[str, Any], many: int) -> Measurement:
    items = [entry.item for entry in load_bank().entries if isinstance(entry.item, Hotspot)]
    times: list[float] = []
    with remembering(keys):
        for _ in range(many):
            for item in items:
                start = time.perf_counter()
                grade(item, {"point": [0.31, 0.62]})
                times.append(1000.0 * (time.perf_counter() - start))
    worst = quantiles(times, n=20)[-1]
    return Measurement(
        name="a point in a picture graded, p95",
        unit="ms",
        samples=[worst],
        baseline=times,
        limit=50.0,
        note=f"the median, of {len(items)} questions",
    )


def _cold(bank: Bank) -> list[Measurement]:
    items = [entry.item for entry in bank.entries]
    found = {}
    for processes in (1, 2):
        start = time.perf_counter()
        fill_missing(items, {}, processes=processes)
        found[processes] = time.perf_counter() - start
    return [
        Measurement(
            name="all computed keys, none known, 2 processes",
            unit="s",
            samples=[found[2]],
            baseline=[found[1]],
            note="one process, in this program",
        )
    ]
