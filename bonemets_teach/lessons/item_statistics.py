"""Joins what learners answered with what the bank knows, for the statistics of questions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from bonemets_teach.errors import BonemetsError
from bonemets_teach.progress import AttemptLog, open_log
from bonemets_teach.progress.every_answer import EveryAnswer, every_answer, left_open
from bonemets_teach.quiz import Item, load_bank
from bonemets_teach.quiz.analysis import Analysis, Gap, KnownItem, Try, analyze
from bonemets_teach.quiz.analysis.item_statistics import FEWEST
from bonemets_teach.quiz.analysis.tries import ItemKey
from bonemets_teach.quiz.bank import Bank
from bonemets_teach.quiz.item import Hotspot, MultipleResponse, SingleBest
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.solving import solve

__all__ = ["course_statistics", "known_item", "try_of"]


def course_statistics(
    log: AttemptLog, lesson: str | None = None, bank: Bank | None = None, *, language: str | None = None
) -> Analysis:
    """Analyze the questions of the course.

    Parameters
    ----------
    log : AttemptLog
        Answers of all learners.
    lesson : str or None
        Only the questions of this lesson; what is left out does not count for rest scores either.
    bank : Bank or None
        The questions; the package's own if not given.
    language : str or None
        Only answers to questions that were shown in this language; what exams left open has none and is left out.

    Returns
    -------
    analysis : Analysis
        Aggregates of at least 10 learners each.
    """
    entries = (load_bank() if bank is None else bank).entries
    lessons = {entry.item.id: entry.lesson for entry in entries}
    answers = [
        answer
        for answer in every_answer(log)
        if answer.max_score > 0
        and lesson in {None, lessons.get(answer.item_id, answer.lesson_id)}
        and language in {None, answer.lang}
    ]
    wanted = _often(answers)
    known = {
        (entry.item.id, entry.item.version): known_item(entry.item, entry.lesson)
        for entry in entries
        if (entry.item.id, entry.item.version) in wanted
    }
    gaps = [
        Gap(learner=f"{one.learner}", item=one.item_id, version=one.item_version, reached=one.reached)
        for one in (left_open(log) if language is None else ())
    ]
    return analyze([try_of(answer) for answer in answers], known, gaps)


def known_item(item: Item, lesson: str) -> KnownItem:
    """Return what the statistics need of an item.

    Parameters
    ----------
    item : Item
        The item.
    lesson : str
        Its lesson.

    Returns
    -------
    known : KnownItem
        Without options if the item has none, or its key can't be worked out.
    """
    options: dict[str, str] = {}
    keys: frozenset[str] = frozenset()
    try:
        if isinstance(item, SingleBest | MultipleResponse):
            options = {option.id: plain(say(option.text)) for option in item.options}
            keys = solve(item).keys
        elif isinstance(item, Hotspot):
            options = {target.id: plain(say(target.label)) for target in item.targets}
            keys = solve(item).keys
    except BonemetsError:
        options = {}
    return KnownItem(title=plain(say(item.title)), lesson=lesson, options=options, keys=keys)


def try_of(answer: EveryAnswer) -> Try:
    """Return an answer as the statistics take it.

    Parameters
    ----------
    answer : EveryAnswer
        With points to be had.

    Returns
    -------
    one : Try
        A right answer has the whole share, also if hints had lowered its points; marks below zero count as none.
    """
    part = min(max(answer.score / answer.max_score, 0.0), 1.0)
    return Try(
        learner=str(answer.learner),
        item=answer.item_id,
        version=answer.item_version,
        share=1.0 if answer.correct else min(part, 0.999),
        chosen=_chosen(answer.response),
        seconds=answer.latency_ms / 1000,
        certainty=answer.certainty,
    )


def _chosen(response: object) -> tuple[str, ...]:
    if isinstance(response, dict):
        response = response.get("target")
    named = response if isinstance(response, list) else [response]
    return tuple(name for name in named if isinstance(name, str))


def _often(answers: Iterable[EveryAnswer]) -> frozenset[ItemKey]:
    """Return what enough learners have answered; working out the keys of all others would take long."""
    seen: dict[ItemKey, set[int]] = {}
    for answer in answers:
        seen.setdefault((answer.item_id, answer.item_version), set()).add(answer.learner)
    return frozenset(key for key, learners in seen.items() if len(learners) >= FEWEST)


def main() -> None:
    """Print the analysis as JSON; the server runs this in a process of its own."""
    log = open_log()
    json.dump({"problem": log.problem, **course_statistics(log).as_json()}, sys.stdout)
    log.close()


if __name__ == "__main__":
    main()
