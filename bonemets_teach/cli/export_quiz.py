"""``bonemets-teach export quiz``: questions for Anki, Moodle, QTI, Canvas, a spreadsheet or paper."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bonemets_teach.quiz.exports import Export

__all__ = ["add"]

_FORMATS: Final = ("anki", "moodle", "qti", "canvas", "csv", "pdf")


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``bonemets-teach export``.

    Parameters
    ----------
    kinds : subparsers
        Of ``bonemets-teach export``.
    """
    quiz = kinds.add_parser(
        "quiz",
        help="published questions for other programs or for paper",
        description="Write published questions in a format of other programs. What the format can't hold is listed, item by item.",
    )
    quiz.add_argument("--format", choices=_FORMATS, required=True, help="format of the file")
    what = quiz.add_mutually_exclusive_group(required=True)
    what.add_argument("--lesson", metavar="ID", help="questions of one lesson, for example bone-remodeling")
    what.add_argument("--all", action="store_true", help="questions of all lessons")
    quiz.add_argument("--out", type=Path, required=True, metavar="PATH", help="a new file")
    quiz.add_argument(
        "--with-key",
        action="store_true",
        help="csv and pdf: with right answers, feedback and explanations (the other formats always hold them)",
    )
    quiz.add_argument("--json", action="store_true", help="the report as JSON")
    quiz.set_defaults(run=_export_quiz)


def _export_quiz(options: argparse.Namespace) -> int:
    from bonemets_teach.quiz.bank import load_bank  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.quiz.catalog import load_catalog  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.quiz.exports import export_items  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.quiz.exports.selection import published_entries  # noqa: PLC0415 - other commands do not need it

    out: Path = options.out
    if out.exists():
        print(f"bonemets-teach: {out} exists; choose a new file", file=sys.stderr)
        return 2
    bank = load_bank()
    for problem in bank.problems:
        print(f"bonemets-teach: not read: {problem}", file=sys.stderr)
    entries = published_entries(bank, options.lesson)
    print(f"… working out the keys and pictures of {len(entries)} questions", file=sys.stderr)
    export = export_items(options.format, entries, load_catalog(), with_key=options.with_key)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(export.data)
    except OSError as error:
        print(
            f"bonemets-teach: {out} can't be written ({error.strerror}); choose another place",
            file=sys.stderr,
        )
        return 2
    print(json.dumps(export.as_json(), indent=2, ensure_ascii=False) if options.json else _words(export, out))
    return 0


def _words(export: Export, out: Path) -> str:
    """Return the report for people: what was written, then each thing that the file does not hold."""
    lines = [f"bonemets-teach: {len(export.written)} questions written to {out}"]
    if export.left_out:
        lines.append(f"Left out ({len(export.left_out)}):")
        lines += [f"  {loss.item}: {loss.reason}" for loss in export.left_out]
    parts = [loss for loss in export.losses if loss.what]
    if parts:
        lines.append(f"Not held by the format ({len(parts)}):")
        lines += [f"  {loss.item}: {loss.what} ({loss.reason})" for loss in parts]
    return "\n".join(lines)
