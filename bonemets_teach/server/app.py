"""The one process that serves the course: Voilà with our own pages, kernels and limits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import socket
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

import tornado.web
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from voila.app import Voila

from bonemets_teach.progress import open_log
from bonemets_teach.server.builder import LessonBuilder
from bonemets_teach.server.course import Course, load_course
from bonemets_teach.server.fork_client import ForkClient
from bonemets_teach.server.fork_provisioner import can_fork
from bonemets_teach.server.instructor_items import ItemsReport
from bonemets_teach.server.kernels import ALLOWED_MESSAGES, LessonKernelManager, kernel_config
from bonemets_teach.server.lesson_page import LessonPages
from bonemets_teach.server.models_page import ModelsPage
from bonemets_teach.server.page_handler import NotFoundHandler
from bonemets_teach.server.pages import Pages
from bonemets_teach.server.pool import LessonPool
from bonemets_teach.server.review_client import ReviewClient
from bonemets_teach.server.review_desk import ReviewDesk
from bonemets_teach.server.routes import routes
from bonemets_teach.server.settings import ServeSettings
from bonemets_teach.server.stock_handlers import with_our_errors
from bonemets_teach.server.visitors import NoAccounts
from bonemets_teach.server.widget_code import WidgetCode

__all__ = ["BonemetsVoila"]

_log = logging.getLogger(__name__)
_LARGEST_MESSAGE: Final = 2 * 1024**2
_LARGEST_REQUEST: Final = 1024**2


class BonemetsVoila(Voila):
    """Serves the course.

    Voilà standalone loads no server extension and applies ``tornado_settings`` too late for compression, so
    the Tornado application is made here, from Voilà's settings and our handlers.
    """

    name = "voila"

    @classmethod
    def prepare(cls, settings: ServeSettings, course: Course | None = None) -> BonemetsVoila:
        """Make a server that listens nowhere yet.

        Parameters
        ----------
        settings : ServeSettings
            How to serve.
        course : Course or None
            Another course than the package's, for tests.

        Returns
        -------
        app : BonemetsVoila
            Ready for `open`.
        """
        config = kernel_config(fork=settings.fork and can_fork())
        config.VoilaConfiguration.allow_template_override = "NO"
        config.VoilaConfiguration.allow_theme_override = "NO"
        config.VoilaConfiguration.file_allowlist = []
        config.VoilaConfiguration.show_tracebacks = False
        app = cls(config=config, base_url=settings.base_url, open_browser=False, config_file_paths=[])
        app.identity_provider_class = NoAccounts
        app.log_level = logging.WARNING
        app.initialize([])
        app.voila_configuration.multi_kernel_manager_class = LessonKernelManager
        app.settings_ = settings
        app.course = course if course is not None else load_course()
        return app

    async def open(self, sockets: list[socket.socket]) -> None:
        """Answer requests on these sockets, and begin to prepare lessons.

        Parameters
        ----------
        sockets : list of socket
            Bound and listening.
        """
        self._folder = tempfile.mkdtemp(prefix="bonemets-")
        self.connection_dir = self._folder
        self.pages_served: Counter[str] = Counter()
        self.log_of_attempts = await asyncio.to_thread(open_log, self.settings_.data)
        self.pages = Pages(self.settings_.base_url, self.course)
        self.models_page = ModelsPage(self.pages)
        self.items_report = ItemsReport(self.settings_.data)
        self.widget_code = WidgetCode(self.settings_.base_url)
        self.app = self._tornado_application()
        await self._start_kernels()
        self.review_client = ReviewClient(Path(self._folder), self.settings_.data, self.fork_client)
        self.reviews = ReviewDesk(self.log_of_attempts, self.course, self.review_client)
        # Heads may be as long as bodies, so that too long an address is answered in words instead of a cut line.
        self._http = HTTPServer(
            self.app, max_buffer_size=_LARGEST_REQUEST, max_header_size=_LARGEST_REQUEST, xheaders=True
        )
        self._http.add_sockets(sockets)
        self._culling = asyncio.create_task(self._cull_regularly())
        self.pool.start()

    async def ready(self) -> None:
        """Wait until a lesson can be opened without a long wait."""
        if self.fork_client is not None:
            await self.fork_client.ready()

    async def close(self) -> None:
        """Stop listening and end every kernel."""
        self._http.stop()
        self._culling.cancel()
        await self.pool.close()
        await self.review_client.close()
        await self._http.close_all_connections()
        with contextlib.suppress(tornado.web.HTTPError):  # a kernel that ended meanwhile
            await self.kernel_manager.shutdown_all(now=True)
        if self.fork_client is not None:
            await self.fork_client.stop()
        await asyncio.to_thread(self.log_of_attempts.close)
        shutil.rmtree(self._folder, ignore_errors=True)

    def init_handlers(self) -> list[Any]:
        """Return our handlers, and of Voilà's only those that its own front end needs.

        Returns
        -------
        handlers : list of tuple
            Patterns below the base URL.
        """
        wanted = ("voila/templates/", "voila/static/", "voila/api/themes/", "voila/labextensions/")
        stock = [
            (pattern, with_our_errors(handler), *rest)
            for pattern, handler, *rest in super().init_handlers()
            if any(part in pattern for part in wanted)
        ]
        ours = [(url_path_join(self.base_url, pattern), *rest) for pattern, *rest in routes()]
        return [*ours, *stock]

    def fork_state(self) -> str:
        """Say how the fork server is.

        Returns
        -------
        state : str
            ``running``, ``starting`` or ``not used``.
        """
        if self.fork_client is None:
            return "not used"
        return "running" if self.fork_client.is_ready() else "starting"

    def _tornado_application(self) -> tornado.web.Application:
        settings = self.init_settings()
        settings |= {
            "compress_response": True,
            "default_handler_class": NotFoundHandler,
            "bonemets_app": self,
            "websocket_max_message_size": _LARGEST_MESSAGE,
            "autoreload": False,
            "log_function": lambda _handler: None,
        }
        application = tornado.web.Application(**settings)
        application.add_handlers(".*$", self.init_handlers())
        return application

    async def _start_kernels(self) -> None:
        self.kernel_manager.allowed_message_types = list(ALLOWED_MESSAGES)
        self.fork_client = (
            ForkClient(preload=self.settings_.preload) if self.settings_.fork and can_fork() else None
        )
        if self.fork_client is not None:
            self.fork_client.start()
        self.kernel_manager.fork_client = self.fork_client
        pages = LessonPages(self, self.settings_.base_url, self.course, self.widget_code)
        data = self.settings_.data
        builder = LessonBuilder(
            self.course,
            self.kernel_manager,
            pages,
            timeout_s=self.settings_.build_s,
            environment={"BONEMETS_DATA": str(Path(data).absolute())} if data else {},
        )
        self.pool = LessonPool(self.course, builder, self.kernel_manager, self.settings_)
        self.kernel_manager.on_kernel_ended = self.pool.kernel_ended

    async def _cull_regularly(self) -> None:
        period = max(0.1, min(30.0, self.settings_.idle_s / 4, self.settings_.unclaimed_s / 4))
        while True:
            await asyncio.sleep(period)
            try:
                await self.pool.cull()
            except Exception:  # noqa: BLE001 - logged; the next round may succeed
                _log.exception("Looking for idle kernels failed; it is tried again.")
