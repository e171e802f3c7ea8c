"""Lets a check use what the models answered before, as long as the models are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

__all__ = ["known", "remembering"]

_VALUES: Final[ContextVar[dict[str, Any] | None]] = ContextVar("known_keys", default=None)


@contextmanager
def remembering(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Look answers of the models up in a dictionary, and keep new ones there.

    Parameters
    ----------
    values : dict
        Question to answer, both as plain data. Whoever gives it has made sure that the models are the same;
        outside this block every answer is worked out.

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
    """
    values = _VALUES.get()
    if values is None:
        return work()
    name = hashlib.sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()
    if name not in values:
        values[name] = work()
    return values[name]
