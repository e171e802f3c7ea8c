"""Frames of a real browser while a picture is windowed or scrolled, beside those of the same page at rest."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Final

import nibabel as nib
import numpy as np
from playwright.sync_api import Browser, Locator, Page

from tests.bench.measurement import Measurement
from tests.bench.pages import chromium, fresh_context, open_explorers, script
from tests.bench.servers import our_server

__all__ = ["measure"]

# A frame of a 60 Hz screen takes 16.7 ms; the clock of a browser is a little uneven.
_FRAME_MS: Final = 17.0
_MISSED_MS: Final = 25.0
# A scroll shows the first and the last slice for a moment, a window stays the same where the pointer turns.
_LEAST_NEW: Final = 0.8
_PATIENT: Final = 1


def measure(*, quick: bool) -> list[Measurement]:
    """Window and scroll the image view, the reading room with a fused series, and the viewer for one's own study.

    Parameters
    ----------
    quick : bool
        Few frames.

    Returns
    -------
    rows : list of Measurement
        Time of a frame [ms]; the baseline is the same page at rest.
    """
    frames = 60 if quick else 240
    with our_server() as server, chromium() as browser:
        # One after the other: what is on a page changes with the next one.
        shown = chain.from_iterable(show(browser, server.url) for show in (_explorer, _room, _own))
        return [row for name, kinds, canvas in shown for row in _rows(name, kinds, canvas, frames)]


def _explorer(browser: Browser, url: str) -> Iterator[tuple[str, tuple[str, ...], Locator]]:
    page = fresh_context(browser).new_page()
    page.goto(f"{url}/lesson/radiograph-and-ct")
    open_explorers(page, ("radiograph",))
    yield "radiograph", ("window",), page.locator("#explorer-radiograph canvas").first


def _room(browser: Browser, url: str) -> Iterator[tuple[str, tuple[str, ...], Locator]]:
    page = fresh_context(browser).new_page()
    page.goto(f"{url}/lesson/reading-room")
    page.locator("#cell-explorer").scroll_into_view_if_needed()
    page.wait_for_selector(".bm-read[data-ready]")
    # The viewer below has series and buttons of the same names.
    room = page.locator(".bm-read")
    room.get_by_label("Patient number").fill(str(_PATIENT))
    room.get_by_role("button", name="Open the patient").click()
    page.wait_for_selector(f".bm-read[data-patient='{_PATIENT}']")
    for button in ("CT", "MRI"):
        room.get_by_role("button", name=button, exact=True).click()
        yield f"{button} of the reading room", ("window", "scroll"), _seen(page, ".bm-read canvas")
    room.get_by_label("Series of picture 1").select_option("pet-over-ct-axial")
    yield "fused series of the reading room", ("window", "scroll"), _seen(page, ".bm-read canvas")


def _own(browser: Browser, url: str) -> Iterator[tuple[str, tuple[str, ...], Locator]]:
    page = fresh_context(browser).new_page()
    page.goto(f"{url}/lesson/reading-room")
    page.locator("#cell-explorer-2").scroll_into_view_if_needed()
    with tempfile.TemporaryDirectory(prefix="bench-volume-") as folder:
        path = Path(folder) / "body.nii.gz"
        values = np.random.default_rng(1).normal(40, 20, (256, 256, 120)).astype(np.int16)
        nib.save(nib.Nifti1Image(values, np.diag([1.0, 1.0, 2.0, 1.0])), path)
        page.locator("#volume-viewer input[type=file]").first.set_input_files(path)
        page.wait_for_selector("#volume-viewer canvas:visible")
    yield "a study of one's own", ("window", "scroll"), _seen(page, "#volume-viewer canvas")


def _seen(page: Page, selector: str) -> Locator:
    return page.locator(f"{selector}:visible").first


def _rows(name: str, kinds: tuple[str, ...], canvas: Locator, frames: int) -> Iterator[Measurement]:
    canvas.scroll_into_view_if_needed()
    run = script("patient_viewing.js")
    rest = canvas.evaluate(run, {"kind": "still", "frames": frames})["times"]
    for kind in kinds:
        found = canvas.evaluate(run, {"kind": kind, "frames": frames})
        times, pictures = found["times"], found["pictures"]
        if pictures < _LEAST_NEW * frames:
            message = f"only {pictures} of {frames} frames of a {kind} in {name} showed a new picture"
            raise RuntimeError(message)
        missed = sum(time > _MISSED_MS for time in times)
        yield Measurement(
            name=f"frame of a {kind}, {name}", unit="ms", samples=times, baseline=rest, limit=_FRAME_MS,
            note=f"the same page at rest; {missed} of {len(times)} frames late, "
            f"{median(found['work']):.1f} ms of work in a frame, {pictures} new pictures",
        )  # fmt: skip
