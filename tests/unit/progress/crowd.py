"""Forks writers that record at once, or are killed at random moments, and prints what was acknowledged.

``python crowd.py crowd WRITERS WRITES`` and ``python crowd.py kills MOMENTS SEED``; the place is named in the
environment. A process of its own, since a test process has threads, which a fork does not like.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
import uuid
from collections.abc import Callable

from bonemets_teach.progress import Attempt, open_log

SECRET = "0123456789abcdef" * 2
_LINE = 37


def attempt_id(name: str, number: int) -> str:
    """Return the id of one write."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{name}-{number}"))


def write(name: str, writes: int, out: int) -> None:
    """Record and print the id of each attempt that was acknowledged."""
    log = open_log()
    learner = log.learner(SECRET)
    for number in range(writes):
        attempt = Attempt(
            attempt_id=attempt_id(name, number), learner_id=learner, lesson_id="x", item_id=f"item-{number}",
            item_version=1, response=number, score=1, max_score=1, correct=True,
        )  # fmt: skip
        if not log.record(attempt):
            raise RuntimeError(log.problem)
        os.write(out, f"{attempt.attempt_id}\n".encode())


def fork(task: Callable[[int], None]) -> tuple[int, int]:
    """Start a task in a forked process; return its number and the end from which its words are read."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        task(writing)
        status = 0
    finally:
        os._exit(status)


def read_all(source: int) -> list[str]:
    """Return the whole lines of a pipe; the last one may be cut off by a kill."""
    content = b""
    while part := os.read(source, 65536):
        content += part
    os.close(source)
    return [line.decode().strip() for line in content.splitlines(keepends=True) if len(line) == _LINE]


def crowd(writers: int, writes: int) -> list[str]:
    """Let writers record at once; two of them write the same, as a retry from another window would."""
    running = [
        fork(lambda out, name=str(n % (writers - 1)): write(name, writes, out)) for n in range(writers)
    ]
    printed = [line for _, source in running for line in read_all(source)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in running]
    if any(codes):
        raise RuntimeError(codes)
    return printed


def kills(moments: int, seed: int) -> list[str]:
    """Kill one writer after another at random moments, the first ones while the database is being made."""
    chance, printed = random.Random(seed), []  # noqa: S311 - moments, not secrets
    for number in range(moments):
        child, source = fork(lambda out, name=f"killed-{number}": write(name, 1_000_000, out))
        if number >= moments // 4:
            select.select([source], [], [], 60)
        time.sleep(chance.uniform(0.0, 0.08))  # no event: that the moment is any moment is what is tested
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        printed += read_all(source)
    return printed


if __name__ == "__main__":
    action = {"crowd": crowd, "kills": kills}[sys.argv[1]]
    print(json.dumps(action(int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201 - its only output
