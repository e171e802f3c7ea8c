"""Reads an answer or an exam from the page; nothing in it is taken on trust."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bonemets_teach.errors import ParameterError

__all__ = ["AnswerMessage", "Block", "read_answer", "read_block", "read_seen", "read_sheet"]

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY_MS: Final = 24 * 60 * 60 * 1000
_MOST_QUESTIONS: Final = 200
_LONGEST_EXAM_MIN: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMessage:
    """What a learner sent: the response and the certainty as they are, the rest checked."""

    attempt_id: str
    response: Any
    hints_used: int
    latency_ms: int
    certainty: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A timed exam: its id, the id of the one attempt at each of its items, and the time allowed [min] if it is known."""

    id: str
    attempts: Mapping[str, str]
    minutes: int | None = field(default=None, compare=False)


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
    if not _is_uuid(attempt_id):
        raise ParameterError("this answer has no id and so can't be told from another; reload the page")
    used = max(seen, _count(message.get("hints_used"), hints))
    return AnswerMessage(
        attempt_id=str(attempt_id),
        response=message.get("response"),
        hints_used=used,
        latency_ms=_count(message.get("latency_ms"), _DAY_MS),
        certainty=message.get("certainty"),
    )


def read_block(raw: Any, known: Mapping[str, Any]) -> Block:
    """Read which items a timed exam has.

    Parameters
    ----------
    raw : object
        From the page: "id", "attempts" (item id to attempt id) and perhaps "minutes".
    known : mapping
        Ids of the items that can be asked; others are left out, since a course may change within a block.

    Returns
    -------
    block : Block
        At least one item, each with an attempt id of its own.

    Raises
    ------
    ParameterError
        If it is no block.
    """
    found = raw if isinstance(raw, dict) else {}
    attempts = found.get("attempts")
    if not _is_uuid(found.get("id")) or not isinstance(attempts, dict) or len(attempts) > _MOST_QUESTIONS:
        raise ParameterError("this exam can't be read; reload the page and start it again")
    kept = {name: own for name, own in attempts.items() if name in known}
    if not kept or not all(_is_uuid(own) for own in kept.values()) or len(set(kept.values())) < len(kept):
        raise ParameterError("this exam asks nothing that can be answered here; start a new one")
    return Block(
        id=found["id"], attempts=kept, minutes=_count(found.get("minutes"), _LONGEST_EXAM_MIN) or None
    )


def read_sheet(raw: Any, block: Block) -> dict[str, AnswerMessage]:
    """Read the answers of an exam.

    Parameters
    ----------
    raw : object
        From the page: item id to "response", "certainty" and "latency_ms".
    block : Block
        The exam.

    Returns
    -------
    answers : dict
        For the items that have an answer, in the order of the block.
    """
    sheet = raw if isinstance(raw, dict) else {}
    answers = {}
    for name, own in block.attempts.items():
        entry = sheet.get(name)
        if isinstance(entry, dict) and entry.get("response") is not None:
            answers[name] = read_answer({**entry, "attempt_id": own, "hints_used": 0}, hints=0, seen=0)
    return answers


def read_seen(raw: Any, block: Block) -> list[str]:
    """Read which questions of an exam the learner looked at.

    Parameters
    ----------
    raw : object
        From the page: a list of item ids.
    block : Block
        The exam.

    Returns
    -------
    seen : list of str
        In the order of the block.
    """
    told = {name for name in raw if isinstance(name, str)} if isinstance(raw, list) else set()
    return [name for name in block.attempts if name in told]


def _is_uuid(raw: Any) -> bool:
    return isinstance(raw, str) and _UUID.fullmatch(raw) is not None


def _count(raw: Any, most: int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not raw >= 0:
        return 0
    return int(min(raw, most))
