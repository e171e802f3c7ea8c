"""From navigation to the first usable explorer, and the bytes it takes, beside stock Voilà."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page

from bonemets_teach.lessons.catalog import find_lesson
from tests.bench.measurement import Measurement
from tests.bench.pages import chromium, fresh_context, open_explorers, script
from tests.bench.servers import our_server, stock_voila

__all__ = ["measure"]

_LESSON: Final = find_lesson("bone-remodeling")


@dataclass
class _Traffic:
    """Bytes and requests of one page, as they go over the wire."""

    kilobytes: float = 0.0
    requests: int = 0
    _local: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Count from now on."""
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketCreated", self._opened)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.on("Network.webSocketFrameSent", self._frame)
        session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        # Pictures come out of the socket and are shown from the page's own memory.
        if event["request"]["url"].startswith(("blob:", "data:")):
            self._local.add(event["requestId"])
        else:
            self.requests += 1

    def _opened(self, _event: dict[str, Any]) -> None:
        self.requests += 1

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._local:
            self.kilobytes += event["encodedDataLength"] / 1000.0

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        binary = frame["opcode"] == 2
        data = base64.b64decode(frame["payloadData"]) if binary else frame["payloadData"].encode()
        self.kilobytes += len(data) / 1000.0


@dataclass(slots=True)
class _Visits:
    """What one server needed, each repetition."""

    first_ms: list[float] = field(default_factory=list)
    second_ms: list[float] = field(default_factory=list)
    first_kb: list[float] = field(default_factory=list)
    first_requests: list[float] = field(default_factory=list)
    whole_kb: list[float] = field(default_factory=list)
    whole_requests: list[float] = field(default_factory=list)


def measure(*, quick: bool) -> list[Measurement]:
    """Visit the lesson with an empty cache and again, on both servers in turn.

    Parameters
    ----------
    quick : bool
        One visit.

    Returns
    -------
    rows : list of Measurement
        Times, bytes, requests.
    """
    repetitions = 1 if quick else 5
    ours, stock = _Visits(), _Visits()
    with chromium() as browser, our_server() as server, stock_voila() as voila:
        for _ in range(repetitions):
            _visit_twice(browser, f"{server.url}/lesson/{_LESSON.id}", ours, server.wait_for_lessons)
            _visit_twice(browser, f"{voila.url}/voila/render/{_LESSON.notebook}", stock, lambda: None)
    note = "stock Voilà, same notebook"
    return [
        _row("first explorer usable, first visit", "ms", ours.first_ms, stock.first_ms, ratio_limit=0.25, note=note),
        _row("first explorer usable, second visit", "ms", ours.second_ms, stock.second_ms, ratio_limit=0.25, note=note),
        _row("bytes until then, first visit", "kB", ours.first_kb, stock.first_kb, limit=400.0, note=note),
        _row("bytes of the whole lesson", "kB", ours.whole_kb, stock.whole_kb, limit=400.0, note=note),
        _row("requests until then", "", ours.first_requests, stock.first_requests, note=note),
        _row("requests of the whole lesson", "", ours.whole_requests, stock.whole_requests, note=note),
    ]  # fmt: skip


def _row(name: str, unit: str, samples: list[float], baseline: list[float], **limits: Any) -> Measurement:
    return Measurement(name=name, unit=unit, samples=samples, baseline=baseline, **limits)


def _visit_twice(browser: Browser, url: str, visits: _Visits, ready: Callable[[], None]) -> None:
    context = fresh_context(browser)
    ready()
    page, traffic = _visit(context, url, visits.first_ms)
    visits.first_kb.append(traffic.kilobytes)
    visits.first_requests.append(traffic.requests)
    open_explorers(page, _LESSON.scenes)
    page.wait_for_selector(".bm-quiz")
    page.wait_for_load_state("networkidle")
    visits.whole_kb.append(traffic.kilobytes)
    visits.whole_requests.append(traffic.requests)
    page.close()
    ready()
    page, _ = _visit(context, url, visits.second_ms)
    page.close()
    context.close()


def _visit(context: BrowserContext, url: str, times: list[float]) -> tuple[Page, _Traffic]:
    page, traffic = context.new_page(), _Traffic()
    traffic.watch(page)
    page.add_init_script(script("first_use.js"))
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.benchFirstUse > 0")
    times.append(page.evaluate("window.benchFirstUse"))
    return page, traffic
