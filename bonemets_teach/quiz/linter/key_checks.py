"""Checks of keys: that models can work them out, that they are clear and hide well in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.item import ChoiceItem, Item
from bonemets_teach.quiz.linter.finding import Hit, Hits
from bonemets_teach.quiz.linter.option_checks import is_longest
from bonemets_teach.quiz.solution import Solution
from bonemets_teach.quiz.solving import solve
from bonemets_teach.scenes.registry import PLATE_IDS, SCENE_IDS, load_scene

__all__ = ["check_computed", "check_file", "work_out"]

_CLEAR: Final = 0.1
_FEW: Final = 6
_TOO_MANY: Final = 0.6


def work_out(item: Item) -> tuple[Solution | None, list[Hit]]:
    """Solve an item, or say why that can't be done.

    Parameters
    ----------
    item : Item
        The item.

    Returns
    -------
    solution : Solution or None
        None if there is a hit.
    hits : list of (str, str, str)
        KEY_NOT_COMPUTABLE, UNKNOWN_SCENE.
    """
    hits = list(_check_scene(item))
    try:
        return solve(item), hits
    except ContentError as error:
        words = str(error).removeprefix(f"item {item.id}: ")
        return None, [*hits, ("KEY_NOT_COMPUTABLE", "computed", words)]


def _check_scene(item: Item) -> Hits:
    if item.scene is None:
        return
    if item.scene.id not in {*SCENE_IDS, *PLATE_IDS}:
        yield (
            "UNKNOWN_SCENE",
            "scene.id",
            f"{item.scene.id} is no scene; the scenes are {', '.join((*SCENE_IDS, *PLATE_IDS))}",
        )
        return
    for words in _state_notes(item.scene.id, item.scene.state):
        yield "UNKNOWN_SCENE", "scene.state", words


def _state_notes(scene_id: str, state: Mapping[str, Any]) -> list[str]:
    try:
        return load_scene(scene_id).complete(state)[1]
    except ImportError:
        return [f"scene {scene_id} can't be loaded"]


def check_computed(item: ChoiceItem, solution: Solution) -> Hits:
    """Check that a computed key is not a photo finish.

    Parameters
    ----------
    item : ChoiceItem
        The item.
    solution : Solution
        Its key.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    asked = item.computed
    if asked is None or asked.cases is None or asked.choose not in {"max", "min"}:
        return
    ordered = sorted(solution.measured.values(), reverse=asked.choose == "max")
    spread = abs(ordered[0] - ordered[-1])
    if abs(ordered[0] - ordered[1]) < _CLEAR * spread:
        shown = ", ".join(f"{name} = {value:g}" for name, value in solution.measured.items())
        yield "KEY_TOO_CLOSE", "computed", f"the best two options are nearly equal ({shown}); move them apart"


def check_file(solved: Iterable[tuple[Item, Solution | None]]) -> Hits:
    """Check a whole file for keys that keep to one place or to the longest option.

    Parameters
    ----------
    solved : iterable of (Item, Solution or None)
        All items of the file.

    Yields
    ------
    hit : (str, str, str)
        Code, "", words.
    """
    places: Counter[int] = Counter()
    longest = choices = 0
    for item, solution in solved:
        if solution is None or not isinstance(item, ChoiceItem) or item.type != "single_best":
            continue
        choices += 1
        longest += is_longest(item, solution.keys)
        if not item.shuffle:
            places.update(at for at, option in enumerate(item.options, start=1) if option.id in solution.keys)
    if places.total() >= _FEW:
        place, count = places.most_common(1)[0]
        if count > _TOO_MANY * places.total():
            yield (
                "KEY_POSITION_SKEW",
                "",
                f"{count} of {places.total()} unshuffled keys stand in place {place}; vary it",
            )
    if choices >= _FEW and longest > _TOO_MANY * choices:
        yield (
            "KEY_LENGTH_SKEW",
            "",
            f"the key is the longest option in {longest} of {choices} items; lengthen some distractors",
        )
