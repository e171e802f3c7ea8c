"""Lets checks and graders use what the models answered before, as long as the models are the same."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["UnknownKeyError", "known", "only_known", "recall_with", "remembering"]

_VALUES: Final[ContextVar[dict[str, Any] | None]] = ContextVar("known_keys", default=None)
_REFUSES: Final[ContextVar[bool]] = ContextVar("refuses_work", default=False)
# Chosen: somebody else may be filling the memory just now, and looking costs a few milliseconds.
_LOOK_AGAIN_S: Final = 20.0


class UnknownKeyError(Exception):
    """An answer is not known, and nothing may be worked out."""


@dataclass(slots=True)
class _Memory:
    recall: Callable[[], dict[str, Any]] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    next_look: float = 0.0

    def answer(self, name: str) -> Any:
        """Return what is remembered, or None; an empty memory is looked for again after a while."""
        if self.recall is not None and not self.values and time.monotonic() >= self.next_look:
            self.next_look = time.monotonic() + _LOOK_AGAIN_S
            self.values = self.recall()
        return self.values.get(name)


_MEMORY: Final = _Memory()


def recall_with(recall: Callable[[], dict[str, Any]] | None) -> None:
    """Let this process, and those forked from it, grade with what the models answered before.

    Parameters
    ----------
    recall : callable or None
        Returns answers by the names that `remembering` gave them; called now, and again later as long as there are
        none. None forgets everything.
    """
    _MEMORY.recall, _MEMORY.values, _MEMORY.next_look = recall, {}, 0.0
    _MEMORY.answer("")


@contextmanager
def remembering(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Look answers of the models up in a dictionary, and keep new ones there.

    Parameters
    ----------
    values : dict
        Question to answer, both as plain data. Whoever gives it has made sure that the models are the same;
        outside this block answers come from `recall_with`, or are worked out.

    Yields
    ------
    values : dict
        The same dictionary.
    """
    token = _VALUES.set(values)
    try:
        yield values
    finally:
        _VALUES.reset(token)


@contextmanager
def only_known(values: dict[str, Any]) -> Iterator[None]:
    """Take answers of the models from a dictionary alone.

    Parameters
    ----------
    values : dict
        As in `remembering`; not changed.

    Yields
    ------
    None
        Inside, a question that is not in the dictionary raises `UnknownKeyError`.
    """
    token = _REFUSES.set(True)
    try:
        with remembering(values):
            yield
    finally:
        _REFUSES.reset(token)


def known(question: tuple[Any, ...], work: Callable[[], Any]) -> Any:
    """Return an answer of the models, from memory where `remembering` allows it.

    Parameters
    ----------
    question : tuple
        Everything that the answer depends on but the models, as plain data.
    work : callable
        Works the answer out; a number or a pair of numbers. What it raises is not kept.

    Returns
    -------
    answer : object
        As from ``work``; a pair may come back as a list.

    Raises
    ------
    UnknownKeyError
        Within `only_known`, if the answer is not there.
    """
    values = _VALUES.get()
    if values is None and _MEMORY.recall is None:
        return work()
    name = hashlib.sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()
    if values is None:
        found = _MEMORY.answer(name)
        return work() if found is None else found
    if name not in values:
        if _REFUSES.get():
            raise UnknownKeyError(name)
        values[name] = work()
    return values[name]
