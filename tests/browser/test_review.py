"""The page of reviews in a browser: what a learner sees in ten seconds, and a review and a test by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.progress import Attempt, open_log

pytestmark = pytest.mark.browser

LESSON = "bone-remodeling"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Return what axe finds, with the elements."""
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def answer_long_ago(page: Page, served: Any, *, wrong: int) -> None:
    """Put old answers of this browser's learner into the log: some questions missed twice, some right."""
    secret = page.evaluate("localStorage.getItem('bonemets.learner')")
    log = open_log(served.data)
    learner, now = log.learner(secret), datetime.now(UTC)
    items = [item for item in lesson_items(LESSON) if item.type == "single_best" and item.computed is None]
    for number, item in enumerate(items[: wrong + 2]):
        trap = next((one for one in item.options if one.misconception), item.options[0])
        for days in (30, 20):
            log.record(
                Attempt(
                    learner_id=learner, lesson_id=LESSON, item_id=item.id, item_version=item.version, max_score=1.0,
                    response=trap.id, score=0.0, correct=number >= wrong, answered_at=now - timedelta(days=days),
                )
            )  # fmt: skip
    log.close()


def test_ten_seconds_tell_what_is_due_known_and_wrong(open_page: Callable[..., Any], served: Any) -> None:
    """Three cards above the fold, the same counts on the home page and in the lesson, no request elsewhere."""
    watched = open_page("/review")
    page = watched.page
    expect(page.locator("main[data-ready=overview]")).to_contain_text("You have answered no questions yet")
    assert violations(page) == []
    answer_long_ago(page, served, wrong=3)
    page.reload()
    due = page.locator(".bm-card-due")
    expect(due).to_contain_text("3 questions are due")
    expect(due).to_contain_text("All of them missed last time")
    expect(page.locator(".bm-card-know")).to_contain_text("goals solid")
    wrong = page.locator(".bm-card-wrong")
    assert wrong.locator("li").count() >= 3
    assert wrong.locator("a").first.evaluate("link => link.hash").startswith("#section-")
    tops = page.eval_on_selector_all(
        ".bm-card", "cards => cards.map((card) => card.getBoundingClientRect().top)"
    )
    assert max(tops) < 600
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    glance = page.get_by_role("navigation", name="At a glance").get_by_role("link")
    expect(glance).to_contain_text(["3 due", "goals solid", "keep going wrong"])
    assert glance.last.bounding_box()["y"] < 300
    assert violations(page) == []

    page.goto(served.url)
    expect(page.locator("#bm-due-words")).to_have_text("3 questions are due for review.")
    page.goto(f"{served.url}/lesson/{LESSON}")
    expect(page.locator("#bm-due-line")).to_contain_text("3 questions due")
    page.locator("#bm-due-line a").click()
    expect(page.locator(".bm-quiz-count")).to_contain_text("0 of 3 answered")
    assert (watched.errors, watched.foreign) == ([], [])


def press_until(page: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until an element has the focus."""
    for _ in range(80):
        if page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"{selector} was never reached by {key}")


def test_a_review_by_keyboard_alone(open_page: Callable[..., Any], served: Any) -> None:
    """Start, answer, read how it counts, rate it, and go back; on a phone in the dark."""
    watched = open_page("/review", width=390)
    page = watched.page
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("main[data-ready]")
    answer_long_ago(page, served, wrong=2)
    page.reload()
    page.wait_for_selector(".bm-card-due button")
    press_until(page, ".bm-card-due button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".bm-quiz[data-ready]")
    assert page.evaluate("document.activeElement.id") == "bm-review-title"
    press_until(page, ".bm-choice input")
    page.keyboard.press("Space")
    press_until(page, ".bm-quiz-card button[type=submit]")
    page.keyboard.press("Enter")
    words = page.locator(".bm-rating p")
    expect(words).to_contain_text("comes back")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []

    press_until(page, '.bm-rating [data-rating="4"]')
    page.keyboard.press("Enter")
    expect(words).to_contain_text("counts as Easy")
    assert page.evaluate("document.activeElement.dataset.rating") == "4"
    press_until(page, ".bm-review .bm-buttons button")
    page.keyboard.press("Enter")
    expect(page.locator(".bm-card-due")).to_contain_text("1 question is due")
    assert page.evaluate("document.activeElement.id") == "bm-review-title"
    assert (watched.errors, watched.foreign) == ([], [])


def answer_anything(page: Page) -> None:
    """Give some answer to the question on the page, whatever its type."""
    for box in page.locator(".bm-quiz-card select").all():
        box.select_option(index=1)
    choices = page.locator(".bm-choice input")
    if choices.count():
        choices.first.check()
    elif (text := page.locator(".bm-quiz-card input[type=text]")).count():
        text.first.fill("1" if text.first.get_attribute("inputmode") == "decimal" else "bone")
    page.locator(".bm-quiz-card button[type=submit]").click()


def test_a_test_before_a_lesson_keeps_its_feedback(open_page: Callable[..., Any]) -> None:
    """Each answer leads to the next question without a verdict; a reload goes on where it was."""
    watched = open_page(f"/review?test=pre&lesson={LESSON}")
    page = watched.page
    head = page.locator(".bm-test-count")
    expect(head).to_contain_text("Question 1 of")
    number = int(str(head.text_content()).split(" of ")[1].split(".")[0])
    assert violations(page) == []
    answer_anything(page)
    expect(head).to_contain_text(f"Question 2 of {number}")
    expect(page.locator(".bm-quiz-title")).to_be_focused()
    page.reload()
    for left in range(number - 1, 0, -1):
        expect(head).to_contain_text(f"Question {number - left} of {number - 1}")
        expect(page.locator(".bm-quiz-card button[type=submit]")).to_be_visible()
        answer_anything(page)
    expect(page.locator("#bm-review-state")).to_contain_text("The test is done and kept")
    test = page.locator(f"#test-{LESSON}")
    expect(test).to_contain_text("The feedback waits")
    assert page.locator(".bm-verdict-mark").count() == 0
    test.get_by_role("button", name="Show the feedback").click()
    expect(test).to_contain_text("right.")
    test.get_by_role("button", name="See the feedback").click()
    expect(page.locator(".bm-quiz-count")).to_contain_text(f"{number} of {number} answered")
    assert (watched.errors, watched.foreign) == ([], [])
