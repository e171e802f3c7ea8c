"""Pages kept ready with their kernels: handed out once, bounded in number, ended when of no more use."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter, deque
from collections.abc import Coroutine
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.server.builder import LessonBuilder
from bonemets_teach.server.course import Course
from bonemets_teach.server.culling import lives, reason_to_end
from bonemets_teach.server.kernels import LessonKernelManager
from bonemets_teach.server.lessons_in_use import LessonsInUse
from bonemets_teach.server.page_language import of_edition
from bonemets_teach.server.session import LessonSession
from bonemets_teach.server.settings import ServeSettings

__all__ = ["GONE", "LessonPool", "RoomFullError"]

_log = logging.getLogger(__name__)
_PATIENCE_S: Final = 3.0
_BUILDS_AT_ONCE: Final = 2
_RETRY_BROKEN_S: Final = 30.0
_REFILL_AFTER_S: Final = 1.5
GONE: Final = 4410  # WebSocket close code: the kernel has ended, reconnecting is of no use


class RoomFullError(BonemetsError, RuntimeError):
    """Every kernel that this machine can hold is in use."""


class LessonPool:
    """Hands out sessions.

    Parameters
    ----------
    course : Course
        The lessons.
    builder : LessonBuilder
        Makes and ends sessions.
    kernels : LessonKernelManager
        Knows which kernels are idle.
    settings : ServeSettings
        Limits.
    """

    def __init__(
        self, course: Course, builder: LessonBuilder, kernels: LessonKernelManager, settings: ServeSettings
    ) -> None:
        self._course = course
        self._builder = builder
        self._kernels = kernels
        self._settings = settings
        self._sessions: dict[str, LessonSession] = {}
        self._ready: dict[str, deque[LessonSession]] = {}
        self._waiting: dict[str, deque[asyncio.Future[LessonSession]]] = {}
        self._building: Counter[str] = Counter()
        lessons = (entry.id for entry in course.open_lessons())
        self._in_use = LessonsInUse(lessons, settings.preheated_lessons)
        self._broken_until: dict[str, float] = {}
        self._turns = asyncio.Semaphore(_BUILDS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._builds: set[asyncio.Task[None]] = set()
        self._closed = False
        self.counts: Counter[str] = Counter()

    async def take(self, lesson_id: str) -> LessonSession:
        """Return a page with its kernel, ready or made now.

        Parameters
        ----------
        lesson_id : str
            A lesson with a notebook, as `page_language.edition` names it in its language.

        Returns
        -------
        session : LessonSession
            Given to no other request.

        Raises
        ------
        RoomFullError
            If there is no room for another kernel.
        ContentError
            If the lesson is broken.
        """
        self._in_use.opened(lesson_id)
        await self._drop_outdated(lesson_id)
        ready = self._ready.get(lesson_id)
        if ready:
            session = ready.popleft()
        else:
            await self._make_room(lesson_id)
            future: asyncio.Future[LessonSession] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(lesson_id, deque()).append(future)
            self._fill()
            session = await future
        session.hand_out()
        # The page just handed out draws its first pictures now; the next one is not made at its expense.
        asyncio.get_running_loop().call_later(_REFILL_AFTER_S, self._fill)
        return session

    def find(self, kernel_id: str) -> LessonSession | None:
        """Return the session of a kernel.

        Parameters
        ----------
        kernel_id : str
            Which kernel.

        Returns
        -------
        session : LessonSession or None
            None if there is none, or if its page was not handed out yet.
        """
        session = self._sessions.get(kernel_id)
        return session if session and session.handed_out_s is not None else None

    async def end(self, session: LessonSession, why: str) -> None:
        """End one session: its sockets are told, its kernel ends.

        Parameters
        ----------
        session : LessonSession
            May have ended already.
        why : str
            One word for the page: ``closed``, ``idle``, ``full``, ``died``, ``old``.
        """
        if self._sessions.pop(session.kernel_id, None) is None:
            return
        for ready in self._ready.values():
            with contextlib.suppress(ValueError):
                ready.remove(session)
        self.counts[f"ended_{why}"] += 1
        for socket in list(session.sockets):
            socket.close(GONE, why)
        await self._builder.end(session, patience_s=_PATIENCE_S if session.ever_connected else 0.0)
        self._fill_soon()

    def kernel_ended(self, kernel_id: str) -> None:
        """Take notice that a kernel's process has ended, for whatever reason.

        Parameters
        ----------
        kernel_id : str
            Which kernel.
        """
        session = self._sessions.get(kernel_id)
        if session is not None and not self._closed:
            _log.warning("Kernel %s of %s has died.", kernel_id, session.lesson_id)
            self._spawn(self.end(session, "died"))

    def start(self) -> None:
        """Begin to prepare lessons and to look after them."""
        self._fill_soon()

    async def cull(self) -> None:
        """End the kernels that are idle, unclaimed, too old or dead."""
        for session in list(self._sessions.values()):
            if session.handed_out_s is None:
                continue
            if why := await reason_to_end(session, self._kernels, self._settings):
                await self.end(session, why)

    async def close(self) -> None:
        """End every kernel."""
        self._closed = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for futures in self._waiting.values():
            for future in futures:
                future.cancel()
        sessions, self._sessions = list(self._sessions.values()), {}
        for session in sessions:
            for socket in list(session.sockets):
                socket.close(1001, "the server stops")
        await asyncio.gather(*(self._builder.end(session) for session in sessions), return_exceptions=True)

    def state(self) -> dict[str, int]:
        """Return what the pool holds.

        Returns
        -------
        counts : dict of str to int
            ``live``, ``ready``, ``building``, ``waiting`` and the counters since the start.
        """
        ready = sum(map(len, self._ready.values()))
        return {
            "live": len(self._sessions) - ready,
            "ready": ready,
            "building": self._building.total(),
            "waiting": sum(map(len, self._waiting.values())),
            **self.counts,
        }

    def _occupied(self) -> int:
        return len(self._sessions) + self._building.total()

    async def _drop_outdated(self, lesson_id: str) -> None:
        version = self._builder.version(lesson_id)
        for session in list(self._ready.get(lesson_id, ())):
            if session.version != version or not await lives(session, self._kernels):
                await self.end(session, "outdated")

    async def _make_room(self, lesson_id: str) -> None:
        """Give up what is least needed until one more kernel fits, or refuse."""
        if self._building[lesson_id] > len(self._waiting.get(lesson_id, ())):
            return  # one is already under way for nobody yet
        while self._occupied() + self._unstarted() >= self._settings.max_kernels:
            spare = next((ready[-1] for ready in self._ready.values() if ready), None) or self._longest_away()
            if spare is None and self._ahead():
                await asyncio.wait(self._builds, return_when=asyncio.FIRST_COMPLETED)
                continue
            if spare is None:
                self.counts["refused"] += 1
                raise RoomFullError("every kernel is in use; wait until someone closes a lesson")
            await self.end(spare, "full")

    def _ahead(self) -> bool:
        """Tell whether a page is being made for nobody yet; once made, it can be given up."""
        return any(count > len(self._waiting.get(lesson, ())) for lesson, count in self._building.items())

    def _unstarted(self) -> int:
        """Count the waiting requests for which no build has begun."""
        return sum(max(0, len(futures) - self._building[lesson]) for lesson, futures in self._waiting.items())

    def _longest_away(self) -> LessonSession | None:
        away = [one for one in self._sessions.values() if one.away_for() > self._settings.away_s]
        return max(away, key=LessonSession.away_for, default=None)

    def _fill_soon(self) -> None:
        if not self._closed:
            asyncio.get_running_loop().call_soon(self._fill)

    def _fill(self) -> None:
        """Start as many builds as requests wait and pages are missing, the requests first."""
        if self._closed:
            return
        for lesson_id, futures in self._waiting.items():
            for _ in range(len(futures) - self._building[lesson_id]):
                self._begin(lesson_id)
        if self._building.total():
            return  # pages for later are made one at a time, when nobody waits
        for lesson_id in self._in_use:
            missing = self._settings.ready - len(self._ready.get(lesson_id, ()))
            blocked = self._broken_until.get(lesson_id, 0) > time.monotonic()
            if missing > 0 and not blocked and self._occupied() < self._settings.max_kernels:
                self._begin(lesson_id)
                return

    def _begin(self, lesson_id: str) -> None:
        self._building[lesson_id] += 1
        task = self._spawn(self._build(lesson_id))
        self._builds.add(task)
        task.add_done_callback(self._builds.discard)

    async def _build(self, lesson_id: str) -> None:
        session, problem = None, None
        try:
            async with self._turns:
                entry = self._course.get(of_edition(lesson_id)[0])
                assert entry is not None  # noqa: S101 - take() and _in_use only hold lessons of the course
                session = await self._builder.build_twice(entry, of_edition(lesson_id)[1])
        except Exception as error:  # noqa: BLE001 - told to whoever waits; the other lessons go on
            problem = error
        finally:
            self._building[lesson_id] -= 1
        if session is not None:
            self._sessions[session.kernel_id] = session
            self._broken_until.pop(lesson_id, None)
        self._deliver(lesson_id, session, problem)
        self._fill()

    def _deliver(self, lesson_id: str, session: LessonSession | None, problem: Exception | None) -> None:
        futures = self._waiting.get(lesson_id, deque())
        while futures and futures[0].done():
            futures.popleft()  # the browser has gone
        if problem is not None:
            self.counts["broken"] += 1
            self._broken_until[lesson_id] = time.monotonic() + _RETRY_BROKEN_S
            _log.error("Lesson %s can't be prepared: %s", lesson_id, problem)
            if futures:
                futures.popleft().set_exception(problem)
        elif session is not None and futures:
            futures.popleft().set_result(session)
        elif session is not None:
            self._ready.setdefault(lesson_id, deque()).append(session)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
