"""Databases of every earlier version become those of this one, in place; newer ones are left alone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bonemets_teach.progress import Attempt, open_log
from bonemets_teach.progress.erasing import tombstone_of
from bonemets_teach.progress.store import DatabaseStore
from bonemets_teach.progress.tables import SCHEMA_VERSION, metadata
from bonemets_teach.progress.target import Target

SECRET = "0123456789abcdef" * 2
ERASED = "de4d6f04-e4e5-4063-94dc-7e8e6ed407da"


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """Return a database as version 1 wrote it: two attempts, an event, and one erased learner."""
    path = tmp_path / "progress.db"
    connection = sqlite3.connect(path)
    connection.executescript(Path(__file__).with_name("version_1.sql").read_text("utf-8"))
    connection.close()
    return path


def test_an_old_file_is_upgraded_where_it_lies(old_file: Path) -> None:
    """Every answer is found again under the same secret, and new ones are taken."""
    log = open_log(old_file.parent)
    assert log.problem is None
    learner_id = log.learner(SECRET)
    first, second = log.attempts(learner_id)
    assert ("b", {"x": 1.5}) == (first.response, second.response)
    assert (("b", "a"), {"load": 1.2}, 2, None) == (
        second.option_order, second.scene_state, second.certainty, second.session_id,
    )  # fmt: skip
    assert ["predict-dip"] == [event.task_id for event in log.events(learner_id)]
    new = Attempt(
        learner_id=learner_id, lesson_id="x", item_id="x", item_version=1, response=1, score=1, max_score=1, correct=True,
        cbm_mark=-6.0, seq_no=3,
    )  # fmt: skip
    assert log.record(new)
    assert new == log.attempts(learner_id)[-1]
    log.close()


def test_who_was_erased_stays_erased(old_file: Path) -> None:
    """The upgrade sets a tombstone, so that nothing can be recorded under the old id."""
    log = open_log(old_file.parent)
    late = Attempt(
        learner_id=ERASED, lesson_id="x", item_id="x", item_version=1, response=1, score=1, max_score=1, correct=True
    )  # fmt: skip
    assert not log.record(late)
    assert tombstone_of(ERASED) in (old_file.parent / "erased.txt").read_text()
    log.close()


def test_an_upgraded_file_is_like_a_new_one(old_file: Path, tmp_path: Path) -> None:
    """Tables, columns, indexes and triggers are the same, however the file came to be."""
    open_log(old_file.parent).close()
    open_log(tmp_path / "new").close()

    def shape(path: Path) -> dict[str, Any]:
        connection = sqlite3.connect(path)
        names = connection.execute("SELECT type, name FROM sqlite_master ORDER BY type, name").fetchall()
        columns = {
            name: sorted(
                (row[1], row[2], row[3], row[5]) for row in connection.execute(f"PRAGMA table_info({name})")
            )
            for kind, name in names
            if kind == "table"
        }
        version = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
        alembic = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.close()
        return {"names": names, "columns": columns, "version": version, "alembic": alembic}

    old, new = shape(old_file), shape(tmp_path / "new" / "progress.db")
    assert new == old
    assert (str(SCHEMA_VERSION),) == new["version"] == new["alembic"]


def test_the_migrations_make_the_tables_that_the_program_uses(empty_place: Any) -> None:
    """On both databases nothing is missing and nothing is left over."""
    store: DatabaseStore = empty_place.store()
    store.prepare()
    with store.changing() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": empty_place.kind == "postgresql"}
        )
        assert [] == compare_metadata(context, metadata)
        wanted = set(metadata.tables) | {"alembic_version"}
        assert wanted == set(inspect(connection).get_table_names())
    store.close()


def test_a_newer_database_is_left_as_it_is(place: Any) -> None:
    """It is refused with both versions, the page works in memory, and not one row is changed."""
    place.open().close()
    place.run("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    before = place.run("SELECT name, value FROM meta ORDER BY name")
    log = open_log()
    assert log.problem is not None
    assert f"schema version 99, this program knows {SCHEMA_VERSION}" in log.problem
    learner_id = log.learner(SECRET)
    assert learner_id
    assert before == place.run("SELECT name, value FROM meta ORDER BY name")
    assert [] == place.run("SELECT * FROM learner")


def test_the_database_of_another_program_is_left_as_it_is(empty_place: Any) -> None:
    """A database with foreign tables gets none of ours."""
    if empty_place.kind == "sqlite":
        sqlite3.connect(empty_place.folder / "progress.db").close()
    empty_place.run("CREATE TABLE recipes (name TEXT)")
    log = open_log()
    assert log.problem is not None
    assert "another program" in log.problem
    assert {"recipes"} == set(empty_place.tables())


def test_an_upgrade_that_fails_leaves_the_old_file(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps are one transaction: after an error the file is of version 1 as before."""

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk I/O error")

    monkeypatch.setattr("bonemets_teach.progress.migrations.append_only.statements", fail)
    log = open_log(old_file.parent)
    assert log.problem is not None
    connection = sqlite3.connect(old_file)
    assert ("1",) == connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    assert 0 == connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'card'").fetchone()[0]
    connection.close()
    monkeypatch.undo()
    again = open_log(old_file.parent)
    assert again.problem is None
    assert 2 == len(again.attempts(again.learner(SECRET)))
    again.close()


def test_a_kernel_on_a_ready_database_carries_no_migrations(tmp_path: Path) -> None:
    """Opening, recording and reading import neither Alembic nor PostgreSQL nor the scheduler."""
    DatabaseStore(Target.file(tmp_path / "progress.db")).prepare()
    program = """
import json, sys
from pathlib import Path
from bonemets_teach.progress import Attempt, open_log
log = open_log(Path(sys.argv[1]))
learner = log.learner("0" * 32)
log.record(Attempt(learner_id=learner, lesson_id="x", item_id="x", item_version=1, response=1, score=1, max_score=1, correct=True))
log.attempts(learner), log.cards(learner), log.sessions(learner), log.export(learner)
heavy = ("alembic", "mako", "psycopg", "fsrs", "sqlalchemy.dialects.postgresql", "numpy")
print(json.dumps([log.problem, [name for name in heavy if name in sys.modules]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert [None, []] == json.loads(done.stdout)
