"""Reads an answer from the page; nothing in it is taken on trust."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bonemets_teach.errors import ParameterError

__all__ = ["AnswerMessage", "read_answer"]

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY_MS: Final = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMessage:
    """What a learner sent: the response as it is, the rest checked."""

    attempt_id: str
    response: Any
    hints_used: int
    latency_ms: int


def read_answer(message: Mapping[str, Any], *, hints: int, seen: int) -> AnswerMessage:
    """Check the parts of an answer that don't depend on the item's type.

    Parameters
    ----------
    message : mapping
        From the page.
    hints : int
        How many hints the item has.
    seen : int
        How many of them this kernel gave out.

    Returns
    -------
    answer : AnswerMessage
        Counts are brought into their ranges.

    Raises
    ------
    ParameterError
        If the attempt has no id of its own.
    """
    attempt_id = message.get("attempt_id")
    if not isinstance(attempt_id, str) or not _UUID.fullmatch(attempt_id):
        raise ParameterError("this answer has no id and so can't be told from another; reload the page")
    used = max(seen, _count(message.get("hints_used"), hints))
    return AnswerMessage(
        attempt_id=attempt_id,
        response=message.get("response"),
        hints_used=used,
        latency_ms=_count(message.get("latency_ms"), _DAY_MS),
    )


def _count(raw: Any, most: int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not raw >= 0:
        return 0
    return int(min(raw, most))
