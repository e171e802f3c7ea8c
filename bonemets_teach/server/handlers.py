"""Home, lessons, models, and the addresses that a machine asks: health and counts."""

from __future__ import annotations

import logging
import secrets

from tornado import web

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.errors import BonemetsError
from bonemets_teach.server.page_handler import ApiHandler, PageHandler
from bonemets_teach.server.page_language import edition
from bonemets_teach.server.pool import RoomFullError
from bonemets_teach.server.security import FALLBACK_POLICY

__all__ = ["HealthHandler", "HomeHandler", "LessonHandler", "MetricsHandler", "ModelsHandler"]

_log = logging.getLogger(__name__)


class HomeHandler(PageHandler):
    """The course map."""

    async def get(self) -> None:
        """Show the course map; it needs no kernel."""
        self.app.pages_served["home"] += 1
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Vary", "Cookie")
        self.finish(self.app.pages.home(self.page_language))


class ModelsHandler(PageHandler):
    """The page about the models."""

    async def get(self) -> None:
        """Show equations, numbers and checks of every model; it needs no kernel."""
        try:
            html = await self.app.models_page.html(self.page_language)
        except BonemetsError:
            _log.exception("The page about the models can't be made.")
            notice = {
                "title": "The page about the models can't be shown now",
                "text": "Something in it is broken. The lessons work, and your answers are saved.",
            }
            self.show_message(500, notice)
            return
        self.app.pages_served["models"] += 1
        self.set_header("Vary", "Cookie")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(html)


class LessonHandler(PageHandler):
    """One lesson, with a kernel of its own."""

    gone = False

    def on_connection_close(self) -> None:
        """Note that the browser has gone while the lesson was being prepared."""
        self.gone = True

    async def head(self, *lesson_id: str) -> None:
        """Say whether there is such a lesson, without a kernel.

        Parameters
        ----------
        *lesson_id : str
            Name in the address.
        """
        entry = self.app.course.get(*lesson_id)
        self.set_status(200 if entry and self.app.course.notebook(entry) else 404)

    async def get(self, lesson_id: str) -> None:
        """Show a lesson.

        Parameters
        ----------
        lesson_id : str
            Name in the address.
        """
        entry = self.app.course.get(lesson_id)
        if entry is None:
            self.show_message(404)
            return
        if self.app.course.notebook(entry) is None:
            with speaking(self.page_language):
                title = tr("“{title}” is coming", title=tr(entry.title))
            notice = {"title": title, "text": "This lesson is not written yet."}
            self.show_message(404, notice)
            return
        if "prefetch" in self.request.headers.get("Sec-Purpose", ""):
            raise web.HTTPError(503)  # a guess of the browser is not worth a kernel
        await self._show(lesson_id)

    async def _show(self, lesson_id: str) -> None:
        try:
            session = await self.app.pool.take(edition(lesson_id, self.page_language))
            if self.gone:
                await self.app.pool.end(session, "unclaimed")
                return
        except RoomFullError:
            notice = {
                "title": "The room is full",
                "text": "More people are learning than this server can hold. This page tries again by itself.",
                "retry_s": 15,
            }
            self.show_message(503, notice)
            return
        except BonemetsError as error:
            self._broken(lesson_id, error)
            return
        if not session.light:
            self.set_header("Content-Security-Policy", FALLBACK_POLICY)
        self.app.pages_served["lesson"] += 1
        self.set_header("Content-Type", "text/html; charset=utf-8")
        html, session.html = session.html, ""
        self.finish(html)

    def _broken(self, lesson_id: str, error: Exception) -> None:
        reference = secrets.token_hex(4)
        _log.error("Lesson %s is broken (reference %s): %s", lesson_id, reference, error)
        notice = {
            "title": "This lesson can't be opened now",
            "text": "Something in it is broken. The other lessons work, and your answers are saved.",
            "reference": reference,
        }
        self.show_message(500, notice)


class HealthHandler(ApiHandler):
    """Liveness."""

    async def get(self) -> None:
        """Say that the server answers."""
        self.reply({"status": "ok", "fork_server": self.app.fork_state(), **self.app.pool.state()})


class MetricsHandler(PageHandler):
    """Counts in the text format of Prometheus."""

    async def get(self) -> None:
        """Write the counts."""
        gauges = {"live", "ready", "building", "waiting"}
        lines = []
        for name, value in self.app.pool.state().items():
            metric = f"bonemets_kernels_{name}" if name in gauges else f"bonemets_{name}_total"
            lines += [f"# TYPE {metric} {'gauge' if name in gauges else 'counter'}", f"{metric} {value}"]
        lines.append("# TYPE bonemets_pages_served_total counter")
        lines += [
            f'bonemets_pages_served_total{{page="{page}"}} {n}' for page, n in self.app.pages_served.items()
        ]
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish("\n".join(lines) + "\n")
