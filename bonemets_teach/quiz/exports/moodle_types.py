"""The parts of a Moodle question that depend on its type."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final, cast

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.question import (
    Answer,
    Choices,
    Matching,
    Number,
    Order,
    Question,
    Spots,
    Words,
)
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import line, rich, strip_tags

__all__ = [
    "FRACTIONS",
    "add_choices",
    "add_matching",
    "add_number",
    "add_order",
    "add_spots",
    "add_words",
    "extra_html",
    "sub",
    "text_in",
]

FRACTIONS: Final = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5",
)  # fmt: skip
"""The shares of the points [%] that Moodle takes; it refuses a file with any other."""
_EXACT: Final = 12
LETTER_BY_LETTER: Final = (
    "other programs compare letters; the course also takes other accents, hyphens and articles"
)
"""Why words lose something outside of the course."""


@dataclass(frozen=True, slots=True)
class _Extra:
    before: str = ""
    after: str = ""


def sub(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Add an element.

    Parameters
    ----------
    parent : Element
        Where to add it.
    name : str
        Its name.
    text : str, default ""
        Its text.
    **attributes : str
        Its attributes.

    Returns
    -------
    node : Element
        The new element.
    """
    node = etree.SubElement(parent, name, attributes)
    if text:
        node.text = text
    return node


def text_in(parent: etree._Element, text: str) -> None:
    """Put a text into an element the way Moodle wants it.

    Parameters
    ----------
    parent : Element
        The element.
    text : str
        Plain text or HTML.
    """
    sub(parent, "text", text)


def extra_html(question: Question) -> _Extra:
    """Return what stands in the question's text and general feedback because its type has no other place for it.

    Parameters
    ----------
    question : Question
        The question.

    Returns
    -------
    extra : object
        HTML ``before`` and ``after`` the answer.
    """
    body = question.body
    if isinstance(body, Order):
        steps = "".join(
            f"<li>{rich(step.text, inline=True)}: {rich(step.feedback, inline=True)}</li>"
            for step in body.steps
        )
        return _Extra(
            before=f"<p>From {escape(body.first)} to {escape(body.last)}.</p>", after=f"<ol>{steps}</ol>"
        )
    if isinstance(body, Matching):
        names = {answer.id: rich(answer.text, inline=True) for answer in body.answers}
        cases = "".join(
            f"<li>{rich(case.text, inline=True)} <strong>{names[case.right]}</strong>: {rich(case.feedback, inline=True)}"
            + "".join(
                f"<br/>Not {names[wrong]}: {rich(text, inline=True)}" for wrong, text in case.traps.items()
            )
            + "</li>"
            for case in body.cases
        )
        return _Extra(after=f"<ol>{cases}</ol>")
    if isinstance(body, Number) and body.range:
        return _Extra(before=f"<p>A number {escape(body.range)}</p>")
    return _Extra()


def add_choices(node: etree._Element, question: Question, losses: Losses) -> None:
    """Add options with their shares and feedback."""
    body = cast("Choices", question.body)
    _flags(node, single=not body.many, shuffle=body.shuffle)
    right = sum(answer.right for answer in body.answers)
    gain = _fraction(100 / right)
    if body.many and not body.partial:
        losses.add(
            question.id, "all points or none", "Moodle pays each option of a question with several answers"
        )
    for answer in body.answers:
        wrong = f"-{gain}" if body.many else "0"
        _add_answer(node, answer, gain if answer.right else wrong)


def add_spots(node: etree._Element, question: Question, losses: Losses) -> None:
    """Add the labels of the places as options."""
    body = cast("Spots", question.body)
    reason = "Moodle core has no question of one place; the labels are a list below the picture"
    losses.add(question.id, "pointing into the picture", reason)
    _flags(node, single=True, shuffle=True)
    for answer in body.answers:
        _add_answer(node, answer, "100" if answer.right else "0")


def add_matching(node: etree._Element, question: Question, losses: Losses) -> None:
    """Add cases, each with its answer, and the other answers of the list."""
    body = cast("Matching", question.body)
    reason = "Moodle has no feedback for one row; all of it stands in the feedback to the question"
    losses.add(question.id, "feedback of each case", reason)
    if not body.partial:
        losses.add(question.id, "all points or none", "Moodle pays each row of a matching question")
    sub(node, "shuffleanswers", "true")
    _combined(node)
    names = {answer.id: line(answer.text) for answer in body.answers}
    rows = [(rich(case.text, inline=True), names[case.right]) for case in body.cases]
    used = {case.right for case in body.cases}
    rows += [("", name) for key, name in names.items() if key not in used]
    for text, name in rows:
        row = sub(node, "subquestion", format="html")
        text_in(row, text)
        text_in(sub(row, "answer"), name)


def add_order(node: etree._Element, question: Question, losses: Losses) -> None:
    """Add steps in their right order."""
    body = cast("Order", question.body)
    losses.add(
        question.id,
        "feedback of each step",
        "Moodle has none; all of it stands in the feedback to the question",
    )
    sub(node, "layouttype", "VERTICAL")
    sub(node, "selecttype", "ALL")
    sub(node, "selectcount", "0")
    sub(node, "gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST" if body.partial else "ALL_OR_NOTHING")
    sub(node, "showgrading", "SHOW")
    sub(node, "numberingstyle", "none")
    _combined(node)
    for place, step in enumerate(body.steps, start=1):
        answer = sub(node, "answer", fraction=f"{place}.0000000", format="html")
        text_in(answer, rich(step.text, inline=True))


def add_number(node: etree._Element, question: Question, losses: Losses) -> None:  # noqa: ARG001 - the same for all types
    """Add the right number, the common errors, any other number, and the unit."""
    body = cast("Number", question.body)
    rows = [(body.value, body.tolerance, "100", body.right)]
    rows += [(error.value, error.tolerance, "0", error.feedback) for error in body.errors]
    for value, tolerance, fraction, feedback in rows:
        answer = sub(node, "answer", fraction=fraction, format="moodle_auto_format")
        text_in(answer, f"{value:.{_EXACT}g}")
        sub(answer, "tolerance", f"{tolerance:.{_EXACT}g}")
        _feedback(answer, feedback)
    if body.wrong:
        other = sub(node, "answer", fraction="0", format="moodle_auto_format")
        text_in(other, "*")
        sub(other, "tolerance", "0")
        _feedback(other, body.wrong)
    if body.unit:
        unit = sub(sub(node, "units"), "unit")
        sub(unit, "multiplier", "1")
        sub(unit, "unit_name", body.unit)
    # The unit may be written or left out and costs nothing.
    sub(node, "unitgradingtype", "0")
    sub(node, "unitpenalty", "0.1")
    sub(node, "showunits", "3")
    sub(node, "unitsleft", "0")


def add_words(node: etree._Element, question: Question, losses: Losses) -> None:
    """Add all spellings of the right words, of wrong words with feedback, and anything else."""
    body = cast("Words", question.body)
    losses.add(question.id, "spellings that are not listed", LETTER_BY_LETTER)
    sub(node, "usecase", "0")
    rows = [(word, "100", body.right.feedback) for word in body.right.spellings]
    rows += [(word, "0", error.feedback) for error in body.errors for word in error.spellings]
    # A star stands for anything in Moodle, so one that is meant is marked.
    rows = [
        (word.replace("\\", "\\\\").replace("*", "\\*"), fraction, feedback)
        for word, fraction, feedback in rows
    ]
    if body.wrong:
        rows.append(("*", "0", body.wrong))
    for word, fraction, feedback in rows:
        answer = sub(node, "answer", fraction=fraction, format="moodle_auto_format")
        text_in(answer, word)
        _feedback(answer, feedback)


def _fraction(percent: float) -> str:
    return min(FRACTIONS, key=lambda allowed: abs(float(allowed) - percent))


def _flags(node: etree._Element, *, single: bool, shuffle: bool) -> None:
    sub(node, "single", "true" if single else "false")
    sub(node, "shuffleanswers", "true" if shuffle else "false")
    sub(node, "answernumbering", "none")
    _combined(node)


def _combined(node: etree._Element) -> None:
    for name, words in (
        ("correct", "Right."),
        ("partiallycorrect", "Partly right."),
        ("incorrect", "Not right."),
    ):
        text_in(sub(node, f"{name}feedback", format="html"), words)


def _add_answer(node: etree._Element, answer: Answer, fraction: str) -> None:
    option = sub(node, "answer", fraction=fraction, format="html")
    # An option of marks alone would be an empty answer, which Moodle skips.
    markup = rich(answer.text, inline=True)
    text_in(option, markup if strip_tags(markup) else escape(answer.text))
    _feedback(option, answer.feedback)


def _feedback(node: etree._Element, text: str) -> None:
    text_in(sub(node, "feedback", format="html"), rich(text, inline=True))
