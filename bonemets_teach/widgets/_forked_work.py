"""Work in a process of its own, forked from this one: what it needs of memory ends with it."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

__all__ = ["can_fork", "end_work", "start_work"]

_PR_SET_PDEATHSIG: Final = 1


def can_fork() -> bool:
    """Return whether a process with threads can be forked here; the frameworks of macOS do not bear it."""
    return sys.platform == "linux" and hasattr(os, "fork")


def start_work(work: Callable[[Connection], None], line: Connection) -> int:
    """Fork a process that does some work.

    Parameters
    ----------
    work : callable
        Called in the new process with its end of the line. It must need no thread of this process and no lock that one
        could hold: numbers and files, but no comm, no log and no figure.
    line : Connection
        Where the work reports. This process keeps its end open and closes it itself.

    Returns
    -------
    pid : int
        Of the new process, to be ended by `end_work`. It dies with this one.

    Raises
    ------
    OSError
        If the machine has no room for it.
    """
    parent = os.getpid()
    with warnings.catch_warnings():
        # The new process has one thread and waits for none of the others.
        warnings.filterwarnings("ignore", message=".*multi-threaded.*", category=DeprecationWarning)
        pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _settle(parent)
        work(line)
        code = 0
    finally:
        os._exit(code)


def end_work(pid: int) -> None:
    """End a process of `start_work`, whether it is done or not, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _settle(parent: int) -> None:
    """Let go of what belongs to the parent: its event loop, its way of printing, and objects that send when they end."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    gc.freeze()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
