"""How a slow scene tells how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

__all__ = ["Listener", "report", "reporting"]

Listener = Callable[[float, str], None]
"""Called with the share done, 0..1, and with words such as "Growing the lesion: month 7 of 18"."""

_LISTENER: Final[ContextVar[Listener | None]] = ContextVar("listener", default=None)


@contextmanager
def reporting(listener: Listener) -> Iterator[None]:
    """Send what `report` says in this block to a listener.

    Parameters
    ----------
    listener : callable
        Gets share and words; what it raises ends the computation.

    Yields
    ------
    None
        Nothing; an outer listener hears nothing meanwhile.
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def report(fraction: float, text: str) -> None:
    """Say how far a computation is; without a listener nothing happens.

    Parameters
    ----------
    fraction : float
        Share done; clamped to 0..1.
    text : str
        What is being done, in a few plain words.
    """
    listener = _LISTENER.get()
    if listener is not None:
        listener(min(max(float(fraction), 0.0), 1.0), text)
