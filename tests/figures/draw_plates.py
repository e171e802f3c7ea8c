"""Computes the pictures of all questions and keeps them below assets/plates: ``python -m tests.figures.draw_plates``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bonemets_teach.content import assets_folder
from bonemets_teach.lessons.catalog import COURSE
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.quiz.item import ChoiceItem, Item, Numeric
from bonemets_teach.scenes.plates.kept import kept_file, packed
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.registry import PLATE_IDS, load_scene

__all__ = ["asked_plates", "plate_of"]


def asked_plates() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return plate and complete state of each picture that a question shows or measures, by file name."""
    found = {}
    for entry in COURSE:
        for item in lesson_items(entry.id):
            for plate_id, state in _states(item):
                if plate_id in PLATE_IDS:
                    full, notes = load_scene(plate_id).complete(state)
                    assert not notes, (item.id, notes)
                    found[kept_file(plate_id, full).name] = (plate_id, full)
    return found


def plate_of(plate_id: str) -> Plate:
    """Return a plate by its id."""
    plate = load_scene(plate_id)
    assert isinstance(plate, Plate)
    return plate


def _states(item: Item) -> Iterator[tuple[str, dict[str, Any]]]:
    if item.scene is not None:
        yield item.scene.id, item.scene.state
    if isinstance(item, ChoiceItem) and item.computed is not None:
        yield from ((item.computed.scene, state) for state in (item.computed.cases or {}).values())
        if item.computed.state is not None:
            yield item.computed.scene, item.computed.state
    if isinstance(item, Numeric) and item.answer.computed is not None:
        yield item.answer.computed.scene, item.answer.computed.state


def main() -> None:
    """Write every picture anew and remove those that no question asks for."""
    folder = assets_folder() / "plates"
    folder.mkdir(exist_ok=True)
    asked = asked_plates()
    for old in folder.glob("*.npz"):
        if old.name not in asked:
            old.unlink()
    for name, (plate_id, state) in sorted(asked.items()):
        np.savez_compressed(folder / name, **packed(plate_of(plate_id).expose(state)))


if __name__ == "__main__":
    main()
