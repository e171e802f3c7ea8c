"""A forked kernel seen from the web server, which is not its parent: watched and signaled through a pidfd."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
from collections.abc import Callable

__all__ = ["ForkedProcess"]


class ForkedProcess:
    """The part of `subprocess.Popen` that Jupyter uses, for a process that another process forked.

    Parameters
    ----------
    pid : int
        Process id of the kernel.
    on_exit : callable
        Called once, without arguments, in the event loop when the process has ended.

    Notes
    -----
    A pidfd names one process for ever, so a process id that is used again can't be hit by mistake. The exit code
    is known to the parent only; an ended process counts as 1.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, on_exit: Callable[[], None]) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._on_exit = on_exit
        self._loop = asyncio.get_running_loop()
        try:
            self._fd = os.pidfd_open(pid)
        except ProcessLookupError:
            self._fd = -1
            self.returncode = 1
            self._loop.call_soon(on_exit)
        else:
            self._loop.add_reader(self._fd, self._ended)

    def _ended(self) -> None:
        if self.returncode is not None:
            return
        self.returncode = 1
        self._loop.remove_reader(self._fd)
        os.close(self._fd)
        self._loop.call_soon(self._on_exit)

    def poll(self) -> int | None:
        """Return 1 if the process has ended, None if it runs.

        Returns
        -------
        code : int or None
            As `subprocess.Popen.poll`.
        """
        if self.returncode is None:
            waiting = select.poll()  # not select.select, which stops at descriptor 1023
            waiting.register(self._fd, select.POLLIN)
            if waiting.poll(0):
                self._ended()
        return self.returncode

    def wait(self) -> int:
        """Return the exit code of a process that has ended.

        Returns
        -------
        code : int
            Always 1; Jupyter calls this after `poll` has said that the process ended.
        """
        return self.poll() or 1

    def send_signal(self, number: int) -> None:
        """Send a signal; one that comes too late is ignored.

        Parameters
        ----------
        number : int
            Signal number.
        """
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._fd, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)
