"""Chooses another question of the same kind for another try, so that a second try is no memory test."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from bonemets_teach.quiz.item import Item

__all__ = ["held_back", "sibling", "siblings"]


def siblings(item: Item, items: Iterable[Item]) -> list[Item]:
    """Return the items that test the same in another dress.

    Parameters
    ----------
    item : Item
        The item.
    items : iterable of Item
        Where to look, for example all published items of a lesson.

    Returns
    -------
    found : list of Item
        Those of the same ``isomorphic_group``, by id, without the item itself; empty if it has no group.
    """
    group = item.isomorphic_group
    found = {
        each.id: each for each in items if group and each.isomorphic_group == group and each.id != item.id
    }
    return [found[name] for name in sorted(found)]


def held_back(items: Sequence[Item]) -> list[str]:
    """Return what a first pass leaves out, so that another try is a new question.

    Parameters
    ----------
    items : sequence of Item
        All questions of a lesson.

    Returns
    -------
    names : list of str
        Of each group and type all ids but the first one by name. Questions of another type stay: a group may ask in
        words what it asks in a picture, and both belong to a first pass.
    """
    kinds: dict[tuple[str, str], list[str]] = {}
    for item in items:
        if item.isomorphic_group:
            kinds.setdefault((item.isomorphic_group, item.type), []).append(item.id)
    return [name for names in kinds.values() for name in sorted(names)[1:]]


def sibling(item: Item, items: Iterable[Item], learner: str, attempt: int) -> Item:
    """Return what to ask at the n-th try.

    Parameters
    ----------
    item : Item
        What was asked at the first try.
    items : iterable of Item
        As in `siblings`.
    learner : str
        Anything that stays the same for a learner.
    attempt : int
        1 for the first try.

    Returns
    -------
    asked : Item
        The item itself at the first try, then its siblings in an order of the learner's own, then from the start.
    """

    def place(each: Item) -> bytes:
        return hashlib.sha256(f"{learner}|{item.isomorphic_group}|{each.id}".encode()).digest()

    turn = [item, *sorted(siblings(item, items), key=place)]
    return turn[max(0, attempt - 1) % len(turn)]
