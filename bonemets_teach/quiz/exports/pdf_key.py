"""What the printed key says to each part of a question."""

from __future__ import annotations

from html import escape

from bonemets_teach.quiz.exports.pdf_text import spoken
from bonemets_teach.quiz.exports.question import Body, Choices, Matching, Number, Order, Spots, Words

__all__ = ["key_rows"]

Row = tuple[str, str, str]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def key_rows(body: Body) -> list[Row]:
    """Return the rows of the key.

    Parameters
    ----------
    body : Body
        What was asked.

    Returns
    -------
    rows : list of (str, str, str)
        Markup, style and bullet.
    """
    if isinstance(body, Choices | Spots):
        return _options(body)
    if isinstance(body, Matching):
        return _cases(body)
    if isinstance(body, Order):
        return [
            (f"<b>{spoken(step.text)}</b>  {spoken(step.feedback)}", "row", f"{place}.")
            for place, step in enumerate(body.steps, start=1)
        ]
    return _words(body) if isinstance(body, Words) else _number(body)


def _options(body: Choices | Spots) -> list[Row]:
    rows = []
    for letter, answer in zip(_LETTERS, body.answers, strict=False):
        text = (
            f"<b>{letter}  {spoken(answer.text)}</b>" if answer.right else f"{letter}  {spoken(answer.text)}"
        )
        rows.append((f"{text}<br/>{spoken(answer.feedback)}", "row", "✓" if answer.right else "✗"))
    return rows


def _cases(body: Matching) -> list[Row]:
    letters = dict(zip((answer.id for answer in body.answers), _LETTERS, strict=False))
    names = {answer.id: f"{letters[answer.id]} {spoken(answer.text)}" for answer in body.answers}
    rows = []
    for case in body.cases:
        text = f"<b>{names[case.right]}</b>: {spoken(case.text)}<br/>{spoken(case.feedback)}"
        rows.append((text, "row", "✓"))
        rows += [
            (f"Not {names[wrong]}: {spoken(words)}", "inner", "✗") for wrong, words in case.traps.items()
        ]
    return rows


def _words(body: Words) -> list[Row]:
    rows = [(f"<b>{_listed(body.right.shown)}</b><br/>{spoken(body.right.feedback)}", "row", "✓")]
    rows += [(f"{_listed(error.shown)}: {spoken(error.feedback)}", "row", "✗") for error in body.errors]
    if body.wrong:
        rows.append((f"Anything else: {spoken(body.wrong)}", "row", "✗"))
    return rows


def _listed(spellings: tuple[str, ...]) -> str:
    return escape(", ".join(spellings), quote=False)


def _number(body: Number) -> list[Row]:
    width = f" (accepted: within {body.tolerance:g})" if body.tolerance else ""
    rows = [(f"<b>{spoken(body.shown)}</b>{width}<br/>{spoken(body.right)}", "row", "✓")]
    rows += [
        (f"{error.value:g} {spoken(body.unit)}: {spoken(error.feedback)}", "row", "✗")
        for error in body.errors
    ]
    if body.wrong:
        rows.append((f"Any other number: {spoken(body.wrong)}", "row", "✗"))
    return rows
