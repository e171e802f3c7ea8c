"""The parts of a QTI 2.1 item that depend on its type."""

from __future__ import annotations

from html import escape

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.moodle_types import LETTER_BY_LETTER
from bonemets_teach.quiz.exports.qti_markup import QTI, add, add_inline, address, base, variable
from bonemets_teach.quiz.exports.qti_scoring import Parts, identifier
from bonemets_teach.quiz.exports.question import (
    Answer,
    Choices,
    Matching,
    Number,
    Order,
    Spelled,
    Spots,
    Words,
)
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import rich

__all__ = ["Parts", "fill_choices", "fill_matching", "fill_number", "fill_order", "fill_spots", "fill_words"]


def fill_choices(body: Choices, parts: Parts) -> None:
    """Write options; each has its feedback.

    Parameters
    ----------
    body : Choices
        What is asked.
    parts : Parts
        Takes the parts of the item.
    """
    right = [identifier(answer.id) for answer in body.answers if answer.right]
    points = parts.question.points
    declared = parts.respond("RESPONSE", "multiple" if body.many else "single", "identifier", right)
    if body.partial:
        mapping = add(declared, "mapping", lowerBound="0", upperBound=f"{points}", defaultValue="0")
        share = points / len(right)
        for answer in body.answers:
            value = share if answer.right else -share
            add(mapping, "mapEntry", mapKey=identifier(answer.id), mappedValue=f"{value:.12g}")
    most = 0 if body.many else 1
    asked = parts.interact("choiceInteraction", shuffle=_flag(body.shuffle), maxChoices=f"{most}")
    _add_answers(asked, "simpleChoice", body.answers)
    parts.score_mapped("RESPONSE") if body.partial else parts.score_right("RESPONSE")
    parts.feed_chosen("RESPONSE", body.answers)


def fill_matching(body: Matching, parts: Parts) -> None:
    """Write cases and their list of answers."""
    pairs = {case.id: f"case-{case.id} {identifier(case.right)}" for case in body.cases}
    points = parts.question.points
    declared = parts.respond("RESPONSE", "multiple", "directedPair", pairs.values())
    if body.partial:
        mapping = add(declared, "mapping", lowerBound="0", upperBound=f"{points}", defaultValue="0")
        for pair in pairs.values():
            add(mapping, "mapEntry", mapKey=pair, mappedValue=f"{points / len(pairs):.12g}")
    asked = parts.interact("matchInteraction", shuffle="true", maxAssociations=f"{len(body.cases)}")
    rows, columns = add(asked, "simpleMatchSet"), add(asked, "simpleMatchSet")
    for case in body.cases:
        add_inline(add(rows, "simpleAssociableChoice", identifier=f"case-{case.id}", matchMax="1"), case.text)
    for answer in body.answers:
        place = add(
            columns, "simpleAssociableChoice", identifier=identifier(answer.id), matchMax=f"{len(body.cases)}"
        )
        add_inline(place, answer.text)
    parts.score_mapped("RESPONSE") if body.partial else parts.score_right("RESPONSE")
    names = {answer.id: rich(answer.text, inline=True) for answer in body.answers}
    for case in body.cases:
        for wrong, text in case.traps.items():
            pair = f"case-{case.id} {identifier(wrong)}"
            parts.feed_pair(f"trap-{case.id}-{wrong}", pair, _paragraph(text))
        shown = f"{rich(case.text, inline=True)} <strong>{names[case.right]}</strong>: {rich(case.feedback, inline=True)}"
        parts.always(f"case-{case.id}", f"<p>{shown}</p>")


def fill_order(body: Order, parts: Parts, losses: Losses) -> None:
    """Write steps to be brought into order."""
    if body.partial:
        reason = "QTI 2.1 pays an order as a whole"
        losses.add(parts.question.id, "points for right neighbors", reason)
    parts.respond("RESPONSE", "ordered", "identifier", [identifier(step.id) for step in body.steps])
    asked = parts.interact("orderInteraction", f"From {body.first} to {body.last}.", shuffle="true")
    # Not in the right order, for players that do not shuffle.
    _add_answers(asked, "simpleChoice", tuple(sorted(body.steps, key=lambda step: step.id)))
    parts.score_right("RESPONSE")
    for step in body.steps:
        shown = f"<strong>{rich(step.text, inline=True)}</strong>: {rich(step.feedback, inline=True)}"
        parts.always(f"step-{step.id}", f"<p>{shown}</p>")


def fill_number(body: Number, parts: Parts) -> None:
    """Write a number with its tolerance; a common error has its own feedback."""
    parts.respond("RESPONSE", "single", "float", [f"{body.value:.12g}"])
    line = etree.Element(f"{{{QTI}}}p")
    strong = add(line, "strong")
    add_inline(strong, parts.question.lead_in)
    strong.tail = f" (a number {body.range}) " if body.range else " "
    box = add(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="10")
    box.tail = f" {body.unit}" if body.unit else None
    parts.interactions.append(line)
    condition = add(parts.processing, "responseCondition")
    branch = _near(condition, "responseIf", body.value, body.tolerance)
    parts.set_score(branch)
    if body.right:
        parts.feed(branch, "right", _paragraph(body.right))
    for number, error in enumerate(body.errors, start=1):
        wrong = _near(condition, "responseElseIf", error.value, error.tolerance)
        parts.feed(wrong, f"error-{number}", _paragraph(error.feedback))
    if body.wrong:
        parts.feed(add(condition, "responseElse"), "wrong", _paragraph(body.wrong))
    parts.always("answer", f"<p>Answer: <strong>{escape(body.shown)}</strong></p>")


def fill_words(body: Words, parts: Parts, losses: Losses) -> None:
    """Write a word or two; listed wrong words have their own feedback."""
    losses.add(parts.question.id, "spellings that are not listed", LETTER_BY_LETTER)
    parts.respond("RESPONSE", "single", "string", [body.right.spellings[0]])
    line = etree.Element(f"{{{QTI}}}p")
    strong = add(line, "strong")
    add_inline(strong, parts.question.lead_in)
    strong.tail = " "
    add(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="30")
    parts.interactions.append(line)
    condition = add(parts.processing, "responseCondition")
    branch = _is_one_of(condition, "responseIf", body.right)
    parts.set_score(branch)
    if body.right.feedback:
        parts.feed(branch, "right", _paragraph(body.right.feedback))
    for number, error in enumerate(body.errors, start=1):
        parts.feed(
            _is_one_of(condition, "responseElseIf", error), f"error-{number}", _paragraph(error.feedback)
        )
    if body.wrong:
        parts.feed(add(condition, "responseElse"), "wrong", _paragraph(body.wrong))
    parts.always("answer", f"<p>Answer: <strong>{escape(', '.join(body.right.shown))}</strong></p>")


def _is_one_of(condition: etree._Element, name: str, words: Spelled) -> etree._Element:
    branch = add(condition, name)
    either = add(branch, "or")
    for word in words.spellings:
        match = add(either, "stringMatch", caseSensitive="false")
        variable(match, ["RESPONSE"])
        base(match, "string", word)
    return branch


def fill_spots(body: Spots, parts: Parts, losses: Losses) -> None:
    """Write a picture to point at, and the labels as a list that counts if it is used."""
    if body.miss:
        losses.add(
            parts.question.id, "words for a point beside all places", "QTI takes no such point as an answer"
        )
    picture = next(picture for picture in parts.question.pictures if picture.before)
    right = [identifier(answer.id) for answer in body.answers if answer.right]
    parts.respond("RESPONSE", "single", "identifier", right)
    parts.respond("LIST", "single", "identifier", right)
    asked = parts.interact("hotspotInteraction", maxChoices="1")
    size = {"width": f"{picture.width}", "height": f"{picture.height}"}
    shown = add(asked, "object", type=picture.mime, data=address(picture), **size)
    shown.text = picture.alt
    for answer in body.answers:
        region = body.regions[answer.id]
        x, y = region.x * picture.width, region.y * picture.height
        across, down = region.half_width * picture.width, region.half_height * picture.height
        box = (x - across, y - down, x + across, y + down)
        numbers = box if region.shape == "box" else (x, y, across)
        shape = "rect" if region.shape == "box" else "circle"
        coords = ",".join(f"{max(0, round(number))}" for number in numbers)
        add(asked, "hotspotChoice", identifier=identifier(answer.id), shape=shape, coords=coords)
    words = "Or choose from this list; it counts if you use it. The picture: "
    listed = parts.interact(
        "choiceInteraction", words + picture.alt, name="LIST", shuffle="true", maxChoices="1"
    )
    _add_answers(listed, "simpleChoice", body.answers)
    condition = add(parts.processing, "responseCondition")
    unused = add(condition, "responseIf")
    variable(add(unused, "isNull"), ["LIST"])
    parts.score_right("RESPONSE", unused)
    parts.feed_chosen("RESPONSE", body.answers, unused)
    used = add(condition, "responseElse")
    parts.score_right("LIST", used)
    parts.feed_chosen("LIST", (), used)


def _near(condition: etree._Element, name: str, value: float, tolerance: float) -> etree._Element:
    branch = add(condition, name)
    # A hair more than the tolerance, since decimals have no exact binary form.
    width = f"{tolerance + 1e-9 * max(1.0, abs(value)):.12g}"
    equal = add(branch, "equal", toleranceMode="absolute", tolerance=f"{width} {width}")
    variable(equal, ["RESPONSE"])
    base(equal, "float", f"{value:.12g}")
    return branch


def _add_answers(asked: etree._Element, name: str, answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        add_inline(add(asked, name, identifier=identifier(answer.id)), answer.text)


def _paragraph(text: str) -> str:
    return f"<p>{rich(text, inline=True)}</p>"


def _flag(value: bool) -> str:  # noqa: FBT001 - a word for it
    return "true" if value else "false"
