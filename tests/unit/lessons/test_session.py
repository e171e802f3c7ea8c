"""A lesson shows its explorers, its quiz and its sources, and keeps what a learner answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bonemets_teach import lessons
from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.lessons.learner import Learner
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.lessons.session import Lesson
from bonemets_teach.progress import open_log

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the progress of a test in its own folder."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    return tmp_path


def _answer(item_id: str, number: int, correct: bool = True) -> dict[str, Any]:
    return {
        "learner": SECRET,
        "attempt_id": f"00000000-0000-4000-8000-{number:012d}",
        "item_id": item_id,
        "item_version": 1,
        "response": "a",
        "score": 1.0 if correct else 0.0,
        "max_score": 1.0,
        "correct": correct,
        "hints_used": 0,
        "latency_ms": 900,
        "option_order": ["b", "a"],
        "misconceptions": [],
    }


@pytest.mark.parametrize("lesson_id", [entry.id for entry in ready_lessons()])
def test_a_lesson_shows_all_that_its_entry_names(lesson_id: str) -> None:
    """Explorers, quiz and sources can be made, and every scene has words."""
    lesson = lessons.load(lesson_id)

    for scene in lesson.entry.scenes:
        assert scene == lesson.explorer(scene).spec["id"]
        assert len(lesson.describe(scene)) > 60
    assert repr(lesson.quiz()) == f"QuizPlayer({len(lesson_items(lesson_id))} items)"
    assert 'id="claim-' in lesson.sources().data


def test_an_unknown_lesson_is_named_with_those_that_exist() -> None:
    """The message is the way out."""
    with pytest.raises(ContentError, match="there is no lesson “nope”; the lessons are bone-remodeling"):
        lessons.load("nope")


def test_a_lesson_that_is_coming_can_not_be_opened() -> None:
    """It has no notebook yet."""
    with pytest.raises(ContentError, match="there is no lesson"):
        lessons.load("virtual-patients")


def test_answers_are_there_for_the_next_session() -> None:
    """Another kernel on the same folder reads what the first one recorded."""
    item = lesson_items("bone-remodeling")[0]
    versions = {item.id: item.version}

    assert Learner("bone-remodeling", versions).record_answer(
        _answer(item.id, 1) | {"item_version": item.version}
    )

    [earlier] = Learner("bone-remodeling", versions).history(SECRET)
    assert item.id == earlier["item_id"]
    assert earlier["correct"]


def test_an_answer_to_an_older_version_is_not_shown_again() -> None:
    """A changed question is a new question."""
    Learner("bone-remodeling", {"bm.x.y": 1}).record_answer(_answer("bm.x.y", 1))

    assert [] == Learner("bone-remodeling", {"bm.x.y": 2}).history(SECRET)


def test_the_line_tells_progress_and_resume_code() -> None:
    """Answered, right, saved, and the code for another device."""
    learner = Learner("bone-remodeling", {"bm.x.y": 1, "bm.x.z": 1})
    learner.record_answer(_answer("bm.x.y", 1))
    learner.record_answer(_answer("bm.x.z", 2, correct=False))

    state = learner.greet(SECRET)

    assert state["text"].startswith("2 of 2 questions answered, 1 right. Answers are saved")
    assert state["problem"] is None
    assert state["code"].count("-") == 6


def test_a_folder_that_can_not_hold_progress_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lesson works, a banner tells, and no code is promised."""
    (data / "file").write_text("no folder")
    monkeypatch.setenv("BONEMETS_DATA", str(data / "file"))
    learner = Learner("bone-remodeling", {"bm.x.y": 1})

    state = learner.greet(SECRET)

    assert state["problem"]
    assert state["code"] is None
    assert not learner.record_answer(_answer("bm.x.y", 1))


@pytest.mark.parametrize("secret", ["", "xyz", "0" * 31, "<script>", "0" * 33])
def test_a_secret_that_is_none_is_answered_in_words(secret: str) -> None:
    """Nothing raises, and there is no history."""
    learner = Learner("bone-remodeling", {})

    assert learner.greet(secret)["problem"]
    assert [] == learner.history(secret)
    assert not learner.record_answer({"learner": secret})


def test_a_prediction_is_kept_once_the_learner_is_known() -> None:
    """Before that it belongs to nobody and is dropped."""
    learner = Learner("bone-remodeling", {})
    prediction = {"scene_id": "remodeling-cycle", "task_id": "lowest-bone", "prediction": 1, "correct": True}

    learner.record_prediction(prediction)
    learner.greet(SECRET)
    learner.record_prediction(prediction)

    assert 1 == len(learner._store.events(learner._store.learner(SECRET)))


def test_a_lesson_says_quietly_what_it_is() -> None:
    """Its representation is one line for logs."""
    entry = ready_lessons()[0]

    assert "Lesson 1: Bone remodeling" == repr(Lesson(entry))


def test_practice_and_exams_are_sessions_of_the_log() -> None:
    """What is answered names its session; an exam keeps what was left out; the same told twice changes nothing."""
    item = lesson_items("bone-remodeling")[0]
    learner = Learner("bone-remodeling", {item.id: item.version})
    practice, exam = (f"00000000-0000-4000-9000-{number:012d}" for number in (1, 2))
    begun = {
        "learner": SECRET,
        "session_id": practice,
        "kind": "practice",
        "plan": {"items": []},
        "result": None,
    }
    plan = {"items": [item.id], "versions": [item.version], "minutes": 9}
    result = {"answered": [], "omitted": [item.id], "not_reached": []}
    for _ in range(2):
        assert learner.keep_session(begun)
        assert learner.keep_session(begun | {"session_id": exam, "kind": "exam", "plan": plan})
        assert learner.keep_session(
            begun | {"session_id": exam, "kind": "exam", "plan": None, "result": result}
        )
        assert learner.record_answer(_answer(item.id, 1) | {"session_id": practice, "seq_no": 1})
    assert not learner.keep_session(begun | {"kind": "party"})

    log = open_log()
    one, two = sorted(log.sessions(log.learner(SECRET)), key=lambda session: session.kind, reverse=True)
    [attempt] = log.attempts(log.learner(SECRET))
    log.close()
    assert (one.kind, one.session_id, one.ended_at) == ("practice", practice, None)
    assert (two.kind, two.plan, two.result) == ("exam", plan, result)
    assert two.ended_at is not None
    assert (attempt.session_id, attempt.seq_no) == (practice, 1)
