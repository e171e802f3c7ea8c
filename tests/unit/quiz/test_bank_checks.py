"""What only the whole bank can tell: covered objectives, groups, prerequisites; and the sibling for a second try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bonemets_teach.quiz import Bank, Entry, Item
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.linter import lint_bank, lint_item
from bonemets_teach.quiz.siblings import held_back, sibling, siblings

Make = Callable[..., Item]
TODAY = date(2026, 11, 22)


def _bank(make: Make, *changes: dict[str, Any]) -> Bank:
    items = [
        make("single_best", **({"id": f"bm.sample.bank.{n}", "scene": None} | change))
        for n, change in enumerate(changes, start=1)
    ]
    return Bank(entries=tuple(Entry(item=item, file="x.yaml", lesson="lytic-and-blastic") for item in items))


def _codes(bank: Bank, catalog: Catalog) -> list[tuple[str, str]]:
    found = lint_bank(bank, catalog, TODAY)
    return [(each.code, each.item or each.path) for each in found if each.code != "OBJECTIVE_UNCOVERED"]


def test_an_objective_with_one_item_is_found(item: Make, catalog: Catalog) -> None:
    """Of a lesson that has published items each objective needs two; other lessons are not asked for."""
    found = lint_bank(_bank(item, {}, {"objectives": ["BM-LES-02"]}, {}), catalog, TODAY)
    missing = {each.path for each in found if each.code == "OBJECTIVE_UNCOVERED"}

    assert missing == {f"BM-LES-0{n}" for n in range(2, 9)}
    assert {each.severity for each in found} == {"error"}


def test_a_question_without_an_answer_covers_nothing(item: Make, catalog: Catalog) -> None:
    """Polls and script concordance test no objective; drafts neither."""
    poll = item("poll", objectives=["BM-LES-01"])
    draft = item("single_best", status="draft")
    entries = [
        Entry(item=each, file="x.yaml", lesson="lytic-and-blastic")
        for each in (poll, draft, item("single_best", id="bm.sample.other.01"))
    ]
    found = lint_bank(Bank(entries=tuple(entries)), catalog, TODAY)

    assert "BM-LES-01" in {each.path for each in found if each.code == "OBJECTIVE_UNCOVERED"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{"isomorphic_group": "g"}, {"isomorphic_group": "g"}], []),
        ([{"isomorphic_group": "g"}, {}], [("GROUP_ALONE", "bm.sample.bank.1")]),
        (
            [{"isomorphic_group": "g"}, {"isomorphic_group": "g", "objectives": ["BM-LES-02"]}],
            [("GROUP_MIXED", "bm.sample.bank.1")],
        ),
        ([{"prerequisite": "bm.sample.bank.2"}, {}], []),
        ([{"prerequisite": "bm.moon.1"}], [("UNKNOWN_PREREQUISITE", "bm.sample.bank.1")]),
        ([{"prerequisite": "bm.sample.bank.1"}], [("PREREQUISITE_CYCLE", "bm.sample.bank.1")]),
        (
            [{"prerequisite": "bm.sample.bank.2"}, {"prerequisite": "bm.sample.bank.1"}, {"prerequisite": "bm.sample.bank.1"}],
            [("PREREQUISITE_CYCLE", "bm.sample.bank.1"), ("PREREQUISITE_CYCLE", "bm.sample.bank.2")],
        ),
    ],
)  # fmt: skip
def test_groups_and_prerequisites_have_to_fit(
    item: Make, catalog: Catalog, changes: list[dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    """A group has several items with a goal in common, and nothing comes before itself."""
    assert _codes(_bank(item, *changes), catalog) == expected


def test_a_lonely_group_can_be_waived(item: Make, catalog: Catalog) -> None:
    """With a reason, as every warning."""
    waiver = {"code": "GROUP_ALONE", "reason": "its sibling is being written"}
    bank = _bank(item, {"isomorphic_group": "g", "waivers": [waiver]})
    found = [each for each in lint_bank(bank, catalog, TODAY) if each.code == "GROUP_ALONE"]

    assert [each.waived for each in found] == ["its sibling is being written"]


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (date(2026, 11, 22), None),
        (date(2024, 1, 22), None),
        (date(2024, 1, 21), "REF_SOON"),
        (date(2023, 11, 23), "REF_SOON"),
        (date(2023, 11, 22), "REF_OLD"),
        (date(2026, 11, 23), "REF_OLD"),
    ],
)
def test_a_source_is_read_again_every_three_years(
    item: Make, catalog: Catalog, read: date, code: str | None
) -> None:
    """Sixty days before it is a warning, past the day an error; a day that is still to come is one too."""
    sample = item("single_best", scene=None, references=[{"cite": "Somebody 2020", "checked_on": read}])

    assert [each.code for each in lint_item(sample, catalog, TODAY)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("short_text", {"lead_in": {"en": "What does transforming growth factor beta do?"}}, "KEY_IN_STEM"),
        ("short_text", {"feedback": None}, "FEEDBACK_MISSING"),
        ("script_concordance", {"rows": 0}, "FEEDBACK_MISSING"),
        ("poll", {"options": 0}, "FEEDBACK_MISSING"),
    ],
)
def test_a_flaw_of_a_new_type_is_found(
    raw: Any, item: Make, catalog: Catalog, kind: str, changes: dict[str, Any], code: str
) -> None:
    """Answers that stand in the question, and rows without a word to them."""
    for field in [name for name, value in changes.items() if value == 0]:
        changes = {field: [{k: v for k, v in row.items() if k != "feedback"} for row in raw(kind)[field]]}

    assert code in {each.code for each in lint_item(item(kind, **changes), catalog, TODAY)}


STEP_FLAWS: list[tuple[str, int, dict[str, Any]]] = [
    ("LEAD_IN_NOT_QUESTION", 1, {"lead_in": {"en": "Order two things."}}),
    ("NEGATIVE_LEAD_IN", 1, {"lead_in": {"en": "Which of these is not useful?"}}),
    ("KEY_IN_STEM", 0, {"stem": {"en": "You think of cord compression."}}),
    ("LIST_NOT_SORTED", 2, {"lead_in": {"en": "Who comes next?"}, "options": "reversed"}),
    ("LONGEST_OPTION_IS_KEY", 2, {"options": "long"}),
]


@pytest.mark.parametrize(("code", "at", "changes"), STEP_FLAWS)
def test_a_flaw_in_a_step_is_found(
    raw: Any, item: Make, catalog: Catalog, code: str, at: int, changes: dict[str, Any]
) -> None:
    """Each step is a question of its own."""
    steps = raw("key_feature")["steps"]
    if changes.get("options") == "reversed":
        changes = changes | {"options": steps[at]["options"][::-1]}
    elif changes.get("options") == "long":
        changes = {"options": steps[at]["options"]}
        changes["options"][2]["text"]["en"] = "Spinal surgeon together with a radiation oncologist"
    steps[at] |= changes

    assert code in {each.code for each in lint_item(item("key_feature", steps=steps), catalog, TODAY)}


def test_the_samples_of_cases_are_clean(item: Make, catalog: Catalog) -> None:
    """What the other cases break has no flaw to begin with."""
    for kind in ("key_feature", "script_concordance", "short_text", "poll"):
        assert [str(each) for each in lint_item(item(kind), catalog, TODAY)] == []


def test_a_second_try_asks_a_sibling_and_the_first_comes_back_last(item: Make) -> None:
    """Every learner gets an order of their own, always the same."""
    group = [item("single_best", id=f"bm.sample.twin.{n}", isomorphic_group="g") for n in range(4)]
    other = item("single_best", id="bm.sample.other.1", isomorphic_group="h")
    asked = [sibling(group[0], [*group, other], "learner", attempt).id for attempt in range(1, 6)]
    orders = {tuple(sibling(group[0], group, f"{n}", at).id for at in (2, 3, 4)) for n in range(50)}

    assert (asked[0], asked[4]) == (group[0].id, group[0].id)
    assert set(asked) == {each.id for each in group}
    assert asked == [
        sibling(group[0], [*group[::-1], other], "learner", attempt).id for attempt in range(1, 6)
    ]
    assert len(orders) == 6


def test_an_item_without_a_group_is_asked_again(item: Make) -> None:
    """There is nothing else to ask."""
    alone = item("single_best")

    assert siblings(alone, [alone, item("poll")]) == []
    assert sibling(alone, [alone, item("poll")], "x", 3) is alone


def test_a_first_pass_leaves_out_what_asks_the_same_in_the_same_way(item: Make) -> None:
    """The first by name is asked; a sibling of another type is asked too."""
    alike = [item("single_best", id=f"bm.sample.twin.{n}", isomorphic_group="g") for n in (2, 1, 3)]
    others = [item("numeric", isomorphic_group="g"), item("poll"), item("sequence", isomorphic_group="h")]

    assert held_back([*alike, *others]) == ["bm.sample.twin.2", "bm.sample.twin.3"]
