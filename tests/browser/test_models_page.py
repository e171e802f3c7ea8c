"""The page about the models in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.lessons.model_cards import MODEL_CARDS, about_scene

pytestmark = pytest.mark.browser


def test_every_explorer_leads_to_its_model(open_page: Callable[..., Any]) -> None:
    """The link in the foot of an explorer opens the page at the model behind it."""
    lesson = ready_lessons()[0]
    page = open_page(f"/lesson/{lesson.id}").page

    for cell, scene in zip(page.locator('[id^="cell-explorer"]').all(), lesson.scenes, strict=True):
        cell.scroll_into_view_if_needed()
        page.wait_for_selector(f"#explorer-{scene}[data-seq]")
        link = page.locator(f"#explorer-{scene}").get_by_role("link", name="About this model")
        assert link.evaluate("link => link.href").endswith(f"/{about_scene(scene)}")

    with page.context.expect_page() as opened:
        page.locator(f"#explorer-{lesson.scenes[0]}").get_by_role("link", name="About this model").click()
    opened.value.wait_for_selector(f"#{about_scene(lesson.scenes[0]).partition('#')[2]}")


def test_tables_and_equations_scroll_in_their_own_region_on_a_phone(open_page: Callable[..., Any]) -> None:
    """What is wider than the phone scrolls by itself and takes the focus of the keyboard."""
    page = open_page("/models", width=390).page
    wide = ".bm-model .bm-table, .bm-equations"

    assert page.locator(".bm-model").count() == len(MODEL_CARDS)
    assert page.eval_on_selector_all(wide, "boxes => boxes.some((box) => box.scrollWidth > box.clientWidth)")
    assert page.eval_on_selector_all(wide, "boxes => boxes.every((box) => box.tabIndex === 0)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
