"""Chromium for tests, and what every run keeps to."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright
from sharing_out import scheduler

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# The same examples in every run, and no failure because a machine is slow or busy.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share tests out by file, and those that drive a browser one by one."""
    return scheduler(config, log)


def pytest_collection_finish() -> None:
    """Keep the collector from looking through thousands of tests again and again: a full round took half a second."""
    gc.collect()
    gc.freeze()


@contextmanager
def _chromium() -> Iterator[Browser]:
    found = os.environ.get("BONEMETS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium was found; install Debian's package chromium or name one in BONEMETS_CHROMIUM"
        raise RuntimeError(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def chromium() -> Callable[[], AbstractContextManager[Browser]]:
    """Start Debian's Chromium, or the one that BONEMETS_CHROMIUM names; these tests are never skipped."""
    return _chromium


@pytest.fixture(scope="session")
def browser(chromium: Callable[[], AbstractContextManager[Browser]]) -> Iterator[Browser]:
    """Return the one Chromium of a worker."""
    with chromium() as started:
        yield started
