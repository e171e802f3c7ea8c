"""A printable exam (PDF, A4), with the key on pages of its own if it is asked for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.platypus import Image, KeepTogether, PageBreak, SimpleDocTemplate  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.pdf_key import key_rows
from bonemets_teach.quiz.exports.pdf_page import INNER_WIDTH, MARGIN, NumberedPages, paragraph
from bonemets_teach.quiz.exports.pdf_text import (
    blocks,
    load_fonts,
    missing_signs,
    reads_right_to_left,
    spoken,
)
from bonemets_teach.quiz.exports.question import (
    Choices,
    Matching,
    Number,
    Order,
    Picture,
    Question,
    Spots,
    Words,
)
from bonemets_teach.quiz.exports.report import Losses

__all__ = ["write_pdf"]

_TALLEST: Final = 220.0
_DRAWABLE: Final = {"image/png", "image/jpeg", "image/webp"}
Flow = list[Any]


def write_pdf(questions: Sequence[Question], losses: Losses, *, with_key: bool) -> bytes:
    """Print questions.

    Parameters
    ----------
    questions : sequence of Question
        What to print.
    losses : Losses
        Takes what paper can't hold.
    with_key : bool
        Whether the key follows: right answers, feedback, explanations, sources.

    Returns
    -------
    data : bytes
        A PDF file that depends on nothing but the questions.
    """
    load_fonts()
    for question in questions:
        _note(question, losses)
    flow: Flow = [paragraph("Bone metastases: questions", "title")]
    flow.append(
        paragraph(f"{len(questions)} questions, {sum(each.points for each in questions)} points", "small")
    )
    for number, question in enumerate(questions, start=1):
        flow += _asked(number, question)
    if with_key:
        flow += [PageBreak(), paragraph("Key", "part")]
        for number, question in enumerate(questions, start=1):
            flow += _answered(number, question)
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title="Bone metastases: questions", author="bonemets-teach", lang="en-US", invariant=1,
    )  # fmt: skip
    document.build(flow, canvasmaker=NumberedPages)
    return target.getvalue()


def _note(question: Question, losses: Losses) -> None:
    if question.hints:
        losses.add(question.id, "hints", "on paper they could not be opened one by one")
    for picture in question.pictures:
        if picture.mime not in _DRAWABLE:
            losses.add(
                question.id, f"picture {picture.name}", "vector pictures are not printed; its words are"
            )
    texts = _texts(question)
    if signs := missing_signs(texts):
        losses.add(question.id, f"the signs {signs}", "the print font does not have them")
    if reads_right_to_left(texts):
        losses.add(
            question.id,
            "the direction of its text",
            "letters written from right to left are printed from left to right",
        )


def _texts(question: Question) -> list[str]:
    body = question.body
    found = [question.title, question.stem, question.lead_in, question.explanation]
    answers = (
        body.steps if isinstance(body, Order) else () if isinstance(body, Number | Words) else body.answers
    )
    found += [text for answer in answers for text in (answer.text, answer.feedback)]
    if isinstance(body, Matching):
        found += [text for case in body.cases for text in (case.text, case.feedback, *case.traps.values())]
    if isinstance(body, Words):
        found += [
            body.right.feedback,
            body.wrong,
            *body.right.spellings,
            *(error.feedback for error in body.errors),
        ]
    if isinstance(body, Number):
        found += [body.unit, body.right, body.wrong, *(error.feedback for error in body.errors)]
    return found


def _asked(number: int, question: Question) -> Flow:
    points = f"{question.points} point{'s' * (question.points != 1)}"
    head: Flow = [paragraph(f"{number}. {spoken(question.title)} <font size=7.5>({points})</font>", "head")]
    text = [
        paragraph(block.markup, "row" if block.bullet else "text", block.bullet)
        for block in blocks(question.stem)
    ]
    pictures = _pictures(picture for picture in question.pictures if picture.before)
    rows = [paragraph(spoken(question.lead_in), "ask"), *_rows(question)]
    return [KeepTogether([*head, *text, *pictures, *rows])]


def _rows(question: Question) -> Flow:
    body = question.body
    if isinstance(body, Choices | Spots):
        box = "☐" if isinstance(body, Choices) and body.many else "○"
        return [
            paragraph(f"{letter}  {spoken(answer.text)}", "row", box)
            for letter, answer in zip(_LETTERS, body.answers, strict=False)
        ]
    if isinstance(body, Matching):
        rows = [paragraph(spoken(case.text), "row", "__") for case in body.cases]
        return rows + [
            paragraph(spoken(answer.text), "inner", letter)
            for letter, answer in zip(_LETTERS, body.answers, strict=False)
        ]
    if isinstance(body, Order):
        rows = [
            paragraph(spoken(step.text), "row", "__") for step in sorted(body.steps, key=lambda step: step.id)
        ]
        return [
            paragraph(
                f"Number the steps: 1 is {spoken(body.first)}, {len(rows)} is {spoken(body.last)}.", "text"
            ),
            *rows,
        ]
    if isinstance(body, Words):
        return [paragraph("Answer: ______________________________", "text")]
    return [
        paragraph(
            f"Answer: ______________ {spoken(body.unit)}  <font size=7.5>{spoken(body.range)}</font>", "text"
        )
    ]


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _answered(number: int, question: Question) -> Flow:
    head = paragraph(f"{number}. {spoken(question.title)}", "head")
    rows = [paragraph(markup, style, bullet) for markup, style, bullet in key_rows(question.body)]
    explained = [
        paragraph(block.markup, "row" if block.bullet else "text", block.bullet)
        for block in blocks(question.explanation)
    ]
    pictures = _pictures(picture for picture in question.pictures if not picture.before)
    sources = [paragraph(spoken_plain(f"{text} {url}"), "small") for text, url in question.sources]
    about = f"{question.review} {question.id}, version {question.version}; {' '.join(question.objectives)}"
    return [
        KeepTogether([head, *rows[:1]]),
        *rows[1:],
        *explained,
        *pictures,
        *sources,
        paragraph(spoken_plain(about), "small"),
    ]


def spoken_plain(text: str) -> str:
    """Return words that are no Markdown in reportlab's markup.

    Parameters
    ----------
    text : str
        Plain text.

    Returns
    -------
    markup : str
        Escaped.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pictures(pictures: Iterable[Picture]) -> Flow:
    flow: Flow = []
    for picture in pictures:
        words = [paragraph(spoken_plain(picture.credit), "small")]
        if picture.mime not in _DRAWABLE:
            flow.append(paragraph(f"Picture: {spoken_plain(picture.alt)}", "text"))
            flow += words
            continue
        width, height = ImageReader(io.BytesIO(picture.data)).getSize()
        shrink = min(INNER_WIDTH / width, _TALLEST / height, 1.0)
        drawn = Image(io.BytesIO(picture.data), width * shrink, height * shrink, hAlign="LEFT")
        drawn.keepWithNext = True
        flow += [drawn, *words]
    return flow
