"""The two records of the log: an answer to an item, and something done in an explorer."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["Attempt", "SceneEvent"]

_LONGEST_ID = 200
_LONGEST_JSON = 100_000


def _new_id() -> str:
    return str(uuid.uuid4())


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One answer of one learner to one version of one item.

    Parameters
    ----------
    learner_id : str
        Random UUID of the learner, from `AttemptLog.learner`.
    lesson_id, item_id : str
        Where the item belongs and which it is.
    item_version : int
        Version of the item as it was asked, from 1.
    response : JSON value
        What was answered: an option id, a list of them, a number, a scene state.
    score, max_score : float
        Points got and points possible; ``0 <= max_score`` and ``-2 max_score <= score <= max_score``,
        because certainty-based marking takes points away.
    correct : bool or None
        Whether it counts as right; None where the item has no right answer.
    hints_used : int
        Number of hints opened before the answer.
    latency_ms : int
        Time from the first sight of the item to the answer, in ms.
    certainty : int or None
        1 (guess) to 3 (sure) where the item asks for it.
    option_order : tuple of str or None
        Option ids in the order in which they were shown.
    scene_state : mapping or None
        State of the simulator that the item was bound to.
    lang : str
        Language in which the item was shown.
    answered_at : datetime
        Moment of the answer, with a time zone; kept in UTC.
    attempt_id : str
        UUID made by whoever asks; a second record with the same id changes nothing.

    Raises
    ------
    ParameterError
        If a field is outside its range, has no time zone, is no UUID or can't be written as JSON.
    """

    learner_id: str
    lesson_id: str
    item_id: str
    item_version: int
    response: Any
    score: float
    max_score: float
    correct: bool | None
    hints_used: int = 0
    latency_ms: int = 0
    certainty: int | None = None
    option_order: tuple[str, ...] | None = None
    scene_state: Mapping[str, Any] | None = None
    lang: str = "en"
    answered_at: datetime = field(default_factory=_now)
    attempt_id: str = field(default_factory=_new_id)

    def __post_init__(self) -> None:
        _require_uuid("attempt_id", self.attempt_id)
        _require_uuid("learner_id", self.learner_id)
        for name in ("lesson_id", "item_id", "lang"):
            _require_id(name, getattr(self, name))
        # Plain numbers only: a database driver does not know those of numpy.
        most = require_in_range("max_score", self.max_score, 0, 1_000)
        numbers: dict[str, float | None] = {
            "max_score": most,
            "score": require_in_range("score", self.score, -2 * most, most),
            "item_version": _whole("item_version", self.item_version, 1, 1_000_000),
            "hints_used": _whole("hints_used", self.hints_used, 0, 1_000),
            "latency_ms": _whole("latency_ms", self.latency_ms, 0, 2_000_000_000),
            "certainty": None if self.certainty is None else _whole("certainty", self.certainty, 1, 3),
        }
        for name, number in numbers.items():
            object.__setattr__(self, name, number)
        if self.option_order is not None:
            object.__setattr__(self, "option_order", tuple(self.option_order))
        _require_truth("correct", self.correct)
        _require_moment("answered_at", self.answered_at)
        for name in ("response", "option_order", "scene_state"):
            _require_json(name, getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEvent:
    """One thing done in an explorer: a prediction entered, a task solved.

    Parameters
    ----------
    learner_id : str
        Random UUID of the learner.
    lesson_id, scene_id, task_id : str
        Where it happened.
    kind : str
        Short word such as ``"prediction"`` or ``"task_done"``.
    prediction, outcome : JSON value
        What was expected and what the model gave; None where there is none.
    correct : bool or None
        Whether the prediction or the task was right; None where that has no meaning.
    scene_state : mapping or None
        State of the simulator at that moment.
    happened_at : datetime
        Moment, with a time zone; kept in UTC.
    event_id : str
        UUID made by whoever records; a second record with the same id changes nothing.

    Raises
    ------
    ParameterError
        If a field is outside its range, has no time zone, is no UUID or can't be written as JSON.
    """

    learner_id: str
    lesson_id: str
    scene_id: str
    task_id: str
    kind: str = "prediction"
    prediction: Any = None
    outcome: Any = None
    correct: bool | None = None
    scene_state: Mapping[str, Any] | None = None
    happened_at: datetime = field(default_factory=_now)
    event_id: str = field(default_factory=_new_id)

    def __post_init__(self) -> None:
        _require_uuid("event_id", self.event_id)
        _require_uuid("learner_id", self.learner_id)
        for name in ("lesson_id", "scene_id", "task_id", "kind"):
            _require_id(name, getattr(self, name))
        _require_truth("correct", self.correct)
        _require_moment("happened_at", self.happened_at)
        for name in ("prediction", "outcome", "scene_state"):
            _require_json(name, getattr(self, name))


def _require_uuid(name: str, value: object) -> None:
    try:
        known = isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        known = False
    if not known:
        message = (
            f"{name} = {value!r} is not a UUID in lower case with hyphens; make one with str(uuid.uuid4())"
        )
        raise ParameterError(message)


def _require_id(name: str, value: object) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID or not _is_unicode(value):
        message = f"{name} = {value!r} is not a text of 1 to {_LONGEST_ID} characters; use the content's id"
        raise ParameterError(message)


def _whole(name: str, value: float, low: int, high: int) -> int:
    number = require_in_range(name, value, low, high)
    if not number.is_integer():
        message = f"{name} = {value} is not a whole number; give one from {low} to {high}"
        raise ParameterError(message)
    return int(number)


def _require_truth(name: str, value: object) -> None:
    if value is not None and not isinstance(value, bool):
        message = f"{name} = {value!r} is neither True, False nor None; convert it with bool()"
        raise ParameterError(message)


def _require_moment(name: str, value: object) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        message = f"{name} = {value!r} is not a moment with a time zone; use datetime.now(UTC)"
        raise ParameterError(message)


def _require_json(name: str, value: object) -> None:
    plain = dict(value) if isinstance(value, Mapping) else value
    try:
        text = json.dumps(plain, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"{name} can't be written as JSON ({error}); give plain numbers, texts, lists and dicts"
        raise ParameterError(message) from None
    if len(text) > _LONGEST_JSON or not _is_unicode(text):
        message = f"{name} has {len(text)} characters, more than {_LONGEST_JSON} or not Unicode; keep the answer only"
        raise ParameterError(message)


def _is_unicode(text: str) -> bool:
    """Return whether a text can be written to a file: half of a surrogate pair can't."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
