"""Lists the lessons of the course for people and for programs."""

from __future__ import annotations

from typing import Any

from bonemets_teach.lessons.catalog import COURSE, CourseEntry
from bonemets_teach.lessons.materials import lesson_goals, lesson_items

__all__ = ["list_lessons"]


def list_lessons() -> list[dict[str, Any]]:
    """Return one row for each lesson of the course.

    Returns
    -------
    rows : list of dict
        "id", "number", "title", "notebook" (None while it is coming), "minutes", "goals", "scenes", "items".
    """
    return [_row(entry) for entry in COURSE]


def _row(entry: CourseEntry) -> dict[str, Any]:
    ready = entry.notebook is not None
    return {
        "id": entry.id,
        "number": entry.number,
        "title": entry.title,
        "notebook": entry.notebook,
        "minutes": entry.minutes,
        "goals": list(lesson_goals(entry.id).values()) if ready else [],
        "scenes": list(entry.scenes),
        "items": [item.id for item in lesson_items(entry.id)] if ready else [],
    }
