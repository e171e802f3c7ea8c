"""Processes that share a folder lose and double nothing, even when they are killed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.progress import Attempt, AttemptLog, open_log

CROWD = Path(__file__).with_name("crowd.py")
SECRET = "0123456789abcdef" * 2


def acknowledged(place: Any, action: str, *numbers: int) -> list[str]:
    """Run processes on a place and return the ids of what they were told is saved."""
    command = [sys.executable, str(CROWD), action, *map(str, numbers)]
    environment = {**os.environ, **place.environment}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    printed: list[str] = json.loads(done.stdout)
    return printed


def kept_ids(place: Any) -> list[str]:
    """Return the ids of all attempts that a fresh log finds."""
    log = place.open()
    return [attempt.attempt_id for attempt in log.attempts(log.learner(SECRET))]


def test_eight_processes_lose_and_double_nothing(empty_place: Any) -> None:
    """Eight writers that start at once on nothing migrate it once and keep all attempts for one learner."""
    writes = 100 if empty_place.kind == "sqlite" else 40
    printed = acknowledged(empty_place, "crowd", 8, writes)
    found = kept_ids(empty_place)
    assert len(found) == 7 * writes
    assert set(found) == set(printed)
    assert len(printed) == 8 * writes


def test_eight_processes_upgrade_an_old_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers that all find a file of version 1 keep its attempts and add theirs."""
    connection = sqlite3.connect(tmp_path / "progress.db")
    connection.executescript(Path(__file__).with_name("version_1.sql").read_text("utf-8"))
    connection.close()
    monkeypatch.delenv("BONEMETS_DATABASE_URL", raising=False)
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    command = [sys.executable, str(CROWD), "crowd", "8", "20"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    log = open_log(tmp_path)
    assert 142 == len(log.attempts(log.learner(SECRET)))
    log.close()


def test_a_process_killed_at_any_moment_loses_no_acknowledged_attempt(empty_place: Any) -> None:
    """After each kill, also while the database is made, every printed id is found, and at most one more."""
    kills = 24 if empty_place.kind == "sqlite" else 12
    printed = acknowledged(empty_place, "kills", kills, 5)
    found = kept_ids(empty_place)
    assert len(printed) > 20
    assert len(found) == len(set(found))
    assert set(printed) <= set(found)
    assert len(found) - len(printed) <= kills
    if empty_place.kind == "sqlite":
        assert empty_place.run("PRAGMA integrity_check") == [("ok",)]


def test_two_logs_in_one_process_see_one_another(
    log: AttemptLog, learner_id: str, place: Any, make_attempt: Callable[..., Attempt]
) -> None:
    """What one server records, another on the same database reads at once."""
    second = place.open()
    attempt = make_attempt(learner_id)
    second.record(attempt)
    assert log.attempts(learner_id) == [attempt]


def test_threads_share_a_log(log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]) -> None:
    """Four threads record 25 attempts each through one log."""

    def write() -> None:
        for _ in range(25):
            assert log.record(make_attempt(learner_id))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(log.attempts(learner_id)) == 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_log_works_on_both_sides_of_a_fork(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Kernels are forked: parent and child each record with connections of their own."""
    mine, childs = make_attempt(learner_id), make_attempt(learner_id, attempt_id=str(uuid.uuid4()))
    child = os.fork()
    if child == 0:
        os._exit(0 if log.record(childs) and log.problem is None else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert log.record(mine)
    assert {attempt.attempt_id for attempt in log.attempts(learner_id)} == {
        mine.attempt_id,
        childs.attempt_id,
    }
