"""The whole analysis: every item with enough learners, and how well the items of each lesson hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bonemets_teach.quiz.analysis.classical import Reliability, kr20
from bonemets_teach.quiz.analysis.item_statistics import FEWEST, ItemStatistics, KnownItem, analyze_item
from bonemets_teach.quiz.analysis.tries import Gap, ItemKey, Try, first_tries, table_of

__all__ = ["Analysis", "LessonReliability", "analyze"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonReliability:
    """How well the items of a lesson hang together; ``reliability`` is None where too few answered all of them."""

    lesson: str
    items: int
    reliability: Reliability | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All items that enough learners have answered.

    Parameters
    ----------
    items : tuple of ItemStatistics
        By lesson, id and version.
    lessons : tuple of LessonReliability
        By lesson.
    too_few : int
        Versions of items with answers of fewer than 10 learners, of which nothing is said.
    """

    items: tuple[ItemStatistics, ...]
    lessons: tuple[LessonReliability, ...]
    too_few: int

    def as_json(self) -> dict[str, Any]:
        """Return the analysis as plain data.

        Returns
        -------
        data : dict
            items, lessons, too_few.
        """
        lessons = [asdict(lesson) for lesson in self.lessons]
        return {"items": [item.as_json() for item in self.items], "lessons": lessons, "too_few": self.too_few}


def analyze(tries: Iterable[Try], known: Mapping[ItemKey, KnownItem], gaps: Iterable[Gap] = ()) -> Analysis:
    """Analyze the answers of all learners.

    Parameters
    ----------
    tries : iterable of Try
        In the order in which they were made; only first tries count.
    known : mapping
        What the bank says of its present versions.
    gaps : iterable of Gap
        What was left open in exams; counted beside the answers.

    Returns
    -------
    analysis : Analysis
        Aggregates only.
    """
    kept = first_tries(tries)
    table = table_of(kept)
    by_item: dict[ItemKey, list[Try]] = defaultdict(list)
    for each in kept:
        by_item[each.key].append(each)
    left = _left(gaps)
    found = [_with_gaps(analyze_item(key, by_item[key], table, known.get(key)), left) for key in table.items]
    items = sorted((one for one in found if one), key=lambda one: (one.lesson, one.item, one.version))
    lessons = []
    for lesson in dict.fromkeys(one.lesson for one in items):
        columns = [
            column
            for column, (key, one) in enumerate(zip(table.items, found, strict=True))
            if one and one.lesson == lesson and key in known
        ]
        value = kr20(table.shares[:, columns]) if lesson else None
        enough = value if value and value.learners >= FEWEST else None
        lessons.append(LessonReliability(lesson=lesson, items=len(columns), reliability=enough))
    return Analysis(items=tuple(items), lessons=tuple(lessons), too_few=found.count(None))


def _left(gaps: Iterable[Gap]) -> dict[tuple[ItemKey, bool], set[str]]:
    """Return the learners who left each item open, by item and whether they had seen it."""
    found: dict[tuple[ItemKey, bool], set[str]] = defaultdict(set)
    for gap in gaps:
        found[(gap.item, gap.version), gap.reached].add(gap.learner)
    return found


def _with_gaps(
    found: ItemStatistics | None, left: Mapping[tuple[ItemKey, bool], set[str]]
) -> ItemStatistics | None:
    if found is None:
        return None
    key = (found.item, found.version)
    seen = left.get((key, True), set())
    # Who omitted it in one exam and did not come to it in another has seen it.
    unseen = left.get((key, False), set()) - seen
    return replace(found, omitted=len(seen), not_reached=len(unseen))
