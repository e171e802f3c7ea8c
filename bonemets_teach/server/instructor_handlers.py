"""The instructor's page about the questions."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.server.instructor_access import is_from_this_computer, is_token
from bonemets_teach.server.page_handler import PageHandler

__all__ = ["InstructorItemsHandler"]

_log = logging.getLogger(__name__)
# Makes guessing slow without holding anybody else up.
_WRONG_TOKEN_S: Final = 1.0


class InstructorItemsHandler(PageHandler):
    """Statistics of the questions: aggregates of at least 10 learners, and nothing about one."""

    async def get(self) -> None:
        """Show the page at this computer; elsewhere ask for the token, if there is one."""
        if is_from_this_computer(self.request):
            await self._show()
        else:
            self._ask(wrong=False)

    async def post(self) -> None:
        """Show the page to whoever sends the token."""
        if is_token(self.get_body_argument("token", ""), self.app.settings_.instructor_token):
            await self._show()
            return
        await asyncio.sleep(_WRONG_TOKEN_S)
        self._ask(wrong=True)

    def _ask(self, *, wrong: bool) -> None:
        if not self.app.settings_.instructor_token:
            notice = {
                "title": "This page is for instructors",
                "text": "It opens on the computer that runs the course. To open it from elsewhere, start the course with --instructor-token.",
            }
            self.show_message(403, notice)
            return
        self.set_status(403)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.app.pages.instructor_token(wrong=wrong))

    async def _show(self) -> None:
        try:
            report = await self.app.items_report.get()
        except BonemetsError as error:
            _log.error("The instructor's page can't be shown: %s", error)
            notice = {
                "title": "The statistics can't be worked out now",
                "text": "Try again in a minute. The command bonemets-teach stats says more.",
                "retry_s": 60,
            }
            self.show_message(503, notice)
            return
        self.app.pages_served["instructor"] += 1
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.app.pages.instructor_items(report))
