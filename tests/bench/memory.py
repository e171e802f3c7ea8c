"""Memory that each learner costs: what would be free if the kernel behind the page ended."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from bonemets_teach.lessons.catalog import CourseEntry, ready_lessons
from bonemets_teach.scenes import load_scene
from tests.bench.measurement import Measurement
from tests.bench.pages import arrow_key, chromium, fresh_context, live_slider, open_explorers
from tests.bench.servers import Server, our_server, private_mb, stock_voila

__all__ = ["measure"]

_PRESSES = 12
_PAUSE_MS = 1000


def measure(*, quick: bool) -> list[Measurement]:
    """Work through every lesson a little and weigh its kernel after a second of rest, here and in stock Voilà.

    Parameters
    ----------
    quick : bool
        Has no influence.

    Returns
    -------
    rows : list of Measurement
        One a lesson [MB].
    """
    lessons = ready_lessons()
    with chromium() as browser:
        # Nothing is pre-heated, so that the only kernel is the one behind the page.
        with our_server("--ready", "0", wait=False) as server:
            ours = {lesson.id: _weigh(browser, server, f"lesson/{lesson.id}", lesson) for lesson in lessons}
        with stock_voila() as server:
            stock = {
                lesson.id: _weigh(browser, server, f"voila/render/{lesson.notebook}", lesson)
                for lesson in lessons
            }
    return [
        Measurement(
            name=f"private memory, {lesson.id}", unit="MB", samples=[ours[lesson.id]],
            baseline=[stock[lesson.id]], limit=70.0, note="stock Voilà, same notebook",
        )
        for lesson in lessons
    ]  # fmt: skip


def _weigh(browser: Browser, server: Server, path: str, lesson: CourseEntry) -> float:
    context = fresh_context(browser)
    before = {kernel.pid for kernel in server.kernels()}
    page = context.new_page()
    page.goto(f"{server.url}/{path}", wait_until="commit")
    open_explorers(page, lesson.scenes)
    for scene_id in lesson.scenes:
        _change(page, scene_id)
    new = [kernel for kernel in server.kernels() if kernel.pid not in before]
    if len(new) != 1:
        message = f"{lesson.id}: {len(new)} new kernels where one was expected"
        raise RuntimeError(message)
    page.wait_for_timeout(_PAUSE_MS)
    weight = private_mb(new[0])
    context.close()
    return weight


def _change(page: Page, scene_id: str) -> None:
    place, _ = live_slider(load_scene(scene_id))
    root, key = f"explorer-{scene_id}", "ArrowRight"
    slider = page.locator(f"#{root} .bm-controls input[type=range]").nth(place)
    slider.focus()
    for _ in range(_PRESSES):
        key = arrow_key(slider, key)
        seq = page.evaluate("id => document.getElementById(id).dataset.seq", root)
        page.keyboard.press(key)
        page.wait_for_function(
            "([id, seq]) => document.getElementById(id).dataset.seq !== seq", arg=[root, seq], timeout=20_000
        )
