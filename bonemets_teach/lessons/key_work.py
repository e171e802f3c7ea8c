"""Works out the keys that are not known yet, on all cores, and says how far it is."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.known_keys import UnknownKeyError, only_known, remembering
from bonemets_teach.quiz.solving import solve

__all__ = ["fill_missing", "lacking"]

_MOST_PROCESSES: Final = 4  # chosen: each holds the models, some 400 MB
_FEWEST_ITEMS: Final = 6  # chosen: fewer are done before a second process has started
_SAY_EVERY_S: Final = 3.0

Say = Callable[[str], None]


def lacking(items: Sequence[Item], keys: dict[str, Any]) -> list[Item]:
    """Return the items whose key needs a model to be run.

    Parameters
    ----------
    items : sequence of Item
        Any items.
    keys : dict
        What is known.

    Returns
    -------
    lacking : list of Item
        In their order.
    """
    found = []
    for item in items:
        try:
            with only_known(keys):
                solve(item)
        except UnknownKeyError:
            found.append(item)
        except BonemetsError:
            pass  # the linter names what is wrong with it
    return found


def fill_missing(
    items: Sequence[Item], keys: dict[str, Any], say: Say | None = None, processes: int | None = None
) -> int:
    """Work out the keys that are not known yet.

    Parameters
    ----------
    items : sequence of Item
        Any items.
    keys : dict
        What is known; grows.
    say : callable or None
        Takes a line that tells how far it is.
    processes : int or None
        How many work at a time; as many as there are cores if not given, at most 4.

    Returns
    -------
    count : int
        Number of items whose key was not known. One that can't be worked out is left to whoever asks for it.
    """
    wanted = lacking(items, keys)
    many = min(processes or os.cpu_count() or 1, _MOST_PROCESSES)
    tell = _Teller(len(wanted), say)
    if len(wanted) < _FEWEST_ITEMS or many < 2:
        for item in wanted:
            keys.update(_work_out(item))
            tell.one_more()
        return len(wanted)
    # Started anew and not forked: a fork of a process with threads may stand still.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(many, mp_context=context) as pool:
        _spread(pool, wanted, keys, tell)
    return len(wanted)


def _spread(pool: Executor, items: Sequence[Item], keys: dict[str, Any], tell: _Teller) -> None:
    running = [pool.submit(_work_out, item) for item in items]
    try:
        for done in as_completed(running):
            keys.update(done.result())
            tell.one_more()
    except BrokenProcessPool:
        return  # for lack of memory, for example: what is missing is worked out when it is asked for
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _work_out(item: Item) -> dict[str, Any]:
    with remembering({}) as values:
        try:
            solve(item)
        except Exception:  # noqa: BLE001 - the linter asks again and names what is wrong
            return {}
    return values


class _Teller:
    def __init__(self, total: int, say: Say | None) -> None:
        self._total, self._say, self._done = total, say, 0
        self._next = time.monotonic() + _SAY_EVERY_S
        if total and say is not None:
            say(f"… working out {total} keys that are not known yet for these models")

    def one_more(self) -> None:
        """Count one item; say so now and then."""
        self._done += 1
        if self._say is not None and self._done < self._total and time.monotonic() >= self._next:
            self._next = time.monotonic() + _SAY_EVERY_S
            self._say(f"… {self._done} of {self._total}")
