"""Checks of the bank as a whole: objectives are covered, groups fit, prerequisites lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bonemets_teach.quiz.bank import Entry
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.item import Poll, ScriptConcordance
from bonemets_teach.quiz.linter.finding import Finding

__all__ = ["check_bank"]

_ENOUGH: Final = 2


def check_bank(entries: Sequence[Entry], catalog: Catalog) -> Iterator[Finding]:
    """Check what only the whole bank can tell.

    Parameters
    ----------
    entries : sequence of Entry
        All items with file and lesson.
    catalog : Catalog
        Has the objectives.

    Yields
    ------
    finding : Finding
        Objectives with fewer than two published items that can be right or wrong, groups of one or of items
        with different goals, prerequisites that do not exist or go in a circle.
    """
    published = [entry for entry in entries if entry.item.status == "published"]
    yield from _check_objectives(published, catalog)
    yield from _check_groups(published)
    yield from _check_prerequisites(published)


def _check_objectives(published: Sequence[Entry], catalog: Catalog) -> Iterator[Finding]:
    lessons = {entry.lesson for entry in published}
    graded = [entry.item for entry in published if not isinstance(entry.item, Poll | ScriptConcordance)]
    asked = Counter(name for item in graded for name in set(item.objectives))
    for name, objective in catalog.objectives.items():
        if objective.lesson in lessons and asked[name] < _ENOUGH:
            words = f"{asked[name]} published items ask for it; write at least {_ENOUGH}"
            yield Finding(
                file="quizzes/objectives.yaml", item="", code="OBJECTIVE_UNCOVERED", path=name, message=words
            )


def _check_groups(published: Sequence[Entry]) -> Iterator[Finding]:
    groups: dict[str, list[Entry]] = {}
    for entry in published:
        if entry.item.isomorphic_group:
            groups.setdefault(entry.item.isomorphic_group, []).append(entry)
    for name, members in groups.items():
        if len(members) == 1:
            words = f"nothing else is in group {name}, so a second try asks the same again"
            yield _about(members[0], "GROUP_ALONE", "isomorphic_group", words)
        elif not set.intersection(*(set(entry.item.objectives) for entry in members)):
            words = f"the items of group {name} have no objective in common"
            yield _about(members[0], "GROUP_MIXED", "isomorphic_group", words)


def _check_prerequisites(published: Sequence[Entry]) -> Iterator[Finding]:
    first = {entry.item.id: entry.item.prerequisite for entry in published}
    for entry in published:
        wanted = entry.item.prerequisite
        if wanted is None:
            continue
        if wanted not in first:
            words = f"there is no published item {wanted}"
            yield _about(entry, "UNKNOWN_PREREQUISITE", "prerequisite", words)
            continue
        seen: list[str] = []
        at: str | None = entry.item.id
        while at is not None and at not in seen:
            seen.append(at)
            at = first.get(at)
        if at == entry.item.id:
            words = f"it has to come before itself: {' after '.join([*seen, entry.item.id])}"
            yield _about(entry, "PREREQUISITE_CYCLE", "prerequisite", words)


def _about(entry: Entry, code: str, path: str, words: str) -> Finding:
    reason = next((waiver.reason for waiver in entry.item.waivers if waiver.code == code), None)
    return Finding(file=entry.file, item=entry.item.id, code=code, path=path, message=words, waived=reason)
