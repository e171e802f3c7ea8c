"""Checks everything that a lesson is made of and names file, item, path and rule of what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bonemets_teach.content import assets_folder
from bonemets_teach.errors import ContentError
from bonemets_teach.evidence import claims, facts, problems, taught
from bonemets_teach.lessons.catalog import CourseEntry, ready_lessons
from bonemets_teach.lessons.key_store import load_keys, save_keys
from bonemets_teach.lessons.key_work import fill_missing
from bonemets_teach.lessons.materials import cited_claims
from bonemets_teach.lessons.translation_report import translation_counts, translation_errors
from bonemets_teach.quiz.bank import Bank, load_bank
from bonemets_teach.quiz.catalog import load_catalog
from bonemets_teach.quiz.known_keys import remembering
from bonemets_teach.quiz.linter import lint_bank
from bonemets_teach.scenes import SCENE_IDS, load_scene

__all__ = ["Report", "check_content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What there is and what is wrong with it.

    Parameters
    ----------
    counts : dict
        Numbers of lessons, scenes, items, claims and source facts.
    errors, warnings : tuple of str
        One line each: file, item, path and rule.
    """

    counts: dict[str, Any]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs.

        Returns
        -------
        report : dict
            The counts, then "errors" and "warnings".
        """
        return self.counts | {"errors": list(self.errors), "warnings": list(self.warnings)}

    def as_text(self) -> str:
        """Return the report for people.

        Returns
        -------
        text : str
            Errors, warnings, and a summary as the last line.
        """
        c = self.counts
        facts_taught = f"{c['source_facts']['taught']} of {c['source_facts']['total']} source facts taught"
        summary = (
            f"{c['lessons']} lessons, {c['scenes']} scenes, {c['items']} published items "
            f"({c['items_with_computed_keys']} with computed keys{_spoken(c['languages'])}), {c['claims']} claims, "
            f"{facts_taught}; "
            f"{len(self.errors)} errors, {len(self.warnings)} warnings"
        )
        lines = [f"error: {text}" for text in self.errors] + [f"warning: {text}" for text in self.warnings]
        return "\n".join([*lines, summary])


def check_content(
    today: date | None = None, say: Callable[[str], None] | None = None, processes: int | None = None
) -> Report:
    """Check quizzes, evidence, lessons and scenes.

    Parameters
    ----------
    today : date or None
        The day to compare dates of sources and reviews with; that of the clock if not given.
    say : callable or None
        Takes a line now and then while keys are worked out.
    processes : int or None
        As in `fill_missing`.

    Returns
    -------
    report : Report
        Never raises for what stands in a file.
    """
    bank, catalog = load_bank(), load_catalog()
    keys = load_keys()
    before = len(keys)
    try:
        fill_missing([entry.item for entry in bank.entries], keys, say, processes)
        with remembering(keys):
            found = lint_bank(bank, catalog, datetime.now(UTC).date() if today is None else today)
    finally:
        # What is known is kept, also where somebody has lost patience.
        if len(keys) > before:
            save_keys(keys)
    errors = [str(problem) for problem in (*bank.problems, *catalog.problems)]
    errors += [str(finding) for finding in found if finding.severity == "error"]
    lessons = ready_lessons()
    errors += [
        str(problem) for problem in problems(assets_folder() / "evidence", [entry.id for entry in lessons])
    ]
    errors += [text for entry in lessons for text in _lesson_errors(entry)]
    errors += translation_errors()
    warnings = [str(finding) for finding in found if finding.severity == "warning" and not finding.waived]
    return Report(counts=_counts(bank), errors=tuple(dict.fromkeys(errors)), warnings=tuple(warnings))


def _spoken(languages: dict[str, Any]) -> str:
    """Say how many items there are in each language, for example ", 32 in Español"."""
    return "".join(f", {sum(each['items'].values())} in {each['name']}" for each in languages.values())


def _lesson_errors(entry: CourseEntry) -> Iterator[str]:
    try:
        cited = cited_claims(entry)
    except ContentError as error:
        yield str(error)
        return
    try:
        known = set(claims())
    except ContentError:
        return  # the evidence check has named the file, entry and rule
    for key in cited:
        if key not in known:
            yield f"notebooks/{entry.notebook}, link #claim-{key}: there is no such claim in assets/evidence/claims.yaml"
    for scene_id in entry.scenes:
        if scene_id not in SCENE_IDS:
            yield f"lessons/catalog.py, lesson {entry.id}: there is no scene “{scene_id}”"
        elif len(load_scene(scene_id).tasks) < 3:
            yield f"scenes, scene {scene_id}, tasks: a scene has at least three tasks"


def _counts(bank: Bank) -> dict[str, Any]:
    items = bank.items()
    return {
        "lessons": len(ready_lessons()),
        "scenes": len(SCENE_IDS),
        "items": len(items),
        "items_by_type": dict(sorted(Counter(item.type for item in items).items())),
        "items_with_computed_keys": sum(_is_computed(item) for item in items),
        "languages": translation_counts(bank),
        "claims": _size(claims),
        "source_facts": {"total": _size(facts), "taught": _size(taught)},
    }


def _is_computed(item: Any) -> bool:
    # A scene task has no key: the model judges each state.
    asked = getattr(item, "computed", None) or getattr(getattr(item, "answer", None), "computed", None)
    return bool(asked) or item.type == "scene_task"


def _size(read: Any) -> int:
    try:
        return len(read())
    except ContentError:
        return 0
