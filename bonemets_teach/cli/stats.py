"""``bonemets-teach stats``: what the answers of many learners say about the questions."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bonemets_teach.content.language import LANGUAGES

if TYPE_CHECKING:
    from bonemets_teach.quiz.analysis import Analysis, ItemStatistics

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    stats = commands.add_parser(
        "stats",
        help="statistics of the questions, from the answers of all learners",
        description="Difficulty, discrimination, options, time and certainty of each question. First tries only; nothing is said about fewer than 10 learners.",
    )
    stats.add_argument("--lesson", metavar="ID", help="only this lesson, for example bone-remodeling")
    stats.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        help="only answers to questions that were shown in this language",
    )
    stats.add_argument("--json", action="store_true", help="as JSON")
    stats.add_argument("--data", type=Path, help="folder of the progress (default: the user's data folder)")
    stats.set_defaults(run=_stats)


def _stats(options: argparse.Namespace) -> int:
    from bonemets_teach.lessons.catalog import find_lesson  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.lessons.item_statistics import course_statistics  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.progress import open_log  # noqa: PLC0415 - other commands do not need it

    if options.lesson is not None:
        find_lesson(options.lesson)
    log = open_log()
    if log.problem:
        print(f"bonemets-teach: {log.problem}", file=sys.stderr)
        log.close()
        return 2
    analysis = course_statistics(log, options.lesson, language=options.language)
    log.close()
    print(json.dumps(analysis.as_json(), indent=2, ensure_ascii=False) if options.json else _table(analysis))
    return 0


def _table(analysis: Analysis) -> str:
    lines = []
    for lesson in analysis.lessons:
        lines.append(lesson.lesson or "questions that have changed since")
        found = lesson.reliability
        if found is not None:
            lines.append(
                f"  KR-20 {found.value:.2f} ± {found.standard_error:.2f} ({found.items} questions, {found.learners} learners who answered all of them)"
            )
        lines.append(f"  {'question':<46} {'n':>5} {'p':>5} {'r':>6} {'D':>6} {'time':>6}")
        lines += [line for item in analysis.items if item.lesson == lesson.lesson for line in _rows(item)]
    if not analysis.items:
        lines.append("No question has been answered by 10 learners yet.")
    lines.append(f"{analysis.too_few} questions with answers of fewer than 10 learners are not shown.")
    return "\n".join(lines)


def _rows(item: ItemStatistics) -> list[str]:
    name = f"{item.item} v{item.version}"
    time = "–" if item.median_s is None else f"{item.median_s:.0f} s"
    shaky = "  unstable: fewer than 30 learners" if item.unstable else ""
    numbers = f"{item.n:>5} {item.difficulty:>5.2f} {_signed(item.discrimination):>6} {_signed(item.upper_lower):>6} {time:>6}"
    rows = [f"  {name:<46} {numbers}{shaky}"]
    for option in item.options:
        mark = "key" if option.is_key else "" if option.functioning else "idle"
        rest = "" if option.mean_rest is None else f"rest {option.mean_rest:.2f}"
        rows.append(f"      {option.id:<12} {option.share:>6.1%}  {rest:<9} {mark}".rstrip())
    if item.omitted or item.not_reached:
        rows.append(f"      in exams {item.omitted} omitted, {item.not_reached} not reached")
    return [*rows, *(f"      ? {flag}" for flag in item.flags)]


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}"
