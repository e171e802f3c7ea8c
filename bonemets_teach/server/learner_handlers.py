"""A learner's own data: progress, the code for another device, export, erasure."""

from __future__ import annotations

import asyncio
from typing import Any

from tornado import web

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.errors import BonemetsError
from bonemets_teach.progress import resume_code, secret_from_code
from bonemets_teach.server.page_handler import ApiHandler

__all__ = ["EraseHandler", "ExportHandler", "LearnerHandler", "ProgressHandler", "ResumeHandler"]

_HEADER = "X-Bonemets-Learner"


class LearnerHandler(ApiHandler):
    """Knows the learner by the secret in a header, which no other site can send."""

    def secret(self) -> str:
        """Return the secret that was sent.

        Returns
        -------
        secret : str
            32 hexadecimal digits.

        Raises
        ------
        HTTPError
            400 if there is none.
        """
        secret = self.request.headers.get(_HEADER, "").lower()
        if len(secret) != 32 or not set(secret) <= set("0123456789abcdef"):
            raise web.HTTPError(400, "This browser has sent no learner. Reload the page.")
        return secret

    async def learner(self) -> str:
        """Return the learner of the secret.

        Returns
        -------
        learner_id : str
            Random UUID.
        """
        return await asyncio.to_thread(self.app.log_of_attempts.learner, self.secret())


class ProgressHandler(LearnerHandler):
    """How far the learner has come in each lesson."""

    async def get(self) -> None:
        """Answer with counts for each lesson that was begun."""
        log, learner = self.app.log_of_attempts, await self.learner()
        summary = await asyncio.to_thread(log.lesson_summary, learner)
        lessons: dict[str, Any] = {
            lesson: {"answered": one.items_answered, "correct": one.items_correct, "attempts": one.attempts}
            for lesson, one in summary.items()
        }
        self.reply({"lessons": lessons, "problem": log.problem})


class ResumeHandler(LearnerHandler):
    """The code that takes one's progress to another device."""

    async def get(self) -> None:
        """Answer with the code of this learner."""
        self.reply({"code": resume_code(self.secret())})

    async def post(self) -> None:
        """Answer with the secret behind a code, or with a problem in words: a typing error is no failed request."""
        code = self.body_json().get("code")
        with speaking(self.page_language):
            if not isinstance(code, str) or not code.strip():
                self.reply({"problem": tr("Enter the code that the other device shows.")})
                return
            try:
                self.reply({"secret": secret_from_code(code)})
            except BonemetsError as error:
                self.reply({"problem": tr(str(error))})


class ExportHandler(LearnerHandler):
    """Everything that is kept of the learner."""

    async def get(self) -> None:
        """Send the archive."""
        learner = await self.learner()
        content = await asyncio.to_thread(self.app.log_of_attempts.export, learner)
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", 'attachment; filename="bonemets-teach-my-data.zip"')
        self.finish(content)


class EraseHandler(LearnerHandler):
    """Forgetting the learner."""

    async def post(self) -> None:
        """Erase everything of the learner and say how much it was."""
        learner = await self.learner()
        erased = await asyncio.to_thread(self.app.log_of_attempts.erase, learner)
        self.reply({"erased": erased})
