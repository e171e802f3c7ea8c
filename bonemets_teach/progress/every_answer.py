"""The answers of all learners, for statistics of questions: no learner can be told from what is given out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.log import AttemptLog

__all__ = ["EveryAnswer", "LeftOpen", "every_answer", "left_open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryAnswer:
    """One answer; ``learner`` is a number made for this reading and means nothing elsewhere.

    Parameters
    ----------
    learner : int
        From 0.
    lesson_id, item_id, item_version, response, score, max_score, correct, latency_ms, certainty, lang
        As in `Attempt`.
    """

    learner: int
    lesson_id: str
    item_id: str
    item_version: int
    response: Any
    score: float
    max_score: float
    correct: bool | None
    latency_ms: int
    certainty: int | None
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """A question of an exam that one learner left without an answer: seen and omitted, or never reached."""

    learner: int
    item_id: str
    item_version: int
    reached: bool


def every_answer(log: AttemptLog) -> list[EveryAnswer]:
    """Return the saved answers of all learners.

    Parameters
    ----------
    log : AttemptLog
        The log.

    Returns
    -------
    answers : list of EveryAnswer
        Oldest first; empty if there is no database to read.
    """
    return log._read(lambda store: store.reading(_read), [])


def left_open(log: AttemptLog) -> list[LeftOpen]:
    """Return the questions that were left without an answer in exams that have ended.

    Parameters
    ----------
    log : AttemptLog
        The log.

    Returns
    -------
    open : list of LeftOpen
        Oldest exam first; empty if there is no database to read.
    """
    return log._read(lambda store: store.reading(lambda connection: list(_read_open(connection))), [])


def _read_open(connection: Connection) -> Iterator[LeftOpen]:
    session = tables.session.c
    query = (
        select(session.learner_id, session.plan, session.result)
        .where(session.kind == "exam", session.ended_at.is_not(None))
        .order_by(session.ended_at, session.session_id)
    )
    numbers: dict[str, int] = {}
    for learner_id, plan, result in connection.execute(query):
        learner = numbers.setdefault(learner_id, len(numbers))
        versions = dict(zip((plan or {}).get("items", ()), (plan or {}).get("versions", ()), strict=False))
        for kind, reached in (("omitted", True), ("not_reached", False)):
            for name in (result or {}).get(kind, ()):
                if name in versions:
                    yield LeftOpen(
                        learner=learner, item_id=name, item_version=versions[name], reached=reached
                    )


def _read(connection: Connection) -> list[EveryAnswer]:
    attempt = tables.attempt.c
    columns = (
        attempt.lesson_id, attempt.item_id, attempt.item_version, attempt.response, attempt.score, attempt.max_score,
        attempt.correct, attempt.latency_ms, attempt.certainty, attempt.lang,
    )  # fmt: skip
    query = select(attempt.learner_id, *columns).order_by(attempt.answered_at, attempt.attempt_id)
    numbers: dict[str, int] = {}
    found = []
    for row in connection.execute(query).mappings():
        fields = dict(row)
        number = numbers.setdefault(fields.pop("learner_id"), len(numbers))
        found.append(EveryAnswer(learner=number, **fields))
    return found
