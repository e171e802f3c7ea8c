"""The columns of every exported table and what each means."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ATTEMPT_COLUMNS", "CARD_COLUMNS", "COLUMNS", "EVENT_COLUMNS", "REVIEW_COLUMNS", "SESSION_COLUMNS"]

ATTEMPT_COLUMNS: Mapping[str, str] = {
    "attempt_id": "random id of this attempt",
    "learner_id": "random id of you; it is not your secret and can't be turned back into it",
    "lesson_id": "the lesson",
    "item_id": "the question",
    "item_version": "version of the question as you saw it",
    "lang": "language of the question",
    "answered_at": "when you answered, ISO 8601, UTC",
    "response": "what you answered, as JSON",
    "score": "points you got",
    "max_score": "points that were possible",
    "correct": "true, false, or empty where a question has no right answer",
    "certainty": "1 (guess) to 3 (sure) where the question asked for it, else empty",
    "cbm_mark": "mark that takes your certainty into account, where the question asked for it, else empty",
    "hints_used": "number of hints opened before the answer",
    "latency_ms": "time from first sight to answer, in milliseconds",
    "option_order": "ids of the options in the order in which you saw them, as JSON, or empty",
    "scene_state": "state of the simulator bound to the question, as JSON, or empty",
    "session_id": "random id of the session in which you answered, or empty",
    "seq_no": "place of the question within the session, from 1, or empty",
    "item_sha256": "hash of the question as you saw it, or empty",
    "misconceptions": "ids of the wrong ideas that your answer showed, as JSON, or empty",
}
"""Columns of attempts.csv and what each means."""

EVENT_COLUMNS: Mapping[str, str] = {
    "event_id": "random id of this event",
    "learner_id": "random id of you",
    "lesson_id": "the lesson",
    "scene_id": "the simulator",
    "task_id": "the task within it",
    "kind": "what it was, for example prediction or task_done",
    "happened_at": "when, ISO 8601, UTC",
    "prediction": "what you expected, as JSON, or empty",
    "outcome": "what the simulator gave, as JSON, or empty",
    "correct": "true, false, or empty where that has no meaning",
    "scene_state": "state of the simulator, as JSON, or empty",
}
"""Columns of events.csv and what each means."""

REVIEW_COLUMNS: Mapping[str, str] = {
    "review_id": "random id of this review",
    "learner_id": "random id of you",
    "item_id": "what was reviewed",
    "rating": "1 (again), 2 (hard), 3 (good) or 4 (easy)",
    "attempt_id": "the attempt that was rated, or empty",
    "duration_ms": "time that the answer took, in milliseconds, or empty",
    "reviewed_at": "when, ISO 8601, UTC",
}
"""Columns of reviews.csv and what each means."""

CARD_COLUMNS: Mapping[str, str] = {
    "learner_id": "random id of you",
    "item_id": "what is to be reviewed",
    "state": "state of the scheduler, as JSON",
    "due_at": "when it is due, ISO 8601, UTC",
}
"""Columns of cards.csv and what each means."""

SESSION_COLUMNS: Mapping[str, str] = {
    "session_id": "random id of this session",
    "learner_id": "random id of you",
    "lesson_id": "the lesson",
    "kind": "practice, spaced, exam, pretest or posttest",
    "started_at": "when it began, ISO 8601, UTC",
    "ended_at": "when it ended, ISO 8601, UTC, or empty; practice and reviews end with their last answer",
    "plan": "what was to be asked, as JSON, or empty",
    "result": "what came of it, as JSON, or empty",
}
"""Columns of sessions.csv and what each means."""

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "attempts": ATTEMPT_COLUMNS,
    "events": EVENT_COLUMNS,
    "reviews": REVIEW_COLUMNS,
    "cards": CARD_COLUMNS,
    "sessions": SESSION_COLUMNS,
}
"""Name of each table to its columns."""
