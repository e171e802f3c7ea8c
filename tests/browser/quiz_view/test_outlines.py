"""What a screen reader finds in each type of question before and after its answer, against what is written down.

The outlines lie in ``outlines/``, one file a type. After a change on purpose write them anew and read the difference:
``BONEMETS_RENEW_OUTLINES=1 pytest tests/browser/quiz_view/test_outlines.py && git diff tests/browser/quiz_view/outlines``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from bonemets_teach.quiz.item import ITEM_TYPES
from bonemets_teach.quiz.loading import read_items

pytestmark = pytest.mark.browser

OpenQuiz = Callable[..., Page]
OUTLINES: Final = Path(__file__).with_name("outlines")
FOLDER: Final = Path(__file__).resolve().parents[2] / "unit" / "quiz"
FILES: Final = {
    item.type: (name, number)
    for name in ("samples.yaml", "samples_types.yaml", "samples_cases.yaml")
    for number, item in enumerate(read_items(FOLDER / name)[0], start=1)
}
EXPLORER: Final = """() => {
    const root = Object.assign(document.createElement('section'), { id: 'explorer-remodeling-cycle' });
    root.bonemetsState = { autocrine: 0.5, brake: 0.5, formation: 100, event: 10, window: '150' };
    document.querySelector('main').append(root);
}"""


def _choose_first(page: Page) -> None:
    page.locator(".bm-quiz-options").get_by_role("radio").first.check()


def _tick_first(page: Page) -> None:
    page.locator(".bm-quiz-options").get_by_role("checkbox").first.check()


def _match(page: Page) -> None:
    for name, choice in (("many nuclei", "Osteoblast"), ("walled in", "Osteocyte"), ("plump", "Osteoblast")):
        page.get_by_label(name).select_option(label=choice)


def _take_state(page: Page) -> None:
    page.evaluate(EXPLORER)
    page.get_by_role("button", name="Use the explorer’s state").click()
    expect(page.locator(".bm-quiz-state")).to_be_visible()


def _walk_case(page: Page) -> None:
    page.get_by_role("textbox", name="Your answer").fill("slipped disc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Step 2 of 3")).to_be_focused()
    page.get_by_label("MRI of the whole spine today").check()
    page.get_by_role("button", name="Answer, and go to step 3").click()
    expect(page.get_by_role("heading", name="Step 3 of 3")).to_be_focused()
    page.get_by_label("Spinal surgeon").check()


def _rate(page: Page) -> None:
    for row in page.locator(".bm-concord-row").all():
        row.get_by_role("radio").nth(1).check()


ANSWERS: Final[dict[str, Callable[[Page], Any]]] = {
    "single_best": _choose_first,
    "multiple_response": _tick_first,
    "numeric": lambda page: page.get_by_role("textbox").fill("100"),
    "extended_matching": _match,
    "sequence": lambda _page: None,
    "hotspot": _choose_first,
    "scene_task": _take_state,
    "key_feature": _walk_case,
    "script_concordance": _rate,
    "short_text": lambda page: page.get_by_role("textbox").fill("OPG"),
    "poll": _choose_first,
}


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_the_spoken_outline_is_as_written_down(
    open_quiz: OpenQuiz, kernel: Any, browser: Browser, kind: str
) -> None:
    """The order of options hangs on the learner, so this one is always the same."""
    file, number = FILES[kind]
    kernel.samples = FOLDER / file
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script("localStorage.setItem('bonemets.learner', '0123456789abcdef0123456789abcdef')")
    page = open_quiz(context=context)
    page.get_by_role("button", name=f"Question {number},").click()
    card = page.locator(".bm-quiz-card")
    expect(card.locator(".bm-quiz-form, .bm-quiz-outcome").first).to_be_visible()
    expect(card.locator("[aria-busy='true']")).to_have_count(0)
    before = card.aria_snapshot()
    ANSWERS[kind](page)
    page.locator(".bm-quiz-form button[type=submit]").click()
    expect(page.locator(".bm-verdict-title")).to_be_focused()
    expect(card.locator("[aria-busy='true']")).to_have_count(0)
    outline = f"{before}\n--- after the answer\n{card.aria_snapshot()}\n"
    context.close()
    written = OUTLINES / f"{kind}.yaml"
    if os.environ.get("BONEMETS_RENEW_OUTLINES"):
        written.write_text(outline, "utf-8")

    assert outline == written.read_text("utf-8")
