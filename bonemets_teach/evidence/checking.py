"""Checks the whole evidence folder; one broken file does not stop the rest."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bonemets_teach.evidence.claims import CLAIMS_FILE, read_claims
from bonemets_teach.evidence.facts import FACTS_FILE, TAUGHT_FILE, read_facts, read_taught
from bonemets_teach.evidence.glossary import GLOSSARY_FILE, read_glossary
from bonemets_teach.evidence.problem import ContentProblem

__all__ = ["problems"]


def problems(folder: Path, lesson_ids: Collection[str] | None = None) -> list[ContentProblem]:
    """Return everything that is wrong in an evidence folder.

    Parameters
    ----------
    folder : Path
        The folder ``assets/evidence``, or another of its form.
    lesson_ids : collection of str, optional
        Lessons that exist; given, facts said to be taught elsewhere are reported.

    Returns
    -------
    problems : list of ContentProblem
        File by file; empty if all is well.
    """
    claims, found = read_claims(folder / CLAIMS_FILE)
    facts, more = read_facts(folder / FACTS_FILE)
    found += more
    taught, more = read_taught(folder / TAUGHT_FILE, facts)
    found += more
    _, more = read_glossary(folder / GLOSSARY_FILE, claims)
    found += more
    if lesson_ids is not None:
        found += [
            ContentProblem(file=TAUGHT_FILE, entry=fact, path="", rule=f"there is no lesson “{lesson}”")
            for fact, lessons in taught.items()
            for lesson in lessons
            if lesson not in lesson_ids
        ]
    return found
