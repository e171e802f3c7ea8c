"""Erasing a learner leaves nothing of them, and nothing of anybody else is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress import Attempt, AttemptLog, SceneEvent, open_log
from bonemets_teach.progress.identity import fingerprint

SECRET = "0123456789abcdef" * 2


def test_identity_attempts_and_events_are_gone(
    make_attempt: Callable[..., Attempt], make_event: Callable[..., SceneEvent], tmp_path: Path
) -> None:
    """After erasure no row and no byte of the answers is left in the folder."""
    log = open_log(tmp_path)
    learner_id = log.learner(SECRET)
    log.record(make_attempt(learner_id, response="a-very-private-answer"))
    log.record_event(make_event(learner_id, prediction="a-very-private-guess"))
    assert log.erase(learner_id) == 2
    assert log.attempts(learner_id) == []
    assert log.events(learner_id) == []
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"a-very-private" not in written
    assert fingerprint(SECRET).encode() not in written
    log.close()


def test_the_same_secret_is_a_new_empty_learner(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """After erasure the secret starts from nothing and can record again."""
    log.record(make_attempt(learner_id))
    log.erase(learner_id)
    again = log.learner(SECRET)
    assert again != learner_id
    assert log.attempts(again) == []
    assert log.record(make_attempt(again))


def test_others_keep_their_attempts(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Erasing one learner changes nothing for another."""
    other = log.learner("f" * 32)
    attempt = make_attempt(other)
    log.record(attempt)
    log.erase(learner_id)
    assert log.attempts(other) == [attempt]
    assert log.learner("f" * 32) == other


def test_a_page_left_open_can_not_write_to_an_erased_learner(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt], place: Any
) -> None:
    """A second log that still holds the old id is refused, says so, and goes on for others."""
    second = place.open()
    log.erase(learner_id)
    assert not second.record(make_attempt(learner_id))
    assert second.problem is not None
    assert "was deleted" in second.problem
    assert second.attempts(learner_id) == []
    assert second.record(make_attempt(second.learner("f" * 32)))
    assert second.problem is None


def test_the_permit_to_delete_does_not_outlive_the_erasure(
    place: Any, log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Afterwards deleting is refused as before."""
    other = log.learner("f" * 32)
    log.record(make_attempt(other))
    log.erase(learner_id)
    assert place.run("SELECT count(*) FROM erase_permit") == [(0,)]
    with pytest.raises(place.errors, match="append-only"):
        place.run("DELETE FROM attempt")


def test_erasure_that_can_not_be_done_is_not_claimed(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the database refuses, the learner is told that nothing was deleted."""
    log.record(make_attempt(learner_id))

    def refuse(*_: object) -> int:
        raise OSError("disk I/O error")

    monkeypatch.setattr("bonemets_teach.progress.store.DatabaseStore.erase", refuse)
    with pytest.raises(ProgressError, match="Nothing was deleted"):
        log.erase(learner_id)
    assert len(log.attempts(learner_id)) == 1
