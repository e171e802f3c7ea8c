"""The log keeps what it is given, once, and gives it back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.progress import AskedItem, Attempt, AttemptLog, ReviewEvent, SceneEvent, open_log

MakeAttempt = Callable[..., Attempt]
SECRET = "0123456789abcdef" * 2


def test_an_attempt_comes_back_as_it_was(log: AttemptLog, learner_id: str, make_attempt: MakeAttempt) -> None:
    """Every field survives the database."""
    attempt = make_attempt(
        learner_id,
        response={"level": "T8", "values": [1, 2.5, None]},
        correct=None,
        score=-0.5,
        hints_used=2,
        latency_ms=4200,
        certainty=3,
        option_order=("c", "a", "b"),
        scene_state={"phenotype": 0.25},
        answered_at=datetime(2026, 3, 1, 12, 30, 0, 123456, tzinfo=UTC),
    )
    assert log.record(attempt)
    assert log.attempts(learner_id) == [attempt]


def test_times_are_kept_in_utc(log: AttemptLog, learner_id: str, make_attempt: MakeAttempt) -> None:
    """A moment in another time zone is the same moment, in UTC."""
    moment = datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=9)))
    log.record(make_attempt(learner_id, answered_at=moment))
    (kept,) = log.attempts(learner_id)
    assert kept.answered_at == moment
    assert kept.answered_at.utcoffset() == timedelta(0)


def test_the_same_id_counts_once(log: AttemptLog, learner_id: str, make_attempt: MakeAttempt) -> None:
    """A repeated record is acknowledged and changes nothing, whatever it says."""
    attempt = make_attempt(learner_id)
    assert log.record(attempt)
    assert log.record(replace(attempt, response="z"))
    assert log.attempts(learner_id) == [attempt]


def test_attempts_are_filtered_by_item_and_ordered_by_time(
    log: AttemptLog, learner_id: str, make_attempt: MakeAttempt
) -> None:
    """Only the wanted items come, oldest first, whatever the order of recording."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for item, minute in (("a", 3), ("b", 2), ("a", 1)):
        log.record(make_attempt(learner_id, item_id=item, answered_at=start + timedelta(minutes=minute)))
    found = log.attempts(learner_id, ["a"])
    assert [attempt.answered_at.minute for attempt in found] == [1, 3]
    assert log.attempts(learner_id, []) == []


def test_learners_do_not_see_one_another(log: AttemptLog, make_attempt: MakeAttempt) -> None:
    """Each secret has its own learner with its own attempts."""
    one, other = log.learner("1" * 32), log.learner("2" * 32)
    log.record(make_attempt(one))
    assert one != other
    assert log.attempts(other) == []


def test_a_learner_is_found_again_after_a_restart(place: Any, make_attempt: MakeAttempt) -> None:
    """A new log on the same database knows the learner and the attempts."""
    first = place.open()
    attempt = make_attempt(first.learner(SECRET))
    first.record(attempt)
    first.close()
    second = place.open()
    assert second.attempts(second.learner(SECRET.upper())) == [attempt]


def test_the_secret_is_nowhere_in_the_folder(tmp_path: Path) -> None:
    """Neither the secret's text nor its bytes are in any file."""
    log = open_log(tmp_path)
    log.learner(SECRET)
    log.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert SECRET.encode() not in written
    assert bytes.fromhex(SECRET) not in written


def test_events_come_back_and_are_filtered_by_scene(
    log: AttemptLog, learner_id: str, make_event: Callable[..., SceneEvent]
) -> None:
    """Predictions and tasks are kept like attempts."""
    event = make_event(learner_id, scene_state={"load": 1.2})
    assert log.record_event(event)
    assert log.record_event(event)
    log.record_event(make_event(learner_id, scene_id="vicious-cycle", prediction=None, outcome=None))
    assert log.events(learner_id, "remodeling-cycle") == [event]
    assert len(log.events(learner_id)) == 2


def test_the_log_is_append_only(
    place: Any,
    log: AttemptLog,
    learner_id: str,
    make_attempt: MakeAttempt,
    make_event: Callable[..., SceneEvent],
    make_review: Callable[..., ReviewEvent],
) -> None:
    """Another program that opens the database can neither change nor delete a record by accident."""
    asked = AskedItem(item_id="a", version=1, type="single_best", content={"stem": "?"})
    log.record(make_attempt(learner_id), asked)
    log.record_event(make_event(learner_id))
    log.add_review(make_review(learner_id))
    changes = ["UPDATE {} SET learner_id = learner_id", "DELETE FROM {}"]
    if place.kind == "postgresql":
        changes += ["TRUNCATE {} CASCADE"]
    for table in ("attempt", "event", "review_event", "item_version"):
        for change in changes:
            statement = change.format(table).replace(
                "learner_id", "type" if table == "item_version" else "learner_id"
            )
            with pytest.raises(place.errors, match="append-only"):
                place.run(statement)
        if place.kind == "sqlite":
            _replace(place, table)
        assert place.run(f"SELECT count(*) FROM {table}") == [(1,)]  # noqa: S608 - a name of ours


def _replace(place: Any, table: str) -> None:
    """Try to write over each row with another moment, as only SQLite lets an insert do."""
    columns = place.tables()[table]
    moment = "first_asked_at" if table == "item_version" else "received_at"
    chosen = ", ".join("'1999-01-01 00:00:00'" if name == moment else name for name in columns)
    place.run(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table}")  # noqa: S608
    assert place.run(f"SELECT count(*) FROM {table} WHERE {moment} LIKE '1999%'") == [(0,)]  # noqa: S608


def test_recording_takes_less_than_15_ms(log: AttemptLog, learner_id: str, make_attempt: MakeAttempt) -> None:
    """The fastest of 50 records is far below what a learner would notice; a busy machine slows the others."""
    took = []
    for _ in range(50):
        attempt = make_attempt(learner_id)
        start = time.perf_counter()
        log.record(attempt)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.015
