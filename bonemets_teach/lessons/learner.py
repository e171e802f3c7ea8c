"""Connects a lesson to the attempt log: who is learning, what was answered, what is saved."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from bonemets_teach.content.language import tr
from bonemets_teach.errors import BonemetsError
from bonemets_teach.lessons.sessions import keep_session
from bonemets_teach.progress import AskedItem, Attempt, AttemptLog, SceneEvent, open_log, resume_code

__all__ = ["Learner"]

_log: Final = logging.getLogger(__name__)
_RECORDED: Final = (
    "attempt_id", "item_id", "item_version", "response", "score", "max_score", "correct", "hints_used",
    "latency_ms", "option_order", "certainty", "cbm_mark", "session_id", "seq_no",
    "misconceptions", "lang",
)  # fmt: skip


class Learner:
    """The learner of one running lesson; unknown until the page has handed over the secret.

    Parameters
    ----------
    lesson_id : str
        The lesson.
    versions : mapping
        Item id to version, as asked in this lesson.
    asked : callable, optional
        Item id to the frozen copy that is kept beside the first answer.
    spares : collection of str
        Ids of items that only another try asks; they count once they are answered.
    """

    def __init__(
        self,
        lesson_id: str,
        versions: Mapping[str, int],
        asked: Callable[[str], AskedItem] | None = None,
        spares: Collection[str] = (),
    ) -> None:
        self._lesson_id = lesson_id
        self._versions = dict(versions)
        self._asked = asked
        self._spares = frozenset(spares)
        self._opened: AttemptLog | None = None
        self._learner_id: str | None = None

    @property
    def _store(self) -> AttemptLog:
        # Opened late, since a kernel is made before it is known who will use it.
        if self._opened is None:
            self._opened = open_log()
        return self._opened

    def greet(self, secret: str) -> dict[str, Any]:
        """Take the learner's secret and tell the state of the progress.

        Parameters
        ----------
        secret : str
            32 hexadecimal digits made by the learner's browser.

        Returns
        -------
        state : dict
            "text" for the line, "problem" in words or None, "code" to resume elsewhere or None.
        """
        try:
            self._learner_id = self._store.learner(secret)
        except BonemetsError as error:
            return {"text": "", "problem": str(error), "code": None}
        problem = self._store.problem
        summary = self._store.lesson_summary(self._learner_id).get(self._lesson_id)
        answered = summary.items_answered if summary else 0
        right = summary.items_correct if summary else 0
        words = (
            "{answered} of {total} questions answered, {right} right. Answers are kept until this page is closed; no name is asked for."
            if problem
            else "{answered} of {total} questions answered, {right} right. Answers are saved; no name is asked for."
        )
        text = tr(words, answered=answered, total=len(self._versions) - self._unasked(), right=right)
        problem = tr(problem) if problem else None
        return {"text": text, "problem": problem, "code": None if problem else resume_code(secret)}

    def _unasked(self) -> int:
        """Return how many of the spare questions have no answer."""
        if not self._spares or self._learner_id is None:
            return 0
        tried = self._store.attempts(self._learner_id, self._spares)
        return len(self._spares - {attempt.item_id for attempt in tried})

    def history(self, secret: str) -> list[dict[str, Any]]:
        """Return the latest answers of a learner to the items of this lesson.

        Parameters
        ----------
        secret : str
            As in `greet`.

        Returns
        -------
        answers : list of dict
            Oldest first; answers to an older version of an item are left out.
        """
        try:
            self._learner_id = self._store.learner(secret)
        except BonemetsError:
            return []
        attempts = self._store.attempts(self._learner_id, list(self._versions))
        current = (a for a in attempts if a.item_version == self._versions.get(a.item_id))
        return [
            {
                "attempt_id": attempt.attempt_id,
                "item_id": attempt.item_id,
                "response": attempt.response,
                "hints_used": attempt.hints_used,
                "certainty": attempt.certainty,
                "correct": attempt.correct,
            }
            for attempt in current
        ]

    def record_answer(self, answer: Mapping[str, Any]) -> bool:
        """Write one graded answer to the log.

        Parameters
        ----------
        answer : mapping
            Fields of `Attempt` but the lesson; "learner" is the secret from the page. What the log has no
            column for is left out.

        Returns
        -------
        saved : bool
            False if it is only kept in memory, or could not be written.
        """
        secret = answer.get("learner")
        if not isinstance(secret, str):
            return False
        try:
            self._learner_id = self._store.learner(secret)
            known = {name: answer[name] for name in _RECORDED if name in answer}
            order = known.pop("option_order", None)
            attempt = Attempt(
                learner_id=self._learner_id,
                lesson_id=self._lesson_id,
                option_order=None if order is None else tuple(order),
                **known,
            )
            asked = (
                self._asked(attempt.item_id) if self._asked and attempt.item_id in self._versions else None
            )
            return self._store.record(attempt, asked)
        except (BonemetsError, TypeError):
            _log.exception("an answer could not be recorded")
            return False

    def keep_session(self, told: Mapping[str, Any]) -> bool:
        """Write the start of a session to the log, or its end if there is a result.

        Parameters
        ----------
        told : mapping
            As `quiz.sitting.Sitting` tells it.

        Returns
        -------
        saved : bool
            False if it is only kept in memory, or could not be written.
        """
        try:
            return keep_session(self._store, self._lesson_id, told)
        except (BonemetsError, TypeError):
            _log.exception("a session could not be kept")
            return False

    def record_prediction(self, prediction: Mapping[str, Any]) -> None:
        """Write one prediction to the log, if it is known whose it is.

        Parameters
        ----------
        prediction : mapping
            "scene_id", "task_id", "prediction" and "correct".
        """
        if self._learner_id is None:
            return
        try:
            self._store.record_event(
                SceneEvent(
                    learner_id=self._learner_id, lesson_id=self._lesson_id, kind="prediction", **prediction
                )
            )
        except (BonemetsError, TypeError):
            _log.exception("a prediction could not be recorded")

    def record_reading(self, reading: Mapping[str, Any]) -> bool:
        """Write one reading of a patient to the log, if it is known whose it is.

        Parameters
        ----------
        reading : mapping
            "scene_id", "task_id", "prediction" (the marks) and "outcome" (how they were counted).

        Returns
        -------
        saved : bool
            False if it is only kept in memory, or could not be written.
        """
        if self._learner_id is None:
            return False
        try:
            event = SceneEvent(
                learner_id=self._learner_id, lesson_id=self._lesson_id, kind="reading", **reading
            )
            return self._store.record_event(event)
        except (BonemetsError, TypeError):
            _log.exception("a reading could not be recorded")
            return False

    def readings(self, secret: str, scene_id: str) -> list[dict[str, Any]]:
        """Return the earlier readings of a learner.

        Parameters
        ----------
        secret : str
            As in `greet`.
        scene_id : str
            Name under which they were recorded.

        Returns
        -------
        readings : list of dict
            "task_id", "prediction" and "outcome", oldest first.
        """
        try:
            self._learner_id = self._store.learner(secret)
        except BonemetsError:
            return []
        return [
            {"task_id": event.task_id, "prediction": event.prediction, "outcome": event.outcome}
            for event in self._store.events(self._learner_id, scene_id)
            if event.kind == "reading"
        ]
