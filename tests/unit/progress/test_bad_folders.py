"""Whatever the folder is like, the log opens, says what is wrong, and the lesson works."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bonemets_teach.progress import Attempt, AttemptLog, open_log
from bonemets_teach.progress.store import DatabaseStore

MakeAttempt = Callable[..., Attempt]
SECRET = "0123456789abcdef" * 2


@pytest.fixture
def log(tmp_path: Path) -> Iterator[AttemptLog]:
    """Return a log that saves into a file, which is what these tests are about."""
    opened = open_log(tmp_path)
    assert opened.problem is None
    yield opened
    opened.close()


def require_lesson_works(log: AttemptLog, make_attempt: MakeAttempt) -> None:
    """Answer, look back, summarize, export, erase: all in memory."""
    learner_id = log.learner(SECRET)
    attempt = make_attempt(learner_id)
    assert not log.record(attempt)
    assert not log.record(attempt)
    assert log.learner(SECRET) == learner_id
    assert log.attempts(learner_id) == [attempt]
    assert log.lesson_summary(learner_id)["bone-remodeling"].items_correct == 1
    assert log.export(learner_id)
    assert log.erase(learner_id) == 1
    assert log.attempts(learner_id) == []
    log.close()


def test_a_file_in_place_of_the_folder(tmp_path: Path, make_attempt: MakeAttempt) -> None:
    """A file where the folder should be is left alone and named."""
    place = tmp_path / "file"
    place.write_text("mine")
    log = open_log(place)
    assert log.problem is not None
    assert str(place) in log.problem
    assert "BONEMETS_DATA" in log.problem
    require_lesson_works(log, make_attempt)
    assert place.read_text() == "mine"


@pytest.mark.parametrize("folder", ["nul\0byte", "x" * 5000, "~nobody-here/x"])
def test_an_impossible_name(
    folder: str, make_attempt: MakeAttempt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A name that no system takes gives a sentence, not an exception."""
    monkeypatch.chdir(tmp_path)
    if "\0" in folder:
        log = open_log(Path(folder))
    else:
        monkeypatch.setenv("BONEMETS_DATA", folder)
        log = open_log()
    assert log.problem is not None
    require_lesson_works(log, make_attempt)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_without_write_permission(tmp_path: Path, make_attempt: MakeAttempt) -> None:
    """A read-only folder gives a sentence."""
    tmp_path.chmod(0o500)
    log = open_log(tmp_path)
    assert log.problem is not None
    require_lesson_works(log, make_attempt)
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("attempt to write a readonly database", "may not be written"),
        ("unable to open database file", "can't be opened"),
        ("something new", "something new"),
    ],
)
def test_what_sqlite_says_is_put_into_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_attempt: MakeAttempt, said: str, words: str
) -> None:
    """Refusals that can't be made here for real are told in words too."""

    def refuse(_: object) -> None:
        raise OperationalError("", {}, sqlite3.OperationalError(said))

    monkeypatch.setattr(DatabaseStore, "prepare", refuse)
    log = open_log(tmp_path)
    assert log.problem is not None
    assert words in log.problem
    require_lesson_works(log, make_attempt)


@pytest.mark.parametrize("content", [b"not a database, but a letter" * 40, b"SQLite format 3\0" * 300])
def test_a_damaged_file_is_left_as_it_is(tmp_path: Path, make_attempt: MakeAttempt, content: bytes) -> None:
    """A file that is no database is reported and not one byte of it is changed."""
    path = tmp_path / "progress.db"
    path.write_bytes(content)
    log = open_log(tmp_path)
    assert log.problem is not None
    assert "damaged" in log.problem
    require_lesson_works(log, make_attempt)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path, make_attempt: MakeAttempt) -> None:
    """A sound database with foreign tables gets none of ours."""
    connection = sqlite3.connect(tmp_path / "progress.db")
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    log = open_log(tmp_path)
    assert log.problem is not None
    assert "another program" in log.problem
    require_lesson_works(log, make_attempt)
    connection = sqlite3.connect(tmp_path / "progress.db")
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    connection.close()


def test_a_newer_schema_is_left_as_it_is(tmp_path: Path, make_attempt: MakeAttempt) -> None:
    """A database written by a later version is not touched."""
    open_log(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "progress.db")
    connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    log = open_log(tmp_path)
    assert log.problem is not None
    assert "schema version 99" in log.problem
    require_lesson_works(log, make_attempt)


def test_a_table_lost_while_the_lesson_is_open(
    log: AttemptLog, learner_id: str, make_attempt: MakeAttempt
) -> None:
    """Damage that comes later is reported at the next answer, which is kept for the session."""
    assert log.path is not None
    connection = sqlite3.connect(log.path)
    connection.execute("DROP TABLE attempt")
    connection.close()
    attempt = make_attempt(learner_id)
    assert not log.record(attempt)
    assert log.problem is not None
    assert log.attempts(learner_id) == [attempt]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a mounted disk of 1 MB, if this machine lets one mount."""
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    try:
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("can't mount a small disk here")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_disk_that_becomes_read_only(small_disk: Path, make_attempt: MakeAttempt) -> None:
    """A read-only disk, new or with a database on it, gives a sentence and changes nothing."""
    open_log(small_disk / "used").close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for folder in ("used", "new"):
        log = open_log(small_disk / folder)
        assert log.problem is not None
        assert "BONEMETS_DATA" in log.problem
        require_lesson_works(log, make_attempt)


def test_a_disk_that_is_full_from_the_start(small_disk: Path, make_attempt: MakeAttempt) -> None:
    """A full disk gives a sentence; answers are saved once there is room."""
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 1016 * 1024)
    log = open_log(small_disk)
    assert log.problem is not None
    assert "disk" in log.problem
    learner_id = log.learner(SECRET)
    assert not log.record(make_attempt(learner_id))
    assert len(log.attempts(learner_id)) == 1
    filler.unlink()
    log._next_try = 0.0
    assert log.record(make_attempt(learner_id))
    assert log.problem is None
    log.close()
    again = open_log(small_disk)
    assert len(again.attempts(again.learner(SECRET))) == 2
    again.close()


def test_an_empty_database_left_by_a_full_disk(small_disk: Path, make_attempt: MakeAttempt) -> None:
    """Who comes after the first one reads of the full disk, not of a table that could not be made."""
    (small_disk / "filler").write_bytes(b"x" * 1024 * 1024)
    for _ in range(2):
        log = open_log(small_disk)
        learner_id = log.learner(SECRET)
        assert not log.record(make_attempt(learner_id))
        assert len(log.attempts(learner_id)) == 1
        assert log.problem is not None
        assert "the disk is full" in log.problem
        log.close()
    (small_disk / "filler").unlink()
    log = open_log(small_disk)
    assert log.record(make_attempt(log.learner(SECRET)))
    assert log.problem is None
    log.close()


@pytest.mark.parametrize("is_new", [True, False])
def test_a_database_that_is_locked_for_a_while(
    tmp_path: Path, make_attempt: MakeAttempt, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    """While another program holds the lock, answers wait in memory; then all of them are saved."""
    monkeypatch.setattr("bonemets_teach.progress.engine._BUSY_TIMEOUT_MS", 20)
    if not is_new:
        open_log(tmp_path).close()
    other = sqlite3.connect(tmp_path / "progress.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    log = open_log(tmp_path)
    assert log.problem is not None
    assert "locked" in log.problem
    learner_id = log.learner(SECRET)
    assert not log.record(make_attempt(learner_id))
    other.execute("ROLLBACK")
    other.close()
    log._next_try = 0.0
    assert log.record(make_attempt(learner_id))
    assert log.problem is None
    assert len(log.attempts(learner_id)) == 2
    log.close()


def test_a_disk_that_fills_up(log: AttemptLog, learner_id: str, make_attempt: MakeAttempt) -> None:
    """Answers given while the disk is full are kept, and saved in order when there is room again."""
    pages = {"most": 0}

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages['most']}")

    assert log._saved is not None
    first = make_attempt(learner_id)
    assert log.record(first)
    engine = log._saved._current_engine()
    event.listen(engine, "checkout", limit)
    pages["most"] = 1
    big = [make_attempt(learner_id, response="x" * 50_000) for _ in range(3)]
    assert [log.record(attempt) for attempt in big] == [False, False, False]
    assert log.problem is not None
    assert "disk is full" in log.problem
    assert log.attempts(learner_id) == [first, *big]
    assert log.learner(SECRET) == learner_id
    pages["most"] = 1_000_000
    log._next_try = 0.0
    assert log.record(make_attempt(learner_id))
    assert log.problem is None
    log.close()
    assert log.path is not None
    again = open_log(log.path.parent)
    assert len(again.attempts(learner_id)) == 5
    again.close()


def test_a_learner_met_while_the_database_was_locked_is_found_again(
    log: AttemptLog, make_attempt: MakeAttempt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Answers under a session's id go to the learner whom another process made meanwhile."""

    def refuse(*_: object, **__: object) -> str:
        raise OperationalError("", {}, sqlite3.OperationalError("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(DatabaseStore, "learner", refuse)
        patched.setattr(DatabaseStore, "add", refuse)
        for_now = log.learner(SECRET)
        early = make_attempt(for_now)
        assert not log.record(early)
        assert log.problem is not None
        assert "locked" in log.problem
    other = open_log(tmp_path)
    known = other.learner(SECRET)
    assert known != for_now
    log._next_try = 0.0
    assert log.record(make_attempt(for_now))
    assert other.attempts(known)[0].attempt_id == early.attempt_id
    assert len(log.attempts(for_now)) == len(log.attempts(known)) == 2
    other.close()
