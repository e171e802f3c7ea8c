"""Every type of item has an export or a reason, in every format, and nothing is lost in silence."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.bank import Bank, Entry
from bonemets_teach.quiz.catalog import Catalog, load_catalog
from bonemets_teach.quiz.exports import FORMATS, Losses, export_items, export_questions
from bonemets_teach.quiz.exports.building import BUILDERS, NOT_EXPORTED, build_question, build_questions
from bonemets_teach.quiz.exports.question import Choices, Number
from bonemets_teach.quiz.exports.selection import published_entries
from bonemets_teach.quiz.item import ITEM_TYPES
from bonemets_teach.quiz.loading import parse_item
from bonemets_teach.quiz.solving import solve


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_each_type_has_an_export_or_a_reason(kind):
    """A type that is added later fails here until somebody decides."""
    assert (kind in BUILDERS) != (kind in NOT_EXPORTED)


@pytest.mark.parametrize("name", FORMATS)
def test_each_item_is_written_or_left_out_with_a_reason(name, questions):
    """No question of any type is missing from both lists."""
    export = export_questions(name, questions, Losses(), with_key=True)

    left_out = {loss.item for loss in export.left_out}
    assert {question.id for question in questions} == set(export.written) | left_out
    assert not set(export.written) & left_out
    assert all(loss.reason for loss in export.losses)


def test_a_type_without_export_is_listed(sample_items):
    """The scene task is named, with the reason."""
    entries = tuple(Entry(item=item, file="x", lesson="bone-remodeling") for item in sample_items)

    export = export_items("csv", entries, load_catalog())

    (loss,) = (loss for loss in export.left_out if loss.item == "bm.sample.task.01")
    assert "explorer" in loss.reason


def test_an_unknown_type_is_listed(sample_items, monkeypatch):
    """Even a type that nobody has thought of takes nothing else with it."""
    losses = Losses()
    monkeypatch.delitem(BUILDERS, "numeric")

    built = build_questions(
        tuple(Entry(item=item, file="x", lesson="x") for item in sample_items[:3]), load_catalog(), losses
    )

    assert len(built) == 2
    assert [loss.reason for loss in losses.all()] == ["no export knows this type of question"]


def test_an_item_whose_key_can_not_be_computed_is_listed(raw):
    """The reason is the model's own message."""
    answer = {"computed": {"scene": "no-such-scene", "quantity": "x"}, "tolerance": {"abs": 1.0}}
    item = parse_item(raw("numeric", answer=answer), "x")
    losses = Losses()

    assert not build_questions((Entry(item=item, file="x", lesson="x"),), Catalog(), losses)
    assert "no-such-scene" in losses.all()[0].reason


def test_computed_keys_are_worked_out(raw):
    """The exported number is what the model says, and placeholders hold it."""
    answer = {
        "computed": {"scene": "remodeling-cycle", "state": {}, "quantity": "bone_minimum_percent"},
        "round": 1, "tolerance": {"rel": 0.1}, "unit": "%",
    }  # fmt: skip
    item = parse_item(raw("numeric", answer=answer), "x")

    body = build_question(item, "bone-remodeling", load_catalog()).body

    assert isinstance(body, Number)
    assert body.value == solve(item).value
    assert body.tolerance == pytest.approx(0.1 * body.value)
    assert f"{body.value:.1f}" in body.right
    assert "{{" not in body.right + body.wrong


def test_computed_choices_are_worked_out(raw):
    """With a computed key exactly the right option is marked."""
    options = [dict(option) for option in raw("single_best")["options"]]
    for option in options:
        option.pop("key", None)
    cases = {"a": {"formation": 70}, "b": {"formation": 80}, "c": {"formation": 90}, "d": {"formation": 100}}
    computed = {"scene": "remodeling-cycle", "quantity": "bone_end_percent", "choose": "min", "cases": cases}
    item = parse_item(raw("single_best", options=options, computed=computed), "x")

    body = build_question(item, "x", load_catalog()).body

    assert isinstance(body, Choices)
    assert [answer.id for answer in body.answers if answer.right] == ["a"]


def test_control_characters_are_replaced_and_listed(item):
    """Files with a bell in a text are refused; one that comes in otherwise is shown as a replacement character."""
    losses = Losses()
    loud = item("multiple_response").model_copy(update={"explanation": {"en": "before\x07after"}})

    (question,) = build_questions((Entry(item=loud, file="x", lesson="x"),), load_catalog(), losses)

    assert question.explanation == "before\ufffdafter"
    assert any("control characters" in loss.what for loss in losses.all())


def test_an_unknown_format_is_refused_in_words(questions):
    """The message names the formats."""
    with pytest.raises(ContentError, match="anki, moodle, qti, canvas, csv, pdf"):
        export_questions("docx", questions, Losses())


def test_nothing_to_export_is_refused():
    """An empty file helps nobody."""
    with pytest.raises(ContentError, match="none of these items"):
        export_questions("csv", [], Losses())


def test_only_published_items_are_chosen(item):
    """Drafts stay at home; a lesson without questions is refused by name."""
    entries = tuple(
        Entry(item=item("numeric", status=status, id=f"bm.x.{status}"), file="x", lesson="l")
        for status in ("draft", "published", "retired")
    )

    assert [entry.item.id for entry in published_entries(Bank(entries=entries), "l")] == ["bm.x.published"]
    with pytest.raises(ContentError, match="lessons with questions: l"):
        published_entries(Bank(entries=entries), "other")


@pytest.mark.parametrize("name", ["qti", "csv", "pdf", "moodle"])
def test_the_same_questions_give_the_same_file(name, questions):
    """Files can be compared and kept under version control."""
    first, second = (export_questions(name, questions[:3], Losses(), with_key=True).data for _ in range(2))

    assert first == second


@pytest.mark.parametrize("name", ["csv", "pdf"])
def test_the_key_is_left_out_unless_it_is_asked_for(name, questions):
    """Without the key a file is shorter and, as a table, holds no feedback."""
    without = export_questions(name, questions, Losses()).data
    with_key = export_questions(name, questions, Losses(), with_key=True).data

    assert len(without) < len(with_key)
    assert b"FEEDBACK" not in without
    assert b"EXPLANATION" not in without


def test_the_report_is_plain_data(questions):
    """As JSON it names the format, what was written and what was not."""
    report = export_questions("canvas", questions, Losses()).as_json()

    assert report["format"] == "canvas"
    assert {entry["item"] for entry in report["left_out"]} == {
        "bm.sample.matching.01",
        "bm.sample.sequence.01",
    }
    assert {"item", "what", "reason"} == set(report["incomplete"][0])


def test_a_question_names_who_checked_it(questions):
    """The state of the clinical review travels with each question."""
    assert all("Not yet reviewed by a clinician" in question.review for question in questions)
    assert date(2026, 11, 21).isoformat() in dataclasses.asdict(questions[0])["review"]


def test_the_right_option_does_not_always_stand_first(item):
    """In the files it often does; on paper nobody mixes. The order is the same in each export."""
    places = []
    for number in range(40):
        question = build_question(
            item("single_best", id=f"bm.mixed.n{number}", scene=None), "x", load_catalog()
        )
        places.append([answer.right for answer in question.body.answers].index(True))

    assert {0, 1, 2, 3} == set(places)
    assert max(places.count(place) for place in range(4)) < 20


def test_an_option_that_belongs_last_stays_last(raw):
    """As in the course."""
    options = [dict(option) for option in raw("single_best")["options"]]
    options[1]["fixed_last"] = True
    parsed = parse_item(raw("single_best", options=options), "x")

    assert build_question(parsed, "x", load_catalog()).body.answers[-1].id == "b"
