"""A learner answers, leaves, comes back, changes the device, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bonemets_teach.lessons.materials import lesson_items

pytestmark = pytest.mark.browser
LESSON = "/lesson/bone-remodeling"


def _quiz(page: Any) -> Any:
    page.locator("#cell-quiz").scroll_into_view_if_needed()
    quiz = page.locator(".bm-quiz")
    quiz.scroll_into_view_if_needed()
    quiz.locator("form.bm-quiz-form, .bm-quiz-outcome").first.wait_for()
    return quiz


def _answer_by_keyboard(page: Any, quiz: Any) -> None:
    field = quiz.locator("form.bm-quiz-form input").first
    field.focus()
    if field.get_attribute("type") == "text":
        page.keyboard.type("1")
    else:
        page.keyboard.press("1")
    page.keyboard.press("Enter")
    quiz.locator(".bm-quiz-outcome").wait_for()


def _wait_answered(page: Any, count: int) -> None:
    expect(page.locator(".bm-learner-state")).to_have_text(re.compile(f"^{count} of "))


def test_a_question_is_answered_with_the_keyboard_alone(open_page: Callable[..., Any]) -> None:
    """A digit chooses, Enter checks, the focus goes to the verdict, every option has its feedback."""
    page = open_page(LESSON).page
    quiz = _quiz(page)
    _answer_by_keyboard(page, quiz)

    assert page.evaluate("document.activeElement.classList.contains('bm-verdict-title')")
    reasons = quiz.locator(".bm-verdict-why")
    assert all(reasons.nth(index).inner_text().strip() for index in range(reasons.count()))
    _wait_answered(page, 1)


def test_answers_are_there_after_a_reload(open_page: Callable[..., Any]) -> None:
    """The page comes back with the answer and its feedback."""
    page = open_page(LESSON).page
    _answer_by_keyboard(page, _quiz(page))
    _wait_answered(page, 1)

    page.reload()

    _wait_answered(page, 1)


def test_a_dead_kernel_is_said_and_costs_no_answer(
    page: Page, tmp_path: Any, start: Callable[..., Any]
) -> None:
    """When the kernel is killed a bar says so; starting again shows the answer that was given."""
    server = start(tmp_path / "data")
    page.goto(server.url + LESSON)
    _answer_by_keyboard(page, _quiz(page))
    _wait_answered(page, 1)

    server.kill_kernels()

    page.locator("#bm-bar:not([hidden])").wait_for()
    again = page.locator("#bm-bar-again")
    again.wait_for()
    again.click()
    _wait_answered(page, 1)


def test_a_resume_code_brings_the_answers_to_another_device(open_page: Callable[..., Any]) -> None:
    """The code of one browser, entered in another, shows the same progress."""
    page = open_page(LESSON).page
    _answer_by_keyboard(page, _quiz(page))
    _wait_answered(page, 1)
    page.get_by_role("button", name="Continue on another device").click()
    code = page.locator(".bm-code").inner_text()

    other = open_page("/").page
    other.get_by_role("button", name="Use my progress on another device").click()
    other.get_by_label("Code that the other device shows").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Continue with that progress").click()
    expect(other.locator("[data-lesson=bone-remodeling] [data-done]")).to_contain_text("1")


def test_a_wrong_resume_code_is_refused_in_words(open_page: Callable[..., Any]) -> None:
    """The dialog says what is wrong and the progress of this browser stays."""
    page = open_page("/").page
    page.get_by_role("button", name="Use my progress on another device").click()
    page.get_by_label("Code that the other device shows").fill("AAAA-BBBB")
    page.get_by_role("button", name="Continue with that progress").click()

    expect(page.locator("#bm-resume-words")).to_contain_text("characters")


def test_a_learner_can_erase_everything(open_page: Callable[..., Any]) -> None:
    """After erasing, the lesson starts with no answer."""
    page = open_page(LESSON).page
    _answer_by_keyboard(page, _quiz(page))
    _wait_answered(page, 1)

    page.goto(page.url.split("/lesson/")[0] + "/")
    page.get_by_role("button", name="Erase my data").click()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.locator("#bm-own-words")).not_to_be_empty()
    page.goto(page.url.rstrip("/") + LESSON)

    _wait_answered(page, 0)


@pytest.mark.parametrize("lesson", ["bone-remodeling", "lytic-and-blastic", "radiograph-and-ct"])
def test_no_key_reaches_the_page_before_the_answer(page: Page, served: Any, lesson: str) -> None:
    """Neither the page nor any message of the kernel holds feedback or explanation before an answer."""
    received: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda frame: received.append(frame if isinstance(frame, bytes) else frame.encode()),
        ),
    )
    page.goto(f"{served.url}/lesson/{lesson}")
    _quiz(page)

    everything = page.content().encode() + b"".join(received)

    for item in lesson_items(lesson):
        for option in getattr(item, "options", []):
            told = json.dumps(option.feedback["en"], ensure_ascii=False)[1:60].encode()
            assert told not in everything, item.id
        assert item.explanation["en"][:50].encode() not in everything, item.id


def test_a_page_without_a_place_to_save_says_so_and_works(
    page: Page, tmp_path: Any, start: Callable[..., Any]
) -> None:
    """Where the data folder is a file, the lesson runs, questions are graded, a banner tells."""
    (tmp_path / "data").write_text("this is a file, not a folder")
    server = start(tmp_path / "data")
    page.goto(server.url + LESSON)
    quiz = _quiz(page)
    _answer_by_keyboard(page, quiz)

    assert page.locator(".bm-learner .bm-banner").inner_text().strip()
    assert quiz.locator(".bm-quiz-outcome").count() == 1


def test_answers_survive_a_restart_of_the_server(
    page: Page, tmp_path: Any, start: Callable[..., Any]
) -> None:
    """A second server on the same folder and port shows what the first one recorded."""
    first = start(tmp_path / "data")
    page.goto(first.url + LESSON)
    _answer_by_keyboard(page, _quiz(page))
    _wait_answered(page, 1)
    first.stop()

    start(tmp_path / "data", port=first.port)
    page.goto(first.url + LESSON)

    _wait_answered(page, 1)
