"""Passes a scene's progress on to the page, not more often than an eye can follow."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Final

__all__ = ["ProgressSender"]

_PAUSE_S: Final = 0.1


class ProgressSender:
    """A listener of `scenes.progress` that sends messages and remembers the last words.

    Parameters
    ----------
    send : callable
        Takes a message for the page.
    seq : object
        Number of the page's request, sent back with each message.
    clock : callable, default `time.monotonic`
        Seconds.
    """

    def __init__(
        self, send: Callable[[dict[str, Any]], None], seq: Any, clock: Callable[[], float] = monotonic
    ) -> None:
        self._send = send
        self._seq = seq
        self._clock = clock
        self._sent_at = clock()
        self.last = ""

    def __call__(self, fraction: float, text: str) -> None:
        """Note the words, and send them if the last message is a tenth of a second old."""
        self.last = text
        if self._clock() - self._sent_at >= _PAUSE_S:
            self._sent_at = self._clock()
            self._send({"type": "progress", "seq": self._seq, "fraction": round(fraction, 3), "text": text})
