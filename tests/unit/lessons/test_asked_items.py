"""Every item of the course can be frozen, and the copy tells what was asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.lessons.asked_items import asked_item
from bonemets_teach.lessons.catalog import find_lesson
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.lessons.session import Lesson

SECRET = "0123456789abcdef" * 2


def test_every_item_of_a_lesson_is_frozen_the_same_each_time() -> None:
    """Stem, options and key are in the copy; the same item has the same hash."""
    items = lesson_items("bone-remodeling")
    assert items
    for item in items:
        asked = asked_item(item)
        assert asked.sha256 == asked_item(item).sha256
        content: Mapping[str, Any] = json.loads(asked.text)
        assert (item.id, item.version, asked.type) == (content["id"], content["version"], content["type"])
        assert content["lead_in"]
    assert len({asked_item(item).sha256 for item in items}) == len(items)


def test_an_answer_in_a_lesson_keeps_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two answers to one item keep one copy, and both name it."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    lesson = Lesson(find_lesson("bone-remodeling"))
    item = lesson._items[0]
    for number in range(2):
        answer = {
            "attempt_id": f"00000000-0000-4000-8000-00000000000{number}", "learner": SECRET, "item_id": item.id,
            "item_version": item.version, "response": "a", "score": 1.0, "max_score": 1.0, "correct": True,
        }  # fmt: skip
        assert lesson._learner.record_answer(answer)
    connection = sqlite3.connect(tmp_path / "progress.db")
    assert [(item.id, asked_item(item).sha256)] == connection.execute(
        "SELECT item_id, sha256 FROM item_version"
    ).fetchall()
    assert [(asked_item(item).sha256,)] * 2 == connection.execute(
        "SELECT item_sha256 FROM attempt"
    ).fetchall()
    connection.close()
    lesson._learner._store.close()
