"""``bonemets-teach export quiz`` writes a file, says what is not in it, and refuses in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from bonemets_teach.cli import main
from bonemets_teach.quiz import bank
from bonemets_teach.quiz.bank import Bank, Entry
from bonemets_teach.quiz.loading import read_items

SAMPLES = Path(__file__).parent / "quiz"


@pytest.fixture(autouse=True)
def small_bank(monkeypatch):
    """Let the samples be the bank."""
    items = [
        item for name in ("samples.yaml", "samples_types.yaml") for item in read_items(SAMPLES / name)[0]
    ]
    entries = tuple(
        Entry(item=item, file=f"quizzes/x/{item.type}.yaml", lesson="bone-remodeling") for item in items
    )
    monkeypatch.setattr(bank, "load_bank", lambda: Bank(entries=entries))


def test_a_table_is_written_and_losses_are_listed(tmp_path, capsys):
    """The scene task is named on the screen with its reason."""
    out = tmp_path / "new" / "bank.csv"

    assert main(["export", "quiz", "--format", "csv", "--lesson", "bone-remodeling", "--out", str(out)]) == 0

    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert {row["lesson"] for row in rows} == {"bone-remodeling"}
    printed = capsys.readouterr().out
    assert "6 questions written" in printed
    assert "bm.sample.task.01: it is answered in an explorer" in printed


def test_the_report_is_json_for_programs(tmp_path, capsys):
    """Nothing else stands on standard output."""
    out = tmp_path / "bank.zip"

    assert main(["export", "quiz", "--format", "canvas", "--all", "--out", str(out), "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert len(report["written"]) == 4
    assert {loss["item"] for loss in report["left_out"]} >= {"bm.sample.matching.01", "bm.sample.task.01"}


def test_a_file_that_exists_is_kept(tmp_path, capsys):
    """The way out is a new name."""
    out = tmp_path / "bank.csv"
    out.write_text("mine")

    assert main(["export", "quiz", "--format", "csv", "--all", "--out", str(out)]) == 2
    assert out.read_text() == "mine"
    assert "choose a new file" in capsys.readouterr().err


def test_an_unknown_lesson_is_refused(tmp_path, capsys):
    """The message names the lessons with questions."""
    command = ["export", "quiz", "--format", "csv", "--lesson", "nope", "--out", str(tmp_path / "x.csv")]

    assert main(command) == 2
    assert "lessons with questions: bone-remodeling" in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()


def test_a_place_that_can_not_be_written_is_named(tmp_path, capsys):
    """No traceback."""
    (tmp_path / "file").write_text("")
    command = ["export", "quiz", "--format", "csv", "--all", "--out", str(tmp_path / "file" / "x.csv")]

    assert main(command) == 2
    assert "can't be written" in capsys.readouterr().err


def test_lesson_or_all_must_be_chosen(tmp_path):
    """Neither and both are refused by the parser."""
    for choice in ([], ["--all", "--lesson", "x"]):
        with pytest.raises(SystemExit):
            main(["export", "quiz", "--format", "csv", "--out", str(tmp_path / "x.csv"), *choice])
