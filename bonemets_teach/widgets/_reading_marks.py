"""What the page says about the learner's marks, checked before it is scored or recorded."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Final

from bonemets_teach.anatomy.bone_names import BONE_NUMBERS
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.observer_performance import Mark
from bonemets_teach.imaging.patient_record import APPEARANCES

__all__ = ["MOST_MARKS", "NumberedMark", "read_marks", "read_point", "read_sight"]

MOST_MARKS: Final = 40
_FARTHEST_MM: Final = 3000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedMark:
    """One mark of a learner.

    Parameters
    ----------
    number : int
        As shown in the picture, from 1.
    mark : Mark
        Place, type, nature and certainty; its type is "" while it is open.
    """

    number: int
    mark: Mark

    def as_json(self) -> dict[str, Any]:
        """Return plain values for the log."""
        return {"number": self.number} | asdict(self.mark)


def read_marks(raw: Any) -> tuple[NumberedMark, ...]:
    """Return the marks of a message.

    Parameters
    ----------
    raw : object
        What the page has sent.

    Returns
    -------
    marks : tuple of NumberedMark
        In the page's order.

    Raises
    ------
    ParameterError
        If they are no marks, too many, or two have one number.
    """
    if not isinstance(raw, list) or len(raw) > MOST_MARKS:
        message = f"a reading has at most {MOST_MARKS} marks; remove some, or reload the page"
        raise ParameterError(message)
    marks = tuple(_mark(one) for one in raw)
    if len({mark.number for mark in marks}) != len(marks):
        message = "two marks have the same number; reload the page"
        raise ParameterError(message)
    return marks


def read_point(raw: Any) -> Point:
    """Return a position of a message (z, y, x) [mm].

    Parameters
    ----------
    raw : object
        Three finite numbers.

    Returns
    -------
    point : Point
        The position.

    Raises
    ------
    ParameterError
        If it is none.
    """
    if not isinstance(raw, list | tuple) or len(raw) != 3 or not all(_is_number(v) for v in raw):
        message = "a mark has no place in the patient; remove it and mark again"
        raise ParameterError(message)
    z, y, x = (float(v) for v in raw)
    return z, y, x


def read_sight(raw: Any) -> Point | None:
    """Return a direction of a message as a unit vector, or None.

    Parameters
    ----------
    raw : object
        Three numbers, or None.

    Returns
    -------
    sight : Point or None
        Of length 1.

    Raises
    ------
    ParameterError
        If it is no direction.
    """
    if raw is None:
        return None
    z, y, x = read_point(raw)
    length = math.hypot(z, y, x)
    if not 0.5 < length < 2.0:
        message = "a mark has no direction of sight; remove it and mark again"
        raise ParameterError(message)
    return z / length, y / length, x / length


def _mark(raw: Any) -> NumberedMark:
    given: dict[str, Any] = raw if isinstance(raw, dict) else {}
    number, kind, bone = given.get("number"), given.get("kind"), given.get("bone")
    malignant, confidence = given.get("malignant"), given.get("confidence")
    known = (
        _is_whole(number, 1, 10_000)
        and (kind is None or kind in APPEARANCES)
        and (bone is None or bone in BONE_NUMBERS)
        and isinstance(malignant, bool)
        and _is_whole(confidence, 1, 5)
    )
    if not known:
        message = "a mark was not understood; remove the newest one, or reload the page"
        raise ParameterError(message)
    # A mark from the list of bones means the whole bone, not the point in its middle.
    place = (
        {}
        if bone
        else {"position_mm": read_point(given.get("position")), "sight": read_sight(given.get("sight"))}
    )
    mark = Mark(
        kind=kind or "", malignant=malignant is True, confidence=int(confidence or 0), bone=bone, **place
    )
    return NumberedMark(number=int(number or 0), mark=mark)


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) <= _FARTHEST_MM
    )


def _is_whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
