"""A question as every export needs it: keys worked out, placeholders filled, sources in words, pictures drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bonemets_teach.quiz.solution import Region

__all__ = [
    "Answer", "Body", "Case", "Choices", "Hint", "Matching", "Number", "Order", "Picture", "Question", "Spelled", "Spots",
    "Words", "WrongNumber",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One option, step or place; texts are Markdown."""

    id: str
    text: str
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Options of which one or several are right; ``partial`` pays right minus wrong choices."""

    answers: tuple[Answer, ...]
    many: bool
    partial: bool
    shuffle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a matching question: the id of its answer, and words for wrong answers by their id."""

    id: str
    text: str
    right: str
    feedback: str
    traps: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Cases that share one list of answers; ``partial`` pays each case."""

    answers: tuple[Answer, ...]
    cases: tuple[Case, ...]
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Steps in their right order, and what the two ends mean; ``partial`` pays right neighbors."""

    steps: tuple[Answer, ...]
    first: str
    last: str
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongNumber:
    """A wrong number that tells what went wrong."""

    value: float
    tolerance: float
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with its tolerance in the same unit, the range that may be entered, in words, and feedback."""

    value: float
    tolerance: float
    unit: str
    range: str
    shown: str
    right: str
    wrong: str
    errors: tuple[WrongNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Places in the first picture, of which one is right; also a list of labels."""

    answers: tuple[Answer, ...]
    regions: Mapping[str, Region]
    miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """Words that count as one answer: all spellings in all languages for machines, those of one for readers."""

    spellings: tuple[str, ...]
    shown: tuple[str, ...]
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A word or two; ``errors`` are wrong words with feedback of their own, ``wrong`` is said to all others."""

    right: Spelled
    errors: tuple[Spelled, ...]
    wrong: str


Body = Choices | Matching | Order | Number | Spots | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A hint and the share of the points that it costs, 0 to 1."""

    text: str
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: a file name without folders, its type and bytes, words for it, and whether it belongs to the question."""

    name: str
    mime: str
    data: bytes = field(repr=False)
    width: int
    height: int
    alt: str
    credit: str
    before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item, ready to be written; texts are Markdown without characters that XML refuses.

    Parameters
    ----------
    id, version, type, lesson : str, int, str, str
        As in the bank.
    title, stem, lead_in, explanation : str
        Markdown; ``title`` is plain.
    points : int
        Full score.
    body : Body
        What is asked, with its key.
    hints, pictures : tuple
        In order.
    sources : tuple of (str, str)
        Citation and address, which may be "".
    objectives : mapping
        Id to text.
    bloom : str
        Level.
    tags : tuple of str
        Further tags.
    review : str
        Who wrote and who checked it.
    notes : tuple of str
        What was changed on the way, for the report.
    """

    id: str
    version: int
    type: str
    lesson: str
    title: str
    stem: str
    lead_in: str
    explanation: str
    points: int
    body: Body
    hints: tuple[Hint, ...] = ()
    pictures: tuple[Picture, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    objectives: Mapping[str, str] = field(default_factory=dict)
    bloom: str = ""
    tags: tuple[str, ...] = ()
    review: str = ""
    notes: tuple[str, ...] = ()
