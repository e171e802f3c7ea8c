"""Processes that share a folder lose and double nothing, even when they are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from bonemets_teach.progress import Attempt, AttemptLog, open_log

WRITER = """
import sys, uuid
from pathlib import Path
from bonemets_teach.progress import Attempt, open_log
log = open_log(Path(sys.argv[1]))
learner = log.learner(sys.argv[2])
for number in range(int(sys.argv[3])):
    name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{sys.argv[4]}-{number}"))
    saved = log.record(Attempt(attempt_id=name, learner_id=learner, lesson_id="x", item_id=f"item-{number}",
        item_version=1, response=number, score=1, max_score=1, correct=True))
    if not saved:
        sys.exit(log.problem)
    print(name, flush=True)
"""
SECRET = "0123456789abcdef" * 2


def start_writer(folder: Path, writes: int, name: str) -> subprocess.Popen[str]:
    """Start a process that records attempts and prints the id of each that was acknowledged."""
    command = [sys.executable, "-c", WRITER, str(folder), SECRET, str(writes), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kept_ids(folder: Path) -> list[str]:
    """Return the ids of all attempts that a fresh log finds."""
    log = open_log(folder)
    assert log.problem is None
    found = [attempt.attempt_id for attempt in log.attempts(log.learner(SECRET))]
    log.close()
    return found


def test_eight_processes_lose_and_double_nothing(tmp_path: Path) -> None:
    """Eight writers that start at once on a missing folder keep 100 attempts each for one learner."""
    folder = tmp_path / "new"
    # Two of the eight write the same attempts, as a retry from another window would.
    writers = [start_writer(folder, 100, str(number % 7)) for number in range(8)]
    outputs = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8, [errors for _, errors in outputs]
    printed = {name for output, _ in outputs for name in output.split()}
    found = kept_ids(folder)
    assert len(found) == 700
    assert set(found) == printed


def test_a_killed_process_loses_no_acknowledged_attempt(tmp_path: Path) -> None:
    """After kill -9 in the middle of writing, every printed id is found and the database is sound."""
    writer = start_writer(tmp_path, 1_000_000, "killed")
    assert writer.stdout is not None
    printed = [writer.stdout.readline().strip() for _ in range(50)]
    writer.send_signal(signal.SIGKILL)
    output, _ = writer.communicate(timeout=30)
    # The last line may be cut off by the kill.
    printed += [line for line in output.splitlines() if len(line) == 36]
    found = kept_ids(tmp_path)
    assert set(printed) <= set(found)
    assert len(found) - len(printed) <= 1


def test_two_logs_in_one_process_see_one_another(
    log: AttemptLog, learner_id: str, tmp_path: Path, make_attempt: Callable[..., Attempt]
) -> None:
    """What one server records, another on the same folder reads at once."""
    second = open_log(tmp_path)
    attempt = make_attempt(learner_id)
    second.record(attempt)
    assert log.attempts(learner_id) == [attempt]
    second.close()


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
