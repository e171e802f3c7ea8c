"""An IPython kernel that leaves shared memory alone while it starts.

A forked kernel shares each page of memory with all others until it writes to it, and in Python even looking at an object
writes to it. What an ordinary kernel looks through at its start would copy 16 MB for each learner.
"""

from __future__ import annotations

import sys
from typing import Any

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp

__all__ = ["LeanKernelApp"]


class LeanKernelApp(IPKernelApp):
    """Starts with a connection file on the loopback address and nothing else."""

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Take the connection file; a parser of all options would look at every class that has any.

        Parameters
        ----------
        argv : list of str
            ``-f`` and the connection file.
        """
        given = argv or []
        self.connection_file = given[given.index("-f") + 1]
        # Asked for its own address, Jupyter would list all network interfaces.
        self.ip = "127.0.0.1"

    def init_extensions(self) -> None:
        """Load no extension; the one that IPython would load stores variables."""

    def init_code(self) -> None:
        """Run no startup file, and make no list of all modules for the command ``%reset``."""
        shell: Any = self.shell
        shell._sys_modules_keys = set()

    def init_kernel(self) -> None:
        """Make the kernel without the list of all modules, which is for a debugger that no learner can reach."""
        listing: Any = ipkernel
        listing.sys = _SysWithoutModules()
        try:
            super().init_kernel()
        finally:
            listing.sys = sys


class _SysWithoutModules:
    """The module ``sys``, with no modules to look through."""

    modules: dict[str, Any] = {}  # noqa: RUF012 - stands for sys.modules and stays empty

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)
