"""Before and after a lesson: which questions, and what lies between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bonemets_teach.progress.attempt import SceneEvent
from bonemets_teach.progress.gain import (
    END,
    TEST_EVENT,
    TEST_NAMES,
    gain_of,
    kept_plan,
    plan_tests,
    test_states,
)
from bonemets_teach.progress.gain import PLAN as PLAN_TASK
from bonemets_teach.progress.review_item import ReviewItem

LEARNER = "00000000-0000-4000-8000-000000000000"
START = datetime(2026, 11, 1, tzinfo=UTC)
GOALS = ("G1", "G2", "G3", "G4", "G5")


def item(name: str, *goals: str, group: str | None = None, kind: str = "single_best") -> ReviewItem:
    """Make a question."""
    return ReviewItem(id=name, lesson="l", title=name, version=1, objectives=goals, group=group, type=kind)


def bank(per_goal: int) -> list[ReviewItem]:
    """Make the same number of questions for each goal."""
    return [item(f"{goal}.{n}", goal) for goal in GOALS for n in range(per_goal)]


def test_both_tests_cover_every_goal_with_different_questions() -> None:
    """One pair a goal."""
    pre, post = plan_tests(GOALS, bank(3))

    assert [name.split(".")[0] for name in pre] == list(GOALS)
    assert [name.split(".")[0] for name in post] == list(GOALS)
    assert not set(pre) & set(post)


def test_siblings_are_asked_before_and_after() -> None:
    """Two questions of one group are the best pair."""
    pre, post = plan_tests(GOALS, [*bank(2), item("s1", "G2", group="g"), item("s2", "G2", group="g")])

    assert {pre[1], post[1]} == {"s1", "s2"}


def test_a_lone_question_is_asked_twice() -> None:
    """Where a goal has only one."""
    pre, post = plan_tests(GOALS, bank(1))

    assert pre == post
    assert len(pre) == 5


@pytest.mark.parametrize(("goals", "per_goal", "number"), [(12, 2, 8), (3, 9, 6), (1, 4, 0), (0, 5, 0)])
def test_a_test_has_five_to_eight_questions_or_there_is_none(goals: int, per_goal: int, number: int) -> None:
    """Many goals are cut, few goals are asked more than once."""
    names = [f"H{n}" for n in range(goals)]
    items = [item(f"{name}.{n}", name) for name in names for n in range(per_goal)]
    pre, post = plan_tests(names, items)

    assert len(pre) == len(post) == number
    assert len(set(pre)) == number


def test_what_needs_an_explorer_is_not_asked() -> None:
    """A task in an explorer stands in the lesson only."""
    items = [*bank(1)[:-1], item("task", "G5", kind="scene_task")]

    assert plan_tests(GOALS, items) == ((), ())


def test_neither_test_gets_all_the_easy_questions() -> None:
    """The easier one of a pair is asked before the lesson at one goal, after it at the next."""
    pre, post = plan_tests(GOALS, bank(2))

    assert [name[-1] for name in pre] == ["0", "1", "0", "1", "0"]
    assert [name[-1] for name in post] == ["1", "0", "1", "0", "1"]


PLAN = (("a", "b", "c", "d", "e"), ("f", "g", "h", "i", "j"))


def events(kind: str, *right: bool, end: bool = False) -> list[SceneEvent]:
    """Make the events of one test."""
    names = [*PLAN[kind == "post"][: len(right)], *([END] if end else [])]
    return [
        SceneEvent(
            learner_id=LEARNER, lesson_id="l", scene_id=TEST_NAMES[kind], task_id=name, kind=TEST_EVENT,
            correct=None if name == END else right[n], happened_at=START + timedelta(minutes=n),
        )
        for n, name in enumerate(names)
    ]  # fmt: skip


def sentence(*found: SceneEvent) -> str | None:
    """Return the gain in words."""
    states = test_states(found, "l", PLAN)
    gain = gain_of(states["pre"], states["post"])
    return gain and gain.sentence


def test_the_gain_is_a_sentence() -> None:
    """Two of five before, four of five after: two of three that were missing."""
    pre = events("pre", True, True, False, False, False)
    post = events("post", True, True, True, True, False)
    states = test_states([*post, *pre], "l", PLAN)
    gain = gain_of(states["pre"], states["post"])

    assert gain is not None
    assert gain.normalized == pytest.approx(2 / 3)
    assert gain.sentence.startswith("2 of 5 right before the lesson, 4 of 5 after it. You gained 67 %")


@pytest.mark.parametrize(
    ("pre", "post", "words"),
    [
        ((True,) * 5, (True,) * 5, "nothing left to gain"),
        ((True,) * 3 + (False,) * 2, (True,) * 2 + (False,) * 3, "fewer than before"),
    ],
)
def test_a_normalized_gain_is_given_only_where_it_means_something(
    pre: tuple[bool, ...], post: tuple[bool, ...], words: str
) -> None:
    """Not from all right, not for a loss."""
    found = sentence(*events("pre", *pre), *events("post", *post))

    assert found is not None
    assert words in found
    assert "gained" not in found


def test_a_test_that_was_ended_early_is_not_compared() -> None:
    """It says so instead."""
    found = sentence(*events("pre", True, end=True), *events("post", *(True,) * 5))

    assert found is not None
    assert "ended early" in found


def test_there_is_no_gain_before_both_tests_are_done() -> None:
    """Neither from one test nor from answers that are missing."""
    whole = events("pre", *(False,) * 5)

    assert sentence(*whole) is None
    assert sentence(*whole, *events("post", True)) is None
    assert sentence(*whole, *events("post", end=True)) is None


def test_only_the_first_answer_to_a_question_holds() -> None:
    """A second tab can't improve a test."""
    first, second = events("pre", False)[0], events("pre", True)[0]
    later = SceneEvent(
        learner_id=LEARNER, lesson_id="l", scene_id=TEST_NAMES["pre"], task_id=second.task_id, kind=TEST_EVENT,
        correct=True, happened_at=START + timedelta(hours=1),
    )  # fmt: skip

    assert test_states([later, first], "l", PLAN)["pre"].right == {"a": False}


def test_a_test_under_way_keeps_its_questions() -> None:
    """The plan that was written first holds, without questions that are gone."""
    kept = [
        SceneEvent(
            learner_id=LEARNER, lesson_id=lesson, scene_id=TEST_NAMES["pre"], task_id=PLAN_TASK, kind=TEST_EVENT,
            prediction={"pre": pre, "post": ["f"]}, happened_at=START + timedelta(minutes=minutes),
        )
        for lesson, pre, minutes in (("l", ["z"], 5), ("l", ["a", "gone"], 1), ("m", ["b"], 0))
    ]  # fmt: skip

    assert kept_plan(kept, "l", "abfz") == (("a",), ("f",))
    assert kept_plan(kept, "n", "abfz") is None
