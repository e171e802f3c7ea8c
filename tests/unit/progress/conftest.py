"""A log in a fresh place, on SQLite and on PostgreSQL, and a way to make attempts."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bonemets_teach.progress import Attempt, AttemptLog, ReviewEvent, SceneEvent, open_log
from bonemets_teach.progress.store import DatabaseStore
from bonemets_teach.progress.target import DATABASE_URL, Target, target_of

SECRET = "0123456789abcdef" * 2
_NUMBERS = count()
_TEMPLATE = "made"


@dataclass
class Cluster:
    """A PostgreSQL server of this test run, reached by a Unix socket in a folder of its own."""

    folder: str

    def url(self, database: str) -> str:
        """Return the URL of a database."""
        return f"postgresql+psycopg://bonemets@/{database}?host={self.folder}"

    def run(self, database: str, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement outside this program."""
        with psycopg.connect(host=self.folder, user="bonemets", dbname=database, autocommit=True) as raw:
            cursor = raw.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def make(self, template: str) -> str:
        """Make a database and return its name."""
        name = f"test{next(_NUMBERS)}"
        self.run("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return name


@dataclass
class Place:
    """Where one test keeps its records."""

    kind: str
    folder: Path
    cluster: Cluster | None = None
    database: str = ""
    opened: list[AttemptLog] = field(default_factory=list)

    errors = (sqlite3.Error, psycopg.Error)

    @property
    def target(self) -> Target:
        """What the store connects to."""
        if self.cluster is None:
            return Target.file(self.folder / "progress.db")
        return target_of(self.cluster.url(self.database))

    @property
    def environment(self) -> dict[str, str]:
        """What tells another process of this place."""
        if self.cluster is None:
            return {"BONEMETS_DATA": str(self.folder)}
        return {DATABASE_URL: self.cluster.url(self.database), "BONEMETS_DATA": str(self.folder)}

    def open(self) -> AttemptLog:
        """Open another log of this place; it is closed after the test."""
        log = open_log()
        assert log.problem is None
        self.opened.append(log)
        return log

    def store(self) -> DatabaseStore:
        """Return a store of this place."""
        return DatabaseStore(self.target)

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement as another program would."""
        if self.cluster is not None:
            return self.cluster.run(self.database, statement)
        connection = sqlite3.connect(self.folder / "progress.db")
        try:
            with connection:
                return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def tables(self) -> dict[str, list[str]]:
        """Return the columns of each table."""
        if self.cluster is not None:
            query = (
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            )
        else:
            query = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        found: dict[str, list[str]] = {}
        for table, column in self.run(query):
            found.setdefault(table, []).append(column)
        return found


def _server_programs() -> Path:
    named = os.environ.get("BONEMETS_POSTGRES")
    folders = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = next((folder for folder in folders if (folder / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    if found is None and on_path is None:
        message = (
            "no PostgreSQL server was found; install Debian's package postgresql (sh .ci/setup test does), "
            "or name the folder of initdb and pg_ctl in BONEMETS_POSTGRES"
        )
        raise RuntimeError(message)
    return found or Path(on_path or "").parent


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a server without network and without fsync; these tests are never skipped."""
    programs = _server_programs()
    # Short, since the path of a socket has at most 107 characters.
    folder = tempfile.mkdtemp(prefix="bonemets-pg-", dir="/tmp")
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        os.chown(folder, account.pw_uid, account.pw_gid)

    def run(program: str, *words: str) -> None:
        command = [str(programs / program), "-D", f"{folder}/data", *words]
        done = subprocess.run(command, check=False, cwd=folder, stdout=subprocess.DEVNULL, **user)
        assert done.returncode == 0, f"{program} failed; its words are above or in {folder}/log"

    run("initdb", "-A", "trust", "-U", "bonemets", "--no-sync", "-E", "UTF8", "--locale=C")
    options = f"-c listen_addresses='' -c max_connections=200 -k {folder} -F"
    run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", options, "start")
    found = Cluster(folder)
    try:
        found.run("postgres", f"CREATE DATABASE {_TEMPLATE}")
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("BONEMETS_DATA", folder)
            store = DatabaseStore(target_of(found.url(_TEMPLATE)))
            store.prepare()
            store.close()
        yield found
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _place(kind: str, request: pytest.FixtureRequest, template: str) -> Iterator[Place]:
    folder: Path = request.getfixturevalue("tmp_path")
    place = Place(kind, folder)
    if kind == "postgresql":
        place.cluster = request.getfixturevalue("cluster")
        place.database = place.cluster.make(template)
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv(DATABASE_URL, raising=False)
        for name, value in place.environment.items():
            patched.setenv(name, value)
        yield place
    for log in place.opened:
        log.close()
    if place.cluster is not None:
        place.cluster.run("postgres", f"DROP DATABASE {place.database} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return a place for records, on each database in turn."""
    yield from _place(request.param, request, _TEMPLATE)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return a place in which nothing was ever made, on each database in turn."""
    yield from _place(request.param, request, "template0")


@pytest.fixture
def server_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Return a place on PostgreSQL, for what only a server can do."""
    yield from _place("postgresql", request, _TEMPLATE)


@pytest.fixture
def log(place: Place) -> AttemptLog:
    """Return a log that saves into an empty place."""
    return place.open()


@pytest.fixture
def learner_id(log: AttemptLog) -> str:
    """Return a learner known to the log."""
    return log.learner(SECRET)


@pytest.fixture
def make_attempt() -> Callable[..., Attempt]:
    """Return a maker of attempts with ordinary values."""

    def make(learner_id: str, **changes: object) -> Attempt:
        values: dict[str, object] = {
            "lesson_id": "bone-remodeling",
            "item_id": "bm.remodeling.coupling.01",
            "item_version": 1,
            "response": "b",
            "score": 1.0,
            "max_score": 1.0,
            "correct": True,
        }
        return Attempt(learner_id=learner_id, **{**values, **changes})

    return make


@pytest.fixture
def make_event() -> Callable[..., SceneEvent]:
    """Return a maker of events with ordinary values."""

    def make(learner_id: str, **changes: object) -> SceneEvent:
        values: dict[str, object] = {
            "lesson_id": "bone-remodeling",
            "scene_id": "remodeling-cycle",
            "task_id": "predict-dip",
            "prediction": 2,
            "outcome": 1,
            "correct": False,
        }
        return SceneEvent(learner_id=learner_id, **{**values, **changes})

    return make


@pytest.fixture
def make_review() -> Callable[..., ReviewEvent]:
    """Return a maker of reviews with ordinary values."""

    def make(learner_id: str, **changes: object) -> ReviewEvent:
        values: dict[str, object] = {"item_id": "bm.remodeling.coupling.01", "rating": 3}
        return ReviewEvent(learner_id=learner_id, **{**values, **changes})

    return make
