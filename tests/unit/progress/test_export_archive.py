"""The export holds everything of one learner and explains it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields

from bonemets_teach.progress import Attempt, AttemptLog, SceneEvent
from bonemets_teach.progress.export import ATTEMPT_COLUMNS, EVENT_COLUMNS


def _files(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_csv_and_json_agree_with_the_log(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Reading the tables back gives the recorded answers."""
    attempt = make_attempt(
        learner_id, response=["ä", 'say "no"', 1.5], option_order=("b", "a"), correct=False
    )
    log.record(attempt)
    log.record(make_attempt(log.learner("f" * 32)))
    files = _files(log.export(learner_id))
    (row,) = csv.DictReader(io.StringIO(files["attempts.csv"]))
    assert json.loads(row["response"]) == attempt.response
    assert (row["correct"], row["certainty"], row["score"]) == ("false", "", "1.0")
    (plain,) = json.loads(files["attempts.json"])
    assert plain["response"] == attempt.response
    assert plain["option_order"] == ["b", "a"]
    assert plain["answered_at"] == attempt.answered_at.isoformat()


def test_events_are_exported(log: AttemptLog, learner_id: str, make_event: Callable[..., SceneEvent]) -> None:
    """What was done in explorers is part of the export."""
    log.record_event(make_event(learner_id, prediction="a dip"))
    (row,) = csv.DictReader(io.StringIO(_files(log.export(learner_id))["events.csv"]))
    assert (row["scene_id"], row["prediction"]) == ("remodeling-cycle", '"a dip"')


def test_every_column_is_explained() -> None:
    """The columns are the fields of the records, none left out."""
    assert set(ATTEMPT_COLUMNS) == {field.name for field in fields(Attempt)}
    assert set(EVENT_COLUMNS) == {field.name for field in fields(SceneEvent)}


def test_the_readme_names_every_column(log: AttemptLog, learner_id: str) -> None:
    """Each column of both tables has a line in README.txt, also when there is nothing to export."""
    readme = _files(log.export(learner_id))["README.txt"]
    assert "0 attempts" in readme
    for column, meaning in {**ATTEMPT_COLUMNS, **EVENT_COLUMNS}.items():
        assert f"  {column}: " in readme
        assert meaning


def test_a_cell_can_not_become_a_formula(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Free text is quoted as JSON, so a spreadsheet never runs it."""
    log.record(make_attempt(learner_id, response='=HYPERLINK("http://x")'))
    (row,) = csv.DictReader(io.StringIO(_files(log.export(learner_id))["attempts.csv"]))
    assert row["response"].startswith('"=')
