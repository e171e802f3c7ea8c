"""Certainty, struck options, flags, keys and second tries in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenQuiz = Callable[..., Page]


def _check(page: Page) -> None:
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".bm-verdict-title")).to_be_focused()


def test_certainty_is_marked_and_looked_back_on(open_quiz: OpenQuiz, kernel: Any) -> None:
    """The level goes into the record, the mark into the outcome, the summary says both in a sentence."""
    page = open_quiz()
    page.locator(".bm-choice", has_text="Tumor cell").click()
    page.get_by_label("Very sure").check()
    _check(page)
    expect(page.locator(".bm-verdict-head")).to_contain_text("Very sure: −6")
    page.get_by_role("button", name="Summary", exact=True).click()

    expect(page.locator(".bm-quiz-calibration")).to_contain_text(
        "Of 1 answer you were very sure of, 0 were right."
    )
    expect(page.locator(".bm-quiz-ideas")).to_contain_text("Tumor cells dissolve bone themselves.")
    assert (kernel.log[0]["certainty"], kernel.log[0]["cbm_mark"]) == (3, -6)


def test_certainty_can_be_skipped_taken_back_and_switched_off(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Nobody has to say anything, and the wish is kept in the browser."""
    page = open_quiz()
    page.get_by_label("Very sure").click()
    page.get_by_label("Very sure").click()
    expect(page.get_by_label("Very sure")).not_to_be_checked()
    page.locator(".bm-choice", has_text="Osteoclast").click()
    page.get_by_label("Ask how sure I am").uncheck()
    expect(page.locator(".bm-quiz-sure")).to_have_count(0)
    expect(page.locator(".bm-choice", has_text="Osteoclast").get_by_role("radio")).to_be_checked()
    _check(page)
    again = open_quiz(context=page.context)
    expect(again.locator(".bm-quiz-sure")).to_have_count(0)

    assert kernel.log[0]["certainty"] is None


def test_keys_choose_strike_flag_say_how_sure_and_go_on(open_quiz: OpenQuiz, kernel: Any) -> None:
    """All documented keys, from the title of a question; none of them acts while something is typed."""
    page = open_quiz()
    page.get_by_role("button", name="Question 1,").press("Enter")
    page.keyboard.press("Shift+Digit2")
    expect(page.get_by_role("radio", name="struck out")).to_have_count(1)
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.press("2")
    expect(page.get_by_label("Fairly sure")).to_be_checked()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Question 1, not answered, flagged")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Depth of a cycle")).to_be_focused()
    page.get_by_role("textbox").focus()
    page.keyboard.type("n1p")
    expect(page.get_by_role("textbox")).to_have_value("n1p")
    page.get_by_role("button", name="Question 1,").press("Enter")
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bm-verdict-title")).to_be_focused()

    assert kernel.log[0]["certainty"] == 2


def test_a_struck_option_that_is_chosen_is_brought_back(open_quiz: OpenQuiz) -> None:
    """Striking takes a choice away, choosing takes the stroke away, and both are spoken."""
    page = open_quiz()
    option = page.locator(".bm-choice", has_text="Osteoclast")
    option.click()
    page.get_by_role("button", name="Strike out: Osteoclast").click()
    expect(option.get_by_role("radio")).not_to_be_checked()
    expect(page.locator(".bm-quiz-options [role=status]")).to_contain_text("struck out")
    option.click()

    expect(page.get_by_role("button", name="Strike out: Osteoclast")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_flags_stay_after_a_reload(open_quiz: OpenQuiz) -> None:
    """They are kept in the browser and shown in the list and in the summary."""
    page = open_quiz()
    page.get_by_role("button", name="Flag").click()
    again = open_quiz(context=page.context)
    expect(again.get_by_role("button", name="Question 1, not answered, flagged")).to_be_visible()
    again.get_by_role("button", name="Summary", exact=True).click()

    expect(again.locator(".bm-quiz-rows li").first).to_contain_text("flagged")


def test_a_second_try_is_a_new_question(open_quiz: OpenQuiz, kernel: Any, tmp_path: Path) -> None:
    """Where another item of the same group is open, it is offered; after that the first one again."""
    _group(kernel, tmp_path)
    page = open_quiz()
    page.locator(".bm-choice", has_text="Macrophage").click()
    _check(page)
    page.get_by_role("button", name="Try again with a new question").click()
    expect(page.get_by_role("heading", name="Signals of the osteoblast line")).to_be_focused()
    page.locator(".bm-choice", has_text="Calcitonin").click()
    _check(page)
    page.get_by_role("button", name="Try again", exact=True).click()

    expect(page.get_by_role("heading", name="Signals of the osteoblast line")).to_be_focused()


def test_a_spare_question_is_asked_only_as_another_try(
    open_quiz: OpenQuiz, kernel: Any, tmp_path: Path
) -> None:
    """It is neither listed nor counted before; redoing what was missed asks it behind the first one, and it stays."""
    _group(kernel, tmp_path)
    kernel.spares = frozenset({"bm.sample.multiple.01"})
    page = open_quiz()
    expect(page.locator(".bm-quiz-count")).to_have_text("0 of 2 answered, 0 right")
    page.locator(".bm-choice", has_text="Macrophage").click()
    _check(page)
    expect(page.locator(".bm-quiz-count")).to_have_text("1 of 2 answered, 0 right")
    page.get_by_role("button", name="Summary", exact=True).click()
    page.get_by_role("button", name="Redo the one I missed").click()
    expect(page.get_by_role("heading", name="Signals of the osteoblast line")).to_be_focused()
    expect(page.locator(".bm-quiz-news")).to_contain_text("1 is new and asks the same in another way.")
    expect(page.locator(".bm-quiz-facts")).to_contain_text("Question 2 of 3")
    page.locator(".bm-choice", has_text="Calcitonin").click()
    _check(page)

    expect(page.locator(".bm-quiz-count")).to_have_text("2 of 3 answered, 0 right")
    page.get_by_role("button", name="Summary", exact=True).click()
    page.get_by_role("button", name="Redo the 2 I missed").click()
    expect(page.get_by_role("heading", name="Thigh pain after breast cancer")).to_be_focused()
    page.reload()
    expect(page.locator(".bm-quiz-count")).to_have_text("2 of 3 answered, 0 right")
    assert [entry["item_id"] for entry in kernel.log] == ["bm.sample.single.01", "bm.sample.multiple.01"]


def _group(kernel: Any, folder: Path) -> None:
    text = kernel.samples.read_text("utf-8")
    for name in ("single", "multiple"):
        text = text.replace(
            f"id: bm.sample.{name}.01\n", f"id: bm.sample.{name}.01\n  isomorphic_group: cells\n"
        )
    kernel.samples = folder / "grouped.yaml"
    kernel.samples.write_text(text, "utf-8")
