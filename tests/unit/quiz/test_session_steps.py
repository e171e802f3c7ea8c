"""Steps of a case are shown one after the other, and an answered step stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bonemets_teach.quiz import Item
from bonemets_teach.quiz.session import QuizSession

CASE = "bm.sample.keyfeature.01"
UUID = "00000000-0000-4000-8000-{:012d}"


class Page:
    """A page that keeps what it was sent, and what was recorded."""

    def __init__(self, items: list[Item]) -> None:
        self.sent: list[dict[str, Any]] = []
        self.kept: list[dict[str, Any]] = []
        self.session = QuizSession(
            items,
            record=lambda attempt: self.kept.append(attempt) or True,  # type: ignore[func-returns-value]
            history=lambda _: [],
            picture=lambda *_: ("image/png", b""),
            send=lambda message, buffers=None: self.sent.append(message),
        )
        self.session.receive({"type": "learner", "secret": "somebody"})

    def tell(self, **message: Any) -> dict[str, Any]:
        """Send a message and return the answer."""
        self.session.receive(message)
        return self.sent[-1]

    def step(self, step: Any, response: Any) -> dict[str, Any]:
        """Answer a step."""
        return self.tell(type="step", item_id=CASE, step=step, response=response)

    def answer(self, number: int, **response: Any) -> dict[str, Any]:
        """Answer the whole case."""
        return self.tell(type="answer", item_id=CASE, attempt_id=UUID.format(number), response=response)


@pytest.fixture
def page(item: Callable[..., Item]) -> Page:
    """Return a page with a case and a poll."""
    return Page([item("key_feature"), item("poll")])


def test_a_step_comes_only_after_the_one_before(page: Page) -> None:
    """The page never holds what is known later."""
    assert "REVEALED" not in json.dumps(page.sent)
    two = page.step("suspect", ["MSCC"])
    assert ("REVEALED-TWO" in json.dumps(two), "REVEALED-THREE" in json.dumps(two)) == (True, False)
    three = page.step("test", ["mri", "dexa"])
    assert [step["id"] for step in three["steps"]] == ["suspect", "test", "after"]
    assert "FEEDBACK" not in json.dumps(page.sent)


def test_no_step_can_be_skipped(page: Page) -> None:
    """Asking for a later step first is refused, and shows nothing."""
    refused = page.step("test", ["mri"])

    assert (refused["type"], refused["text"]) == (
        "refused",
        "step 1 comes first; the steps are answered in order",
    )
    assert "REVEALED" not in json.dumps(page.sent)


def test_an_answered_step_can_not_be_changed(page: Page) -> None:
    """A second answer to a step does not count, neither alone nor with the whole case."""
    page.step("suspect", ["stroke"])
    again = page.step("suspect", ["MSCC"])
    refused = page.answer(1, suspect=["MSCC"], test=["mri", "dexa"], after=["surgeon"])
    outcome = page.answer(2, suspect=["stroke"], test=["mri", "dexa"], after=["surgeon"])

    assert (again["given"], again["note"][:9]) == ({"suspect": ["stroke"]}, "This step")
    assert (refused["type"], "can't be changed" in refused["text"]) == ("refused", True)
    assert (outcome["score"], len(page.kept)) == (2.0, 1)


def test_a_step_that_is_sent_again_brings_the_same(page: Page) -> None:
    """A page that lost the reply asks again and goes on."""
    assert page.step("suspect", ["MSCC"]) == page.step("suspect", ["MSCC"])


def test_after_the_answer_the_case_can_be_tried_anew(page: Page) -> None:
    """A second try starts at the first step."""
    page.step("suspect", ["stroke"])
    page.answer(1, suspect=["stroke"], test=["mri"], after=["derm"])

    assert page.step("suspect", ["MSCC"])["note"] == ""


def test_a_whole_answer_that_waited_for_a_connection_is_taken(page: Page) -> None:
    """A kernel that has just started does not know the steps; the answer is not lost."""
    assert page.answer(1, suspect=["MSCC"], test=["mri", "dexa"], after=["surgeon"])["correct"] is True


@pytest.mark.parametrize(
    ("step", "response"),
    [(None, ["x"]), ("moon", ["x"]), (["suspect"], ["x"]), ({}, ["x"]), ("suspect", None), ("suspect", [{}]), ("after", ["surgeon"])],
)  # fmt: skip
def test_a_strange_step_is_refused_in_words(page: Page, step: Any, response: Any) -> None:
    """Whatever a page sends."""
    assert page.step(step, response)["type"] == "refused"


def test_the_last_step_goes_with_the_answer(page: Page) -> None:
    """It has nothing to reveal."""
    page.step("suspect", ["MSCC"])
    page.step("test", ["mri"])

    assert "last step" in page.step("after", ["surgeon"])["text"]


def test_other_questions_have_no_steps(page: Page) -> None:
    """A poll refuses the message."""
    refused = page.tell(type="step", item_id="bm.sample.poll.01", step="a", response="a")

    assert refused["text"] == "this question has no steps"
