"""Every rule of bm-item/1 that a file can break is refused with file, item, place and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonemets_teach.quiz.loading import parse_items

GOOD = Path(__file__).with_name("samples.yaml").read_text("utf-8")
SINGLE, MULTIPLE, NUMERIC = "bm.sample.single.01", "bm.sample.multiple.01", "bm.sample.numeric.01"
KEY = 'driven by RANKL"}, key: true,'

# What is replaced by what; then item, path and a part of the rule.
BROKEN = [
    ("id: bm.sample.single.01\n", "id: Bm Sample\n", "Bm Sample", "id", "does not have the form"),
    ("  id: bm.sample.single.01\n", "", "number 1", "id", "is missing"),
    ("schema: bm-item/1\n  id: bm.sample.single", "schema: bm-item/2\n  id: bm.sample.single", SINGLE, "schema", "write 'bm-item/1'"),
    ("  version: 1\n  status: published\n  type: single", '  version: "1"\n  status: published\n  type: single', SINGLE, "version", "whole number"),
    ("version: 1\n  status: published\n  type: single", "version: 0\n  status: published\n  type: single", SINGLE, "version", "at least 1"),
    ("status: published\n  type: single", "status: ready\n  type: single", SINGLE, "status", "“ready” is not allowed"),
    ("type: single_best", "type: best_single", SINGLE, "", "type “best_single” is not known"),
    ("  type: single_best\n", "", SINGLE, "", "type is missing"),
    ('title: {en: "Thigh pain after breast cancer"}', "title: Thigh pain", SINGLE, "title", "{en: "),
    ('title: {en: "Thigh pain after breast cancer"}', 'title: {english: "Thigh pain"}', SINGLE, "title.english", "a language such as en"),
    ('title: {en: "Thigh pain after breast cancer"}', 'title: {en: ""}', SINGLE, "title.en", "at least 1"),
    ('title: {en: "Thigh pain after breast cancer"}', "title: {en: 12}", SINGLE, "title.en", "must be text"),
    ("objectives: [BM-LES-01]", "objectives: []", SINGLE, "objectives", "at least 1"),
    ("objectives: [BM-LES-01]", "objectives: BM-LES-01", SINGLE, "objectives", "must be a list"),
    ("objectives: [BM-LES-01]", "objectives: [les-01]", SINGLE, "objectives[#1]", "does not have the form"),
    ("bloom: apply\n  scene", "bloom: analyse\n  scene", SINGLE, "bloom", "is not allowed"),
    ("bloom: apply\n  scene", "blooms: apply\n  scene", SINGLE, "blooms", "did you mean “bloom”"),
    ("explanation: {en: \"EXPLANATION: a lytic", "explain: {en: \"EXPLANATION: a lytic", SINGLE, "explanation", "is missing"),
    (KEY, 'driven by RANKL"},', SINGLE, "", "exactly one option with key: true; this one has 0"),
    ('by its own acid"},', 'by its own acid"}, key: true,', SINGLE, "", "this one has 2"),
    (KEY, 'driven by RANKL"}, key: yes please,', SINGLE, "options[a].key", "true or false"),
    (KEY, 'driven by RANKL"}, key: true, feedbak: 1,', SINGLE, "options[a].feedbak", "did you mean “feedback”"),
    ("{id: b, text: {en: \"Tumor", "{id: a, text: {en: \"Tumor", SINGLE, "", "option id a is used twice"),
    ("{id: b, text: {en: \"Tumor", "{id: b, texts: {en: \"Tumor", SINGLE, "options[b].text", "is missing"),
    ("role: stimulus", "role: decoration", SINGLE, "scene.role", "is not allowed"),
    (', alt: {en: "Radiograph of the right femur with an area that has no trabeculae."}', "", SINGLE, "scene.alt", "is missing"),
    ("cost: 0.25}\n    - {en: \"HINT-TWO", "cost: 2}\n    - {en: \"HINT-TWO", SINGLE, "hints[#1].cost", "at most 1"),
    ("{claim: vicious_cycle, loc", "{loc", SINGLE, "references[#1]", "either a claim key or a cite"),
    (", checked_on: 2026-11-21}", "}", SINGLE, "references[#2]", "needs checked_on"),
    ("https://doi.org/10.1056/NEJMra030831", "javascript:alert(1)", SINGLE, "references[#2].url", "does not have the form"),
    ("reviewed_on: 2026-11-21, review_by: 2028-11-21}\n\n- schema: bm-item/1\n  id: bm.sample.multiple", "reviewed_on: 2026-11-21, review_by: 2020-01-01}\n\n- schema: bm-item/1\n  id: bm.sample.multiple", SINGLE, "review", "later than reviewed_on"),
    ("scoring: {method: per_option, points: 2}", "scoring: {method: half, points: 2}", MULTIPLE, "scoring.method", "is not allowed"),
    ("value: 87.3, round", "value: 870.3, round", NUMERIC, "answer", "outside min to max"),
    ("value: 87.3, round", "value: .nan, round", NUMERIC, "answer.value", "finite"),
    ("value: 87.3, round", "value: '87,3', round", NUMERIC, "answer.value", "must be a number"),
    ("tolerance: {abs: 1.5}", "tolerance: {abs: 1.5, rel: 0.1}", NUMERIC, "answer.tolerance", "either abs or rel"),
    ("tolerance: {abs: 1.5}", "tolerance: {abs: -1}", NUMERIC, "answer.tolerance.abs", "at least 0"),
    ("tolerance: {abs: 1.5}, ", "", NUMERIC, "answer.tolerance", "is missing"),
    ("value: 87.3, round", "value: 87.3, computed: {scene: ct, quantity: x}, round", NUMERIC, "answer", "either value or computed"),
    ("min: 0, max: 200", "min: 200, max: 0", NUMERIC, "answer", "smaller than max"),
    ("{value: 100, feedback", "{feedback", NUMERIC, "common_errors[#1]", "either value or computed"),
]  # fmt: skip


def test_the_samples_keep_all_rules() -> None:
    """What the other cases break is whole to begin with."""
    items, problems = parse_items(GOOD, "x.yaml")

    assert (len(items), problems) == (3, [])


@pytest.mark.parametrize(("good", "bad", "item", "path", "rule"), BROKEN)
def test_a_broken_item_is_refused_with_file_item_place_and_rule(
    good: str, bad: str, item: str, path: str, rule: str
) -> None:
    """The message lets the author find and mend it; the other items stay."""
    assert good in GOOD
    items, problems = parse_items(GOOD.replace(good, bad, 1), "quizzes/x.yaml")
    found = [problem for problem in problems if problem.path == path and rule in problem.rule]

    assert found, [str(problem) for problem in problems]
    assert (found[0].file, found[0].item) == ("quizzes/x.yaml", item)
    assert str(found[0].error()).startswith(f"quizzes/x.yaml, item {item}")
    assert len(items) == 2


def test_at_least_25_ways_to_break_an_item_are_tried() -> None:
    """The list above does not shrink unseen."""
    assert len(BROKEN) >= 25


@pytest.mark.parametrize("text", ["just words", "[1, 2]", "- - - x", "null"])
def test_what_is_no_item_at_all_is_refused(text: str) -> None:
    """Plain words, numbers and nothing are named by their place in the file."""
    items, problems = parse_items(text, "x.yaml")

    assert items == []
    assert problems[0].item == "number 1"
