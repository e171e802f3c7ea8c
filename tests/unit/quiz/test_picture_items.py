"""Questions about pictures that the model computes: enough of them, and the model knows their keys."""

from __future__ import annotations

from collections import Counter

import pytest

from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.quiz.item import Hotspot, Item
from bonemets_teach.quiz.presenting import _in_explorer
from bonemets_teach.scenes.registry import PLATE_IDS

LESSONS = ("radiograph-and-ct", "nuclear-and-mri", "reading-room")


def _picture_items(lesson: str) -> list[Item]:
    return [
        item
        for item in lesson_items(lesson)
        if item.scene is not None
        and item.scene.role == "stimulus"
        and item.scene.id in {*PLATE_IDS, "radiograph"}
    ]


def test_there_are_at_least_25_image_items() -> None:
    """Over the three lessons of imaging, most of them hotspots."""
    items = [item for lesson in LESSONS for item in _picture_items(lesson)]

    assert len(items) >= 25
    assert sum(isinstance(item, Hotspot) for item in items) >= 26


@pytest.mark.parametrize(
    ("lesson", "least"), [("radiograph-and-ct", 8), ("nuclear-and-mri", 16), ("reading-room", 6)]
)
def test_each_lesson_has_its_share(lesson: str, least: int) -> None:
    """Films and slices, scans and MRI, and patients."""
    assert len(_picture_items(lesson)) >= least


@pytest.mark.parametrize("lesson", LESSONS)
def test_places_of_image_hotspots_come_from_the_model(lesson: str) -> None:
    """Each target lies around a mark of the picture; none is typed in as numbers."""
    for item in _picture_items(lesson):
        if isinstance(item, Hotspot):
            assert all(target.around is not None and target.around.mark for target in item.targets), item.id


def test_keys_of_image_hotspots_are_computed() -> None:
    """All but those about something without one place, as a whole bone."""
    spots = [item for lesson in LESSONS for item in _picture_items(lesson) if isinstance(item, Hotspot)]

    by_hand = Counter(item.computed is None for item in spots)

    assert by_hand[True] <= 1


def test_a_plate_opens_no_explorer() -> None:
    """The page offers to explore what an explorer can show."""
    assert _in_explorer({"scene": "film-plate", "state": {}}) is None
    assert _in_explorer({"scene": "radiograph", "state": {}}) == {"scene": "radiograph", "state": {}}
    assert _in_explorer(None) is None
