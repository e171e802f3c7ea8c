"""Every rule of matching, sequence, hotspot and scene task that a file can break is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonemets_teach.quiz.loading import parse_items

GOOD = Path(__file__).with_name("samples_types.yaml").read_text("utf-8")
MATCHING, SEQUENCE, SPOT, TASK = (
    f"bm.sample.{name}.01" for name in ("matching", "sequence", "hotspot", "task")
)
BOX = "box: {x: 0.8, y: 0.68, width: 0.15, height: 0.1}"
INSIDE = '  computed: {inside: {panel: "Bone mass", x_quantity: bone_minimum_day, x_scale: 0.0066667, y_quantity: bone_minimum_percent}}\n'

# What is replaced by what; then item, path and a part of the rule.
BROKEN = [
    ("key: osteocyte, feedback", "key: fibroblast, feedback", MATCHING, "", "“fibroblast” of vignette walled is not in option_list"),
    ("{id: walled, text", "{id: pit, text", MATCHING, "", "vignette id pit is used twice"),
    ("{id: lining, text", "{id: osteocyte, text", MATCHING, "", "option_list id osteocyte is used twice"),
    ('    - {id: lining, text: {en: "Lining cell"}}\n', "", MATCHING, "option_list", "at least 5 entries; it has 4"),
    ("{option: osteoblast, feedback", "{option: osteoclast, feedback", MATCHING, "", "must be a wrong answer"),
    ("method: per_row", "method: per_case", MATCHING, "scoring.method", "“per_case” is not allowed"),
    ('key: osteocyte, feedback', 'keys: osteocyte, feedback', MATCHING, "vignettes[walled].keys", "is not a field that belongs here"),
    ("  ends: {first: {en: \"Earliest\"}, last: {en: \"Latest\"}}\n", "", SEQUENCE, "ends", "is missing"),
    ("{id: reversal, text", "{id: formation, text", SEQUENCE, "", "step id formation is used twice"),
    ("  ends: {first", "  computed: {scene: ct, order: ascending, quantity: x, cases: {activation: {}}}\n  ends: {first", SEQUENCE, "", "computed must name every step"),
    ("  ends: {first", "  computed: {scene: ct, order: ascending, quantity: x}\n  ends: {first", SEQUENCE, "computed", "either cases with quantity, or quantities"),
    ("  ends: {first", "  computed: {scene: ct, order: ascending, quantity: x, quantities: {activation: x}}\n  ends: {first", SEQUENCE, "computed", "cases go with one quantity"),
    ("  ends: {first", "  computed: {scene: ct, order: upward, quantity: x, cases: {}}\n  ends: {first", SEQUENCE, "computed.order", "“upward” is not allowed"),
    ("  list_alternative: true\n", "", SPOT, "list_alternative", "is missing"),
    ("list_alternative: true", "list_alternative: false", SPOT, "list_alternative", "is not allowed here; write True"),
    (INSIDE, "", SPOT, "", "exactly one target with key: true; this one has 0"),
    (BOX, f"key: true, {BOX}", SPOT, "", "no target may say key"),
    (BOX, f"circle: {{x: 0.5, y: 0.5, r: 0.1}}, {BOX}", SPOT, "targets[end]", "exactly one of circle, box, around"),
    (BOX, "box: {x: 80, y: 0.68, width: 0.15, height: 0.1}", SPOT, "targets[end].box.x", "at most 1"),
    (BOX, "box: {x: 0.8, y: 0.68, width: 0, height: 0.1}", SPOT, "targets[end].box.width", "greater than 0"),
    ("around: {panel: \"Osteoclasts\", x: 0, y_quantity", "around: {axes: 0, y_quantity", SPOT, "targets[start].around", "give x or x_quantity"),
    ("around: {panel: \"Osteoclasts\", x: 0, y_quantity", 'around: {mark: "head", axes: 0, x: 0, y_quantity', SPOT, "targets[start].around", "either mark, or axes or panel"),
    ("role: stimulus", "role: shown_after_answer", SPOT, "", "a hotspot has one picture"),
    ("  explorer: remodeling-cycle\n", "", TASK, "explorer", "is missing"),
    ("  solution: {formation: 72}\n", "", TASK, "solution", "is missing"),
    ("quantity: bone_end_percent, rule", "quantity: bone_end_percent, control: formation, rule", TASK, "checks[end]", "either a quantity or a control"),
    ("rule: between, low: 95, high: 97", "rule: between, low: 95", TASK, "checks[end]", "rule between needs high and low"),
    ("rule: between, low: 95, high: 97", "rule: between, low: 97, high: 95", TASK, "checks[end]", "low must be smaller"),
    ("rule: between, low: 95, high: 97", "rule: about, value: 96", TASK, "checks[end].rule", "“about” is not allowed"),
    ("rule: between, low: 95, high: 97", "rule: equals, setting: 96", TASK, "checks[end]", "rule equals is for a control"),
    ("rule: equals, setting: 10", "rule: above, setting: 10", TASK, "checks[event]", "rule above needs value"),
    ("rule: equals, setting: 10", "python: state.event == 10", TASK, "checks[event].python", "is not a field"),
    ("{id: event, text", "{id: end, text", TASK, "", "check id end is used twice"),
]  # fmt: skip


def test_the_samples_keep_all_rules() -> None:
    """What the other cases break is whole to begin with."""
    items, problems = parse_items(GOOD, "x.yaml")

    assert (len(items), problems) == (4, [])


@pytest.mark.parametrize(("good", "bad", "item", "path", "rule"), BROKEN)
def test_a_broken_item_is_refused_with_item_place_and_rule(
    good: str, bad: str, item: str, path: str, rule: str
) -> None:
    """The message lets the author find and mend it; the other items stay."""
    assert good in GOOD
    items, problems = parse_items(GOOD.replace(good, bad, 1), "quizzes/x.yaml")
    found = [problem for problem in problems if problem.path == path and rule in problem.rule]

    assert found, [str(problem) for problem in problems]
    assert (found[0].file, found[0].item) == ("quizzes/x.yaml", item)
    assert len(items) == 3


@pytest.mark.parametrize("item", [MATCHING, SEQUENCE, SPOT, TASK])
def test_each_type_is_broken_in_several_ways(item: str) -> None:
    """The list above does not shrink unseen."""
    assert sum(case[2] == item for case in BROKEN) >= 6
