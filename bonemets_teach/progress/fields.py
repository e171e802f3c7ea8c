"""Checks of the fields of every record, so that the log can take it on any database."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = [
    "new_id",
    "now",
    "require_id",
    "require_json",
    "require_moment",
    "require_sha256",
    "require_truth",
    "require_uuid",
    "whole_number",
    "whole_or_none",
]

_LONGEST_ID = 200
_LONGEST_JSON = 100_000


def new_id() -> str:
    """Make a random id.

    Returns
    -------
    id : str
        UUID, version 4.
    """
    return str(uuid.uuid4())


def now() -> datetime:
    """Return the present moment.

    Returns
    -------
    moment : datetime
        In UTC.
    """
    return datetime.now(UTC)


def require_uuid(name: str, value: object) -> None:
    """Refuse what is no UUID.

    Parameters
    ----------
    name : str
        Name of the field.
    value : object
        Its value.

    Raises
    ------
    ParameterError
        If it is not a UUID as `str(uuid.UUID)` writes it.
    """
    try:
        known = isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        known = False
    if not known:
        message = (
            f"{name} = {value!r} is not a UUID in lower case with hyphens; make one with str(uuid.uuid4())"
        )
        raise ParameterError(message)


def require_sha256(name: str, value: object) -> None:
    """Refuse what is no SHA-256 in hexadecimal digits.

    Parameters
    ----------
    name : str
        Name of the field.
    value : object
        Its value.

    Raises
    ------
    ParameterError
        If it is not 64 digits in lower case.
    """
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
        message = f"{name} = {value!r} is not a SHA-256; take AskedItem.sha256"
        raise ParameterError(message)


def require_id(name: str, value: object) -> None:
    """Refuse what can't be the id of content.

    Parameters
    ----------
    name : str
        Name of the field.
    value : object
        Its value.

    Raises
    ------
    ParameterError
        If it is empty, longer than 200 characters, no text, or no text that a database can hold.
    """
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID or not _can_be_kept(value):
        message = f"{name} = {value!r} is not a text of 1 to {_LONGEST_ID} characters; use the content's id"
        raise ParameterError(message)


def whole_number(name: str, value: float, low: int, high: int) -> int:
    """Return a whole number as a plain int.

    Parameters
    ----------
    name : str
        Name of the field.
    value : float
        Its value.
    low, high : int
        Ends of the allowed range.

    Returns
    -------
    number : int
        The same value.

    Raises
    ------
    ParameterError
        If it is outside the range or not whole.
    """
    number = require_in_range(name, value, low, high)
    if not number.is_integer():
        message = f"{name} = {value} is not a whole number; give one from {low} to {high}"
        raise ParameterError(message)
    return int(number)


def whole_or_none(name: str, value: float | None, low: int, high: int) -> int | None:
    """Return a whole number as a plain int, or None for None.

    Parameters
    ----------
    name : str
        Name of the field.
    value : float or None
        Its value.
    low, high : int
        Ends of the allowed range.

    Returns
    -------
    number : int or None
        The same value.

    Raises
    ------
    ParameterError
        As `whole_number`.
    """
    return None if value is None else whole_number(name, value, low, high)


def require_truth(name: str, value: object) -> None:
    """Refuse what is neither a truth value nor None.

    Parameters
    ----------
    name : str
        Name of the field.
    value : object
        Its value.

    Raises
    ------
    ParameterError
        If it is anything else.
    """
    if value is not None and not isinstance(value, bool):
        message = f"{name} = {value!r} is neither True, False nor None; convert it with bool()"
        raise ParameterError(message)


def require_moment(name: str, value: object) -> None:
    """Refuse what is no moment on the time line.

    Parameters
    ----------
    name : str
        Name of the field.
    value : object
        Its value.

    Raises
    ------
    ParameterError
        If it is no datetime, has no time zone, or can't be told in UTC.
    """
    try:
        known = isinstance(value, datetime) and value.tzinfo is not None and bool(value.astimezone(UTC))
    except (OverflowError, ValueError):
        known = False
    if not known:
        message = f"{name} = {value!r} is not a moment with a time zone; use datetime.now(UTC)"
        raise ParameterError(message)


def require_json(name: str, value: object, longest: int = _LONGEST_JSON) -> None:
    """Refuse what can't be kept as JSON.

    Parameters
    ----------
    name : str
        Name of the field.
    value : object
        Its value.
    longest : int
        Most characters of its JSON.

    Raises
    ------
    ParameterError
        If it holds NaN, a foreign type, half a character or a NUL, or is too long.
    """
    plain = dict(value) if isinstance(value, Mapping) else value
    try:
        text = json.dumps(plain, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"{name} can't be written as JSON ({error}); give plain numbers, texts, lists and dicts"
        raise ParameterError(message) from None
    # PostgreSQL keeps no NUL; JSON writes it as an escape, which must not be taken for an escaped backslash.
    if len(text) > longest or not _can_be_kept(text) or "\\u0000" in text.replace("\\\\", ""):
        message = f"{name} has {len(text)} characters, more than {longest} or not Unicode without NUL; keep the answer only"
        raise ParameterError(message)


def _can_be_kept(text: str) -> bool:
    """Return whether a text can be written to a database: half of a surrogate pair and NUL can't."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text
