"""The linter's rules for matching, sequence, hotspot and scene task."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from bonemets_teach.quiz import Item
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.linter import Finding, lint_item

Make = Callable[..., Item]
TODAY = date(2026, 11, 22)


@pytest.fixture
def context(raw: Any, item: Make, catalog: Catalog) -> tuple[Any, Make, Catalog]:
    """Return what makes and checks a sample."""
    return raw, item, catalog


def _codes(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}


_SMALL = {"circle": {"x": 0.5, "y": 0.5, "r": 0.01}}
TYPE_FLAWS: list[tuple[str, tuple[str, str], dict[int, dict[str, Any]]]] = [
    ("FEEDBACK_MISSING", ("extended_matching", "vignettes"), {0: {"feedback": None}}),
    ("FEEDBACK_MISSING", ("sequence", "steps"), {1: {"feedback": None}}),
    ("FEEDBACK_MISSING", ("hotspot", "targets"), {1: {"feedback": None}}),
    ("FEEDBACK_MISSING", ("scene_task", "checks"), {0: {"feedback": None}}),
    ("UNKNOWN_MISCONCEPTION", ("hotspot", "targets"), {0: {"misconception": "never-heard-of"}}),
    ("UNKNOWN_MISCONCEPTION", ("scene_task", "checks"), {0: {"misconception": "never-heard-of"}}),
    ("DUPLICATE_OPTION", ("sequence", "steps"), {0: {"text": {"en": "Reversal"}}}),
    ("ABSOLUTE", ("extended_matching", "option_list"), {0: {"text": {"en": "Always a chondrocyte"}}}),
    ("LIST_NOT_SORTED", ("extended_matching", "option_list"), {0: {"text": {"en": "Zygote"}}}),
    ("SAME_KEY", ("extended_matching", "vignettes"), {0: {"traps": []}, 1: {"key": "osteoclast"}, 2: {"key": "osteoclast"}}),
    ("OVERLAPPING_TARGETS", ("hotspot", "targets"), {3: {"box": {"x": 0.17, "y": 0.7, "width": 0.1, "height": 0.1}}}),
    ("TARGET_OUTSIDE", ("hotspot", "targets"), {3: {"box": {"x": 0.9, "y": 0.7, "width": 0.2, "height": 0.1}}}),
    ("TARGET_TOO_SMALL", ("hotspot", "targets"), {3: {"box": None} | _SMALL}),
    ("TASK_ALREADY_DONE", ("scene_task", "checks"), {0: {"high": 105}}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "place", "changes"), TYPE_FLAWS)
def test_a_flaw_of_a_type_is_found(
    context: tuple[Any, Make, Catalog], code: str, place: tuple[str, str], changes: dict[int, dict[str, Any]]
) -> None:
    """Lists, orders, places and checks have rules of their own."""
    (raw, item, catalog), (kind, field) = context, place
    rows = raw(kind)[field]
    for at, new in changes.items():
        rows[at] = {name: value for name, value in (rows[at] | new).items() if value is not None}

    assert _codes(lint_item(item(kind, **{field: rows}), catalog, TODAY)) == {code}


@pytest.mark.parametrize("kind", ["extended_matching", "sequence", "hotspot", "scene_task"])
def test_the_samples_of_all_types_are_clean(item: Make, catalog: Catalog, kind: str) -> None:
    """What the other cases break has no flaw to begin with."""
    assert _codes(lint_item(item(kind), catalog, TODAY)) == set()


def test_a_list_that_leaves_nothing_over_is_found(raw: Any, item: Make, catalog: Catalog) -> None:
    """Five answers for four cases give the last one away."""
    cases = [*raw("extended_matching")["vignettes"], {"id": "x", "text": {"en": "Flat."}, "key": "lining", "feedback": {"en": "F."}}]  # fmt: skip

    assert "LIST_TOO_SHORT" in _codes(lint_item(item("extended_matching", vignettes=cases), catalog, TODAY))


@pytest.mark.parametrize(
    "changes", [{"solution": {"formation": 100}}, {"solution": {"formation": 720}}, {"explorer": "moon"}]
)
def test_a_task_that_its_solution_does_not_solve_is_found(
    item: Make, catalog: Catalog, changes: dict[str, Any]
) -> None:
    """The way out that the author names must be one."""
    assert "KEY_NOT_COMPUTABLE" in _codes(lint_item(item("scene_task", **changes), catalog, TODAY))


@pytest.mark.parametrize(
    "spot",
    [
        {"mark": "nose"},
        {"axes": 9, "x": 1, "y": 1},
        {"panel": "Moon", "x": 1, "y": 1},
        {"axes": 2, "x": 0.9, "y": 80},
    ],
)
def test_a_spot_that_no_target_or_scene_knows_is_found(item: Make, catalog: Catalog, spot: Any) -> None:
    """The key of a hotspot can't get lost unseen."""
    sample = item("hotspot", computed={"inside": spot})

    assert "KEY_NOT_COMPUTABLE" in _codes(lint_item(sample, catalog, TODAY))
