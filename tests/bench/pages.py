"""A real Chromium that opens lessons, and the conditions on which it waits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from bonemets_teach.scenes import Scene
from bonemets_teach.scenes.parameter import Parameter

__all__ = ["arrow_key", "chromium", "fresh_context", "live_slider", "open_explorers", "script"]

_FLAGS: Final = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
# An explorer is usable when its first picture is on the canvas.
_USABLE: Final = "id => Boolean(document.getElementById(id)?.dataset.seq)"
_VALUES: Final = """slider => slider.matches("input")
  ? [slider.value, slider.min, slider.max].map(Number)
  : [slider.ariaValueNow, slider.ariaValueMin, slider.ariaValueMax].map(Number)"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that the browser tests use."""
    found = os.environ.get("BONEMETS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium was found; install Debian's package chromium or name one in BONEMETS_CHROMIUM"
        raise RuntimeError(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


def fresh_context(browser: Browser) -> BrowserContext:
    """Return a new profile with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=1)
    context.set_default_timeout(120_000)
    return context


def script(name: str) -> str:
    """Return a script of this folder."""
    return (Path(__file__).parent / name).read_text("utf-8")


def open_explorers(page: Page, scene_ids: tuple[str, ...]) -> None:
    """Bring the explorers of a lesson into view, one after the other, until each has drawn.

    Parameters
    ----------
    page : Page
        An open lesson, ours or in stock Voilà.
    scene_ids : tuple of str
        In the order of the page.
    """
    for number, scene_id in enumerate(scene_ids):
        cell = page.locator('[id^="cell-explorer"]').nth(number)
        slot = page.locator(f"#explorer-{scene_id}").or_(cell).first
        slot.wait_for(state="attached")
        slot.scroll_into_view_if_needed()
        page.wait_for_function(_USABLE, arg=f"explorer-{scene_id}")


def live_slider(scene: Scene[object]) -> tuple[int, Parameter]:
    """Return place and specification of the first slider that draws while it moves.

    Parameters
    ----------
    scene : Scene
        Any scene.

    Returns
    -------
    place : int
        Among the sliders of the explorer.
    parameter : Parameter
        The control.
    """
    sliders = [control for control in scene.controls if isinstance(control, Parameter)]
    for place, control in enumerate(sliders):
        if not control.on_release:
            return place, control
    message = f"scene {scene.id} has no slider that draws while it moves"
    raise LookupError(message)


def arrow_key(slider: Locator, key: str) -> str:
    """Return the arrow key that moves a slider, turning around at its ends.

    Parameters
    ----------
    slider : Locator
        A range input, or a handle with ARIA values.
    key : str
        The key pressed last.
    """
    value, low, high = slider.evaluate(_VALUES)
    if value >= high:
        return "ArrowLeft"
    return "ArrowRight" if value <= low else key
