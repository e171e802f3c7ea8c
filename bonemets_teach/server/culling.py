"""Decides when a page's kernel is of no more use."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bonemets_teach.server.kernels import LessonKernelManager
from bonemets_teach.server.session import LessonSession
from bonemets_teach.server.settings import ServeSettings

__all__ = ["lives", "reason_to_end"]


async def reason_to_end(
    session: LessonSession, kernels: LessonKernelManager, limits: ServeSettings
) -> str | None:
    """Tell why a kernel should end now.

    Parameters
    ----------
    session : LessonSession
        A session that was handed out.
    kernels : LessonKernelManager
        Knows when the kernel was last active.
    limits : ServeSettings
        Times in s.

    Returns
    -------
    why : str or None
        ``unclaimed``, ``old``, ``idle`` or ``died``; None if it should go on.
    """
    if not await lives(session, kernels):
        return "died"
    if not session.ever_connected and session.away_for() > limits.unclaimed_s:
        return "unclaimed"
    if session.age() > limits.oldest_s:
        return "old"
    return "idle" if _idle_for(session, kernels) > limits.idle_s else None


async def lives(session: LessonSession, kernels: LessonKernelManager) -> bool:
    """Tell whether the kernel of a session still runs.

    Parameters
    ----------
    session : LessonSession
        Any session.
    kernels : LessonKernelManager
        Knows the processes.

    Returns
    -------
    alive : bool
        False once the process has ended.
    """
    return session.kernel_id in kernels and bool(await kernels.is_alive(session.kernel_id))


def _idle_for(session: LessonSession, kernels: LessonKernelManager) -> float:
    """Return the time since the last message, and not longer than since the page got the kernel."""
    last = getattr(kernels.activity(session.kernel_id), "last_activity", None)
    since_message = (datetime.now(UTC) - last).total_seconds() if last else session.age()
    since_page = time.monotonic() - (session.handed_out_s or time.monotonic())
    return min(since_message, since_page)
