"""The command answers, refuses in words, and tells by its status what happened."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from pathlib import Path

import pytest

from bonemets_teach.cli import main
from bonemets_teach.progress import Attempt, open_log, resume_code

SECRET = "00112233445566778899aabbccddeeff"
CODE = resume_code(SECRET)


def _record(folder: Path) -> None:
    log = open_log(folder)
    log.record(
        Attempt(
            learner_id=log.learner(SECRET), lesson_id="bone-remodeling", item_id="bm.x.y", item_version=1,
            response="a", score=1.0, max_score=1.0, correct=True,
        )
    )  # fmt: skip
    log.close()


def test_lessons_are_listed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """`lessons --json` prints all fourteen with their fields."""
    assert 0 == main(["lessons", "--json"])

    rows = json.loads(capsys.readouterr().out)
    assert 14 == len(rows)
    assert {"id", "number", "title", "notebook", "minutes", "goals", "scenes", "items"} == set(rows[0])


def test_lessons_are_listed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """One line each."""
    assert 0 == main(["lessons"])

    assert 14 == len(capsys.readouterr().out.splitlines())


def test_own_answers_are_exported(tmp_path: Path) -> None:
    """The zip holds the answer that was recorded."""
    _record(tmp_path / "data")

    assert 0 == main(
        ["me", "export", CODE, "--data", str(tmp_path / "data"), "--file", str(tmp_path / "me.zip")]
    )

    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        assert "bm.x.y" in archive.read("attempts.csv").decode()


def test_own_answers_are_erased(tmp_path: Path) -> None:
    """Afterwards there is nothing left under the code."""
    _record(tmp_path / "data")

    assert 0 == main(["me", "erase", CODE, "--yes", "--data", str(tmp_path / "data")])

    log = open_log(tmp_path / "data")
    assert [] == log.attempts(log.learner(SECRET))
    log.close()


@pytest.mark.parametrize("typed", ["no\n", ""])
def test_nothing_is_erased_without_a_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """Asked and not confirmed, or asked where nobody can answer, the answers stay."""
    _record(tmp_path / "data")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))

    assert 0 == main(["me", "erase", CODE, "--data", str(tmp_path / "data")])

    log = open_log(tmp_path / "data")
    assert 1 == len(log.attempts(log.learner(SECRET)))
    log.close()


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2 and the way out, without a traceback."""
    wanted = tmp_path / "none" / "me.zip"

    assert 2 == main(["me", "export", CODE, "--data", str(tmp_path / "data"), "--file", str(wanted)])

    said = capsys.readouterr().err
    assert f"{wanted} can't be used (No such file or directory); name another place" in said


def test_a_wrong_code_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2 and what is wrong with it."""
    assert 2 == main(["me", "export", "ABCD", "--data", str(tmp_path)])

    assert "the resume code has 4 characters, it must have 28" in capsys.readouterr().err


# Tornado leaves the socket that it could not bind to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_a_taken_port_is_named_with_the_way_out(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Status 2, which port, and how to choose another."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert 2 == main(["serve", "--port", str(port), "--data", str(tmp_path)])

    said = "".join(capfd.readouterr())
    assert str(port) in said
    assert "--port" in said


def test_the_benchmark_runs_in_a_copy_of_the_repository(capfd: pytest.CaptureFixture[str]) -> None:
    """Its own words are passed on."""
    assert 0 == main(["bench", "--", "--help"])

    assert "--only" in capfd.readouterr().out


def test_an_installed_package_says_where_the_benchmark_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The wheel does not bring the tests along."""
    monkeypatch.setattr("bonemets_teach.cli.bench.notebooks_folder", lambda: tmp_path / "notebooks")
    assert 2 == main(["bench"])

    assert "make bench" in capsys.readouterr().err
