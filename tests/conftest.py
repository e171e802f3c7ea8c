"""The one Chromium of a test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that BONEMETS_CHROMIUM names; these tests are never skipped."""
    found = os.environ.get("BONEMETS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium was found; install Debian's package chromium or name one in BONEMETS_CHROMIUM"
        raise RuntimeError(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()
