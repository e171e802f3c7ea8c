"""A timed exam in a served lesson outlives the death of its kernel, and its end is a session in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bonemets_teach.progress import open_log

pytestmark = pytest.mark.browser


def _answer(page: Page) -> None:
    field = page.locator(".bm-quiz-card form :is(input, select)").first
    field.wait_for()
    if field.evaluate("field => field.tagName") == "SELECT":
        for box in page.locator(".bm-quiz-card select").all():
            box.select_option(index=1)
    elif field.get_attribute("type") in {"radio", "checkbox"}:
        field.check()
    else:
        field.fill("1")


def test_an_exam_goes_on_after_its_kernel_was_killed(
    page: Page, tmp_path: Path, start: Callable[..., Any]
) -> None:
    """The same questions, the same clock, the answer that was given; the log tells what was left open, once."""
    server = start(tmp_path / "data")
    page.goto(f"{server.url}/lesson/bone-remodeling")
    page.locator("#cell-quiz").scroll_into_view_if_needed()
    page.get_by_role("button", name="Timed exam").click()
    page.get_by_label("Questions (1 to").fill("3")
    page.get_by_label("Minutes").fill("7")
    page.get_by_role("button", name="Start the exam").click()
    expect(page.get_by_role("timer")).to_be_visible()
    _answer(page)
    page.locator(".bm-quiz-form button[type=submit]").click()
    expect(page.locator(".bm-quiz-count")).to_have_text("1 of 3 answered")
    server.kill_kernels()
    page.locator("#bm-bar-again").click()

    expect(page.locator(".bm-quiz-count")).to_have_text("1 of 3 answered")
    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"[1-6]:\d\d"))
    page.get_by_role("button", name="Overview").click()
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", name="Results of the exam")).to_be_visible()
    secret = page.evaluate("localStorage.getItem('bonemets.learner')")
    log = open_log(server.data)
    [exam] = log.sessions(log.learner(secret))
    [attempt] = log.attempts(log.learner(secret))
    log.close()

    assert exam.plan is not None
    assert exam.result == {
        "answered": [attempt.item_id],
        "omitted": [exam.plan["items"][1]],
        "not_reached": [exam.plan["items"][2]],
    }
    assert (exam.kind, exam.plan["minutes"], attempt.session_id) == ("exam", 7, exam.session_id)
