"""Prepares one lesson: a kernel, its notebook executed in it, the page rendered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any, Final

from bonemets_teach.content.language import VARIABLE, speaking
from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.prose import translate_cells
from bonemets_teach.server.course import Course, Entry
from bonemets_teach.server.execution import execute
from bonemets_teach.server.fork_client import single_threaded_environment
from bonemets_teach.server.kernels import LessonKernelManager
from bonemets_teach.server.lesson_page import LessonPages
from bonemets_teach.server.notebook import load_notebook
from bonemets_teach.server.page_language import of_edition
from bonemets_teach.server.session import LessonSession

__all__ = ["LessonBuilder"]

_log = logging.getLogger(__name__)
_KILL_WITHIN_S: Final = 10.0


class LessonBuilder:
    """Makes sessions and ends them.

    Parameters
    ----------
    course : Course
        The lessons.
    kernels : LessonKernelManager
        Starts and ends kernels.
    pages : LessonPages
        Renders.
    timeout_s : float
        Limit for one lesson [s].
    environment : dict of str to str
        Extra variables for the kernels.
    """

    def __init__(
        self,
        course: Course,
        kernels: LessonKernelManager,
        pages: LessonPages,
        *,
        timeout_s: float,
        environment: dict[str, str],
    ) -> None:
        self._course = course
        self._kernels = kernels
        self._pages = pages
        self._timeout_s = timeout_s
        self._environment = environment

    def version(self, lesson_id: str) -> int:
        """Return the change time of a lesson's notebook.

        Parameters
        ----------
        lesson_id : str
            The lesson, or its edition in a language.

        Returns
        -------
        changed : int
            In ns; 0 if there is no notebook.
        """
        entry = self._course.get(of_edition(lesson_id)[0])
        path = self._course.notebook(entry) if entry else None
        return path.stat().st_mtime_ns if path else 0

    async def build_twice(self, entry: Entry, language: str = "en") -> LessonSession:
        """Prepare one lesson, and once more if the machinery and not the lesson failed.

        Parameters
        ----------
        entry : Entry
            A lesson that has a notebook.
        language : str, default "en"
            Language of the page and of its kernel.

        Returns
        -------
        session : LessonSession
            With its page.

        Raises
        ------
        ContentError
            If the notebook can't be read, fails, or takes too long.
        """
        try:
            return await self.build(entry, language)
        except ContentError:
            raise
        except Exception as error:  # noqa: BLE001 - a kernel or the fork server has died
            _log.warning("Preparing %s failed (%s: %s); trying again.", entry.id, type(error).__name__, error)
            return await self.build(entry, language)

    async def build(self, entry: Entry, language: str = "en") -> LessonSession:
        """Prepare one lesson.

        Parameters
        ----------
        entry : Entry
            A lesson that has a notebook.
        language : str, default "en"
            Language of the page and of its kernel.

        Returns
        -------
        session : LessonSession
            With its page.

        Raises
        ------
        ContentError
            If the notebook can't be read, fails, or takes too long; no kernel is left behind.
        RuntimeError
            If the kernel ends before the page is made.
        """
        path = self._course.notebook(entry)
        if path is None:
            message = f"lesson {entry.id} has no notebook"
            raise ContentError(message)
        version = path.stat().st_mtime_ns
        notebook = load_notebook(path)
        translate_cells(notebook, path, language)
        environment = single_threaded_environment() | self._environment | {VARIABLE: language}
        kernel_id = await self._kernels.start_kernel(
            kernel_name="python3", cwd=str(path.parent), env=environment
        )
        session = LessonSession(lesson_id=entry.id, kernel_id=kernel_id, version=version)
        try:
            async with asyncio.timeout(self._timeout_s):
                kernel: Any = self._kernels.get_kernel(kernel_id)
                executed = await execute(notebook, kernel, self._timeout_s)
                with speaking(language):
                    session.html, session.light = await asyncio.to_thread(
                        self._pages.render, entry, executed, kernel_id, session.token
                    )
                # Nobody hears of a kernel that ends before its page is known, so it is asked once at the end.
                _require_alive(entry, await kernel.is_alive())
        except TimeoutError:
            await self.end(session)
            message = f"lesson {entry.id} was not ready within {self._timeout_s:g} s"
            raise ContentError(message) from None
        except BaseException:
            await self.end(session)
            raise
        return session

    async def end(self, session: LessonSession, *, patience_s: float = 0.0) -> None:
        """End the kernel of a session; it keeps no state, so it is killed once it is not busy.

        Parameters
        ----------
        session : LessonSession
            Its kernel may have ended already.
        patience_s : float
            How long a busy kernel may finish, an answer being graded for example [s].
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await self._idle(session.kernel_id)
        if session.kernel_id not in self._kernels:
            return
        try:
            async with asyncio.timeout(_KILL_WITHIN_S):
                await self._kernels.shutdown_kernel(session.kernel_id, now=True)
        except Exception:  # noqa: BLE001 - logged; the manager forgets the kernel
            _log.exception("Kernel %s of %s could not be ended.", session.kernel_id, session.lesson_id)
            self._kernels.remove_kernel(session.kernel_id)

    async def _idle(self, kernel_id: str) -> None:
        kernel: Any = self._kernels.activity(kernel_id)
        await asyncio.sleep(0.1)
        while getattr(kernel, "execution_state", "idle") == "busy":
            await asyncio.sleep(0.05)


def _require_alive(entry: Entry, alive: bool) -> None:  # noqa: FBT001 - one truth, named by the function
    if not alive:
        message = f"the kernel of {entry.id} ended while its page was made"
        raise RuntimeError(message)
