"""A page that shows the quiz player, with the real kernel side behind it and no server."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from bonemets_teach.quiz.loading import read_items
from bonemets_teach.widgets.quiz import QuizPlayer

FOLDER = Path(__file__).resolve().parents[2] / "unit" / "quiz"
SAMPLES, TYPES = FOLDER / "samples.yaml", FOLDER / "samples_types.yaml"
ADDRESS = "http://quiz.test/"
HTML = """<!doctype html><html lang="en" data-theme="THEME"><head><meta charset="utf-8"><title>Quiz</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="quiz.css">
<style>body { margin: 0; padding: 16px; background: var(--bm-ground); color: var(--bm-text); }</style></head>
<body class="bm-widget"><main><h1>Lesson</h1><h2>Quiz</h2><div id="quiz"></div></main>
<script type="module" src="page.js"></script></body></html>"""
PAGE = """
import widget from "./quiz.js";
const listeners = new Set();
const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const model = {
  get: () => null, set() {}, save_changes() {},
  on: (name, run) => listeners.add(run), off: (name, run) => listeners.delete(run),
  async send(content) {
    if (window.cutOff) return;
    for (const reply of await window.toKernel(content)) {
      for (const run of listeners) run(reply.content, reply.buffers.map(bytes));
    }
  },
};
widget.render({ model, el: document.getElementById("quiz") });
"""


class Kernel:
    """A quiz player whose messages go to the page of a test, and the log it writes."""

    def __init__(self, samples: Path = SAMPLES) -> None:
        self.samples = samples
        self.log: list[dict[str, Any]] = []
        self.saves = True
        self.spares: frozenset[str] = frozenset()

    def player(self) -> QuizPlayer:
        """Return a player as a fresh kernel has it; the log stays."""
        items, problems = read_items(self.samples)
        assert problems == []
        player = QuizPlayer(items, record=self._record, history=self._history, figure=_figure)
        player._session.spares = self.spares
        return player

    def _record(self, attempt: dict[str, Any]) -> bool:
        known = {entry["attempt_id"] for entry in self.log}
        if self.saves and attempt["attempt_id"] not in known:
            self.log.append(attempt)
        return self.saves

    def _history(self, secret: str) -> list[dict[str, Any]]:
        return [entry for entry in self.log if entry["learner"] == secret]


def _figure(_scene: str, _state: dict[str, Any], look: dict[str, Any]) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (look["width_px"], look["width_px"] // 2), "#33566b").save(buffer, "png")
    return buffer.getvalue()


@pytest.fixture
def kernel() -> Kernel:
    """Return a kernel with an empty log."""
    return Kernel()


@pytest.fixture
def types(kernel: Kernel) -> Kernel:
    """Let the kernel ask matching, sequence, hotspot and scene task."""
    kernel.samples = TYPES
    return kernel


OpenQuiz = Callable[..., Page]


@pytest.fixture
def open_quiz(browser: Browser, kernel: Kernel) -> Iterator[OpenQuiz]:
    """Open the quiz page; a given context keeps its storage, as after a reload."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def run(
        width: int = 1280, theme: str = "light", context: BrowserContext | None = None, **options: Any
    ) -> Page:
        if context is None:
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        player = kernel.player()
        page.expose_function("toKernel", lambda content: _exchange(player, content))
        _serve(page, theme)
        page.goto(ADDRESS)
        page.wait_for_selector(".bm-quiz[data-ready]")
        return page

    yield run
    for context in contexts:
        context.close()
    assert errors == []


def _exchange(player: QuizPlayer, content: dict[str, Any]) -> list[dict[str, Any]]:
    replies: list[dict[str, Any]] = []

    def send(reply: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        replies.append(
            {"content": reply, "buffers": [base64.b64encode(each).decode() for each in buffers or []]}
        )

    player.send = send
    player._receive(player, content, [])
    return replies


def _serve(page: Page, theme: str) -> None:
    files = {
        "": ("text/html", HTML.replace("THEME", theme)),
        "page.js": ("text/javascript", PAGE),
        "quiz.js": ("text/javascript", QuizPlayer._esm),
        "quiz.css": ("text/css", QuizPlayer._css),
    }

    def answer(route: Any) -> None:
        kind, body = files.get(route.request.url.removeprefix(ADDRESS), ("text/plain", ""))
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=str(body))

    page.route(ADDRESS + "**", answer)
