"""The quiz files of the course: whole, without flaws, enough of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from bonemets_teach.lessons.key_store import load_keys
from bonemets_teach.quiz import Bank, load_bank
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.item import ITEM_TYPES, Numeric
from bonemets_teach.quiz.known_keys import remembering
from bonemets_teach.quiz.linter import lint_bank
from bonemets_teach.quiz.siblings import held_back, siblings
from bonemets_teach.quiz.solving import solve

LESSONS = [
    "bone-remodeling", "spread-to-bone", "lytic-and-blastic", "radiograph-and-ct", "nuclear-and-mri",
    "reading-room",
]  # fmt: skip


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Return the items of the course."""
    return load_bank()


@pytest.fixture(scope="module", autouse=True)
def _keys_once() -> Iterator[None]:
    """Ask the models no question twice, and none that they have answered since they were last changed."""
    with remembering(load_keys()):
        yield


def test_every_quiz_file_is_whole(bank: Bank) -> None:
    """No file, item or id breaks the schema."""
    assert [str(problem) for problem in bank.problems] == []


def test_no_item_has_a_flaw_that_blocks_publishing(bank: Bank, catalog: Catalog) -> None:
    """Errors are mended, warnings mended or waived with a reason."""
    # Judged as of the last review: the calendar alone must not break a build; the command judges as of today.
    reviewed = max(entry.item.review.reviewed_on for entry in bank.entries)
    findings = lint_bank(bank, catalog, reviewed)

    assert [str(finding) for finding in findings if not (finding.waived or finding.draft)] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_at_least_twenty_items(lesson: str, bank: Bank) -> None:
    """Enough for a first pass and for coming back."""
    assert len(bank.items(lesson)) >= 20


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_groups_of_questions_that_ask_the_same(lesson: str, bank: Bank) -> None:
    """A second try can be a new question, within the lesson and of its own."""
    items = bank.items(lesson)
    groups = {item.isomorphic_group for item in items if siblings(item, items)}

    assert len(groups) >= 5


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_first_pass_asks_every_type_and_goal(lesson: str, bank: Bank) -> None:
    """What is kept for another try takes nothing away from the first one."""
    items = bank.items(lesson)
    spares = set(held_back(items))
    first = [item for item in items if item.id not in spares]

    assert len(first) >= 20
    assert {item.type for item in first} == {item.type for item in items}
    assert {name for item in first for name in item.objectives} == {
        name for item in items for name in item.objectives
    }


def test_three_in_ten_keys_come_from_the_models(bank: Bank) -> None:
    """Computed keys can't drift from the simulator; a scene task is judged by it."""
    computed = [
        item.id
        for item in bank.items()
        if (item.answer.computed if isinstance(item, Numeric) else getattr(item, "computed", None))
        or item.type == "scene_task"
    ]

    assert len(computed) >= 0.3 * len(bank.items())


def test_many_types_are_used(bank: Bank) -> None:
    """Single best answer first, every other type where it fits."""
    kinds = Counter(item.type for item in bank.items())

    assert set(kinds) == set(ITEM_TYPES)
    assert (kinds["key_feature"], kinds["short_text"]) >= (2, 4)
    assert kinds.most_common(1)[0][0] == "single_best"


def test_every_key_can_be_worked_out(bank: Bank) -> None:
    """No item meets a learner that the kernel can't grade."""
    for item in bank.items():
        if item.type in {"poll", "script_concordance"}:
            continue
        solution = solve(item)
        right = solution.keys or solution.order or solution.measured
        assert right or solution.value is not None, item.id
