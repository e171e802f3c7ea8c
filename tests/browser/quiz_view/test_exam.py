"""The timed exam in a real Chromium: nothing told before its end, nothing lost, the clock by the wall."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
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


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_quiz: OpenQuiz, width: int, theme: str) -> None:
    """A question with certainty and struck options, the start of an exam, the exam, its results, the summary."""
    page = open_quiz(width, theme)
    mark = f"{width}-{theme}"
    page.get_by_role("button", name="Strike out: Macrophage").click()
    page.locator(".bm-choice", has_text="Osteoclast").click()
    page.get_by_label("Fairly sure").check()
    page.get_by_text("How this is marked").click()
    page.get_by_role("button", name="Flag").click()
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


def test_struck_options_stay_through_a_reload_within_an_exam(open_quiz: OpenQuiz) -> None:
    """They are kept with the answers."""
    page = open_quiz()
    _start(page)
    _open(page, "Thigh pain after breast cancer")
    page.get_by_role("button", name="Strike out: Macrophage").click()
    again = open_quiz(context=page.context)
    _open(again, "Thigh pain after breast cancer")

    expect(again.get_by_role("radio", name="Macrophage, clearing marrow (struck out)")).to_be_visible()


@pytest.mark.parametrize(
    "junk",
    [
        "{",
        "null",
        "7",
        '"x"',
        "[]",
        '{"id": "a", "attempts": "b", "answers": "c", "started": 1, "minutes": 1}',
    ],
)
def test_junk_in_the_storage_does_no_harm(open_quiz: OpenQuiz, junk: str) -> None:
    """Flags, wishes and an exam that can't be read count as none."""
    page = open_quiz()
    page.evaluate(
        """(junk) => {
            const learner = localStorage.getItem("bonemets.learner");
            const exam = junk.startsWith('{"id"') ? junk.replace('{', `{"learner": "${learner}", `) : junk;
            for (const name of ["bonemets.flags", "bonemets.quiz"]) localStorage.setItem(name, junk);
            localStorage.setItem("bonemets.exam /", exam);
        }""",
        junk,
    )
    again = open_quiz(context=page.context)

    expect(again.get_by_role("heading", name="Thigh pain after breast cancer")).to_be_visible()
    expect(again.get_by_role("timer")).to_be_hidden()


def _tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until the element with this name has the focus."""
    for _ in range(60):
        if (
            page.evaluate("document.activeElement.textContent || document.activeElement.value").strip()
            == name
        ):
            return
        page.keyboard.press(key)
    pytest.fail(f"{name} was never reached")


def _answer_by_keys(page: Page) -> None:
    keys = page.keyboard
    if page.get_by_role("textbox").count():
        keys.press("Tab")
        keys.type("87.3")
    else:
        many = page.get_by_role("checkbox", name="RANKL").count()
        keys.press("Shift+Digit4")
        keys.press("1")
        expect(page.locator(".bm-choice input").first).to_be_checked()
        if not many:
            keys.press("c")
            keys.press("3")
            expect(page.get_by_label("Very sure")).to_be_checked()
        keys.press("f")


def test_a_whole_exam_by_keyboard_alone(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Start, strike out, choose, say how sure, flag, go on and back, end, read the results and one feedback."""
    page = open_quiz()
    keys = page.keyboard
    _tab_to(page, "Timed exam…")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Timed exam")).to_be_focused()
    _tab_to(page, "Start the exam")
    keys.press("Enter")
    title = page.locator(".bm-quiz-title")
    expect(title).to_be_focused()
    first = title.inner_text()
    for _ in range(3):
        _answer_by_keys(page)
        _tab_to(page, page.locator(".bm-quiz-form button[type=submit]").inner_text())
        keys.press("Enter")
    expect(page.get_by_role("heading", name="Overview of the exam")).to_be_focused()
    expect(page.locator(".bm-quiz-summary")).to_contain_text("All questions answered, 2 flagged")
    keys.press("p")
    expect(title).to_be_focused()
    keys.press("p")
    keys.press("p")
    expect(title).to_have_text(first)
    for _ in range(3):
        keys.press("n")
    _tab_to(page, "Finish and see the results")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Results of the exam")).to_be_focused()
    _tab_to(page, f"1. {first}")
    keys.press("Enter")
    expect(title).to_be_focused()
    expect(page.locator(".bm-quiz-why")).to_contain_text("EXPLANATION")
    _tab_to(page, "Next question")

    assert len(kernel.log) == 3
    assert {entry["session_id"] for entry in kernel.log} == {kernel.log[0]["session_id"]}
    assert [entry["seq_no"] for entry in kernel.log] == [1, 2, 3]
