"""Answers in the log become statistics of the questions in the bank, and the command tells them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bonemets_teach.cli import main
from bonemets_teach.lessons.item_statistics import course_statistics, known_item, try_of
from bonemets_teach.progress import Attempt, Session, open_log
from bonemets_teach.progress.every_answer import EveryAnswer, every_answer
from bonemets_teach.quiz.bank import load_bank
from bonemets_teach.quiz.grading import grade
from bonemets_teach.quiz.item import Hotspot, MultipleResponse, Numeric, SingleBest
from bonemets_teach.quiz.solving import solve

START = datetime(2026, 11, 1, tzinfo=UTC)
LESSON = "bone-remodeling"


@pytest.fixture(autouse=True)
def own_data(monkeypatch, tmp_path):
    """Let what a command sets end with its test."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path / "own"))


@pytest.fixture(scope="module")
def items():
    """Return five questions of one lesson whose keys need no model."""
    found = [
        entry.item
        for entry in load_bank().entries
        if entry.lesson == LESSON and isinstance(entry.item, SingleBest) and entry.item.computed is None
    ]
    return found[:5]


@pytest.fixture(scope="module")
def data(items, tmp_path_factory) -> Path:
    """Return a folder with the answers of 24 learners, some of them twice."""
    folder = tmp_path_factory.mktemp("data")
    log = open_log(folder)
    attempts = []
    for number in range(24):
        learner = log.learner(f"{number:032x}")
        for place, item in enumerate(items):
            keys = [option.id for option in item.options if option.key]
            others = [option.id for option in item.options if not option.key]
            first = keys[0] if (number + place) % 3 else others[number % len(others)]
            for again, option in enumerate([first, keys[0]]):
                graded = grade(item, option)
                attempts.append(
                    Attempt(
                        learner_id=learner, lesson_id=LESSON, item_id=item.id, item_version=item.version,
                        response=graded.response, score=graded.score, max_score=graded.max_score,
                        correct=graded.correct, latency_ms=20_000, certainty=1 + number % 3,
                        answered_at=START + timedelta(minutes=number, hours=again),
                    )
                )  # fmt: skip
    log.record_many(attempts)
    log.close()
    return folder


def test_answers_in_another_language_are_told_apart(data, items, tmp_path):
    """Twelve of the 24 learners saw the questions in Spanish."""
    shutil.copytree(data, tmp_path / "both")
    log = open_log(tmp_path / "both")
    english = course_statistics(log, LESSON, language="en")
    assert course_statistics(log, LESSON, language="es").items == ()
    log.record_many(
        Attempt(
            learner_id=log.learner(f"{number:032x}"), lesson_id=LESSON, item_id=items[0].id, lang="es",
            item_version=items[0].version, response="a", score=0.0, max_score=1.0, correct=False,
            answered_at=START + timedelta(days=1),
        )
        for number in range(100, 112)
    )  # fmt: skip
    (spanish,) = course_statistics(log, LESSON, language="es").items

    assert (spanish.item, spanish.n, spanish.difficulty) == (items[0].id, 12, 0.0)
    assert course_statistics(log, LESSON, language="en").items == english.items
    assert course_statistics(log, LESSON).items[0].n == 36
    log.close()


def test_every_answer_is_given_out_without_a_learner(data):
    """Numbers from 0 instead of ids, oldest answers first."""
    log = open_log(data)
    answers = every_answer(log)
    log.close()

    assert len(answers) == 24 * 5 * 2
    assert {answer.learner for answer in answers} == set(range(24))
    assert not hasattr(answers[0], "learner_id")


def test_first_tries_are_counted_and_second_ones_are_not(data, items):
    """Two thirds were right at first; all were right at the second try."""
    log = open_log(data)
    found = course_statistics(log)
    log.close()

    assert {item.item for item in found.items} == {item.id for item in items}
    assert {item.n for item in found.items} == {24}
    assert {round(item.difficulty, 6) for item in found.items} == {round(16 / 24, 6)}
    assert all(item.lesson == LESSON and item.options and item.median_s == 20 for item in found.items)
    for item in found.items:
        key_share = sum(option.share for option in item.options if option.is_key)
        assert key_share == pytest.approx(item.difficulty)
        assert sum(option.share for option in item.options) == pytest.approx(1)
    assert found.lessons[0].reliability.learners == 24


def test_the_command_tells_the_statistics(data, items, capsys):
    """As a table with a line for each option, and as JSON."""
    assert main(["stats", "--lesson", LESSON, "--data", str(data)]) == 0
    table = capsys.readouterr().out
    assert "KR-20" in table
    assert f"{items[0].id} v{items[0].version}" in table
    assert "unstable" in table

    assert main(["stats", "--json", "--data", str(data)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"items", "lessons", "too_few"} == set(report)
    assert report["items"][0]["n"] == 24


def test_other_lessons_have_nothing_to_tell(data, capsys):
    """The command says so in words; an unknown lesson is refused."""
    assert main(["stats", "--lesson", "spread-to-bone", "--data", str(data)]) == 0
    assert "No question has been answered by 10 learners yet" in capsys.readouterr().out
    assert main(["stats", "--lesson", "nope", "--data", str(data)]) == 2


def test_an_empty_log_is_no_error(tmp_path, capsys):
    """Before anybody has answered."""
    assert main(["stats", "--data", str(tmp_path)]) == 0
    assert "0 questions with answers of fewer than 10 learners" in capsys.readouterr().out


def test_a_log_that_can_not_be_read_is_told(tmp_path, capsys):
    """With the log's own words."""
    (tmp_path / "file").write_text("")

    assert main(["stats", "--data", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.startswith("bonemets-teach: ")


@pytest.mark.parametrize(("response", "chosen"), [
    ("a", ("a",)), (["a", "c"], ("a", "c")), ({"target": "low", "point": [0.1, 0.2]}, ("low",)), ({"target": None}, ()),
    (12.5, ()), (None, ()), ({"pit": "osteoclast"}, ()),
])  # fmt: skip
def test_responses_of_all_types_name_their_options(response, chosen):
    """What has no options has none."""
    answer = EveryAnswer(
        learner=0, lesson_id="l", item_id="bm.x.y", item_version=1, response=response, score=-1.0, max_score=1.0,
        correct=False, latency_ms=0, certainty=None,
    )  # fmt: skip

    assert try_of(answer).chosen == chosen
    assert try_of(answer).share == 0.0


def test_a_right_answer_counts_whole_although_hints_cost_points():
    """Difficulty is about knowing; a part of the points stays a part."""
    fields = {
        "learner": 0, "lesson_id": "l", "item_id": "bm.x.y", "item_version": 1, "response": "a", "max_score": 2.0,
        "latency_ms": 0, "certainty": None,
    }  # fmt: skip

    assert try_of(EveryAnswer(**fields, score=1.0, correct=True)).share == 1.0
    assert try_of(EveryAnswer(**fields, score=1.0, correct=False)).share == 0.5


def test_the_bank_names_options_and_keys_of_types_that_have_them():
    """Choice and hotspot; others have no table of options."""
    entries = {type(entry.item): entry for entry in load_bank().entries}
    for kind in (SingleBest, MultipleResponse, Hotspot):
        known = known_item(entries[kind].item, "l")
        assert known.keys == solve(entries[kind].item).keys
        assert known.keys <= set(known.options)
    assert known_item(entries[Numeric].item, "l").options == {}


def test_what_exams_left_open_stands_beside_the_answers(data, items, tmp_path, capsys):
    """Omitted is another thing than not reached; a learner counts once; nothing else moves."""
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    log = open_log(copy)
    before = course_statistics(log).items
    first, second = items[0], items[1]
    plan = {"items": [first.id, second.id], "versions": [first.version, second.version + 1], "minutes": 5}
    for number, omits in [(1, True), (2, False), (2, True), (3, False), (3, False)]:
        left = ("omitted", "not_reached") if omits else ("not_reached", "omitted")
        session = Session(learner_id=log.learner(f"{number:032x}"), lesson_id=LESSON, kind="exam", plan=plan)
        result = {left[0]: [first.id, "bm.gone.01"], left[1]: [second.id], "answered": []}
        log.start_session(session)
        log.end_session(replace(session, result=result, ended_at=START))
    log.start_session(Session(learner_id=log.learner("f" * 32), lesson_id=LESSON, kind="exam", plan=plan))
    after = course_statistics(log).items
    log.close()

    told = {item.item: (item.omitted, item.not_reached) for item in after}
    assert (told[first.id], told[second.id]) == ((2, 1), (0, 0))
    assert [replace(item, omitted=0, not_reached=0) for item in after] == list(before)
    assert main(["stats", "--data", str(copy)]) == 0
    assert "in exams 2 omitted, 1 not reached" in capsys.readouterr().out
