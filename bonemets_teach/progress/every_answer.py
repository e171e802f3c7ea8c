"""The answers of all learners, for statistics of questions: no learner can be told from what is given out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.log import AttemptLog

__all__ = ["EveryAnswer", "every_answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryAnswer:
    """One answer; ``learner`` is a number made for this reading and means nothing elsewhere.

    Parameters
    ----------
    learner : int
        From 0.
    lesson_id, item_id, item_version, response, score, max_score, correct, latency_ms, certainty
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


def _read(connection: Connection) -> list[EveryAnswer]:
    attempt = tables.attempt.c
    columns = (
        attempt.lesson_id, attempt.item_id, attempt.item_version, attempt.response, attempt.score, attempt.max_score,
        attempt.correct, attempt.latency_ms, attempt.certainty,
    )  # fmt: skip
    query = select(attempt.learner_id, *columns).order_by(attempt.answered_at, attempt.attempt_id)
    numbers: dict[str, int] = {}
    found = []
    for row in connection.execute(query).mappings():
        fields = dict(row)
        number = numbers.setdefault(fields.pop("learner_id"), len(numbers))
        found.append(EveryAnswer(learner=number, **fields))
    return found
