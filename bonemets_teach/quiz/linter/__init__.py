"""The item-writing linter: what a machine can see of the rules for good questions.

Rules after the NBME item-writing guide (Paniagua and Swygert, 2016) and our own for sources and pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bonemets_teach.quiz.bank import Bank, Entry
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.item import CaseItem, ChoiceItem, Item
from bonemets_teach.quiz.linter.bank_checks import check_bank
from bonemets_teach.quiz.linter.case_checks import check_case
from bonemets_teach.quiz.linter.content_checks import (
    check_feedback,
    check_links,
    check_sources,
    check_spoilers,
)
from bonemets_teach.quiz.linter.finding import SEVERITY, Finding, Hit
from bonemets_teach.quiz.linter.key_checks import check_computed, check_file, work_out
from bonemets_teach.quiz.linter.markup_checks import check_images, check_markup
from bonemets_teach.quiz.linter.option_checks import check_listed, check_options
from bonemets_teach.quiz.linter.stem_checks import check_stem
from bonemets_teach.quiz.linter.translation_checks import check_translation
from bonemets_teach.quiz.linter.type_checks import check_type
from bonemets_teach.quiz.solution import Solution

__all__ = ["SEVERITY", "Finding", "lint_bank", "lint_entries", "lint_item"]


def lint_item(
    item: Item, catalog: Catalog, today: date, *, file: str = "", lesson: str | None = None
) -> list[Finding]:
    """Check one item.

    Parameters
    ----------
    item : Item
        The item.
    catalog : Catalog
        What it may refer to.
    today : date
        The day to compare dates with.
    file : str, default ""
        Name for messages.
    lesson : str or None
        Lesson of the item's folder.

    Returns
    -------
    findings : list of Finding
        Waived warnings carry the reason of their waiver.
    """
    return _lint(Entry(item=item, file=file, lesson=lesson or ""), catalog, today)[0]


def lint_entries(entries: Sequence[Entry], catalog: Catalog, today: date) -> list[Finding]:
    """Check items and the files that they form.

    Parameters
    ----------
    entries : sequence of Entry
        Items with file and lesson.
    catalog : Catalog
        What they may refer to.
    today : date
        The day to compare dates with.

    Returns
    -------
    findings : list of Finding
        In the order of the entries, those about whole files last.
    """
    findings: list[Finding] = []
    files: dict[str, list[tuple[Item, Solution | None]]] = {}
    for entry in entries:
        found, solution = _lint(entry, catalog, today)
        findings += found
        files.setdefault(entry.file, []).append((entry.item, solution))
    for file, solved in files.items():
        reasons = {waiver.code: waiver.reason for item, _ in solved for waiver in item.waivers}
        findings += [
            Finding(file=file, item="", code=code, path=path, message=words, waived=reasons.get(code))
            for code, path, words in check_file(solved)
        ]
    return findings


def lint_bank(bank: Bank, catalog: Catalog, today: date) -> list[Finding]:
    """Check the whole bank: its items, its files, and what only all of them together can tell.

    Parameters
    ----------
    bank : Bank
        From `load_bank`.
    catalog : Catalog
        From `load_catalog`.
    today : date
        The day to compare dates with.

    Returns
    -------
    findings : list of Finding
        For drafts and retired items too.
    """
    return lint_entries(bank.entries, catalog, today) + list(check_bank(bank.entries, catalog))


def _lint(entry: Entry, catalog: Catalog, today: date) -> tuple[list[Finding], Solution | None]:
    item = entry.item
    solution, hits = work_out(item)
    hits += check_stem(item)
    hits += check_listed(item)
    hits += check_type(item, solution) if solution else ()
    hits += check_case(item) if isinstance(item, CaseItem) else ()
    if isinstance(item, ChoiceItem):
        hits += check_options(item, solution.keys if solution else frozenset())
        hits += check_computed(item, solution) if solution else ()
    hits += check_markup(item)
    hits += check_images(item)
    hits += check_feedback(item, solution)
    hits += check_links(item, catalog, entry.lesson or None)
    hits += check_sources(item, today)
    hits += check_spoilers(item, solution)
    for translation in entry.translations:
        hits += check_translation(item, translation, solution)
    hits += _check_waivers(item, hits)
    reasons = {
        waiver.code: waiver.reason for waiver in item.waivers if SEVERITY.get(waiver.code) == "warning"
    }
    findings = [
        Finding(
            file=entry.file,
            item=item.id,
            code=code,
            path=path,
            message=words,
            waived=reasons.get(code),
            draft=item.status != "published",
        )
        for code, path, words in hits
    ]
    return findings, solution


def _check_waivers(item: Item, hits: Sequence[Hit]) -> list[Hit]:
    seen = {code for code, _, _ in hits}
    found: list[Hit] = []
    for number, waiver in enumerate(item.waivers, start=1):
        path = f"waivers[#{number}]"
        if SEVERITY.get(waiver.code) != "warning":
            found.append(("UNKNOWN_WAIVER", path, f"{waiver.code} is no warning, so it can't be waived"))
        elif waiver.code not in seen and not waiver.code.endswith(("_SKEW", "_ALONE")):
            found.append(("UNUSED_WAIVER", path, f"{waiver.code} is not found any more; take the waiver out"))
    return found
