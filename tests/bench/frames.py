"""From key press to new pixels in a real browser, for every scene, beside ipywidgets' interact."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import TimeoutError as PageTimeoutError

from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.scenes import load_scene
from bonemets_teach.scenes.registry import SCENE_IDS
from tests.bench.interact_notebook import write_notebook
from tests.bench.measurement import Measurement
from tests.bench.pages import arrow_key, chromium, fresh_context, live_slider, open_explorers, script
from tests.bench.servers import Server, our_server, stock_voila

__all__ = ["measure"]

# Stock Voilà rehearses the scene while the browser waits, for 5 to 17 s on two idle cores.
_PATIENCE_MS = 60_000
# Whatever the scene, stock Voilà now and then waits for a cell that its idle kernel never runs (its issue 1446).
_VISITS = 4
_NEW_SAMPLE = "count => window.bench.samples.length > count"


@dataclass(frozen=True, slots=True)
class _Ours:
    """Times of one scene [ms] and the size of its picture [CSS pixels]."""

    times: list[float]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Stock:
    """Times of interact [ms], none if the page was never ready, and how often it was opened."""

    times: list[float]
    visits: int


def measure(*, quick: bool, scenes: Sequence[str] = SCENE_IDS) -> list[Measurement]:
    """Press arrow keys on the first slider of each scene that draws while it moves.

    Parameters
    ----------
    quick : bool
        Few presses.
    scenes : sequence of str, default all
        Ids of scenes.

    Returns
    -------
    rows : list of Measurement
        One a scene, and the median of all.
    """
    presses = 6 if quick else 30
    with chromium() as browser, tempfile.TemporaryDirectory(prefix="bench-interact-") as folder:
        ours = _ours(browser, presses, scenes)
        for scene_id, found in ours.items():
            write_notebook(Path(folder), load_scene(scene_id), (found.width, found.height))
        with stock_voila(Path(folder)) as server:
            # Its presses take ten times as long, so half of them are enough.
            stock = {scene_id: _interact(browser, server, scene_id, presses // 2) for scene_id in ours}
    rows = [
        _row(f"key to pixels, {scene_id}", found.times, stock[scene_id].times, stock[scene_id].visits)
        for scene_id, found in ours.items()
    ]
    compared = [scene_id for scene_id in ours if stock[scene_id].times]
    medians = [
        [median(ours[scene_id].times) for scene_id in compared],
        [median(stock[scene_id].times) for scene_id in compared],
    ]
    return [*rows, _row("key to pixels, scenes together", *medians)]


def _row(name: str, ours: list[float], stock: list[float], visits: int = 1) -> Measurement:
    again = f", opened {visits} times until it was ready" if visits > 1 else ""
    return Measurement(
        name=name, unit="ms", samples=ours, baseline=stock, limit=45.0, ratio_limit=0.35,
        note=f"interact, inline figure, stock Voilà{again}" if stock else f"stock Voilà was not ready in {visits} visits",
    )  # fmt: skip


def _ours(browser: Browser, presses: int, scenes: Sequence[str]) -> dict[str, _Ours]:
    found = {}
    with our_server() as server:
        for lesson in ready_lessons():
            wanted = [scene_id for scene_id in lesson.scenes if scene_id in scenes]
            if not wanted:
                continue
            context = fresh_context(browser)
            page = context.new_page()
            page.add_init_script(script("keys.js"))
            page.goto(f"{server.url}/lesson/{lesson.id}")
            open_explorers(page, lesson.scenes)
            for scene_id in wanted:
                found[scene_id] = _explorer(page, scene_id, presses)
            context.close()
    return found


def _explorer(page: Page, scene_id: str, presses: int) -> _Ours:
    root = page.locator(f"#explorer-{scene_id}")
    place, _ = live_slider(load_scene(scene_id))
    slider = root.locator(".bm-controls input[type=range]").nth(place)
    picture = root.locator("canvas").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    page.evaluate("id => window.bench.watchExplorer(id)", f"explorer-{scene_id}")
    slider.focus()
    times = _press(page, presses, slider)
    return _Ours(times, box["width"], box["height"])


def _interact(browser: Browser, server: Server, scene_id: str, presses: int) -> _Stock:
    for visit in range(1, _VISITS + 1):
        context = fresh_context(browser)
        try:
            return _Stock(_interact_times(context.new_page(), server, scene_id, presses), visit)
        except PageTimeoutError:  # our own times are worth a row without a baseline too
            continue
        finally:
            context.close()
    return _Stock([], _VISITS)


def _interact_times(page: Page, server: Server, scene_id: str, presses: int) -> list[float]:
    page.set_default_timeout(_PATIENCE_MS)
    page.add_init_script(script("keys.js"))
    page.goto(f"{server.url}/voila/render/{scene_id}.ipynb", timeout=_PATIENCE_MS)
    page.wait_for_selector(".jp-OutputArea img, .jupyter-widgets-output-area img")
    page.wait_for_function("[...document.images].some(image => image.naturalWidth > 100)")
    handle = page.locator(".noUi-handle").first
    handle.wait_for()
    page.evaluate("window.bench.watchImages()")
    handle.focus()
    return _press(page, presses, handle)


def _press(page: Page, presses: int, slider: Locator) -> list[float]:
    """Press an arrow key again and again, each time after the last picture; turn around at the end."""
    page.evaluate("window.bench.samples.length = 0")
    key = "ArrowRight"
    for count in range(presses + 1):  # the first one is not counted
        key = arrow_key(slider, key)
        page.keyboard.press(key)
        page.wait_for_function(_NEW_SAMPLE, arg=count, timeout=20_000)
    times: list[float] = page.evaluate("window.bench.samples")
    return times[1:]
