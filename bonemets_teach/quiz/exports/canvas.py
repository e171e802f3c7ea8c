"""Canvas: a QTI 1.2 package made by text2qti from text that it can read in one way only."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from text2qti.config import Config  # type: ignore[import-untyped]
from text2qti.err import Text2qtiError  # type: ignore[import-untyped]
from text2qti.qti import QTI  # type: ignore[import-untyped]
from text2qti.quiz import Quiz  # type: ignore[import-untyped]

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.exports.markup import after_html, question_html
from bonemets_teach.quiz.exports.moodle_types import LETTER_BY_LETTER
from bonemets_teach.quiz.exports.question import Answer, Choices, Number, Picture, Question, Spots, Words
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import CREDIT, WARNING, rich

__all__ = ["CANVAS_TYPES", "write_canvas"]

CANVAS_TYPES: Final = (Choices, Number, Spots, Words)
"""Bodies of questions that text2qti can write."""
_NO_TYPE: Final = "text2qti writes no matching and no order questions"
# text2qti writes four decimals and refuses numbers this close to zero.
_SMALLEST: Final = 1e-4
_COARSEST: Final = 5e-5


def write_canvas(questions: Sequence[Question], losses: Losses) -> bytes:
    """Write questions as a QTI 1.2 package for Canvas.

    Parameters
    ----------
    questions : sequence of Question
        What to write.
    losses : Losses
        Takes what text2qti or Canvas can't hold.

    Returns
    -------
    data : bytes
        A zip file.

    Raises
    ------
    ContentError
        If no question can be written, since Canvas takes no empty quiz.
    """
    with tempfile.TemporaryDirectory() as folder:
        seen: set[str] = set()
        blocks = [
            block for question in questions if (block := _checked(question, Path(folder), losses, seen))
        ]
        if not blocks:
            raise ContentError("none of these questions can be written for Canvas; choose another format")
        head = f"Quiz title: bonemets-teach\nQuiz description: {_raw(f'<p>{CREDIT} {WARNING}</p>')}\n"
        package = io.BytesIO()
        QTI(Quiz("\n".join([head, *blocks]), config=Config())).write(package)
        return package.getvalue()


def _checked(question: Question, folder: Path, losses: Losses, seen: set[str]) -> str:
    """Return the text of a question, or "" if it can't be written, noting what is missing."""
    reason = _refused(question)
    if not reason:
        block = _block(question, folder)
        try:
            found = Quiz(block, config=Config()).questions_and_delims[0].question_html_xml
            reason = "another question has the same words, and text2qti tells questions apart by them" * (
                found in seen
            )
            seen.add(found)
        except Text2qtiError as error:
            reason = f"text2qti refuses it: {str(error).splitlines()[-1]}"
    if reason:
        losses.add(question.id, "", reason)
        return ""
    _note(question, losses)
    return block


def _refused(question: Question) -> str:
    body = question.body
    if not isinstance(body, CANVAS_TYPES):
        return _NO_TYPE
    if isinstance(body, Number):
        ends = (body.value - body.tolerance, body.value + body.tolerance)
        if min(abs(end) for end in ends) < _SMALLEST:
            return f"text2qti takes no number whose range begins or ends within {_SMALLEST:g} of zero"
        if any(abs(round(end, 4) - end) > 1e-9 for end in ends) and body.tolerance < _COARSEST:
            return "text2qti writes four decimals, and the tolerance is finer than that"
    return ""


def _note(question: Question, losses: Losses) -> None:
    body = question.body
    if question.hints:
        losses.add(question.id, "hints", "Canvas has none")
    if question.tags or question.objectives:
        losses.add(question.id, "tags and objectives", "a QTI 1.2 package for Canvas has no place for them")
    if isinstance(body, Words):
        _note_words(question, body, losses)
    if isinstance(body, Spots):
        losses.add(
            question.id, "pointing into the picture", "text2qti writes no hotspot; the labels are a list"
        )
    if isinstance(body, Choices) and body.partial:
        losses.add(question.id, "partial credit", "text2qti pays a question with several answers as a whole")
    if isinstance(body, Number) and body.errors:
        losses.add(
            question.id, "feedback to common errors", "text2qti has feedback for right and wrong numbers only"
        )


def _note_words(question: Question, body: Words, losses: Losses) -> None:
    losses.add(question.id, "spellings that are not listed", LETTER_BY_LETTER)
    if body.errors:
        losses.add(
            question.id, "feedback to common errors", "text2qti has feedback for right and wrong words only"
        )


def _block(question: Question, folder: Path) -> str:
    body = question.body

    def source(picture: Picture) -> str:
        path = folder / picture.name
        path.write_bytes(picture.data)
        return str(path)

    text = question_html(question, source)
    if isinstance(body, Number):
        text += f"<p>{rich(f'A number {body.range or body.unit}', inline=True)}</p>"
    lines = [
        f"Title: {_title(question.title)}",
        f"Points: {question.points}",
        _part("1. ", text),
        _part("... ", after_html(question, source)),
    ]
    if isinstance(body, Number):
        ends = f"[{body.value - body.tolerance:.9f}, {body.value + body.tolerance:.9f}]"
        lines += [*_verdicts(body.right, body.wrong), f"=   {ends}"]
    elif isinstance(body, Words):
        lines += _verdicts(body.right.feedback, body.wrong)
        lines += [f"*   {word}" for word in body.right.spellings]
    elif isinstance(body, Choices | Spots):
        many = isinstance(body, Choices) and body.many
        for place, answer in enumerate(body.answers):
            lines += _option(answer, place, many=many)
    return "\n".join(lines) + "\n"


def _verdicts(right: str, wrong: str) -> list[str]:
    said = (("+ ", rich(right)), ("- ", rich(wrong)))
    return [_part(mark, feedback) for mark, feedback in said if feedback]


def _option(answer: Answer, place: int, *, many: bool) -> list[str]:
    letter = chr(ord("a") + place)
    mark = ("[*]" if answer.right else "[ ]") if many else f"{'*' if answer.right else ''}{letter})"
    lines = [_part(f"{mark} ", f"<p>{rich(answer.text, inline=True)}</p>")]
    if feedback := rich(answer.feedback, inline=True):
        lines.append(_part("... ", f"<p>{feedback}</p>"))
    return lines


def _part(mark: str, markup: str) -> str:
    """Return a part of a question: its mark, then its paragraphs, which text2qti wants indented by the mark's width."""
    return mark + _raw(markup).replace("\n\n", f"\n\n{' ' * len(mark)}")


def _title(title: str) -> str:
    return " ".join(title.split()) or "Question"


def _raw(markup: str) -> str:
    """Return HTML as lines that the Markdown of text2qti leaves alone, each picture a paragraph of its own."""
    parser = _Encoder()
    parser.feed(markup)
    parser.close()
    return "".join(parser.parts).replace("<p></p>", "").replace("<p><br>", "<p>").strip()


class _Encoder(HTMLParser):
    """Writes text as character references and pictures as Markdown, which text2qti needs to pack them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            found = dict(attrs)
            self.parts.append(f"</p>\n\n![{_coded(found.get('alt') or '')}]({found.get('src')})\n\n<p>")
            return
        inside = "".join(f' {name}="{_coded(value or "")}"' for name, value in attrs)
        self.parts.append(f"<{tag}{inside}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(_coded(data))


def _coded(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9 ]|^ | $", lambda found: f"&#{ord(found[0])};", text)
