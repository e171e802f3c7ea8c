"""The handlers of Voilà that its own front end needs, with our headers and our page for errors."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError, RequestHandler

from bonemets_teach.server.page_language import asked_language

__all__ = ["with_our_errors"]


class _OurErrors:
    """Mixin: what a static file handler can't find is a page with a way home."""

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log nothing: odd paths are the only thing that goes wrong there, and robots ask for them all day.

        Parameters
        ----------
        typ, value, tb
            The exception.
        """

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show the page for an address that does not exist, or for another refusal.

        Parameters
        ----------
        status_code : int
            HTTP status.
        **kwargs
            ``exc_info`` of the exception.
        """
        error = kwargs.get("exc_info", (None, None, None))[1]
        missing = status_code in {403, 404} or not isinstance(
            error, HTTPError
        )  # odd paths raise ValueError there
        words = ("There is no such page", "The address may be mistyped.") if missing else ("Not possible", "")
        status = 404 if missing else status_code
        assert isinstance(self, RequestHandler)  # noqa: S101 - a mixin for handlers only
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        notice = {"title": words[0], "text": words[1]}
        self.finish(self.settings["bonemets_app"].pages.message(status, notice, asked_language(self.request)))


def with_our_errors(handler: type[RequestHandler]) -> type[RequestHandler]:
    """Give a handler class our page for errors.

    Parameters
    ----------
    handler : type
        A handler class of Voilà or Jupyter.

    Returns
    -------
    ours : type
        A subclass.
    """
    return type(handler.__name__, (_OurErrors, handler), {})
