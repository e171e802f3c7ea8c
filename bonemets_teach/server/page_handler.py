"""What all pages have in common: headers, and errors told in words with a way home."""

from __future__ import annotations

import json
import logging
import secrets
from typing import TYPE_CHECKING, Any, Final

from tornado import web

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.server.page_language import asked_language
from bonemets_teach.server.security import HEADERS, is_same_origin

if TYPE_CHECKING:
    from bonemets_teach.server.app import BonemetsVoila

__all__ = ["ApiHandler", "NotFoundHandler", "PageHandler"]

_log = logging.getLogger(__name__)
_LONGEST_BODY: Final = 4096
_LONGEST_ADDRESS: Final = 32_768  # chosen; a link with every control of a lesson has some 2,000 characters


class PageHandler(web.RequestHandler):
    """A page; its errors are pages too."""

    SUPPORTED_METHODS = ("GET", "HEAD", "POST")  # the others are refused with 405

    @property
    def app(self) -> BonemetsVoila:
        """The server."""
        app: BonemetsVoila = self.settings["bonemets_app"]
        return app

    @property
    def page_language(self) -> str:
        """The language in which the page is asked for."""
        return asked_language(self.request)

    def set_default_headers(self) -> None:
        """Send the security headers with everything."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")

    def prepare(self) -> None:
        """Refuse addresses without end and what another site's page posts; no cookie opens anything, so no more is checked."""
        if len(self.request.uri or "") > _LONGEST_ADDRESS:
            raise web.HTTPError(414, "That address is too long.")
        if self.request.method == "POST" and not is_same_origin(self.request, required=False):
            raise web.HTTPError(403)

    async def head(self, *_: str) -> None:
        """Answer that the address exists, without doing any work."""
        self.set_status(200)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show an error as a page, without a traceback.

        Parameters
        ----------
        status_code : int
            HTTP status.
        **kwargs
            ``exc_info`` of the exception; ``notice`` with the words of the page.
        """
        self.show_message(status_code, kwargs.get("notice"))

    def show_message(self, status: int, notice: dict[str, Any] | None = None) -> None:
        """Write a page that says what happened and how to go on.

        Parameters
        ----------
        status : int
            HTTP status.
        notice : dict or None
            ``title``, ``text`` and perhaps ``retry_s`` and ``reference``.
        """
        if notice is None and status == 404:
            notice = {
                "title": "There is no such page",
                "text": "The address may be mistyped, or the page has moved.",
            }
        if notice is None and status == 414:
            notice = {
                "title": "That address is too long",
                "text": "A link of this course is much shorter. Copy it again, whole and only once.",
            }
        if notice is None and status >= 500:
            reference = secrets.token_hex(4)
            _log.error("Error %s for %s has the reference %s.", status, self.request.path, reference)
            notice = {
                "title": "Something went wrong on our side",
                "text": "Your answers are saved. Try again; if it happens again, tell whoever runs the server.",
                "reference": reference,
            }
        notice = notice or {
            "title": "That is not possible",
            "text": "The server does not accept this request.",
        }
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if retry := notice.get("retry_s"):
            self.set_header("Retry-After", str(retry))
        self.finish(self.app.pages.message(status, notice, self.page_language))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what was not expected with its traceback.

        Parameters
        ----------
        typ, value, tb
            The exception.
        """
        if isinstance(value, web.HTTPError) and value.status_code < 500:
            return
        _log.error("Unexpected error at %s", self.request.path, exc_info=(typ, value, tb))


class ApiHandler(PageHandler):
    """An address for scripts: answers and errors are JSON."""

    def reply(self, content: dict[str, Any], status: int = 200) -> None:
        """Answer with JSON.

        Parameters
        ----------
        content : dict
            What to send.
        status : int
            HTTP status.
        """
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(content, allow_nan=False))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer an error as JSON, in words.

        Parameters
        ----------
        status_code : int
            HTTP status.
        **kwargs
            ``exc_info`` of the exception.
        """
        error = kwargs.get("exc_info", (None, None, None))[1]
        known = isinstance(error, web.HTTPError) and status_code < 500
        words = (
            error.log_message if known and error.log_message else None
        ) or "The server could not do that."
        with speaking(self.page_language):
            self.reply({"error": tr(words)}, status_code)

    def body_json(self) -> dict[str, Any]:
        """Return the JSON object that was sent.

        Returns
        -------
        body : dict
            At most 4 kB.

        Raises
        ------
        HTTPError
            400 if it is no JSON object, 413 if it is too long.
        """
        if len(self.request.body) > _LONGEST_BODY:
            raise web.HTTPError(413, "That is too long.")
        try:
            body = json.loads(self.request.body)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise web.HTTPError(400, "The request holds no JSON object.")
        return body


class NotFoundHandler(PageHandler):
    """Every address that nothing else answers."""

    async def get(self, *_: str) -> None:
        """Lead from the bare address to the course, or say that there is no such page."""
        base = self.app.settings_.base_url
        if self.request.path in {"/", base.rstrip("/")} and base != "/":
            self.redirect(base)
            return
        self.show_message(404)

    async def head(self, *_: str) -> None:
        """Say that there is no such page."""
        self.set_status(404)

    async def post(self, *_: str) -> None:
        """Say that there is no such page."""
        self.show_message(404)
