"""A lesson in Voilà as it is installed, without our server and without a setting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_a_lesson_runs_in_stock_voila(
    browser: Browser, course_copy: Path, start_jupyter: Callable[..., str]
) -> None:
    """The page comes to its end with all figures; an explorer shows its picture, a question is graded."""
    url = start_jupyter(course_copy, "voila", "notebooks/01_bone_remodeling.ipynb")
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(url, wait_until="domcontentloaded")
    page.get_by_role("heading", name="Sources").wait_for()
    notebook = (course_copy / "notebooks/01_bone_remodeling.ipynb").read_text("utf-8")
    count = notebook.count("<img ")
    page.wait_for_function(
        "(count) => [...document.images].filter((image) => image.alt.length > 20 && image.naturalWidth > 0 && !image.matches('.bm-widget img')).length === count",
        arg=count,
    )
    explorer = page.locator("#explorer-remodeling-cycle[data-seq]")
    expect(explorer.locator(".bm-picture")).to_be_visible()
    quiz = page.locator(".bm-quiz[data-ready]")
    choice = quiz.locator("form.bm-quiz-form input[type=radio]").first
    choice.focus()
    choice.press("Space")
    choice.press("Enter")
    expect(quiz.locator(".bm-quiz-outcome .bm-verdict-why").first).not_to_be_empty()

    context.close()
    assert [] == errors
