"""``bonemets-teach lessons`` and ``check``: what the course holds, and whether it is sound."""

from __future__ import annotations

import argparse
import json
import sys

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    lessons = commands.add_parser("lessons", help="list the lessons")
    lessons.add_argument("--json", action="store_true", help="as JSON")
    lessons.set_defaults(run=_lessons)
    check = commands.add_parser(
        "check", help="check lessons, quiz items and evidence; exit 1 if something is wrong"
    )
    check.add_argument("--json", action="store_true", help="as JSON")
    check.set_defaults(run=_check)


def _lessons(options: argparse.Namespace) -> int:
    from bonemets_teach.lessons.listing import list_lessons  # noqa: PLC0415 - other commands do not need it

    rows = list_lessons()
    if options.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        words = f"{row['minutes']} min, {len(row['items'])} questions" if row["notebook"] else "coming"
        print(f"{row['number']:>2}  {row['id']:<26} {row['title']:<34} {words}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from bonemets_teach.lessons.checking import check_content  # noqa: PLC0415 - other commands do not need it

    report = check_content(say=lambda words: print(words, file=sys.stderr, flush=True))
    if options.json:
        print(json.dumps(report.as_json(), indent=2))
    else:
        print(report.as_text())
    return 1 if report.errors else 0
