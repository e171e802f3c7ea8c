"""What a lesson page asks about its kernel: the socket, whether it is still there, and its end."""

from __future__ import annotations

from asyncio import Future
from typing import Any

from tornado import web
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from bonemets_teach.server.page_handler import ApiHandler
from bonemets_teach.server.pool import GONE
from bonemets_teach.server.security import is_same_origin
from bonemets_teach.server.session import LessonSession

__all__ = ["CloseHandler", "IgnoredHandler", "KernelModelHandler", "KernelSocket", "KernelStateHandler"]


class KernelSocket(VoilaKernelWebsocketHandler):
    """The socket between a page and its kernel; strict about where it is opened from."""

    session: LessonSession | None = None
    _spoken: str | None = None

    @property
    def selected_subprotocol(self) -> str | None:
        """What page and server agreed on; kept while the server closes, since what was sent before is still read."""
        return self._spoken

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Agree on how messages are written.

        Parameters
        ----------
        subprotocols : list of str
            What the page speaks.

        Returns
        -------
        spoken : str or None
            One of them, None for Jupyter's oldest.

        Raises
        ------
        Finish
            If the page has gone in the meantime: there is nobody to answer.
        """
        if self.connection is None:
            raise web.Finish
        self._spoken = super().select_subprotocol(subprotocols)
        return self._spoken

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel, unless its page has gone.

        Parameters
        ----------
        ws_message : str or bytes
            From the page.
        """
        if self.connection is not None:
            super().on_message(ws_message)

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> Future[None]:  # noqa: FBT001, FBT002 - Tornado's
        """Send to the page; what comes from the kernel when the page has gone is dropped.

        Parameters
        ----------
        message : bytes, str or dict
            What to send.
        binary : bool, default False
            Send it as bytes.

        Returns
        -------
        sent : Future
            Done when it is sent, or at once.
        """
        try:
            sent: Future[None] = super().write_message(message, binary)
        except WebSocketClosedError:
            sent = Future()
            sent.set_result(None)
        return sent

    def check_origin(self, origin: str | None = None) -> bool:  # noqa: ARG002 - the header is read
        """Accept pages of this server only; a request without an origin is refused too.

        Parameters
        ----------
        origin : str or None
            Ignored, since the header is read.

        Returns
        -------
        same : bool
            Whether the page is ours.
        """
        return is_same_origin(self.request, required=True)

    async def get(self, kernel_id: str) -> None:
        """Open the socket of a page that was handed out.

        Parameters
        ----------
        kernel_id : str
            The kernel of the page.

        Raises
        ------
        HTTPError
            403 for another origin, 404 if the kernel has ended or belongs to no page.
        """
        if not self.check_origin():
            raise web.HTTPError(403)
        if self.settings["bonemets_app"].pool.find(kernel_id) is None:
            raise web.HTTPError(404)
        await super().get(kernel_id=kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Connect.

        Parameters
        ----------
        kernel_id : str
            The kernel of the page.
        """
        self.session = self.settings["bonemets_app"].pool.find(kernel_id)
        if self.session is None:
            self.close(GONE, "died")
            return
        # A short message must not wait until the one before it is acknowledged.
        self.set_nodelay(True)
        self.session.connect(self)
        await super().open(kernel_id)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Refuse without a page: only scripts ask here.

        Parameters
        ----------
        status_code : int
            HTTP status.
        """
        self.finish({"error": "This address takes the socket of a lesson page only.", "status": status_code})

    def on_close(self) -> None:
        """Disconnect."""
        if self.session is not None:
            self.session.disconnect(self)
        super().on_close()


class KernelStateHandler(ApiHandler):
    """Tells a page that lost its connection whether its kernel is still there."""

    async def get(self, kernel_id: str) -> None:
        """Answer.

        Parameters
        ----------
        kernel_id : str
            The kernel of the page.
        """
        self.reply({"alive": self.app.pool.find(kernel_id) is not None})


class KernelModelHandler(ApiHandler):
    """What Voilà's own front end asks before it connects."""

    async def get(self, kernel_id: str) -> None:
        """Answer with Jupyter's description of the kernel.

        Parameters
        ----------
        kernel_id : str
            The kernel of the page.

        Raises
        ------
        HTTPError
            404 if it has ended.
        """
        if self.app.pool.find(kernel_id) is None:
            raise web.HTTPError(404, "This kernel has ended.")
        model: dict[str, Any] = self.app.kernel_manager.kernel_model(kernel_id)
        self.reply(model)


class CloseHandler(ApiHandler):
    """Ends the kernel of a page that is being closed (a beacon: no cookie, no header, only the body)."""

    async def post(self, kernel_id: str) -> None:
        """End the kernel if the token is the page's.

        Parameters
        ----------
        kernel_id : str
            The kernel of the page.

        Raises
        ------
        HTTPError
            403 for a wrong token and for a kernel that is not there, so nothing can be found out.
        """
        session = self.app.pool.find(kernel_id)
        token = self.request.body[:200].decode("utf-8", "replace")
        if session is None or not session.is_mine(token):
            raise web.HTTPError(403, "This page may not end that kernel.")
        self.set_status(204)
        self.finish()
        await self.app.pool.end(session, "closed")


class IgnoredHandler(ApiHandler):
    """Takes the beacon of Voilà's own front end, which has no token and so ends nothing."""

    async def post(self, *_: str) -> None:
        """Do nothing."""
        self.set_status(204)
