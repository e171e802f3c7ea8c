"""What can be set when the course is served, with limits and defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["ServeSettings", "default_max_kernels"]

_BYTES_PER_KERNEL: Final = 120 * 1024**2  # chosen: 70 MB private at most, and room for the page cache
_MOST_KERNELS: Final = 60
_SHORTEST_TOKEN: Final = 12
_BASE_URL: Final = re.compile(r"/(?:[A-Za-z0-9][A-Za-z0-9._~-]*/)*")


def default_max_kernels(meminfo: Path = Path("/proc/meminfo")) -> int:
    """Return how many kernels fit into the memory that is free now.

    Parameters
    ----------
    meminfo : Path
        Linux' table of memory; without it 20 kernels are assumed.

    Returns
    -------
    kernels : int
        From 2 to 60, one for each 120 MB.
    """
    try:
        table = meminfo.read_text("ascii", errors="replace")
    except OSError:
        return 20
    found = re.search(r"MemAvailable:\s+(\d+) kB", table)
    free = int(found[1]) * 1024 if found else 20 * _BYTES_PER_KERNEL
    return max(2, min(_MOST_KERNELS, free // _BYTES_PER_KERNEL))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """How the course is served.

    Parameters
    ----------
    port : int
        TCP port, 0 for any free one.
    host : str
        Address to listen on; 127.0.0.1 is this machine only, 0.0.0.0 every network.
    base_url : str
        Path below which everything lies, behind a reverse proxy; begins and ends with a slash.
    data : Path or None
        Folder for progress, None for the default of `progress`.
    max_kernels : int
        Most kernels at one time, ready ones included.
    ready : int
        Pages kept ready for each lesson in use, 0 to 5.
    preheated_lessons : int
        Most lessons that are kept ready; the ones opened last win.
    idle_s : float
        A kernel without messages for this long is ended [s].
    unclaimed_s : float
        A page handed out that never connects loses its kernel after this time [s].
    away_s : float
        When the room is full, a page disconnected for this long gives its kernel up [s].
    oldest_s : float
        No kernel lives longer [s].
    build_s : float
        A lesson that needs longer to be prepared counts as broken [s].
    fork : bool
        Whether kernels are forked where the machine can; False starts each as a program of its own.
    instructor_token : str
        What opens the instructor's pages from another computer, 12 characters or more; "" lets nobody in from there.
    preload : bool
        Whether the lessons are loaded before the first kernel, for a slower start and faster, smaller kernels.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    port: int = 8866
    host: str = "127.0.0.1"
    base_url: str = "/"
    data: Path | None = None
    max_kernels: int = 20
    ready: int = 1
    preheated_lessons: int = 4
    idle_s: float = 45 * 60
    unclaimed_s: float = 120
    away_s: float = 120
    oldest_s: float = 12 * 3600
    build_s: float = 90
    fork: bool = True
    preload: bool = True
    instructor_token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        require_in_range("port", self.port, 0, 65535)
        require_in_range("max_kernels", self.max_kernels, 1, 2000)
        require_in_range("ready", self.ready, 0, 5)
        require_in_range("preheated_lessons", self.preheated_lessons, 0, 100)
        for name in ("idle_s", "unclaimed_s", "away_s", "oldest_s", "build_s"):
            require_in_range(name, getattr(self, name), 0.05, 7 * 24 * 3600, "s")
        if self.instructor_token and len(self.instructor_token) < _SHORTEST_TOKEN:
            message = f"the instructor's token has {len(self.instructor_token)} characters; take at least {_SHORTEST_TOKEN}"
            raise ParameterError(message)
        if not _BASE_URL.fullmatch(self.base_url):
            message = (
                f"base_url = {self.base_url!r} is not a path such as /course/; begin and end it with a slash"
            )
            raise ParameterError(message)
