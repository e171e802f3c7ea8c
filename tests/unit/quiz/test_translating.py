"""A translation holds words only, is used whole or not at all, and falls back to English."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.content.language import speaking
from bonemets_teach.quiz.bank import load_bank
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.item_language import item_language
from bonemets_teach.quiz.linter import lint_bank
from bonemets_teach.quiz.session_marking import Marker, question_view
from bonemets_teach.quiz.session_message import AnswerMessage
from bonemets_teach.quiz.sitting import Sitting
from bonemets_teach.quiz.translating import different_numbers

ITEM = """
- schema: bm-item/1
  id: bm.test.origin.01
  version: 2
  status: published
  type: single_best
  title: {en: "Origin"}
  objectives: [BM-REM-02]
  bloom: remember
  stem: {en: "About 90 % of 1,000 cells fuse."}
  lead_in: {en: "From which line do they come?"}
  options:
    - {id: a, text: {en: "Monocytes"}, key: true, feedback: {en: "Right: 2.5 µm."}}
    - {id: b, text: {en: "Fibroblasts"}, feedback: {en: "No."}}
    - {id: c, text: {en: "Osteoblasts"}, feedback: {en: "No."}, misconception: osteoclast-comes-from-osteoblast}
  hints: [{en: "They eat.", cost: 0.5}]
  explanation: {en: "Macrophages are kin."}
  references: [{claim: osteoclast_resorption}]
  review: {author: "a", clinical_reviewer: null, reviewed_on: 2026-11-21, review_by: 2028-11-21}
"""
WORDS: dict[str, Any] = {
    "version": 2,
    "title": "Origen",
    "stem": "Cerca del 90 % de 1000 células se fusionan.",
    "lead_in": "¿De qué línea proceden?",
    "options": {
        "a": {"text": "Monocitos", "feedback": "Correcto: 2,5 µm."},
        "b": {"text": "Fibroblastos", "feedback": "No."},
        "c": {"text": "Osteoblastos", "feedback": "No."},
    },
    "hints": ["Comen."],
    "explanation": "Los macrófagos son parientes.",
}
Load = Callable[[Any], Any]


@pytest.fixture
def bank(tmp_path: Path) -> Load:
    """Return a bank with one item and a translation of it."""

    def load(words: Any) -> Any:
        folder = tmp_path / "quizzes" / "bone-remodeling"
        (folder / "es").mkdir(parents=True, exist_ok=True)
        (folder / "items.yaml").write_text(ITEM, "utf-8")
        text = words if isinstance(words, str) else _yaml({"bm.test.origin.01": words})
        (folder / "es" / "items.yaml").write_text(text, "utf-8")
        return load_bank(tmp_path / "quizzes")

    return load


def _yaml(value: Any) -> str:
    import json  # noqa: PLC0415 - JSON is YAML

    return json.dumps(value, ensure_ascii=False)


def _changed(**parts: Any) -> dict[str, Any]:
    words = copy.deepcopy(WORDS)
    for place, value in parts.items():
        *path, last = place.split("__")
        inner = words
        for step in path:
            inner = inner[step]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return words


def test_a_whole_translation_is_shown_with_the_same_ids(bank: Load) -> None:
    """Words change; ids and the number of options do not."""
    (item,) = bank(WORDS).items()
    english = question_view(item, "learner")
    with speaking("es"):
        spanish = question_view(item, "learner")

    assert (english["lang"], english["title"]) == ("en", "Origin")
    assert (spanish["lang"], spanish["title"]) == ("es", "Origen")
    assert [row["id"] for row in spanish["options"]] == [row["id"] for row in english["options"]]
    assert {row["html"] for row in spanish["options"]} == {"Monocitos", "Fibroblastos", "Osteoblastos"}


def test_the_same_answer_brings_the_same_points_and_says_its_language(bank: Load) -> None:
    """The log can tell languages apart; grading knows none."""
    (item,) = bank(WORDS).items()
    records: list[dict[str, Any]] = []
    for code in ("en", "es"):
        marker = Marker(lambda attempt: records.append(attempt) or True, Sitting())
        marker.learner = "learner"
        answer = AnswerMessage(attempt_id=f"{code}", response="a", hints_used=1, latency_ms=5, certainty=None)
        with speaking(code):
            reply = marker.take(item, answer)
        assert reply["score"] == 0.5
        assert ("Correcto" in str(reply["options"])) == (code == "es")

    assert [record["lang"] for record in records] == ["en", "es"]
    assert [record["response"] for record in records] == ["a", "a"]


BAD = {
    "stale": (_changed(version=1), "TRANSLATION_STALE", "translates version 1, and the item is at version 2"),
    "without a version": (_changed(version=None), "TRANSLATION_STALE", "says not which version"),
    "a truth value for a version": (_changed(version=True), "TRANSLATION_STALE", "says not which version"),
    "an option missing": (_changed(options__c=None), "TRANSLATION_MISSING", "has no words"),
    "a feedback missing": (_changed(options__c__feedback=None), "TRANSLATION_MISSING", "has no words"),
    "empty words": (_changed(title="  "), "TRANSLATION_MISSING", "has no words"),
    "a hint missing": (_changed(hints=None), "TRANSLATION_MISSING", "has no words"),
    "an option more": (_changed(options__d={"text": "X"}), "TRANSLATION_UNKNOWN", "no such text"),
    "a hint more": (_changed(hints=["Comen.", "Otra."]), "TRANSLATION_UNKNOWN", "no such text"),
    "a key": (_changed(options__b__key=True), "TRANSLATION_UNKNOWN", "no such text"),
    "another answer order": (_changed(shuffle=False), "TRANSLATION_UNKNOWN", "no such text"),
    "a list for a text": (_changed(title=["Origen"]), "TRANSLATION_MISSING", "has no words"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_whole_falls_back_to_english(kind: str, bank: Load, catalog: Catalog) -> None:
    """The item is shown in English, and the linter says why."""
    words, code, said = BAD[kind]
    loaded = bank(words)
    (item,) = loaded.items()

    with speaking("es"):
        assert item_language(item) == "en"
        assert question_view(item, "learner")["title"] == "Origin"
    found = [finding for finding in lint_bank(loaded, catalog, date(2026, 11, 22)) if finding.code == code]
    assert found
    assert any(said in finding.message for finding in found)


def test_changed_numbers_and_units_are_found(bank: Load, catalog: Catalog) -> None:
    """A decimal comma is no change, another digit or unit is."""
    words = _changed(
        stem="Cerca del 80 % de 1000 células se fusionan.", options__a__feedback="Correcto: 2,5 mm."
    )
    found = {
        finding.path: finding.message
        for finding in lint_bank(bank(words), catalog, date(2026, 11, 22))
        if finding.code == "TRANSLATION_NUMBERS"
    }

    assert "90 is lost, 80 is new" in found["es.stem"]
    assert "µm is lost, mm is new" in found["es.options.a.feedback"]


def test_a_key_that_only_the_translation_gives_away_is_found(bank: Load, catalog: Catalog) -> None:
    """Length flaws are looked for in each language."""
    words = _changed(options__a__text="Monocitos y macrófagos de la línea hematopoyética de la médula")
    found = lint_bank(bank(words), catalog, date(2026, 11, 22))

    assert ("LONGEST_OPTION_IS_KEY", "es.options") in {(each.code, each.path) for each in found}


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script> 2",
        "![x](https://evil.test/x.png)",
        "[x](javascript:alert(1))",
        "[x](http://evil.test)",
    ],
)
def test_markup_in_a_translation_is_found_and_never_shown(bad: str, bank: Load, catalog: Catalog) -> None:
    """A translator's text is trusted no more than an author's."""
    loaded = bank(_changed(explanation=bad, options__a__feedback=bad))
    found = {
        (each.code, each.path)
        for each in lint_bank(loaded, catalog, date(2026, 11, 22))
        if each.code == "MARKUP"
    }
    marker = Marker(lambda attempt: True, Sitting())
    marker.learner = "learner"
    answer = AnswerMessage(attempt_id="x", response="a", hints_used=0, latency_ms=5, certainty=None)
    with speaking("es"):
        shown = str(marker.take(*loaded.items(), answer))

    assert found == {("MARKUP", "es.explanation"), ("MARKUP", "es.options[a].feedback")}
    assert not any(trick in shown for trick in ("<script", "<img", 'href="javascript', 'href="http:'))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- a\n- b\n", "must be a block with an item's id"),
        ("bm.test.origin.01: words\n", "must be a block of fields"),
        ("bm.nowhere.01: {version: 1}\n", "there is no such item to translate"),
        ("a: [", "expected"),
        ("a: &x 1\nb: *x\n", "aliases"),
    ],
)
def test_a_broken_file_is_a_problem_and_hides_nothing(text: str, rule: str, bank: Load) -> None:
    """The item is there in English."""
    loaded = bank(text)

    assert [item.id for item in loaded.items()] == ["bm.test.origin.01"]
    assert any(rule in str(problem) for problem in loaded.problems)


def test_an_item_is_translated_once(bank: Load, tmp_path: Path) -> None:
    """A second translation into the same language is named."""
    bank(WORDS)
    second = tmp_path / "quizzes/bone-remodeling/es/more.yaml"
    second.write_text(_yaml({"bm.test.origin.01": WORDS}), "utf-8")

    problems = [str(problem) for problem in load_bank(tmp_path / "quizzes").problems]
    assert any("translated twice" in problem for problem in problems)


@pytest.mark.parametrize(
    ("english", "words", "difference"),
    [
        ("about 25 % a year", "cerca del 25 % al año", ""),
        ("1,000 days, 0.04 mm", "1000 días, 0,04 mm", ""),
        ("10,000 times", "10\u202f000 veces", ""),
        ("{{a}} % of the start", "{{a}} % del inicio", ""),
        ("{{a}} %", "{{b}} %", "{{a}} is lost, {{b}} is new"),
        ("2-4 weeks", "2-5 semanas", "4 is lost, 5 is new"),
    ],
)
def test_numbers_are_compared_whatever_their_signs(english: str, words: str, difference: str) -> None:
    """Placeholders count too."""
    assert different_numbers(english, words) == difference
