"""The light page in Chromium: widgets work, nothing leaves the server, endings are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@dataclass
class Watched:
    """A page, what it complained of, and what it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser(chromium: Callable[[], AbstractContextManager[Browser]]) -> Iterator[Browser]:
    """Return a Chromium that ends with this file: while Playwright runs, nothing beside it can use `asyncio.run`."""
    with chromium() as started:
        yield started


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Open an empty page in a profile of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    one = Watched(context.new_page())
    one.page.set_default_timeout(60_000)
    one.page.on(
        "console", lambda message: one.complaints.append(message.text) if message.type == "error" else None
    )
    one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
    one.page.on("request", lambda request: one.requests.append(request.url))
    yield one
    context.close()


def test_a_widget_renders_counts_and_exchanges_bytes(served: Any, watched: Watched) -> None:
    """State, changes, custom messages and binary buffers go both ways, without an error on the console."""
    watched.page.goto(served.address + "lesson/counter")
    widget = watched.page.locator("#cell-setup .bm-slot")

    expect(widget.locator(".total")).to_have_text("3")
    expect(widget.locator(".bytes")).to_have_text("state 11")
    widget.get_by_role("button").click()
    expect(widget.locator(".total")).to_have_text("4")
    expect(widget.locator(".bytes")).to_have_text("add 12")
    assert watched.complaints == []


def test_the_kernel_hears_what_the_page_changes(served: Any, watched: Watched) -> None:
    """A value saved by one view is what a fresh request for the state brings."""
    watched.page.goto(served.address + "lesson/counter")
    widget = watched.page.locator("#cell-setup .bm-slot")
    widget.get_by_role("button").click()
    expect(widget.locator(".bytes")).to_have_text("add 12")

    kernel_value = watched.page.locator("#cell-setup .echo")
    expect(kernel_value).to_have_text("kernel has 4")


def test_nothing_is_asked_of_another_host(served: Any, watched: Watched) -> None:
    """All requests of home and lesson go to this server, and a lesson needs few."""
    watched.page.goto(served.address)
    watched.page.get_by_role("link", name="Counting").click()
    expect(watched.page.locator("#cell-explorer .total")).to_have_text("10")

    assert [url for url in watched.requests if not url.startswith((served.address, "data:", "blob:"))] == []
    assert len([url for url in watched.requests if "widget/" in url and url.endswith(".js")]) == 1


def test_a_style_sheet_of_a_widget_applies(served: Any, watched: Watched) -> None:
    """The widget's CSS reaches the page, as the policy allows."""
    watched.page.goto(served.address + "lesson/counter")

    expect(watched.page.locator("#cell-setup .count")).to_have_css("color", "rgb(1, 2, 3)")


def test_leaving_the_page_ends_its_kernel(served: Any, watched: Watched) -> None:
    """Going home sends the beacon, and the server ends the kernel."""
    before = served.health().get("ended_closed", 0)
    watched.page.goto(served.address + "lesson/counter")
    expect(watched.page.locator("#cell-setup .total")).to_have_text("3")
    watched.page.goto(served.address)

    served.until(lambda: served.health().get("ended_closed", 0) > before, "the end of the kernel")


def test_a_dead_kernel_is_told_with_a_way_on(served: Any, watched: Watched) -> None:
    """When the kernel dies a bar says so; the button starts the lesson again."""
    watched.page.goto(served.address + "lesson/counter")
    expect(watched.page.locator("#cell-setup .total")).to_have_text("3")
    watched.page.get_by_role("button", name="Count").first.click()
    expect(watched.page.locator("#cell-setup .bytes")).to_have_text("add 12")
    for kernel in served.kernels():
        kernel.kill()

    expect(watched.page.locator("#bm-bar")).to_contain_text("has stopped. Answers you have given are saved.")
    watched.page.get_by_role("button", name="Start again here").click()
    expect(watched.page.locator("#cell-setup .total")).to_have_text("3")
    expect(watched.page.locator("#bm-bar")).to_be_hidden()


def test_a_lost_connection_comes_back(served: Any, watched: Watched) -> None:
    """After the socket breaks, the page connects again and what was clicked meanwhile arrives."""
    sockets: list[Any] = []

    def through(route: Any) -> None:
        route.connect_to_server()
        sockets.append(route)

    watched.page.route_web_socket("**/channels*", through)
    watched.page.goto(served.address + "lesson/counter")
    widget = watched.page.locator("#cell-setup .bm-slot")
    widget.get_by_role("button").click()
    expect(widget.locator(".bytes")).to_have_text("add 12")
    sockets[0].close(code=1001, reason="broken")
    widget.get_by_role("button").click()

    expect(widget.locator(".echo")).to_have_text("kernel has 5")
    assert len(sockets) == 2


def test_other_widgets_work_through_voila(served: Any, watched: Watched) -> None:
    """The fall-back page shows a slider of ipywidgets and asks no other host."""
    watched.page.goto(served.address + "lesson/slider")

    expect(watched.page.locator(".widget-readout")).to_have_text("4")
    assert [url for url in watched.requests if not url.startswith((served.address, "data:", "blob:"))] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(served: Any, watched: Watched, width: int) -> None:
    """Home and lesson fit into the width of a phone."""
    watched.page.set_viewport_size({"width": width, "height": 800})
    for path in ("", "lesson/counter", "nothing"):
        watched.page.goto(served.address + path)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_theme_is_kept(served: Any, watched: Watched) -> None:
    """The chosen theme holds on the next page."""
    watched.page.goto(served.address)
    watched.page.get_by_label("Theme").select_option("dark")
    watched.page.goto(served.address + "nothing")

    expect(watched.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_code_moves_progress_to_another_device(served: Any, watched: Watched, browser: Browser) -> None:
    """The code of one browser makes another one the same learner; a mistyped one is refused in words."""
    watched.page.goto(served.address)
    watched.page.get_by_role("button", name="Use my progress on another device").click()
    code = watched.page.locator("#bm-code")
    expect(code).not_to_have_text("…")
    other = browser.new_page()
    other.goto(served.address)
    other.get_by_role("button", name="Use my progress on another device").click()
    other.get_by_label("Code that the other device shows").fill("ABC")
    other.get_by_role("button", name="Continue with that progress").click()
    expect(other.locator("#bm-resume-words")).to_contain_text("28")
    other.get_by_label("Code that the other device shows").fill(code.inner_text())
    other.get_by_role("button", name="Continue with that progress").click()
    expect(other.locator("#bm-own-words")).to_contain_text("continues with that progress")

    read = "localStorage.getItem('bonemets.learner')"
    assert other.evaluate(read) == watched.page.evaluate(read)
    other.close()
