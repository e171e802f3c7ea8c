"""The process that asks and grades reviews, so that the web server needs neither the models nor their memory.

It connects to the socket named on its command line, reads one request a line, and ends when the socket ends:
``{"op": "bank"}`` and ``{"op": "message", "secret", "kind", "items", "message"}``; each is answered by one line.
"""

from __future__ import annotations

import json
import logging
import socket
import sys
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.lessons.review_bank import lessons_of_items, review_bank, reviewed_items
from bonemets_teach.lessons.review_session import ReviewSessions
from bonemets_teach.progress import open_log

__all__ = ["ReviewWorker", "main"]

_log: Final = logging.getLogger(__name__)
_PAGE_BYTES: Final = 4096


class ReviewWorker:
    """Answers requests, one at a time."""

    @cached_property
    def _sessions(self) -> ReviewSessions:
        lessons = lessons_of_items()
        items = {name: (lessons[name], item) for name, item in reviewed_items().items()}
        return ReviewSessions(open_log(), items)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one request.

        Parameters
        ----------
        request : dict
            As the module says.

        Returns
        -------
        answer : dict
            "bank", or "sent", or "refused" in words; and "memory_mb", what this process holds.
        """
        try:
            if request["op"] == "bank":
                found: dict[str, Any] = {"bank": review_bank()}
            else:
                names = ("secret", "kind", "items", "message")
                sent = self._sessions.receive(*(request[name] for name in names))
                found = {"sent": [{"message": message, "buffers": buffers} for message, buffers in sent]}
        except BonemetsError as error:
            found = {"refused": str(error)}
        return found | {"memory_mb": _memory_mb()}


def main(path: str) -> None:
    """Serve requests until the socket ends.

    Parameters
    ----------
    path : str
        A Unix socket on which the web server listens.
    """
    worker = ReviewWorker()
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        with line.makefile("rb") as requests:
            for request in requests:
                line.sendall(_reply(worker, request) + b"\n")


def _reply(worker: ReviewWorker, request: bytes) -> bytes:
    try:
        return json.dumps(worker.answer(json.loads(request)), allow_nan=False).encode()
    except Exception:  # noqa: BLE001 - one bad question must not end the reviews of all
        _log.exception("a request of a review failed")
        return json.dumps({"failed": True, "memory_mb": _memory_mb()}).encode()


def _memory_mb() -> float:
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE_BYTES / 1e6
    except (OSError, ValueError, IndexError):
        return 0.0  # no such table on this system: the process still ends when it is idle


if __name__ == "__main__":
    main(sys.argv[1])
