"""CSV: one row for each option, case, step or number, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from bonemets_teach.quiz.exports.question import Choices, Matching, Number, Order, Question, Spots, Words
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import CREDIT, WARNING
from bonemets_teach.quiz.solution import format_number

__all__ = ["COLUMNS", "read_cell", "write_csv"]

COLUMNS: Final = (
    "lesson", "item", "version", "type", "title", "objectives", "bloom", "tags", "points", "stem", "lead_in", "picture",
    "row", "option", "text", "unit", "right", "tolerance", "feedback", "hints", "explanation", "sources", "review", "license",
)  # fmt: skip
_KEY: Final = ("right", "tolerance", "feedback", "explanation")
# A spreadsheet takes a cell that starts so as a formula; the apostrophe itself is doubled to be read back.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PICTURE_REASON: Final = "a table holds text only; the words for the picture are in it"

Row = dict[str, str]


def write_csv(questions: Sequence[Question], losses: Losses, *, with_key: bool) -> bytes:
    """Write questions as CSV.

    Parameters
    ----------
    questions : sequence of Question
        What to write.
    losses : Losses
        Takes what a table can't hold.
    with_key : bool
        Whether right answers, tolerances, feedback and explanations are written.

    Returns
    -------
    data : bytes
        UTF-8 with a byte-order mark; texts are Markdown.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for question in questions:
        if question.pictures:
            losses.add(question.id, "pictures", _PICTURE_REASON)
        if isinstance(question.body, Spots):
            losses.add(
                question.id,
                "places in the picture",
                "a table has no picture to point at; the labels are in it",
            )
        head = _head(question)
        for row in _rows(question):
            cells = head | row
            table.writerow(
                ["" if name in _KEY and not with_key else _cell(cells.get(name, "")) for name in COLUMNS]
            )
    return text.getvalue().encode("utf-8-sig")


def read_cell(cell: str) -> str:
    """Undo what keeps a spreadsheet from taking a cell as a formula.

    Parameters
    ----------
    cell : str
        As it stands in the file.

    Returns
    -------
    text : str
        As it stands in the bank.
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _head(question: Question) -> Row:
    return {
        "lesson": question.lesson,
        "item": question.id,
        "version": str(question.version),
        "type": question.type,
        "title": question.title,
        "objectives": " ".join(question.objectives),
        "bloom": question.bloom,
        "tags": " ".join(question.tags),
        "points": str(question.points),
        "stem": question.stem,
        "lead_in": question.lead_in,
        "picture": "\n".join(picture.alt for picture in question.pictures if picture.before),
        "hints": "\n".join(f"{hint.text} [{hint.cost:.0%}]" for hint in question.hints),
        "explanation": question.explanation,
        "sources": "\n".join(f"{text} {url}".strip() for text, url in question.sources),
        "review": question.review,
        "license": f"{CREDIT} {WARNING}",
    }


def _rows(question: Question) -> Iterator[Row]:
    body = question.body
    if isinstance(body, Choices | Spots):
        for answer in body.answers:
            right = "yes" if answer.right else "no"
            yield {
                "row": "option",
                "option": answer.id,
                "text": answer.text,
                "right": right,
                "feedback": answer.feedback,
            }
    elif isinstance(body, Matching):
        yield from _matching_rows(body)
    elif isinstance(body, Order):
        # Sorted by id, so that the rows do not give the order away.
        places = {step.id: str(place) for place, step in enumerate(body.steps, start=1)}
        for step in sorted(body.steps, key=lambda step: step.id):
            yield {
                "row": "step", "option": step.id, "text": step.text, "right": places[step.id], "feedback": step.feedback,
            }  # fmt: skip
    elif isinstance(body, Words):
        yield from _word_rows(body)
    else:
        yield from _number_rows(body)


def _matching_rows(body: Matching) -> Iterator[Row]:
    for answer in body.answers:
        yield {"row": "list", "option": answer.id, "text": answer.text}
    for case in body.cases:
        yield {
            "row": "case",
            "option": case.id,
            "text": case.text,
            "right": case.right,
            "feedback": case.feedback,
        }
        for wrong, feedback in case.traps.items():
            yield {"row": "trap", "option": case.id, "right": f"not {wrong}", "feedback": feedback}


def _word_rows(body: Words) -> Iterator[Row]:
    # The words themselves are the key, so they stand in its column.
    yield {"row": "words", "right": "\n".join(body.right.spellings), "feedback": body.right.feedback}
    for error in body.errors:
        yield {"row": "wrong words", "right": f"not {', '.join(error.spellings)}", "feedback": error.feedback}
    if body.wrong:
        yield {"row": "any other words", "feedback": body.wrong}


def _number_rows(body: Number) -> Iterator[Row]:
    yield {
        "row": "number", "text": body.range, "unit": body.unit, "right": format_number(body.value, 12),
        "tolerance": format_number(body.tolerance, 12), "feedback": body.right,
    }  # fmt: skip
    for error in body.errors:
        yield {
            "row": "wrong number", "unit": body.unit, "right": f"not {format_number(error.value, 12)}",
            "tolerance": format_number(error.tolerance, 12), "feedback": error.feedback,
        }  # fmt: skip
    if body.wrong:
        yield {"row": "any other number", "unit": body.unit, "feedback": body.wrong}
