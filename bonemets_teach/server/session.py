"""A page together with the kernel behind it."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

__all__ = ["LessonSession"]


@dataclass(slots=True, kw_only=True)
class LessonSession:
    """One kernel, the page rendered from it, and the sockets between them.

    Parameters
    ----------
    lesson_id : str
        The lesson.
    kernel_id : str
        The kernel; no other page ever gets it.
    token : str
        Proves that a request to end the kernel comes from its page.
    html : str
        The page.
    light : bool
        Whether it is the light page.
    version : int
        Change time of the notebook from which the page was made [ns].
    started_s : float
        When it was made, on the monotonic clock [s].
    """

    lesson_id: str
    kernel_id: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    html: str = field(default="", repr=False)
    light: bool = True
    version: int = 0
    started_s: float = field(default_factory=time.monotonic)
    handed_out_s: float | None = None
    disconnected_s: float | None = None
    ever_connected: bool = False
    sockets: set[Any] = field(default_factory=set, repr=False)

    def hand_out(self) -> None:
        """Note that a page has been given this kernel; the text of the page is not needed any more."""
        self.handed_out_s = self.disconnected_s = time.monotonic()

    def is_mine(self, token: str) -> bool:
        """Tell whether a token is this page's.

        Parameters
        ----------
        token : str
            As received.

        Returns
        -------
        mine : bool
            Compared in constant time.
        """
        return hmac.compare_digest(self.token.encode(), token.encode())

    def connect(self, socket: Any) -> None:
        """Note that the page has connected.

        Parameters
        ----------
        socket : WebSocketHandler
            The connection.
        """
        self.sockets.add(socket)
        self.ever_connected = True
        self.disconnected_s = None

    def disconnect(self, socket: Any) -> None:
        """Note that a connection has ended.

        Parameters
        ----------
        socket : WebSocketHandler
            The connection.
        """
        self.sockets.discard(socket)
        if not self.sockets:
            self.disconnected_s = time.monotonic()

    def away_for(self) -> float:
        """Return for how long no page has been connected.

        Returns
        -------
        seconds : float
            0 while one is connected [s].
        """
        return 0.0 if self.disconnected_s is None else time.monotonic() - self.disconnected_s

    def age(self) -> float:
        """Return the age of the kernel.

        Returns
        -------
        seconds : float
            Since it was made [s].
        """
        return time.monotonic() - self.started_s
