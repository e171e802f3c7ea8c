"""From the command to the address, to the first lesson, and to all lessons with a kernel waiting."""

from __future__ import annotations

import time
import urllib.request

from bonemets_teach.lessons.catalog import ready_lessons
from tests.bench.measurement import Measurement
from tests.bench.servers import Server, our_server, stock_voila

__all__ = ["measure"]


def measure(*, quick: bool) -> list[Measurement]:
    """Start the server again and again.

    Parameters
    ----------
    quick : bool
        Once.

    Returns
    -------
    rows : list of Measurement
        Times [s]; no limit is set.
    """
    address, first, every, stock = [], [], [], []
    lesson = ready_lessons()[0]
    for _ in range(1 if quick else 3):
        with our_server(wait=False) as server:
            address.append(server.announced_s - server.started_s)
            _read(f"{server.url}/lesson/{lesson.id}")
            first.append(_since_start(server))
            server.wait_for_lessons()
            every.append(_since_start(server))
        with stock_voila() as server:
            _read(f"{server.url}/voila/render/{lesson.notebook}")
            stock.append(_since_start(server))
    return [
        Measurement(name="start to address", unit="s", samples=address),
        Measurement(
            name="start to first lesson", unit="s", samples=first, baseline=stock,
            note="stock Voilà, start to page with its notebook run",
        ),
        Measurement(name="start to all lessons ready", unit="s", samples=every),
    ]  # fmt: skip


def _read(url: str) -> None:
    with urllib.request.urlopen(url, timeout=120) as answer:
        answer.read()


def _since_start(server: Server) -> float:
    return time.monotonic() - server.started_s
