"""Moodle XML: one category, questions of Moodle's own types, pictures inside the file."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports import moodle_types
from bonemets_teach.quiz.exports.markup import after_html, question_html
from bonemets_teach.quiz.exports.moodle_types import sub, text_in
from bonemets_teach.quiz.exports.question import (
    Choices,
    Matching,
    Number,
    Order,
    Picture,
    Question,
    Words,
)
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import rich

__all__ = ["PENALTIES", "write_moodle"]

PENALTIES: Final = (0.0, 0.1, 0.2, 0.25, 0.3333333, 0.5, 1.0)
"""The prices of a further try that Moodle's form offers, as shares of the points."""


def write_moodle(questions: Sequence[Question], losses: Losses) -> bytes:
    """Write questions as Moodle XML.

    Parameters
    ----------
    questions : sequence of Question
        What to write.
    losses : Losses
        Takes what Moodle can't hold.

    Returns
    -------
    data : bytes
        UTF-8. Order questions need Moodle 4.4, or the plug-in "ordering" before that.
    """
    quiz = etree.Element("quiz")
    lessons = dict.fromkeys(question.lesson for question in questions)
    place = next(iter(lessons)) if len(lessons) == 1 else "all lessons"
    category = sub(sub(quiz, "question", type="category"), "category")
    sub(category, "text", f"$course$/top/bonemets-teach/{place}")
    for question in questions:
        _write_question(quiz, question, losses)
    data: bytes = etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _write_question(quiz: etree._Element, question: Question, losses: Losses) -> None:
    body = question.body
    kind, fill = "multichoice", moodle_types.add_spots
    if isinstance(body, Choices):
        fill = moodle_types.add_choices
    elif isinstance(body, Number):
        kind, fill = "numerical", moodle_types.add_number
    elif isinstance(body, Words):
        kind, fill = "shortanswer", moodle_types.add_words
    elif isinstance(body, Matching):
        kind, fill = "matching", moodle_types.add_matching
    elif isinstance(body, Order):
        kind, fill = "ordering", moodle_types.add_order
    node = sub(quiz, "question", type=kind)
    text_in(sub(node, "name"), question.title)
    before = [picture for picture in question.pictures if picture.before]
    after = [picture for picture in question.pictures if not picture.before]
    extra = moodle_types.extra_html(question)
    _html(node, "questiontext", question_html(question, _address) + extra.before, before)
    _html(node, "generalfeedback", extra.after + after_html(question, _address), after)
    sub(node, "defaultgrade", f"{question.points}")
    sub(node, "penalty", f"{_penalty(question, losses):g}")
    sub(node, "hidden", "0")
    sub(node, "idnumber", question.id)
    fill(node, question, losses)
    for hint in question.hints:
        _html(node, "hint", rich(hint.text), ())
    tags = sub(node, "tags")
    for tag in (question.lesson, *question.objectives, f"bloom-{question.bloom}", *question.tags):
        text_in(sub(tags, "tag"), tag)


def _address(picture: Picture) -> str:
    return f"@@PLUGINFILE@@/{picture.name}"


def _html(node: etree._Element, name: str, markup: str, pictures: Iterable[Picture]) -> None:
    place = sub(node, name, format="html")
    text_in(place, markup)
    for picture in pictures:
        content = base64.b64encode(picture.data).decode("ascii")
        sub(place, "file", content, name=picture.name, path="/", encoding="base64")


def _penalty(question: Question, losses: Losses) -> float:
    costs = [hint.cost for hint in question.hints]
    if not costs:
        return 0.0
    mean = sum(costs) / len(costs)
    nearest = min(PENALTIES, key=lambda penalty: abs(penalty - mean))
    if any(abs(cost - nearest) > 1e-6 for cost in costs):
        words = f"Moodle has one price for all hints out of a fixed list; {nearest:g} is the nearest"
        losses.add(question.id, "prices of the hints", words)
    return nearest
