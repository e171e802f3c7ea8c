"""The page of reviews, and what it asks the server."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from tornado import web

from bonemets_teach.errors import ParameterError
from bonemets_teach.server.learner_handlers import LearnerHandler
from bonemets_teach.server.page_handler import PageHandler
from bonemets_teach.server.review_client import ReviewFailedError
from bonemets_teach.widgets._quiz_files import quiz_module, quiz_style

__all__ = [
    "DueHandler", "ReviewMessageHandler", "ReviewOverviewHandler", "ReviewPageHandler", "ReviewRateHandler",
    "TestEndHandler",
]  # fmt: skip


class ReviewPageHandler(PageHandler):
    """The page: the same for every learner, it fetches what belongs to one."""

    async def get(self) -> None:
        """Show the page; it needs no kernel."""
        self.app.pages_served["review"] += 1
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        player = self.app.widget_code.take_out({"_esm": quiz_module(), "_css": quiz_style()})
        self.set_header("Vary", "Cookie")
        self.finish(self.app.pages.review(player, self.page_language))


class _ReviewHandler(LearnerHandler):
    """Tells in words what can't be done."""

    async def answer(self, finding: Awaitable[dict[str, Any]]) -> None:
        """Send what is found, or say why not.

        Parameters
        ----------
        finding : awaitable of dict
            Gives the answer.

        Raises
        ------
        HTTPError
            400 with words if the page asks for what it can't have.
        """
        try:
            found = await finding
        except ParameterError as error:
            raise web.HTTPError(400, _sentence(error)) from None
        except ReviewFailedError as error:
            self.reply({"error": str(error)}, 503)
        else:
            self.reply(found)


class ReviewOverviewHandler(_ReviewHandler):
    """What the learner knows, what is due, what keeps going wrong."""

    async def get(self) -> None:
        """Answer with the overview."""
        await self.answer(self.app.reviews.overview(await self.learner()))


class DueHandler(_ReviewHandler):
    """How much is due, for the home page and the lessons."""

    async def get(self) -> None:
        """Answer with counts."""
        await self.answer(self.app.reviews.due(await self.learner()))


class ReviewMessageHandler(_ReviewHandler):
    """A message of the quiz player to its quiz."""

    async def post(self) -> None:
        """Answer with the messages of the quiz."""
        body = self.body_json()
        await self.answer(self.app.reviews.ask(self.secret(), await self.learner(), body))


class ReviewRateHandler(_ReviewHandler):
    """The learner's own rating of an answer."""

    async def post(self) -> None:
        """Keep the rating and answer with the card."""
        body = self.body_json()
        await self.answer(self.app.reviews.rate(await self.learner(), body))


class TestEndHandler(_ReviewHandler):
    """Ending a test early."""

    __test__ = False  # the name begins as those that pytest collects

    async def post(self) -> None:
        """Keep that the test is over."""
        body = self.body_json()
        await self.answer(self.app.reviews.end_test(await self.learner(), body))


def _sentence(error: Exception) -> str:
    words = str(error)
    # Tornado fills its log message like a format string.
    return f"{words[:1].upper()}{words[1:].rstrip('.')}.".replace("%", "%%")
