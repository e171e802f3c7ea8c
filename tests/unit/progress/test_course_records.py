"""The staff's side: exports under pseudonyms, retention, erasure that outlasts a backup, and no personal data."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bonemets_teach.cli import main
from bonemets_teach.progress import AskedItem, Attempt, AttemptLog, ReviewEvent, SceneEvent, Session, open_log
from bonemets_teach.progress.card_of import card_of
from bonemets_teach.progress.erasing import tombstone_of

SECRETS = ["1" * 32, "2" * 32]
ASKED = AskedItem(item_id="a", version=1, type="single_best", content={"stem": "?"})


@pytest.fixture
def fill(
    log: AttemptLog,
    make_attempt: Callable[..., Attempt],
    make_event: Callable[..., SceneEvent],
    make_review: Callable[..., ReviewEvent],
) -> Callable[[str], str]:
    """Return what makes records of every kind for a secret."""

    def run(secret: str) -> str:
        learner_id = log.learner(secret)
        session = Session(learner_id=learner_id, lesson_id="x", kind="exam", plan={"items": ["a"]})
        log.start_session(session)
        attempt = make_attempt(learner_id, session_id=session.session_id, response="=1+1")
        assert log.record(attempt, ASKED)
        assert log.record_event(make_event(learner_id))
        assert log.add_review(make_review(learner_id, attempt_id=attempt.attempt_id), card_of)
        log.end_session(
            replace(session, ended_at=session.started_at + timedelta(minutes=1), result={"score": 1})
        )
        return learner_id

    return run


def run_records(*words: object) -> int:
    """Run ``bonemets-teach records``."""
    return main(["records", *map(str, words)])


# ruff: noqa: S608 - names and ids of ours
def make_old(place: Any, learner_id: str, days: int) -> None:
    """Let a learner's records be received long ago, as only someone without triggers can."""
    moment = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.%f")
    for table in ("attempt", "event", "review_event"):
        if place.kind == "sqlite":
            place.run(f"DROP TRIGGER {table}_no_update")
        else:
            place.run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        place.run(f"UPDATE {table} SET received_at = '{moment}' WHERE learner_id = '{learner_id}'")
        if place.kind != "sqlite":
            place.run(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    place.run(f"UPDATE learner SET created_at = '{moment}' WHERE learner_id = '{learner_id}'")


def count(place: Any, table: str, learner_id: str) -> int:
    """Return how many rows of a learner a table has."""
    ((found,),) = place.run(f"SELECT count(*) FROM {table} WHERE learner_id = '{learner_id}'")
    return int(found)


OF_A_LEARNER = ("attempt", "event", "review_event", "card", "session", "identity")


def test_tables_are_exported_under_pseudonyms(fill: Callable[[str], str], tmp_path: Path) -> None:
    """The zip holds every attempt, event and review, no learner's id, and the same pseudonym each time."""
    learners = [fill(secret) for secret in SECRETS]
    assert 0 == run_records("export", "--out", tmp_path / "one.zip")
    assert 0 == run_records("export", "--out", tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "two.zip") as archive:
        assert files == {name: archive.read(name).decode() for name in archive.namelist()}
    assert {"attempts.csv", "events.csv", "reviews.csv", "README.txt"} == set(files)
    rows = list(csv.DictReader(io.StringIO(files["attempts.csv"])))
    assert 2 == len({row["learner_id"] for row in rows}) == len(rows)
    assert '"=1+1"' == rows[0]["response"]
    assert 6 == len(list(csv.DictReader(io.StringIO(files["events.csv"]))))
    assert not [name for name, text in files.items() for learner_id in learners if learner_id in text]


def test_json_and_statements_are_exported(fill: Callable[[str], str], tmp_path: Path) -> None:
    """Both can be read back; every statement keeps to the specification; ids are those of one's own export."""
    learner_id = fill(SECRETS[0])
    assert 0 == run_records("export", "--format", "json", "--out", tmp_path / "all.json")
    assert 0 == run_records("export", "--format", "xapi", "--out", tmp_path / "xapi.json")
    content = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert [1, 3, 1] == [len(content[name]) for name in ("attempts", "events", "reviews")]
    statements = json.loads((tmp_path / "xapi.json").read_text("utf-8"))
    schema = json.loads(Path(__file__).with_name("xapi_statement.schema.json").read_text("utf-8"))
    for statement in statements:
        jsonschema.Draft202012Validator(schema).validate(statement)
    log = open_log()
    with zipfile.ZipFile(io.BytesIO(log.export(learner_id))) as archive:
        own = json.loads(archive.read("xapi.json"))
    log.close()
    assert {one["id"] for one in own} == {one["id"] for one in statements}
    assert {one["actor"]["account"]["name"] for one in own} == {learner_id}
    assert learner_id not in (tmp_path / "xapi.json").read_text("utf-8")


def test_an_export_overwrites_nothing(
    log: AttemptLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An existing file and a folder that is not there are refused in words; nothing half is left."""
    (tmp_path / "mine.zip").write_text("mine")
    assert 2 == run_records("export", "--out", tmp_path / "mine.zip")
    assert 2 == run_records("export", "--out", tmp_path / "nowhere" / "x.zip")
    assert "mine.zip" in capsys.readouterr().err
    assert "mine" == (tmp_path / "mine.zip").read_text()
    assert [] == list(tmp_path.glob(".*part"))


def test_old_records_are_purged(
    place: Any, fill: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run counts and keeps; the purge deletes the old learner wholly and leaves the other whole."""
    old, new = [fill(secret) for secret in SECRETS]
    make_old(place, old, 500)
    assert 0 == run_records("purge", "--dry-run")
    assert (
        "1 attempt rows, 3 event rows, 1 review_event rows, 1 learner rows would be"
        in capsys.readouterr().out
    )
    assert 1 == count(place, "attempt", old)
    assert 0 == run_records("purge", "--older-than", 501)
    assert 1 == count(place, "attempt", old)
    assert 0 == run_records("purge")
    assert [0] * 7 == [count(place, table, old) for table in (*OF_A_LEARNER, "learner")]
    assert [1, 3, 1, 1, 1, 1, 1] == [count(place, table, new) for table in (*OF_A_LEARNER, "learner")]
    with pytest.raises(place.errors, match="append-only"):
        place.run("DELETE FROM attempt")


def test_a_purge_makes_cards_anew_from_what_is_left(
    place: Any, log: AttemptLog, fill: Callable[[str], str], make_review: Callable[..., ReviewEvent]
) -> None:
    """A learner with old and new reviews keeps the card of the new ones, and the log goes on."""
    learner_id = fill(SECRETS[0])
    make_old(place, learner_id, 500)
    fresh = make_review(learner_id, rating=1)
    log.add_review(fresh, card_of)
    assert 0 == run_records("purge", "--older-than", 400)
    assert [fresh] == log.reviews(learner_id)
    assert [card_of([fresh])] == log.cards(learner_id)
    assert [] == log.sessions(learner_id) == log.attempts(learner_id)
    assert learner_id == log.learner(SECRETS[0])


@pytest.mark.parametrize(
    "words", [("purge", "--older-than", "0"), ("purge", "--older-than", "-3"), ("retention", "99999")]
)
def test_an_impossible_age_is_refused(log: AttemptLog, words: tuple[str, ...]) -> None:
    """It is told in words; nothing is deleted."""
    assert 2 == run_records(*words)


def test_the_retention_of_the_course_is_kept(log: AttemptLog, capsys: pytest.CaptureFixture[str]) -> None:
    """It is 400 days until it is set."""
    run_records("retention")
    assert "400 days" in capsys.readouterr().out
    run_records("retention", 30)
    run_records("retention")
    assert "kept 30 days" in capsys.readouterr().out.splitlines()[-1]


def test_erasure_leaves_a_tombstone_only(place: Any, fill: Callable[[str], str], tmp_path: Path) -> None:
    """Reviews, cards and sessions go too; the tombstone is in the database and in the list beside it."""
    gone, other = [fill(secret) for secret in SECRETS]
    assert 0 == run_records("erase", gone)
    assert [0] * 6 == [count(place, table, gone) for table in OF_A_LEARNER]
    assert [1, 3, 1, 1, 1, 1] == [count(place, table, other) for table in OF_A_LEARNER]
    assert [(tombstone_of(gone),)] == place.run("SELECT learner_sha256 FROM tombstone")
    assert tombstone_of(gone) in (tmp_path / "erased.txt").read_text()
    assert [("staff", "erase", tombstone_of(gone))] == place.run("SELECT actor, action, subject FROM audit")
    with pytest.raises(place.errors, match="append-only"):
        place.run("DELETE FROM audit")
    assert 2 == run_records("erase", "nobody")


def test_a_backup_that_is_put_back_is_erased_again(
    place: Any,
    log: AttemptLog,
    fill: Callable[[str], str],
    make_attempt: Callable[..., Attempt],
    tmp_path: Path,
) -> None:
    """Who was erased after the backup was made is gone again before anybody can read it."""
    gone, other = [fill(secret) for secret in SECRETS]
    log.close()
    backup = _backup(place, tmp_path)
    log.erase(gone)
    log.close()
    _restore(place, backup)
    again = place.open()
    assert [0] * 6 == [count(place, table, gone) for table in OF_A_LEARNER]
    assert [1, 3, 1, 1, 1, 1] == [count(place, table, other) for table in OF_A_LEARNER]
    assert gone != again.learner(SECRETS[0])
    assert not again.record(make_attempt(gone))


def test_a_replay_into_a_new_database_is_refused(
    place: Any, log: AttemptLog, make_attempt: Callable[..., Attempt], tmp_path: Path
) -> None:
    """A list beside an empty database refuses the records of who was erased, and takes all others."""
    gone, other = "3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6", "de4d6f04-e4e5-4063-94dc-7e8e6ed407da"
    log.close()
    # The second line was cut off by a crash.
    (tmp_path / "erased.txt").write_text(f"{tombstone_of(gone)}\n{tombstone_of(other)[:30]}")
    again = place.open()
    assert [False, True] == again.record_many([make_attempt(gone), make_attempt(other)])
    again.erase(other)
    assert {tombstone_of(gone), tombstone_of(other)} <= set((tmp_path / "erased.txt").read_text().split())


def _backup(place: Any, folder: Path) -> Any:
    if place.kind == "sqlite":
        return shutil.copy(place.folder / "progress.db", folder / "backup.db")
    return place.cluster.make(place.database)


def _restore(place: Any, backup: Any) -> None:
    if place.kind == "sqlite":
        for name in ("progress.db-wal", "progress.db-shm"):
            (place.folder / name).unlink(missing_ok=True)
        shutil.copy(backup, place.folder / "progress.db")
    else:
        place.cluster.run("postgres", f"DROP DATABASE {place.database} WITH (FORCE)")
        place.cluster.run("postgres", f"ALTER DATABASE {backup} RENAME TO {place.database}")


def test_no_name_mail_or_address_is_in_any_column(
    place: Any, fill: Callable[[str], str], tmp_path: Path
) -> None:
    """After a full run no text of the database looks like a mail, an IP address, a user or a computer."""
    first, _ = [fill(secret) for secret in SECRETS]
    run_records("export", "--out", tmp_path / "x.zip")
    run_records("erase", first)
    run_records("purge", "--older-than", 10)
    tables = place.tables()
    named = {column for columns in tables.values() for column in columns}
    assert not [
        column
        for column in named
        if re.search(r"(?<!_)name(?!$)|mail|phone|user|host|(^|_)ip($|_)|address", column)
    ]
    found = []
    for table in tables:
        for row in place.run(f'SELECT * FROM "{table}"'):
            found += [str(value) for value in row if value is not None]
    assert len(found) > 50
    address = re.compile(
        r"[\w.+-]+@[\w-]+\.\w+|(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])|([0-9a-f]{1,4}:){4,}", re.IGNORECASE
    )
    persons = {Path.home().name, "root@", str(Path.home())} - {"root"}
    assert not [text for text in found if address.search(text) or any(person in text for person in persons)]
    assert not [text for text in found if any(secret in text for secret in SECRETS)]


def test_records_that_are_not_there_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without records is named, and no empty database is made in it."""
    monkeypatch.setenv("BONEMETS_DATA", "")
    assert 2 == run_records("purge", "--data", tmp_path / "none")
    assert str(tmp_path / "none") in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
