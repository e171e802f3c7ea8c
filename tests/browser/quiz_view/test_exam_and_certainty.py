"""Certainty, struck options, flags, keys and the timed exam in a real Chromium."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenQuiz = Callable[..., Page]
TOLD = ("FEEDBACK", "EXPLANATION", "HINT-", "COMMON-ERROR")


def _axe(page: Page, name: str) -> list[str]:
    if os.environ.get("SHOTS"):
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}.png", full_page=True)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [f"{name}, {each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


def _check(page: Page) -> None:
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".bm-verdict-title")).to_be_focused()


def _start(page: Page, minutes: int = 5) -> None:
    page.get_by_role("button", name="Timed exam").click()
    page.get_by_label("Minutes").fill(str(minutes))
    page.get_by_role("button", name="Start the exam").click()
    expect(page.get_by_role("timer")).to_be_visible()


def _open(page: Page, title: str) -> None:
    page.get_by_role("button", name="Question 1,").focus()
    while page.locator(".bm-quiz-title").inner_text() != title:
        page.keyboard.press("n")


def _answer_all(page: Page) -> None:
    _open(page, page.locator(".bm-quiz-title").inner_text())
    for _ in range(3):
        title = page.locator(".bm-quiz-title").inner_text()
        if title == "Thigh pain after breast cancer":
            page.locator(".bm-choice", has_text="Tumor cell").click()
            page.get_by_label("Very sure").check()
        elif title == "Depth of a cycle":
            page.get_by_role("textbox").fill("87.3")
        else:
            page.locator(".bm-choice", has_text="RANKL").click()
        page.locator(".bm-quiz-form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Overview of the exam")).to_be_focused()


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (390, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_quiz: OpenQuiz, width: int, theme: str) -> None:
    """A question with certainty and struck options, the start of an exam, the exam, its results, the summary."""
    page = open_quiz(width, theme)
    mark = f"{width}-{theme}"
    page.get_by_role("button", name="Strike out: Macrophage").click()
    page.locator(".bm-choice", has_text="Osteoclast").click()
    page.get_by_label("Fairly sure").check()
    page.get_by_text("How this is marked").click()
    page.get_by_role("button", name="Flag for review").click()
    page.locator(".bm-quiz-keys summary").click()
    found = _axe(page, f"question-{mark}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("button", name="Timed exam").click()
    found += _axe(page, f"start-{mark}")
    page.get_by_role("button", name="Start the exam").click()
    found += _axe(page, f"exam-{mark}")
    wide = max(wide, page.evaluate("document.documentElement.scrollWidth"))
    _answer_all(page)
    found += _axe(page, f"overview-{mark}")
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", name="Results of the exam")).to_be_focused()
    found += _axe(page, f"results-{mark}")
    page.get_by_role("button", name="Back to all questions").click()
    found += _axe(page, f"summary-{mark}")

    assert found == []
    assert max(wide, page.evaluate("document.documentElement.scrollWidth")) <= width


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
    page.get_by_role("button", name="Flag for review").click()
    again = open_quiz(context=page.context)
    expect(again.get_by_role("button", name="Question 1, not answered, flagged")).to_be_visible()
    again.get_by_role("button", name="Summary", exact=True).click()

    expect(again.locator(".bm-quiz-rows li").first).to_contain_text("flagged")


def test_an_exam_tells_nothing_until_its_end(open_quiz: OpenQuiz, kernel: Any) -> None:
    """No hints, no feedback, no attempt; then all of it, with marks, wrong ideas and the time."""
    page = open_quiz()
    _start(page)
    _answer_all(page)
    assert [word for word in TOLD if word in page.content()] == []
    assert kernel.log == []
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", name="Results of the exam")).to_be_focused()

    expect(page.locator(".bm-quiz-score")).to_contain_text("1 of 3 right, 2 of 4 points, in 0:")
    expect(page.locator(".bm-quiz-ideas")).to_contain_text("Tumor cells dissolve bone themselves.")
    expect(page.locator(".bm-quiz-calibration")).to_contain_text("−6")
    assert len(kernel.log) == 3


def test_an_exam_goes_on_after_a_reload_with_a_new_kernel(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Answers, certainty and clock are there again, and an old outcome of its questions is not."""
    page = open_quiz()
    page.locator(".bm-choice", has_text="Osteoclast").click()
    _check(page)
    _start(page, 7)
    _open(page, "Thigh pain after breast cancer")
    page.locator(".bm-choice", has_text="Macrophage").click()
    page.get_by_label("Fairly sure").check()
    again = open_quiz(context=page.context)
    expect(again.get_by_role("timer")).to_contain_text("6:")
    assert [word for word in TOLD if word in again.content()] == []
    again.get_by_role("button", name=", answered").click()

    expect(again.locator(".bm-choice", has_text="Macrophage").get_by_role("radio")).to_be_checked()
    expect(again.get_by_label("Fairly sure")).to_be_checked()
    assert len(kernel.log) == 1


def test_an_exam_that_ran_out_while_the_page_was_closed_is_counted(open_quiz: OpenQuiz, kernel: Any) -> None:
    """The clock goes on by the wall; what was answered counts, once."""
    page = open_quiz()
    _start(page)
    _open(page, "Depth of a cycle")
    page.get_by_role("textbox").fill("87.3")
    key = page.evaluate("Object.keys(localStorage).find((name) => name.startsWith('bonemets.exam'))")
    kept = json.loads(page.evaluate("(key) => localStorage.getItem(key)", key))
    kept["started"] -= 600_000
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(kept)])
    again = open_quiz(context=page.context)

    expect(again.get_by_role("heading", name="Results of the exam")).to_be_visible()
    expect(again.locator(".bm-quiz-score")).to_contain_text("in 5:00 of 5 minutes")
    assert [entry["correct"] for entry in kernel.log] == [True]
    assert again.evaluate("(key) => localStorage.getItem(key)", key) is None


def test_a_second_tab_joins_the_exam_and_sees_its_end(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Both tabs show the same answers, both get the results, each answer is logged once."""
    page = open_quiz()
    other = open_quiz(context=page.context)
    _start(page)
    expect(other.get_by_role("timer")).to_be_visible()
    _answer_all(page)
    expect(other.locator(".bm-quiz-count")).to_have_text("3 of 3 answered")
    page.get_by_role("button", name="Finish and see the results").click()

    expect(page.get_by_role("heading", name="Results of the exam")).to_be_visible()
    expect(other.get_by_role("heading", name="Results of the exam")).to_be_visible()
    assert len(kernel.log) == 3


def test_an_exam_ended_without_connection_is_counted_later(open_quiz: OpenQuiz, kernel: Any) -> None:
    """The sheet waits in the browser and is sent again until the results come."""
    page = open_quiz()
    _start(page)
    _answer_all(page)
    page.evaluate("window.cutOff = true")
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.locator(".bm-quiz-card")).to_contain_text("on their way")
    page.evaluate("window.cutOff = false; dispatchEvent(new Event('online'))")

    expect(page.get_by_role("heading", name="Results of the exam")).to_be_focused()
    assert len(kernel.log) == 3


def test_a_second_try_is_a_new_question(open_quiz: OpenQuiz, kernel: Any, tmp_path: Path) -> None:
    """Where another item of the same group is open, it is offered; after that the first one again."""
    text = kernel.samples.read_text("utf-8")
    for name in ("single", "multiple"):
        text = text.replace(
            f"id: bm.sample.{name}.01\n", f"id: bm.sample.{name}.01\n  isomorphic_group: cells\n"
        )
    kernel.samples = tmp_path / "grouped.yaml"
    kernel.samples.write_text(text, "utf-8")
    page = open_quiz()
    page.locator(".bm-choice", has_text="Macrophage").click()
    _check(page)
    page.get_by_role("button", name="Try again with a new question").click()
    expect(page.get_by_role("heading", name="Signals of the osteoblast line")).to_be_focused()
    page.locator(".bm-choice", has_text="Calcitonin").click()
    _check(page)
    page.get_by_role("button", name="Try again", exact=True).click()

    expect(page.get_by_role("heading", name="Signals of the osteoblast line")).to_be_focused()


def test_struck_options_stay_through_a_reload_within_an_exam(open_quiz: OpenQuiz) -> None:
    """They are kept with the answers."""
    page = open_quiz()
    _start(page)
    _open(page, "Thigh pain after breast cancer")
    page.get_by_role("button", name="Strike out: Macrophage").click()
    again = open_quiz(context=page.context)
    _open(again, "Thigh pain after breast cancer")

    expect(again.get_by_role("radio", name="Macrophage, clearing marrow (struck out)")).to_be_visible()
