"""The instructor's page in a browser, with answers of a small class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from bonemets_teach.progress import Attempt, open_log
from bonemets_teach.quiz.bank import load_bank
from bonemets_teach.quiz.item import SingleBest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def answered(served: Any) -> list[str]:
    """Let 12 learners answer five questions and return the titles."""
    items = [
        entry.item
        for entry in load_bank().entries
        if entry.lesson == "bone-remodeling"
        and isinstance(entry.item, SingleBest)
        and entry.item.computed is None
    ][:5]
    log = open_log(served.data)
    for number in range(12):
        learner = log.learner(f"{number + 1000:032x}")
        for place, item in enumerate(items):
            option = item.options[(number * (place + 2)) % len(item.options)]
            right = option.key is True
            log.record(
                Attempt(
                    learner_id=learner, lesson_id="bone-remodeling", item_id=item.id, item_version=item.version,
                    response=option.id, score=float(right), max_score=1.0, correct=right, latency_ms=9000,
                )
            )  # fmt: skip
    log.close()
    return [item.title["en"] for item in items]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_complete_and_accessible(
    open_page: Callable[..., Any], answered: list[str], width: int
) -> None:
    """Chart with table twin, no error, no request elsewhere, nothing sideways, axe clean, links reach their question."""
    watched = open_page("/instructor/items", width=width)
    page = watched.page

    for title in answered:
        assert page.get_by_role("rowheader", name=title).is_visible()
    assert page.get_by_role("img", name="Difficulty and discrimination of each question").is_visible()
    page.get_by_role("rowheader", name=answered[0]).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#item-*")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert (watched.errors, watched.foreign) == ([], [])
