"""Anki decks (.apkg): one note for each item, whose guid is the item's id, so that a later deck updates it."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import genanki  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.anki_card import BACK, CSS, FIELDS, FRONT, card_fields
from bonemets_teach.quiz.exports.question import Choices, Matching, Number, Order, Question, Words
from bonemets_teach.quiz.exports.report import Losses

__all__ = ["write_anki"]

_NO_SCORE: Final = (
    "a card is graded by its learner, so points, prices of hints and partial credit have no place"
)


def write_anki(questions: Sequence[Question], losses: Losses, *, saved_at: float | None = None) -> bytes:
    """Write questions as an Anki package, a deck for each lesson.

    Parameters
    ----------
    questions : sequence of Question
        What to write.
    losses : Losses
        Takes what a card can't hold.
    saved_at : float or None
        Time of the change [s since 1970]; now if not given. Anki updates a note if this is later than its own.

    Returns
    -------
    data : bytes
        A file ``.apkg``.
    """
    decks: dict[str, genanki.Deck] = {}
    for question in questions:
        losses.add(question.id, "scoring", _NO_SCORE)
        name = f"bonemets-teach::{question.lesson}"
        deck = decks.setdefault(name, genanki.Deck(_number(name), name))
        deck.add_note(_note(question))
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for picture in (picture for question in questions for picture in question.pictures):
            path = Path(folder) / picture.name
            path.write_bytes(picture.data)
            files.append(str(path))
        target = Path(folder) / "deck.apkg"
        package = genanki.Package(list(decks.values()), media_files=list(dict.fromkeys(files)))
        package.write_to_file(str(target), timestamp=time.time() if saved_at is None else saved_at)
        return target.read_bytes()


def _note(question: Question) -> genanki.Note:
    tags = [
        f"lesson::{question.lesson}",
        *(f"objective::{name}" for name in question.objectives),
        f"bloom::{question.bloom}",
        f"type::{question.type}",
        *question.tags,
    ]
    return genanki.Note(
        model=_model(_kind(question)), fields=card_fields(question), guid=question.id, tags=tags
    )


def _kind(question: Question) -> str:
    body = question.body
    if isinstance(body, Choices):
        return "several answers" if body.many else "one answer"
    return {Matching: "matching", Order: "sequence", Number: "number", Words: "words"}.get(
        type(body), "place in a picture"
    )


@cache
def _model(kind: str) -> genanki.Model:
    name = f"bonemets-teach: {kind}"
    templates = [{"name": "Question", "qfmt": FRONT, "afmt": BACK}]
    fields = [{"name": field} for field in FIELDS]
    return genanki.Model(_number(name), name, fields=fields, templates=templates, css=CSS)


def _number(name: str) -> int:
    # Anki knows decks and note types by a number; it must be the same in every export.
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:5], "big")
