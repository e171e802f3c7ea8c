"""Computes the keys of all questions once, in the background, so that no learner waits for one."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import Final

from bonemets_teach.lessons.key_store import load_keys

__all__ = ["fill_keys"]

# It stands back behind whoever learns at the moment.
_PROGRAM: Final = """
import contextlib, os
with contextlib.suppress(OSError, AttributeError):
    os.nice(15)
from bonemets_teach.lessons.checking import check_content
check_content(processes=1)
"""


async def fill_keys() -> bool:
    """Let a process of its own compute and keep all keys, if none are kept for these models.

    Returns
    -------
    filled : bool
        Whether there was something to do.

    Notes
    -----
    Kernels find the keys by themselves (`bonemets_teach.quiz.known_keys.recall_with`). Without them they compute each
    key when it is needed.
    """
    if await asyncio.to_thread(load_keys):
        return False
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, stdin=nothing, stdout=nothing, stderr=nothing
    )
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    return True
