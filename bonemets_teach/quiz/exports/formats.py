"""The formats by name: one call writes questions in any of them and reports what it could not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.bank import Entry
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.exports.anki import write_anki
from bonemets_teach.quiz.exports.building import build_questions
from bonemets_teach.quiz.exports.canvas import write_canvas
from bonemets_teach.quiz.exports.csv_table import write_csv
from bonemets_teach.quiz.exports.moodle import write_moodle
from bonemets_teach.quiz.exports.pdf import write_pdf
from bonemets_teach.quiz.exports.qti import write_qti
from bonemets_teach.quiz.exports.question import Question
from bonemets_teach.quiz.exports.report import Export, Losses

__all__ = ["FORMATS", "Format", "export_items", "export_questions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: the end of its file names, what it is, and what writes it; ``has_key`` if it can leave the key out."""

    suffix: str
    words: str
    write: Callable[[Sequence[Question], Losses, bool], bytes]
    has_key: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "anki": Format(
        suffix=".apkg", words="Anki deck", write=lambda asked, losses, _: write_anki(asked, losses)
    ),
    "moodle": Format(
        suffix=".xml", words="Moodle XML", write=lambda asked, losses, _: write_moodle(asked, losses)
    ),
    "qti": Format(
        suffix=".zip", words="QTI 2.1 package", write=lambda asked, losses, _: write_qti(asked, losses)
    ),
    "canvas": Format(
        suffix=".zip", words="QTI 1.2 for Canvas", write=lambda asked, losses, _: write_canvas(asked, losses)
    ),
    "csv": Format(
        suffix=".csv",
        words="table",
        has_key=True,
        write=lambda asked, losses, key: write_csv(asked, losses, with_key=key),
    ),
    "pdf": Format(
        suffix=".pdf",
        words="printable exam",
        has_key=True,
        write=lambda asked, losses, key: write_pdf(asked, losses, with_key=key),
    ),
}
"""Formats by the name that the command takes."""


def export_items(name: str, entries: Sequence[Entry], catalog: Catalog, *, with_key: bool = False) -> Export:
    """Write items of the bank in a format.

    Parameters
    ----------
    name : str
        Name of the format, in `FORMATS`.
    entries : sequence of Entry
        Items with their lessons.
    catalog : Catalog
        Gives citations and texts of objectives.
    with_key : bool, default False
        Whether a format that can do without the key writes it.

    Returns
    -------
    export : Export
        The file, and what it does not hold.

    Raises
    ------
    ContentError
        If there is no such format, or none of the items can be written.
    """
    losses = Losses()
    return export_questions(name, build_questions(tuple(entries), catalog, losses), losses, with_key=with_key)


def export_questions(
    name: str, questions: Sequence[Question], losses: Losses, *, with_key: bool = False
) -> Export:
    """Write questions in a format; see `export_items`."""
    if name not in FORMATS:
        message = f"there is no format “{name[:40]}”; the formats are {', '.join(FORMATS)}"
        raise ContentError(message)
    if not questions:
        raise ContentError("none of these items can be exported; choose a lesson with published questions")
    data = FORMATS[name].write(questions, losses, with_key)
    gone = {loss.item for loss in losses.all() if not loss.what}
    written = tuple(question.id for question in questions if question.id not in gone)
    return Export(format=name, data=data, written=written, losses=losses.all())
