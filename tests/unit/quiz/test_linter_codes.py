"""Each flaw that the linter knows is found in an item that has it and not in one that does not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bonemets_teach.quiz import Entry, Item
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.linter import SEVERITY, Finding, lint_entries, lint_item

Make = Callable[..., Item]
TODAY = date(2026, 11, 21)


def _codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def _options(raw: Any, *texts: str, **first: Any) -> list[dict[str, Any]]:
    options = copy.deepcopy(raw("single_best")["options"])[: len(texts)]
    for option, text in zip(options, texts, strict=True):
        option["text"] = {"en": text}
    options[0].update(first)
    return options


@pytest.mark.parametrize("kind", ["single_best", "multiple_response", "numeric"])
def test_the_samples_have_no_flaw(item: Make, catalog: Catalog, kind: str) -> None:
    """A well-written item gives no finding, so a finding means something."""
    sample = item(kind, scene=None)

    assert [str(finding) for finding in lint_item(sample, catalog, TODAY)] == []


OPTION_FLAWS = [
    ("LONGEST_OPTION_IS_KEY", ("Osteoclast, under orders that come from the tumor by way of RANKL", "Tumor cell", "Macrophage", "Fibroblast")),
    ("ALL_NONE_ABOVE", ("Osteoclast", "Tumor cell", "Macrophage", "None of the above")),
    ("ALL_NONE_ABOVE", ("Osteoclast", "Tumor cell", "Macrophage", "All of these")),
    ("ABSOLUTE", ("Osteoclast", "Tumor cell always", "Macrophage", "Fibroblast")),
    ("GRAMMAR_CUE", ("An osteoclast", "Tumor cell", "Macrophage", "Fibroblast")),
    ("GRAMMAR_CUE", ("Osteoclast.", "Tumor cell", "Macrophage", "Fibroblast")),
    ("WORD_REPEAT_CUE", ("Cell that digs trabeculae", "Tumor of the breast itself", "Macrophage", "Fibroblast")),
    ("OVERLAPPING_RANGES", ("10 to 20 %", "20 to 30 %", "31 to 40 %")),
    ("OVERLAPPING_RANGES", ("30-50 %", "more than 40 %", "less than 10 %")),
    ("OPTIONS_NOT_SORTED", ("30 days", "10 days", "20 days")),
    ("OPTIONS_NOT_SORTED", ("3 weeks", "2 months", "10 days")),
    ("DUPLICATE_OPTION", ("Osteoclast", "Tumor cell", "tumor cell", "Fibroblast")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "texts"), OPTION_FLAWS)
def test_a_flaw_in_the_options_is_found(
    raw: Any, item: Make, catalog: Catalog, code: str, texts: tuple[str, ...]
) -> None:
    """Cues that give the key away are named by code, and nothing else is."""
    sample = item("single_best", options=_options(raw, *texts), scene=None)

    assert _codes(lint_item(sample, catalog, TODAY)) == {code}


def test_sorted_numbers_that_stay_in_place_are_fine(raw: Any, item: Make, catalog: Catalog) -> None:
    """Ascending, not shuffled, across units."""
    sample = item(
        "single_best", options=_options(raw, "10 days", "3 weeks", "2 months"), scene=None, shuffle=False
    )

    assert _codes(lint_item(sample, catalog, TODAY)) == set()


def test_ranges_that_only_follow_one_another_are_fine(raw: Any, item: Make, catalog: Catalog) -> None:
    """Less than 10, 10 to 19, 20 and up do not overlap."""
    texts = ("less than 10 %", "10 to 19 %", "more than 19 %")
    sample = item("single_best", options=_options(raw, *texts), scene=None, shuffle=False)

    assert "OVERLAPPING_RANGES" not in _codes(lint_item(sample, catalog, TODAY))


FIELD_FLAWS: list[tuple[str, dict[str, Any]]] = [
    ("NEGATIVE_LEAD_IN", {"lead_in": {"en": "Which cell does not remove bone?"}}),
    ("NEGATIVE_LEAD_IN", {"lead_in": {"en": "Each cell removes bone except which one?"}}),
    ("LEAD_IN_NOT_QUESTION", {"lead_in": {"en": "The cell that removes bone is"}}),
    ("GRAMMAR_CUE", {"lead_in": {"en": "The cell that removes bone is an?"}}),
    ("LETTER_REF", {"explanation": {"en": "As option B shows, tumor cells dissolve nothing."}}),
    ("LETTER_REF", {"explanation": {"en": "The first answer is right."}}),
    ("VIGNETTE_MISSING", {"stem": {"en": "A woman has thigh pain."}}),
    ("VIGNETTE_MISSING", {"stem": None}),
    ("ALT_GIVES_KEY", {"scene": {"id": "ct", "role": "stimulus", "alt": {"en": "Osteoclast, driven by RANKL, on bone."}}}),
    ("UNKNOWN_SCENE", {"scene": {"id": "moon", "role": "stimulus", "alt": {"en": "A moon."}}}),
    ("UNKNOWN_OBJECTIVE", {"objectives": ["BM-XYZ-99"]}),
    ("UNKNOWN_CLAIM", {"references": [{"claim": "no_such_claim"}]}),
    ("REFERENCE_MISSING", {"references": []}),
    ("REF_OLD", {"references": [{"cite": "Old 1999", "checked_on": date(2020, 1, 1)}]}),
    ("REVIEW_OVERDUE", {"review": {"author": "x", "clinical_reviewer": None, "reviewed_on": date(2020, 1, 1), "review_by": date(2026, 11, 20)}}),
    ("REVIEW_SOON", {"review": {"author": "x", "clinical_reviewer": None, "reviewed_on": date(2020, 1, 1), "review_by": date(2026, 12, 24)}}),
    ("UNKNOWN_PLACEHOLDER", {"explanation": {"en": "It is {{answer}}."}}),
    ("UNKNOWN_WAIVER", {"waivers": [{"code": "FEEDBACK_MISSING", "reason": "because nobody wrote it"}]}),
    ("UNUSED_WAIVER", {"waivers": [{"code": "ABSOLUTE", "reason": "there is none of these any more"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes"), FIELD_FLAWS)
def test_a_flaw_in_the_fields_is_found(
    item: Make, catalog: Catalog, code: str, changes: dict[str, Any]
) -> None:
    """Stem, lead-in, sources, review and links are checked, each by itself."""
    sample = item("single_best", **({"scene": None} | changes))

    assert _codes(lint_item(sample, catalog, TODAY)) == {code}


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("FEEDBACK_MISSING", {"feedback": None}),
        ("UNKNOWN_MISCONCEPTION", {"misconception": "never-heard-of"}),
        ("MISCONCEPTION_ON_KEY", {"misconception": "rankl-builds-bone"}),
    ],
)
def test_a_flaw_in_the_feedback_is_found(
    raw: Any, item: Make, catalog: Catalog, code: str, first: dict[str, Any]
) -> None:
    """Every option needs words, and wrong ideas belong to wrong options."""
    sample = item(
        "single_best", options=_options(raw, "Osteoclast", "Tumor cell", "Macrophage", **first), scene=None
    )

    assert code in _codes(lint_item(sample, catalog, TODAY))


def test_an_item_in_the_folder_of_another_lesson_is_found(item: Make, catalog: Catalog) -> None:
    """Objectives and folder have to agree."""
    findings = lint_item(item("single_best", scene=None), catalog, TODAY, lesson="radiograph-and-ct")

    assert _codes(findings) == {"OTHER_LESSON"}


def test_a_waived_warning_keeps_its_reason(raw: Any, item: Make, catalog: Catalog) -> None:
    """The finding stays visible, with the words of who accepted it."""
    reason = "the law itself says always"
    options = _options(raw, "Osteoclast", "Tumor cell always", "Macrophage")
    sample = item(
        "single_best", options=options, scene=None, waivers=[{"code": "ABSOLUTE", "reason": reason}]
    )

    assert [finding.waived for finding in lint_item(sample, catalog, TODAY)] == [reason]


def test_an_error_can_not_be_waived(item: Make, catalog: Catalog) -> None:
    """Errors block publishing whatever the waiver says."""
    waiver = {"code": "LEAD_IN_NOT_QUESTION", "reason": "we like it as it is"}
    sample = item("single_best", scene=None, lead_in={"en": "The cell is"}, waivers=[waiver])

    assert {finding.waived for finding in lint_item(sample, catalog, TODAY)} == {None}


def test_a_draft_is_not_blocked(item: Make, catalog: Catalog) -> None:
    """Errors of an unpublished item are warnings: it is not finished yet."""
    draft = item("single_best", scene=None, status="draft", references=[])

    assert [finding.severity for finding in lint_item(draft, catalog, TODAY)] == ["warning"]


def test_keys_that_keep_to_one_place_are_found(raw: Any, item: Make, catalog: Catalog) -> None:
    """In a file of unshuffled items the key may not always be first."""
    entries = [
        Entry(
            item=item("single_best", id=f"bm.sample.skew.{n}", shuffle=False, scene=None),
            file="x.yaml",
            lesson="",
        )
        for n in range(8)
    ]

    assert "KEY_POSITION_SKEW" in _codes(lint_entries(entries, catalog, TODAY))


def test_keys_that_are_longest_in_most_items_are_found(raw: Any, item: Make, catalog: Catalog) -> None:
    """A little longer each time is a cue as well."""
    options = _options(raw, "Osteoclasts of bone", "Tumor cells", "Macrophages")
    entries = [
        Entry(
            item=item("single_best", id=f"bm.sample.skew.{n}", options=options, scene=None),
            file="x.yaml",
            lesson="",
        )
        for n in range(8)
    ]

    assert "KEY_LENGTH_SKEW" in _codes(lint_entries(entries, catalog, TODAY))


def test_a_computed_photo_finish_is_found(raw: Any, item: Make, catalog: Catalog, model: Any) -> None:
    """Two cases that differ by a hair make an unfair question."""
    model(lambda state: state["x"])
    options = _options(raw, "Osteoclast", "Tumor cell", "Macrophage", key=None)
    cases = {"a": {"x": 1.0}, "b": {"x": 1.01}, "c": {"x": 9.0}}
    computed = {"scene": "ct", "quantity": "noise", "choose": "min", "cases": cases}
    sample = item("single_best", options=options, computed=computed, scene=None)

    assert "KEY_TOO_CLOSE" in _codes(lint_item(sample, catalog, TODAY))


def test_a_key_that_can_not_be_computed_is_found(item: Make, catalog: Catalog) -> None:
    """The finding names the scene."""
    answer = {"computed": {"scene": "moon", "quantity": "x"}, "tolerance": {"abs": 1}}
    findings = lint_item(item("numeric", answer=answer), catalog, TODAY)

    assert [finding.code for finding in findings] == ["KEY_NOT_COMPUTABLE"]
    assert "scene moon" in findings[0].message


def test_every_code_is_tried_here() -> None:
    """A new check comes with a test."""
    tried = {code for code, _ in OPTION_FLAWS} | {code for code, _ in FIELD_FLAWS}
    tried |= {
        "FEEDBACK_MISSING",
        "UNKNOWN_MISCONCEPTION",
        "MISCONCEPTION_ON_KEY",
        "OTHER_LESSON",
        "KEY_POSITION_SKEW",
    }
    tried |= {"KEY_LENGTH_SKEW", "KEY_TOO_CLOSE", "KEY_NOT_COMPUTABLE"}

    # Those of single types are tried in test_type_linter.py.
    tried |= {"LIST_NOT_SORTED", "LIST_TOO_SHORT", "OVERLAPPING_TARGETS", "SAME_KEY", "TARGET_OUTSIDE"}
    tried |= {"TARGET_TOO_SMALL", "TASK_ALREADY_DONE"}

    # Those of the whole bank, of dates and of cases in test_bank_checks.py.
    tried |= {
        "GROUP_ALONE",
        "GROUP_MIXED",
        "KEY_IN_STEM",
        "OBJECTIVE_UNCOVERED",
        "PREREQUISITE_CYCLE",
        "REF_SOON",
    }
    tried |= {"UNKNOWN_PREREQUISITE"}
    # Those of files that could do harm in test_hostile_files.py.
    tried |= {"IMAGE_MISSING", "MARKUP"}
    # Those of translations in test_translating.py.
    tried |= {"TRANSLATION_MISSING", "TRANSLATION_NUMBERS", "TRANSLATION_STALE", "TRANSLATION_UNKNOWN"}

    assert set(SEVERITY) - tried == set()
