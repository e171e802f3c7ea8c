"""A lesson in JupyterLab: the same notebook and the same widgets without a page of ours around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bonemets_teach.cli.lab import _lab_words

pytestmark = pytest.mark.browser
NOTEBOOK = "01_bone_remodeling.ipynb"


@pytest.fixture
def lab(course_copy: Path, start_jupyter: Callable[..., str]) -> str:
    """Start JupyterLab with the words of our command on a copy; returns its address."""
    words = _lab_words(course_copy / "notebooks")
    return start_jupyter(course_copy, "jupyterlab", *words, "--IdentityProvider.token=")


def _run_all(page: Page) -> None:
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    # What is run before the kernel has answered is lost without a word.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def _answer_a_question(page: Page) -> None:
    quiz = page.locator(".bm-quiz[data-ready]")
    quiz.scroll_into_view_if_needed()
    choice = quiz.locator("form.bm-quiz-form input[type=radio]").first
    choice.focus()
    choice.press("Space")
    choice.press("Enter")
    expect(quiz.locator(".bm-quiz-outcome .bm-verdict-why").first).not_to_be_empty()
    expect(quiz.locator(".bm-quiz-count")).to_contain_text("1 of ")


def test_a_lesson_runs_in_jupyterlab(browser: Browser, lab: str) -> None:
    """All cells run; a figure, an explorer's picture and a graded answer are there; no other host is asked."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(40_000)
    errors: list[str] = []
    foreign: list[str] = []
    own = (lab, lab.replace("http", "ws"), "blob:", "data:")
    page.on(
        "console",
        lambda message: (
            errors.append(f"{message.text} {message.location}") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(own) else foreign.append(asked.url))

    page.goto(f"{lab}/lab/tree/notebooks/{NOTEBOOK}")
    _run_all(page)
    page.locator(".jp-OutputArea .bm-widget").first.wait_for(state="attached")
    figure = page.locator(".jp-RenderedMarkdown img").first
    figure.scroll_into_view_if_needed()
    figure.evaluate("(image) => image.decode()")
    # JupyterLab draws only what is in sight, so the explorer asks for its picture when it is scrolled to.
    explorer = page.locator("#explorer-remodeling-cycle")
    explorer.scroll_into_view_if_needed()
    # It may ask again when the page has found its width.
    expect(explorer).to_have_attribute("data-seq", re.compile(r"[1-9]"))
    expect(explorer.locator(".bm-picture")).to_be_visible()
    words = explorer.locator(".bm-describe")
    expect(words).to_contain_text("osteoclasts")
    said = words.inner_text()
    # JupyterLab folds and leaves cells by arrow keys; within a widget they belong to its sliders.
    explorer.locator("input[type=range]").first.press("ArrowRight")
    expect(words).not_to_have_text(said)
    _answer_a_question(page)

    context.close()
    assert [] == errors
    assert [] == foreign
