"""Files that are broken or meant to harm: refused with file, item, path and rule, and the others are loaded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bonemets_teach.quiz import Bank, grade, load_bank, public_view
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.linter import lint_entries
from bonemets_teach.quiz.presenting import hint_view, outcome_view

HERE = Path(__file__).parent
SAMPLES = {name: (HERE / f"samples{name}.yaml").read_text("utf-8") for name in ("", "_types", "_cases")}
TODAY = date(2026, 11, 22)
FILE = "quizzes/lytic-and-blastic/broken.yaml"
Case = tuple[str, str, str, str, str, str]
GOOD_ID = "bm.sample.good.01"
BOMB = "a: &a [x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

# Whole files: content, and a part of the rule.
FILES: list[tuple[str, bytes, str]] = [
    ("duplicate key", b"- {id: a, id: b}\n", "the key \xe2\x80\x9cid\xe2\x80\x9d stands twice".encode("latin-1").decode()),
    ("tab as indentation", b"- schema: bm-item/1\n\tid: x\n", "tab"),
    ("alias", b"- &one {id: x}\n- *one\n", "aliases"),
    ("alias bomb", BOMB.encode(), "aliases"),
    ("merge key with alias", b"a: &a {x: 1}\nb: {<<: *a}\n", "aliases"),
    ("tag of Python", b"- !!python/object/apply:os.system ['true']\n", "constructor for the tag"),
    ("tag of its own", b"- !item {id: x}\n", "constructor for the tag"),
    ("set", b"- !!set {a, b}\n", "block of fields"),
    ("binary", b"- !!binary aGVsbG8=\n", "block of fields"),
    ("zero bytes", b"- id: x\x00\n", "not YAML that can be read"),
    ("bell", b"- id: 'x\x07'\n", "not YAML that can be read"),
    ("UTF-16", "- id: x\n".encode("utf-16"), "not UTF-8"),
    ("Latin-1", "- id: é\n".encode("latin-1"), "not UTF-8"),
    ("half a character escaped", b'- id: "\\ud800"\n', "nicode"),
    ("half a character", b'- id: "\xed\xa0\x80"\n', "not UTF-8"),
    ("too large", b"#" * 1_000_001, "split the file"),
    ("deep", b"[" * 100_000, "nested too deeply"),
    ("deep blocks", "".join(" " * n + "a:\n" for n in range(200)).encode(), "nested too deeply"),
    ("open quote", b'- id: "x\n', "unexpected end"),
    ("open bracket", b"- {id: x\n", "expected"),
    ("two documents", b"id: x\n---\nid: y\n", "another document"),
    ("empty", b"", "block of fields"),
    ("a word", b"hello\n", "block of fields"),
    ("a list of lists", b"- - x\n", "block of fields"),
    ("number as key", b"- {1: x}\n", "plain text"),
    ("list as key", b"- ? [a]\n  : 1\n", "plain text"),
    ("key null", b"- {~: x}\n", "plain text"),
    ("other schema", b"- {schema: bm-item/9, id: bm.x.y, type: poll}\n", "bm-item/1"),
    ("HTML page", b"<!doctype html><title>x</title>\n", "block of fields"),
    ("JSON with a key twice", b'[{"id": 1, "id": 2}]', "stands twice"),
]  # fmt: skip

S, T, C = "", "_types", "_cases"
SINGLE, NUMERIC, SPOT, ORDER = (
    "bm.sample.single.01",
    "bm.sample.numeric.01",
    "bm.sample.hotspot.01",
    "bm.sample.sequence.01",
)
TASK, CASE, PANEL, TEXT, POLL = (
    f"bm.sample.{name}.01" for name in ("task", "keyfeature", "concordance", "text", "poll")
)
TITLE = 'title: {en: "Thigh pain after breast cancer"}'
SCENE = "scene: {id: remodeling-cycle, state: {}, role: stimulus"
VOTE = "{member: m1, votes: {fall: -1, second: 2, split: -1}}"

# One place of a sample replaced: sample, good, bad; then item, path and a part of the rule.
ITEMS: list[Case] = [
    (S, TITLE, "title: {en: true}", SINGLE, "title.en", "must be text"),
    (S, TITLE, 'title: {en: "Thigh \\u202epain"}', SINGLE, "title.en", "U+202E"),
    (S, TITLE, 'title: {en: "Thigh \\0 pain"}', SINGLE, "title.en", "U+0000"),
    (S, TITLE, 'title: {en: " \\u00a0 "}', SINGLE, "title.en", "words in it"),
    (S, TITLE, f'title: {{en: "{"x" * 4001}"}}', SINGLE, "title.en", "at most 4000"),
    (S, TITLE, "title: [Thigh]", SINGLE, "title", "block of fields"),
    (S, TITLE, "title: {}", SINGLE, "title", "at least 1"),
    (S, TITLE, 'title: {es: "Dolor"}', SINGLE, "title", "has no English"),
    (S, TITLE, 'title: {en: "\u200b\u200b"}', SINGLE, "title.en", "U+200B"),
    (S, TITLE, 'title: {en: "Thigh\u2028pain"}', SINGLE, "title.en", "U+2028"),
    (S, f"id: {SINGLE}", 'id: "bm.sample.single.01\\n"', "bm.sample.single.01\n", "id", "does not have the form"),
    (S, f"id: {SINGLE}", "id: bm.s\u0430mple.01", "bm.s\u0430mple.01", "id", "does not have the form"),
    (S, "{id: b,", "{id: \u0430,", SINGLE, "options[\u0430].id", "does not have the form"),
    (S, "https://doi.org/10.1056/NEJMra030831", "https://doi.org@evil.test/", SINGLE, "references[#2].url", "before an @"),
    (S, "https://doi.org/10.1056/NEJMra030831", "https://d\u043ei.org/10", SINGLE, "references[#2].url", "plain letters"),
    (S, "  version: 1\n  status: published\n  type: single", "  version: 1.0\n  status: published\n  type: single", SINGLE, "version", "whole number"),
    (S, "  version: 1\n  status: published\n  type: single", "  version: true\n  status: published\n  type: single", SINGLE, "version", "whole number"),
    (S, "  version: 1\n  status: published\n  type: single", "  version: 010\n  status: published\n  type: single", SINGLE, "version", "whole number"),
    (S, "  type: single_best\n", "  type: [single_best]\n", SINGLE, "", "type"),
    (S, f"id: {SINGLE}", "id: ../../etc/passwd", "../../etc/passwd", "id", "does not have the form"),
    (S, f"id: {SINGLE}", f"id: bm.{'x' * 90}", f"bm.{'x' * 90}", "id", "at most 80"),
    (S, f"id: {SINGLE}", f"id: {GOOD_ID}", GOOD_ID, "id", "already used in"),
    (S, "key: true, feedback: {en: \"FEEDBACK-A: the osteoclast", "key: yes, feedback: {en: \"FEEDBACK-A: the osteoclast", SINGLE, "options[a].key", "true or false"),
    (S, "cost: 0.25}\n    - {en: \"HINT-TWO", "cost: .nan}\n    - {en: \"HINT-TWO", SINGLE, "hints[#1].cost", ""),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  options: []\n  scene", SINGLE, "", "stands twice"),
    (S, "  objectives: [BM-LES-01]", "  objectives: []", SINGLE, "objectives", "at least 1"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  use: []\n  scene", SINGLE, "use", "at least 1"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  onload: alert(1)\n  scene", SINGLE, "onload", "not a field"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  prerequisite: [a.b]\n  scene", SINGLE, "prerequisite", "must be text"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  images: [{file: ../../etc/passwd.png, alt: {en: x}, credit: x, license: x}]\n  scene", SINGLE, "images[#1].file", "below assets/"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  images: [{file: /etc/passwd.png, alt: {en: x}, credit: x, license: x}]\n  scene", SINGLE, "images[#1].file", "below assets/"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  images: [{file: 'https://evil.test/a.png', alt: {en: x}, credit: x, license: x}]\n  scene", SINGLE, "images[#1].file", "below assets/"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  images: [{file: a.png, alt: {en: x}, credit: x}]\n  scene", SINGLE, "images[#1].license", "is missing"),
    (S, "checked_on: 2026-11-21}", "checked_on: 2026-02-30}", SINGLE, "references[#2].checked_on", "a date like"),
    (S, "checked_on: 2026-11-21}", "checked_on: '2026-11-21'}", SINGLE, "references[#2].checked_on", "a date like"),
    (S, "https://doi.org/10.1056/NEJMra030831", "http://doi.org/10.1056", SINGLE, "references[#2].url", "https://"),
    (S, "https://doi.org/10.1056/NEJMra030831", "data:text/html,x", SINGLE, "references[#2].url", "https://"),
    (S, "value: 87.3, round", "value: .inf, round", NUMERIC, "answer.value", "finite"),
    (S, "value: 87.3, round", "value: 1e999, round", NUMERIC, "answer.value", "finite"),
    (S, "value: 87.3, round", "value: 1:30, round", NUMERIC, "answer.value", "must be a number"),
    (S, "tolerance: {abs: 1.5}", "tolerance: {abs: .nan}", NUMERIC, "answer.tolerance.abs", ""),
    (S, "tolerance: {abs: 1.5}", "tolerance: {}", NUMERIC, "answer.tolerance", "either abs or rel"),
    (T, "around: {panel: \"Osteoclasts\", x: 0,", "around: {panel: \"Osteoclasts\", x: .nan,", SPOT, "targets[start].around.x", "finite"),
    (T, "r: 0.05}, feedback: {en: \"FEEDBACK-START", "r: -1}, feedback: {en: \"FEEDBACK-START", SPOT, "targets[start].around.r", "greater than 0"),
    (T, "  list_alternative: true", "  list_alternative: 2", SPOT, "list_alternative", "not allowed here"),
    (T, "{id: activation, text: {en: \"Activation\"}", "{id: 1, text: {en: \"Activation\"}", ORDER, "steps[#1].id", "must be text"),
    (T, "solution: {formation: 72}", "solution: [72]", TASK, "solution", "block of fields"),
    (C, "max_select: 1\n      accept", "max_select: 0\n      accept", CASE, "steps[suspect].max_select", "at least 1"),
    (C, "max_select: 2\n      killers: [wait]", "max_select: 1\n      killers: [wait]", CASE, "steps[test]", "does not fit 2 key features"),
    (C, "max_select: 2\n      killers: [wait]", "max_select: 4\n      killers: [wait]", CASE, "steps[test]", "choose all 4"),
    (C, "killers: [wait]", "killers: [mri]", CASE, "steps[test]", "the killer “mri”"),
    (C, "killers: [wait]", "killers: [moon]", CASE, "steps[test]", "the killer “moon”"),
    (C, "    - id: after\n", "    - id: test\n", CASE, "", "step id test is used twice"),
    (C, "id: suspect\n      ask: write_in", "id: suspect\n      ask: menu", CASE, "steps[suspect]", "a menu has at least 3 options"),
    (C, 'texts: {en: ["disc herniation", "slipped disc"]}', 'texts: {en: ["Cord-Compression"]}', CASE, "steps[suspect]", "disc has an answer that cord has"),
    (C, 'texts: {en: ["disc herniation", "slipped disc"]}', 'texts: {en: ["..."]}', CASE, "steps[suspect].reject[disc]", "has no letters"),
    (C, VOTE, "{member: m1, votes: {fall: -3, second: 2, split: -1}}", PANEL, "panel[#1].votes.fall", "at least -2"),
    (C, VOTE, "{member: m1, votes: {fall: 0.5, second: 2, split: -1}}", PANEL, "panel[#1].votes.fall", "whole number"),
    (C, VOTE, "{member: m1, votes: {fall: -1}}", PANEL, "", "m1 must vote on every row"),
    (C, VOTE, VOTE.replace("m1", "m2"), PANEL, "", "panel member m2 is used twice"),
    (C, '  panel_source: "made up for the tests of this program"\n', "", PANEL, "", "panel and panel_source go together"),
    (C, "  frame: diagnosis", "  use: [practice, exam]\n  frame: diagnosis", PANEL, "", "for practice only"),
    (C, "  frame: diagnosis", "  frame: guess", PANEL, "frame", "“guess” is not allowed"),
    (C, '"RANK ligand"]', '"transforming growth-factor β"]', TEXT, "", "reject rankl has an answer that accept has"),
    (C, 'accept: {en: ["ACCEPTED', 'accept: {en: ["42", "ACCEPTED', TEXT, "", "type numeric"),
    (C, 'accept: {en: ["ACCEPTED', 'accept: {en: ["", "ACCEPTED', TEXT, "accept.en[#1]", "at least 1"),
    (C, '{en: "Not at all"}', '{en: "Not at all"}, key: true', POLL, "options[a].key", "not a field"),
    (C, "  use: [practice, live]", "  scoring: {points: 1}", POLL, "scoring.points", "not allowed here"),
    (C, "  use: [practice, live]", '  hints: [{en: "x"}]', POLL, "", "a poll has no right answer"),
]  # fmt: skip

# Files that can be read and are refused by the linter: sample, good, bad; then item, code and path.
LINTED: list[Case] = [
    (S, "scene: {id: remodeling-cycle", "scene: {id: moon", SINGLE, "UNKNOWN_SCENE", "scene.id"),
    (S, "state: {}, role: stimulus", "state: {event: .nan}, role: stimulus", SINGLE, "UNKNOWN_SCENE", "scene.state"),
    (S, "state: {}, role: stimulus", "state: {warp: 9}, role: stimulus", SINGLE, "UNKNOWN_SCENE", "scene.state"),
    (S, "answer: {value: 87.3,", "answer: {computed: {scene: moon, quantity: x},", NUMERIC, "KEY_NOT_COMPUTABLE", "computed"),
    (S, "answer: {value: 87.3,", "answer: {computed: {scene: remodeling-cycle, quantity: moons},", NUMERIC, "KEY_NOT_COMPUTABLE", "computed"),
    (S, "objectives: [BM-LES-01]", "objectives: [BM-MOON-01]", SINGLE, "UNKNOWN_OBJECTIVE", "objectives"),
    (S, "{claim: vicious_cycle, loc", "{claim: no_such_claim, loc", SINGLE, "UNKNOWN_CLAIM", "references[#1]"),
    (S, "misconception: tumor-eats-bone-itself", "misconception: moon-is-cheese", SINGLE, "UNKNOWN_MISCONCEPTION", "options[b]"),
    (S, ', feedback: {en: "FEEDBACK-D: a relative of the osteoclast that can\'t dissolve mineral."}', "", SINGLE, "FEEDBACK_MISSING", "options[d]"),
    (S, "EXPLANATION: a lytic", "<script>alert(1)</script> a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "![x](https://evil.test/x.png) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "[x](javascript:alert(1)) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "[x](http://plain.test) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "[x](data:text/html;base64,PHM+) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "[x](//evil.test) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "[x](https://nih.gov@evil.test/) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "EXPLANATION: a lytic", "[x](https://nih.g\u043ev/) a lytic", SINGLE, "MARKUP", "explanation"),
    (S, "Osteoclast, driven by RANKL", "<img src=x onerror=alert(1)>", SINGLE, "MARKUP", "options[a].text"),
    (S, "HINT-ONE: who", "<svg onload=alert(1)> who", SINGLE, "MARKUP", "hints[#1]"),
    (S, "  bloom: apply\n  scene", "  bloom: apply\n  images: [{file: no/such.png, alt: {en: x}, credit: x, license: x}]\n  scene", SINGLE, "IMAGE_MISSING", "images[#1].file"),
    (T, "box: {x: 0.8, y: 0.68, width: 0.15, height: 0.1}", "box: {x: 0.17, y: 0.7, width: 0.1, height: 0.1}", SPOT, "OVERLAPPING_TARGETS", "targets"),
    (T, "solution: {formation: 72}", "solution: {formation: .nan}", TASK, "KEY_NOT_COMPUTABLE", "computed"),
    (T, "explorer: remodeling-cycle", "explorer: moon", TASK, "KEY_NOT_COMPUTABLE", "computed"),
    (C, "REVEALED-TWO: hip", "<style>*{display:none}</style> hip", CASE, "MARKUP", "steps[test].stem"),
    (C, "she fell on that side", "[she](file:///etc/passwd) fell on that side", PANEL, "MARKUP", "rows[fall].new_info"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a bank with one file that is whole and stands before the broken one."""
    lesson = tmp_path / "quizzes" / "lytic-and-blastic"
    lesson.mkdir(parents=True)
    first = SAMPLES[""].split("\n\n- schema")[0].replace(SINGLE, GOOD_ID)
    (lesson / "a-good.yaml").write_text(first, "utf-8")
    return tmp_path / "quizzes"


def _load(folder: Path, content: bytes) -> Bank:
    (folder / "lytic-and-blastic" / "broken.yaml").write_bytes(content)
    bank = load_bank(folder)
    assert GOOD_ID in {entry.item.id for entry in bank.entries}
    return bank


@pytest.mark.parametrize(("content", "rule"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_file_that_is_no_list_of_items_is_refused(folder: Path, content: bytes, rule: str) -> None:
    """The message names the file and the rule; other files are read."""
    bank = _load(folder, content)

    assert len(bank.entries) == 1
    assert bank.problems
    assert all(problem.file.startswith(FILE) for problem in bank.problems)
    assert rule in " ".join(problem.rule for problem in bank.problems)


def _changed(sample: str, good: str, bad: str) -> bytes:
    assert good in SAMPLES[sample], good
    return SAMPLES[sample].replace(good, bad, 1).encode()


@pytest.mark.parametrize("case", ITEMS)
def test_a_broken_item_takes_no_other_with_it(folder: Path, case: Case) -> None:
    """File, item, place and rule are named, all other items of the file are loaded."""
    sample, good, bad, item, path, rule = case
    bank = _load(folder, _changed(sample, good, bad))
    if "twice" in rule and not path and "stands" in rule:
        assert [rule in problem.rule for problem in bank.problems] == [True]
        return
    found = [each for each in bank.problems if each.path == path and rule in each.rule]

    assert found, [str(problem) for problem in bank.problems]
    assert {(each.file, each.item) for each in bank.problems} == {(FILE, item)}
    assert len(bank.entries) == SAMPLES[sample].count("- schema")
    str(found[0]).encode("utf-8")


@pytest.mark.parametrize("case", LINTED)
def test_what_can_be_read_and_must_not_be_published_is_found(
    folder: Path, catalog: Catalog, case: Case
) -> None:
    """An error of the linter with file, item, place and rule, and nothing about the other items."""
    sample, good, bad, item, code, path = case
    bank = _load(folder, _changed(sample, good, bad))
    errors = [each for each in lint_entries(bank.entries, catalog, TODAY) if each.severity == "error"]

    assert (FILE, item, code, path) in {(each.file, each.item, each.code, each.path) for each in errors}
    assert {each.item for each in errors} == {item}


@pytest.mark.parametrize("change", [case[:3] for case in LINTED if case[4] == "MARKUP"])
def test_the_page_gets_no_markup_of_an_author(
    folder: Path, catalog: Catalog, change: tuple[str, str, str]
) -> None:
    """Whatever the linter says, what leaves the kernel has no script, picture, handler or foreign address."""
    bank = _load(folder, _changed(*change))
    views = [public_view(entry.item, "x") for entry in bank.entries]
    answers = {
        "single_best": "a",
        "multiple_response": ["a"],
        "numeric": "5",
        "short_text": "x",
        "poll": "a",
    } | {
        "key_feature": {"suspect": ["stroke"], "test": ["mri"], "after": ["derm"]},
        "script_concordance": {"fall": 0, "second": 0, "split": 0},
    }
    views += [
        outcome_view(entry.item, grade(entry.item, answers[entry.item.type]), catalog)
        for entry in bank.entries
    ]
    views += [hint_view(entry.item, 1) for entry in bank.entries if entry.item.hints]
    sent = json.dumps(views).casefold()

    for trick in (
        "<script",
        "<img",
        "<svg",
        "<style",
        'href=\\"javascript',
        'href=\\"data',
        'href=\\"file',
        'href=\\"http:',
        'href=\\"https://nih',
    ):
        assert trick not in sent


def test_at_least_forty_files_are_tried() -> None:
    """The lists above do not shrink unseen."""
    assert len(FILES) >= 25
    assert len(ITEMS) >= 55
    assert len(LINTED) >= 20


def test_what_is_no_file_is_passed_by(folder: Path) -> None:
    """Folders and links to nowhere with the name of a quiz file."""
    (folder / "lytic-and-blastic" / "folder.yaml").mkdir()
    (folder / "lytic-and-blastic" / "nowhere.yaml").symlink_to("/nowhere/x.yaml")
    bank = load_bank(folder)

    assert len(bank.entries) == 1
    assert len(bank.problems) == 2
