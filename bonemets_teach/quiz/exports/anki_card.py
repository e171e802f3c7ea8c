"""Front and back of an Anki card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from bonemets_teach.quiz.exports.markup import image_html, question_html, sources_html
from bonemets_teach.quiz.exports.question import (
    Answer,
    Choices,
    Matching,
    Number,
    Order,
    Picture,
    Question,
    Spots,
    Words,
)
from bonemets_teach.quiz.exports.words import rich

__all__ = ["BACK", "CSS", "FIELDS", "FRONT", "card_fields"]

FIELDS: Final = ("Title", "Question", "Choices", "Hints", "Answer", "Explanation", "Sources", "Item")
# Anki would set anything like \(x\) as a formula; both names are read by the versions of MathJax it has had.
_PLAIN: Final = 'class="bm mathjax_ignore tex2jax_ignore"'
FRONT: Final = (
    f"<div {_PLAIN}>"
    "{{Question}}{{Choices}}{{#Hints}}<details><summary>Hints</summary>{{Hints}}</details>{{/Hints}}</div>"
)
BACK: Final = f"<div {_PLAIN}>" + "{{Question}}<hr id=answer>{{Answer}}{{Explanation}}{{Sources}}</div>"
CSS: Final = """
.card { font-family: system-ui, sans-serif; font-size: 18px; line-height: 1.45; text-align: left; max-width: 44em; margin: 0 auto; }
.bm img { max-width: 100%; height: auto; }
.bm small { color: #57606a; }
.nightMode .bm small { color: #adb5bd; }
.bm li { margin: 0.35em 0; }
"""


def card_fields(question: Question) -> list[str]:
    """Return the fields of a note.

    Parameters
    ----------
    question : Question
        The question.

    Returns
    -------
    fields : list of str
        HTML, in the order of `FIELDS`.
    """
    shown = "".join(image_html(each, _name) for each in question.pictures if not each.before)
    fields = (
        escape(question.title),
        question_html(question, _name),
        _choices(question),
        _list("ol", (rich(hint.text, inline=True) for hint in question.hints)),
        _answer(question),
        rich(question.explanation) + shown,
        sources_html(question),
        f"{question.id}, version {question.version}",
    )
    return [_inert(field) for field in fields]


def _name(picture: Picture) -> str:
    return picture.name


def _inert(field: str) -> str:
    # "[sound:x]" and "[latex]" are commands to Anki, also "{{c1::x}}" in some views.
    return field.replace("[", "&#91;").replace("{{", "&#123;&#123;")


def _list(kind: str, rows: Iterable[str]) -> str:
    found = "".join(f"<li>{row}</li>" for row in rows)
    return f"<{kind}>{found}</{kind}>" if found else ""


def _choices(question: Question) -> str:
    body = question.body
    if isinstance(body, Choices | Spots):
        return _list("ul", (rich(answer.text, inline=True) for answer in body.answers))
    if isinstance(body, Matching):
        cases = _list("ol", (rich(case.text, inline=True) for case in body.cases))
        return cases + _list("ul", (rich(answer.text, inline=True) for answer in body.answers))
    if isinstance(body, Order):
        mixed = sorted(body.steps, key=lambda step: step.id)
        ends = f"<p>From {escape(body.first)} to {escape(body.last)}.</p>"
        return ends + _list("ul", (rich(step.text, inline=True) for step in mixed))
    if isinstance(body, Words):
        return "<p>In a word or two.</p>"
    return f"<p>A number {escape(body.range)}</p>" if body.range else f"<p>A number {escape(body.unit)}</p>"


def _answer(question: Question) -> str:
    body = question.body
    if isinstance(body, Choices | Spots):
        return _list("ul", (_marked(answer) for answer in body.answers))
    if isinstance(body, Matching):
        names = {answer.id: rich(answer.text, inline=True) for answer in body.answers}
        return _list(
            "ol",
            (
                f"<strong>{names[case.right]}</strong>: {rich(case.text, inline=True)} {rich(case.feedback, inline=True)}"
                + _list(
                    "ul",
                    (f"Not {names[wrong]}: {rich(text, inline=True)}" for wrong, text in case.traps.items()),
                )
                for case in body.cases
            ),
        )
    if isinstance(body, Order):
        return _list(
            "ol",
            (
                f"<strong>{rich(step.text, inline=True)}</strong> {rich(step.feedback, inline=True)}"
                for step in body.steps
            ),
        )
    if isinstance(body, Words):
        return _words(body)
    return _number(body)


def _words(body: Words) -> str:
    right = f"<p>✓ <strong>{escape(', '.join(body.right.shown))}</strong><br/>{rich(body.right.feedback, inline=True)}</p>"
    errors = (
        f"✗ {escape(', '.join(error.shown))}: {rich(error.feedback, inline=True)}" for error in body.errors
    )
    other = f"<p>Anything else: {rich(body.wrong, inline=True)}</p>" if body.wrong else ""
    return right + _list("ul", errors) + other


def _marked(answer: Answer) -> str:
    mark, text = ("✓ Right", "strong") if answer.right else ("✗ Wrong", "span")
    words = rich(answer.text, inline=True)
    return f"{mark}: <{text}>{words}</{text}><br/>{rich(answer.feedback, inline=True)}"


def _number(body: Number) -> str:
    width = f" (accepted: within {body.tolerance:g})" if body.tolerance else ""
    errors = _list(
        "ul",
        (
            f"✗ {error.value:g} {escape(body.unit)}: {rich(error.feedback, inline=True)}"
            for error in body.errors
        ),
    )
    right = re.sub(r"\s+", " ", f"✓ <strong>{escape(body.shown)}</strong>{width}")
    other = f"<p>Any other number: {rich(body.wrong, inline=True)}</p>" if body.wrong else ""
    return f"<p>{right}<br/>{rich(body.right, inline=True)}</p>{errors}{other}"
