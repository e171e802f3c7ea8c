"""Checks quiz files from the command line: ``python -m bonemets_teach.quiz.linter quizzes/``."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.bank import Entry
from bonemets_teach.quiz.catalog import load_catalog
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.linter import lint_entries
from bonemets_teach.quiz.linter.key_words import key_lines
from bonemets_teach.quiz.loading import read_items
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.problem import Problem
from bonemets_teach.quiz.solving import solve


def main(arguments: list[str] | None = None) -> int:
    """Check files or folders and print what is found.

    Parameters
    ----------
    arguments : list of str or None
        Command line; that of the process if not given.

    Returns
    -------
    status : int
        0 if nothing blocks publishing, 1 otherwise.
    """
    parser = argparse.ArgumentParser(
        prog="python -m bonemets_teach.quiz.linter", description="Check quiz items."
    )
    parser.add_argument("paths", nargs="+", type=Path, help="YAML files or folders")
    parser.add_argument("--show", action="store_true", help="print each item with its key")
    options = parser.parse_args(arguments)
    entries, problems = _read(options.paths)
    catalog = load_catalog()
    problems += catalog.problems
    if options.show:
        for entry in entries:
            _say(_summary(entry.item))
    findings = lint_entries(entries, catalog, datetime.now(UTC).date())
    for problem in problems:
        _say(f"error    {problem}")
    for finding in findings:
        waived = f" (waived: {finding.waived})" if finding.waived else ""
        _say(f"{'waived' if waived else finding.severity:8} {finding}{waived}")
    open_findings = [finding for finding in findings if not finding.waived]
    errors = len(problems) + sum(finding.severity == "error" for finding in open_findings)
    warnings = sum(finding.severity == "warning" for finding in open_findings)
    _say(f"{len(entries)} items: {errors} errors, {warnings} warnings without a waiver")
    return int(errors > 0)


def _read(paths: list[Path]) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for given in paths:
        for path in sorted(given.rglob("*.y*ml")) if given.is_dir() else [given]:
            if path.name in {"objectives.yaml", "misconceptions.yaml"}:
                continue
            items, broken = read_items(path)
            lesson = path.parent.name if path.parent.parent.name == "quizzes" else ""
            problems += broken
            entries += [Entry(item=item, file=str(path), lesson=lesson) for item in items]
    return entries, problems


def _summary(item: Item) -> str:
    lines = [f"\n{item.id} ({item.type}, {item.status}): {plain(say(item.title))}"]
    lines += [f"  {plain(say(item.stem))}", f"  {plain(say(item.lead_in))}"]
    try:
        solution = solve(item)
    except ContentError as error:
        return "\n".join([*lines, f"  key: {error}"])
    return "\n".join([*lines, *key_lines(item, solution)])


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    raise SystemExit(main())
