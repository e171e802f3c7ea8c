"""Cases in steps, script concordance, words and polls in a real Chromium: by keyboard, at phone width, without a leak."""

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
CASES = Path(__file__).resolve().parents[2] / "unit" / "quiz" / "samples_cases.yaml"


@pytest.fixture(autouse=True)
def _cases(kernel: Any) -> None:
    kernel.samples = CASES


def _axe(page: Page, name: str) -> list[str]:
    if os.environ.get("SHOTS"):
        page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}.png", full_page=True)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [f"{name}, {each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


def _next(page: Page) -> None:
    page.get_by_role("button", name="Next question").click()


def _steps(page: Page) -> None:
    page.get_by_role("textbox", name="Your answer").fill("slipped disc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Step 2 of 3")).to_be_focused()
    page.get_by_label("MRI of the whole spine today").check()
    page.get_by_label("Bone scan next week").check()
    page.get_by_role("button", name="Answer, and go to step 3").click()
    expect(page.get_by_role("heading", name="Step 3 of 3")).to_be_focused()
    page.get_by_label("Spinal surgeon").check()


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_quiz: OpenQuiz, width: int, theme: str) -> None:
    """Each type before and after its answer."""
    page = open_quiz(width, theme)
    found = _axe(page, f"case-{width}-{theme}-1")
    _steps(page)
    found += _axe(page, f"case-{width}-{theme}-2")
    for number, name in enumerate(("case", "concordance", "words", "poll")):
        if name == "concordance":
            found += _axe(page, f"{name}-{width}-{theme}-1")
            for row in page.locator(".bm-concord-row").all():
                row.get_by_role("radio").nth(1).check()
        elif name == "words":
            found += _axe(page, f"{name}-{width}-{theme}-1")
            page.get_by_role("textbox").fill("RANKL")
        elif name == "poll":
            found += _axe(page, f"{name}-{width}-{theme}-1")
            page.get_by_role("radio").nth(1).check()
        page.locator(".bm-quiz-form button[type=submit]").click()
        expect(page.locator(".bm-verdict-title")).to_be_focused()
        found += _axe(page, f"{name}-{width}-{theme}-3")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if number < 3:
            _next(page)
    page.get_by_role("button", name="See the summary").click()
    found += _axe(page, f"summary-{width}-{theme}")

    assert found == []


def test_the_page_learns_a_step_after_the_one_before(open_quiz: OpenQuiz) -> None:
    """Not in the page, not in a message, and no way back."""
    page = open_quiz()
    assert "REVEALED" not in page.content()
    _steps(page)

    assert page.locator(".bm-case-closed").all_inner_texts()[0].count("slipped disc") == 1
    assert page.locator(".bm-case-closed input").count() == 0


def test_a_case_goes_by_keyboard_alone(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Write, Enter, numbers, Enter: three steps and the outcome."""
    page = open_quiz()
    page.get_by_role("textbox", name="Your answer").focus()
    page.keyboard.type("MSCC")
    page.keyboard.press("Enter")
    for step, keys in ((2, "23"), (3, "3")):
        expect(page.get_by_role("heading", name=f"Step {step} of 3")).to_be_focused()
        page.keyboard.press("Tab")
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
    expect(page.locator(".bm-verdict-title")).to_have_text("✓Right")

    assert kernel.log[0]["response"] == {"suspect": ["MSCC"], "test": ["dexa", "mri"], "after": ["surgeon"]}


def test_a_lost_step_is_sent_again(open_quiz: OpenQuiz) -> None:
    """The connection drops while a step is on its way; it arrives later by itself."""
    page = open_quiz()
    page.evaluate("window.cutOff = true")
    page.get_by_role("textbox", name="Your answer").fill("MSCC")
    page.keyboard.press("Enter")
    page.evaluate("window.cutOff = false; dispatchEvent(new Event('online'))")

    expect(page.get_by_role("heading", name="Step 2 of 3")).to_be_focused()


def test_too_many_choices_are_refused_and_the_case_goes_on(open_quiz: OpenQuiz) -> None:
    """The page warns at once, the kernel refuses, the learner takes one back."""
    page = open_quiz()
    page.get_by_role("textbox", name="Your answer").fill("MSCC")
    page.keyboard.press("Enter")
    for box in page.get_by_role("checkbox").all()[:3]:
        box.check()
    expect(page.get_by_text("Choose at most 2: take one back first.")).to_be_visible()
    page.get_by_role("button", name="Answer, and go to step 3").click()
    expect(page.get_by_text("at most 2 and 3 were given")).to_be_visible()
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Answer, and go to step 3").click()

    expect(page.get_by_role("heading", name="Step 3 of 3")).to_be_focused()


def test_what_a_learner_writes_stays_text(open_quiz: OpenQuiz) -> None:
    """Markup in an answer is shown as it was typed."""
    page = open_quiz()
    page.get_by_role("button", name="Question 3").click()
    page.get_by_role("textbox").fill("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()

    assert page.locator(".bm-quiz img").count() == 0
    assert "FEEDBACK-RANKL" not in json.dumps(page.locator(".bm-quiz").inner_text())
