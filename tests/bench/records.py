"""How fast records are kept and read: a log alone, eight processes at once, a batch, a long history."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

from bonemets_teach.progress import Attempt, AttemptLog, open_log
from tests.bench.measurement import Measurement, timed_ms

__all__ = ["measure"]

_SECRET = "0123456789abcdef" * 2
_WRITERS = 8
_PER_SECOND = 2000
_WRITER = """
import sys, time
from pathlib import Path
from bonemets_teach.progress import Attempt, open_log
log = open_log(Path(sys.argv[1]))
learner = log.learner(sys.argv[2] * 32)
count = int(sys.argv[3])
attempts = [
    Attempt(learner_id=learner, lesson_id="x", item_id=f"item-{number % 50}", item_version=1, response="b", score=1,
            max_score=1, correct=True)
    for number in range(count)
]
print("ready", flush=True)
sys.stdin.readline()
start = time.monotonic()
saved = sum(log.record(attempt) for attempt in attempts)
print(start, time.monotonic(), saved, flush=True)
"""


def measure(*, quick: bool) -> list[Measurement]:
    """Time the log on a SQLite file.

    Parameters
    ----------
    quick : bool
        Few repetitions.

    Returns
    -------
    rows : list of Measurement
        Times [ms].
    """
    many, rounds, writes = (5, 1, 100) if quick else (201, 5, 1000)
    with tempfile.TemporaryDirectory(prefix="bench-records-") as folder:
        log = open_log(Path(folder))
        rows = [
            _one_record(log, Path(folder), many),
            _batch(log, 3 if quick else 21),
            _history(log, 3 if quick else 11),
        ]
        log.close()
    crowds = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="bench-records-") as folder:
            crowds.append(_crowd(Path(folder), writes))
    rows.append(
        Measurement(
            name=f"{_PER_SECOND:,} attempts from {_WRITERS} processes",
            unit="ms",
            samples=crowds,
            limit=1000.0,
            note=f"{_WRITERS * writes} single commits a round, scaled; none lost or doubled",
        )
    )
    return rows


def _attempt(learner_id: str, item: int = 0) -> Attempt:
    return Attempt(
        learner_id=learner_id, lesson_id="x", item_id=f"item-{item}", item_version=1, response="b", score=1, max_score=1,
        correct=True,
    )  # fmt: skip


def _one_record(log: AttemptLog, folder: Path, many: int) -> Measurement:
    learner_id = log.learner(_SECRET)
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = NORMAL")
    bare.execute("CREATE TABLE attempt (id TEXT PRIMARY KEY, response TEXT)")

    def plain() -> None:
        bare.execute("INSERT INTO attempt VALUES (?, ?)", (str(uuid.uuid4()), '"b"'))

    row = Measurement(
        name="one attempt kept",
        unit="ms",
        samples=timed_ms(lambda: log.record(_attempt(learner_id)), many),
        baseline=timed_ms(plain, many),
        limit=15.0,
        note="sqlite3 alone, two columns, no index",
    )
    bare.close()
    return row


def _batch(log: AttemptLog, many: int) -> Measurement:
    learner_id = log.learner(_SECRET)
    return Measurement(
        name="100 attempts kept in one batch",
        unit="ms",
        samples=timed_ms(lambda: log.record_many([_attempt(learner_id) for _ in range(100)]), many),
        baseline=timed_ms(lambda: [log.record(_attempt(learner_id)) for _ in range(100)], many),
        limit=50.0,
        note="one by one",
    )


def _history(log: AttemptLog, many: int) -> Measurement:
    learner_id = log.learner("f" * 32)
    log.record_many([_attempt(learner_id, number % 200) for number in range(2000)])
    return Measurement(
        name="2,000 attempts read and summed up",
        unit="ms",
        samples=timed_ms(lambda: log.lesson_summary(learner_id), many),
        limit=100.0,
    )


def _crowd(folder: Path, writes: int) -> float:
    """Return the time for 2,000 attempts [ms], by the writers' own clocks: from the first start to the last end."""
    command = [sys.executable, "-c", _WRITER, str(folder)]
    running = [
        subprocess.Popen(
            [*command, str(number), str(writes)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for number in range(_WRITERS)
    ]
    for writer in running:
        if writer.stdout is None or writer.stdout.readline() != "ready\n":
            raise RuntimeError("a writer did not start")
    for writer in running:
        if writer.stdin is not None:
            writer.stdin.write("go\n")
            writer.stdin.flush()
    told = [writer.communicate(timeout=300)[0].split() for writer in running]
    connection = sqlite3.connect(folder / "progress.db")
    kept, different = connection.execute(
        "SELECT count(*), count(DISTINCT attempt_id) FROM attempt"
    ).fetchone()
    connection.close()
    total = _WRITERS * writes
    if not kept == different == total == sum(int(saved) for _, _, saved in told):
        message = f"{total} attempts were written, {kept} are kept, {different} different ones"
        raise RuntimeError(message)
    seconds = max(float(end) for _, end, _ in told) - min(float(start) for start, _, _ in told)
    return 1000.0 * seconds * _PER_SECOND / total
