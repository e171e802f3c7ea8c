"""The quick way to the answers of a learner says the same as the slow one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bonemets_teach.progress import Attempt, AttemptLog, ReviewEvent, SceneEvent
from bonemets_teach.progress.answers import Answer, counted_answers, from_attempts

MakeAttempt = Callable[..., Attempt]
MakeEvent = Callable[..., SceneEvent]
NOW = datetime(2100, 1, 1, tzinfo=UTC)


def test_answers_are_the_attempts(log: AttemptLog, learner_id: str, make_attempt: MakeAttempt) -> None:
    """Field by field, with moments in UTC and responses as they were."""
    for correct, response in ((True, "b"), (False, ["a", "c"]), (None, {"row": 1.5})):
        log.record(make_attempt(learner_id, correct=correct, response=response, certainty=2, hints_used=1))
    log.record(make_attempt(log.learner("f" * 32)))

    assert sorted(log.answers(learner_id)) == sorted(from_attempts(log.attempts(learner_id)))
    assert all(one.answered_at.tzinfo is UTC for one in log.answers(learner_id))


def test_unsaved_attempts_are_answers_too(make_attempt: MakeAttempt) -> None:
    """Where nothing can be saved, the session's answers are there."""
    log = AttemptLog(None, "nothing is saved")
    learner_id = log.learner("0" * 32)
    log.record(make_attempt(learner_id))

    (found,) = counted_answers(log.answers(learner_id), NOW)
    assert isinstance(found, Answer)
    assert found.item_id == "bm.remodeling.coupling.01"


def test_the_revision_changes_with_every_record(
    log: AttemptLog, learner_id: str, make_attempt: MakeAttempt, make_event: MakeEvent
) -> None:
    """An attempt, an event and a review each change it; a repetition and another learner don't."""
    marks = [log.revision(learner_id)]
    attempt = make_attempt(learner_id)
    log.record(attempt)
    marks.append(log.revision(learner_id))
    log.record_event(make_event(learner_id))
    marks.append(log.revision(learner_id))
    log.add_review(ReviewEvent(learner_id=learner_id, item_id=attempt.item_id, rating=2))
    marks.append(log.revision(learner_id))

    assert len(set(marks)) == 4
    log.record(attempt)
    log.record(make_attempt(log.learner("f" * 32)))
    assert log.revision(learner_id) == marks[-1]
