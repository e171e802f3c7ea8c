"""Every page is clean: no console error, no other host, no accessibility violation, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from bonemets_teach.lessons.catalog import COURSE, find_lesson, ready_lessons

pytestmark = pytest.mark.browser
LESSONS = [entry.id for entry in ready_lessons()]
MISSING = "/no-such-page"
PAGES = ["/", "/models", MISSING, *(f"/lesson/{lesson}" for lesson in LESSONS)]
TAGS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture
def settle(reach: Callable[..., Any]) -> Callable[[Any, str], None]:
    """Wait until a page shows all that it will show: every explorer and the quiz of a lesson."""

    def run(page: Any, path: str) -> None:
        if not path.startswith("/lesson/"):
            page.wait_for_load_state("networkidle")
            return
        for scene in find_lesson(path.removeprefix("/lesson/")).scenes:
            reach(page, scene)
        page.locator(".bm-quiz form, .bm-quiz-outcome").first.wait_for()

    return run


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_runs_without_errors_or_other_hosts(
    open_page: Callable[..., Any], settle: Callable[..., None], path: str
) -> None:
    """Axe finds nothing against WCAG 2.2 A and AA, the console stays empty, every request goes to our server."""
    watched = open_page(path)
    settle(watched.page, path)
    found = Axe().run(watched.page, options=TAGS).response["violations"]
    # Chromium itself notes that the page asked for is not there.
    errors = [error for error in watched.errors if path != MISSING or "404" not in error]

    assert [] == [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found]
    assert [] == errors
    assert [] == watched.foreign
    assert "Not for clinical use" in watched.page.inner_text("footer")


@pytest.mark.parametrize("width", [320])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(
    open_page: Callable[..., Any], settle: Callable[..., None], path: str, width: int
) -> None:
    """The page is as wide as the screen."""
    page = open_page(path, width=width).page
    settle(page, path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_home_page_shows_the_whole_course(open_page: Callable[..., Any]) -> None:
    """All fourteen lessons are on the map; those without a notebook are marked as coming and are no links."""
    page = open_page("/").page
    text = page.inner_text("main")

    assert all(entry.title in text for entry in COURSE)
    links = page.eval_on_selector_all("main a", "links => links.map((link) => link.getAttribute('href'))")
    assert all(any(lesson in (link or "") for link in links) for lesson in LESSONS)
    assert not any("virtual-patients" in (link or "") for link in links)


def test_an_unknown_address_leads_home(open_page: Callable[..., Any]) -> None:
    """The page of an unknown address has words and a link to the home page."""
    page = open_page("/lesson/no-such-lesson").page

    page.get_by_role("main").get_by_role("link").first.click()

    page.wait_for_url("**/")
    assert "Bone remodeling" in page.inner_text("main")
