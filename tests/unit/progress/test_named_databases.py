"""A database may be named by a URL; whatever is wrong with it is told in words and without its password."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.cli import main
from bonemets_teach.errors import ProgressError
from bonemets_teach.progress import Attempt, open_log, resume_code
from bonemets_teach.progress.target import DATABASE_URL, Target, target_of

SECRET = "0123456789abcdef" * 2
PASSWORD = "hunter2"


@pytest.mark.parametrize("kind", ["postgresql+psycopg", "postgresql", "postgres"])
def test_a_postgresql_url_is_understood(kind: str) -> None:
    """Whatever the driver is called, the one that comes with the extra is used; words never tell the password."""
    target = target_of(f"{kind}://me:{PASSWORD}@db.example:5433/course")
    assert target.path is None
    assert "postgresql+psycopg" == target.url.drivername
    assert "the database course on db.example" == target.words


def test_a_sqlite_url_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is made where the URL says."""
    monkeypatch.setenv(DATABASE_URL, f"sqlite:///{tmp_path}/own.db")
    log = open_log()
    assert log.problem is None
    assert tmp_path / "own.db" == log.path
    log.close()
    assert Target.file(tmp_path / "own.db") == target_of(f"sqlite:///{tmp_path}/own.db")


@pytest.mark.parametrize(
    "text",
    [
        f"mysql://me:{PASSWORD}@x/y",
        PASSWORD,
        f"://{PASSWORD}",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://x:notaport/y",
    ],
)
def test_another_url_is_refused_in_words(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with a sentence that shows how to write one; a page says it in its banner."""
    monkeypatch.setenv(DATABASE_URL, "")
    assert 2 == main(["serve", "--database", text, "--port", "1"])
    told = capsys.readouterr().err
    assert "postgresql+psycopg://user@host/database" in told
    assert PASSWORD not in told
    log = open_log()
    assert log.problem is not None
    assert "database URL" in log.problem
    assert log.learner(SECRET)


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the extra."""
    monkeypatch.setattr(
        "bonemets_teach.progress.target.find_spec",
        lambda name: None if name == "psycopg" else importlib.util.find_spec(name),
    )
    with pytest.raises(ProgressError, match=r"bonemets-teach\[hub\]"):
        target_of("postgresql://x/y")


def test_a_server_that_is_away_does_not_stop_a_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_attempt: Callable[..., Attempt]
) -> None:
    """The banner says that it can't be reached; answers are kept in memory."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    monkeypatch.setenv(DATABASE_URL, f"postgresql://me:{PASSWORD}@/course?host={tmp_path}")
    log = open_log()
    assert log.problem is not None
    assert "can't be reached" in log.problem
    assert PASSWORD not in log.problem
    learner_id = log.learner(SECRET)
    attempt = make_attempt(learner_id)
    assert not log.record(attempt)
    assert [attempt] == log.attempts(learner_id)
    log.close()


def test_a_database_that_does_not_exist_is_told(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no passing trouble, and the sentence says what to correct."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    monkeypatch.setenv(DATABASE_URL, cluster.url("nowhere"))
    log = open_log()
    assert log.problem is not None
    assert "does not exist" in log.problem
    assert DATABASE_URL in log.problem


def test_lost_connections_are_made_anew(server_place: Any, make_attempt: Callable[..., Attempt]) -> None:
    """After the server has cut every connection, as at its restart, the next answer is saved."""
    log = server_place.open()
    learner_id = log.learner(SECRET)
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{server_place.database}'"  # noqa: S608 - ours
    server_place.cluster.run("postgres", cut)
    assert log.record(make_attempt(learner_id))
    assert log.problem is None


def test_a_row_that_is_locked_is_waited_for_and_then_told(
    server_place: Any, monkeypatch: pytest.MonkeyPatch, make_attempt: Callable[..., Attempt]
) -> None:
    """While another program locks the table, the answer waits in memory; afterwards it is saved."""
    import psycopg  # noqa: PLC0415 - only this test needs it

    monkeypatch.setattr("bonemets_teach.progress.engine._BUSY_TIMEOUT_MS", 50)
    log = server_place.open()
    learner_id = log.learner(SECRET)
    with psycopg.connect(
        host=server_place.cluster.folder, user="bonemets", dbname=server_place.database
    ) as other:
        other.execute("LOCK TABLE attempt IN ACCESS EXCLUSIVE MODE")
        attempt = make_attempt(learner_id)
        assert not log.record(attempt)
        assert log.problem is not None
        assert "locked" in log.problem
    log._next_try = 0.0
    assert log.record(make_attempt(learner_id))
    assert 2 == len(log.attempts(learner_id))


def test_nothing_is_claimed_erased_where_nothing_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the database away, one's own export and erasure end with its sentence."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    monkeypatch.setenv(DATABASE_URL, f"postgresql://me@/course?host={tmp_path}")
    for words in (["erase", resume_code(SECRET), "--yes"], ["export", resume_code(SECRET)]):
        assert 2 == main(["me", *words])
        assert "can't be reached" in capsys.readouterr().err


def test_serving_hands_the_database_to_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel inherits the variable that the option sets."""
    seen: list[str] = []
    monkeypatch.setenv(DATABASE_URL, "")
    monkeypatch.setattr(
        "bonemets_teach.server.serve.serve", lambda **_: seen.append(os.environ[DATABASE_URL]) or 0
    )
    assert 0 == main(["serve", "--database", "postgresql://x/y"])
    assert ["postgresql://x/y"] == seen
    child = subprocess.run(["sh", "-c", f"echo ${DATABASE_URL}"], capture_output=True, text=True, check=True)
    assert "postgresql://x/y" == child.stdout.strip()
