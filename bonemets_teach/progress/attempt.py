"""The two records of the log: an answer to an item, and something done in an explorer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bonemets_teach.errors import require_in_range
from bonemets_teach.progress.fields import (
    new_id,
    now,
    require_id,
    require_json,
    require_moment,
    require_sha256,
    require_truth,
    require_uuid,
    whole_number,
    whole_or_none,
)

__all__ = ["Attempt", "SceneEvent"]


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
    session_id : str or None
        UUID of the session in which it was answered, from `Session`.
    seq_no : int or None
        Place of the question within the session, from 1.
    cbm_mark : float or None
        Mark of certainty-based marking, -6 to 3, where the item asks for certainty.
    item_sha256 : str or None
        Hash of what was asked, from `AskedItem.sha256`.
    misconceptions : tuple of str or None
        Ids of the wrong ideas that the answer showed, as it was graded; None where nobody told.
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
    session_id: str | None = None
    seq_no: int | None = None
    cbm_mark: float | None = None
    item_sha256: str | None = None
    misconceptions: tuple[str, ...] | None = None
    answered_at: datetime = field(default_factory=now)
    attempt_id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        require_uuid("attempt_id", self.attempt_id)
        require_uuid("learner_id", self.learner_id)
        if self.session_id is not None:
            require_uuid("session_id", self.session_id)
        if self.item_sha256 is not None:
            require_sha256("item_sha256", self.item_sha256)
        for name in ("lesson_id", "item_id", "lang"):
            require_id(name, getattr(self, name))
        # Plain numbers only: a database driver does not know those of numpy.
        most = require_in_range("max_score", self.max_score, 0, 1_000)
        numbers: dict[str, float | None] = {
            "max_score": most,
            "score": require_in_range("score", self.score, -2 * most, most),
            "item_version": whole_number("item_version", self.item_version, 1, 1_000_000),
            "hints_used": whole_number("hints_used", self.hints_used, 0, 1_000),
            "latency_ms": whole_number("latency_ms", self.latency_ms, 0, 2_000_000_000),
            "certainty": whole_or_none("certainty", self.certainty, 1, 3),
            "seq_no": whole_or_none("seq_no", self.seq_no, 1, 10_000),
            "cbm_mark": None if self.cbm_mark is None else require_in_range("cbm_mark", self.cbm_mark, -6, 3),
        }
        for name, number in numbers.items():
            object.__setattr__(self, name, number)
        for name in ("option_order", "misconceptions"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, tuple(getattr(self, name)))
        require_truth("correct", self.correct)
        require_moment("answered_at", self.answered_at)
        for idea in self.misconceptions or ():
            require_id("misconceptions", idea)
        for name in ("response", "option_order", "scene_state", "misconceptions"):
            require_json(name, getattr(self, name))


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
    happened_at: datetime = field(default_factory=now)
    event_id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        require_uuid("event_id", self.event_id)
        require_uuid("learner_id", self.learner_id)
        for name in ("lesson_id", "scene_id", "task_id", "kind"):
            require_id(name, getattr(self, name))
        require_truth("correct", self.correct)
        require_moment("happened_at", self.happened_at)
        for name in ("prediction", "outcome", "scene_state"):
            require_json(name, getattr(self, name))
