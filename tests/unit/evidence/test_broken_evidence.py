"""A broken file is reported with file, entry, path and rule, and does not hide the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bonemets_teach.errors import ContentError
from bonemets_teach.evidence.checking import problems
from bonemets_teach.evidence.problem import ContentProblem, refuse

CLAIM = """evidence:
- id: E001
  key: some_key
  topic: basics
  claim: Bone is hard, mostly.
  citation: Somebody. Journal 2020;1:1
  confidence: recalled
"""
TERM = """terms:
- id: bone
  term: bone
  short: A hard tissue of living cells and mineral.
  claim: turnover_rates
"""


def _found(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(folder)]


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        (("id: E001", "id: X1"), "claims.yaml, some_key, id", "pattern"),
        (("key: some_key", "key: Some-Key"), "claims.yaml, Some-Key, key", "pattern"),
        (("confidence: recalled", "confidence: sure"), "some_key, confidence", "verified"),
        (("topic: basics", "tpoic: basics"), "some_key, tpoic", "Extra inputs"),
        (("claim: Bone is hard, mostly.", "claim: 7"), "some_key, claim", "string"),
        (("confidence: recalled", "confidence: recalled\n  checked_on: yesterday"), "checked_on", "date"),
        (("confidence: recalled", "confidence: recalled\n  note: ''"), "some_key, note", "at least"),
        (("confidence: recalled", "confidence: recalled\n  confidence: verified"), "line 8", "stands twice"),
        (("topic: basics", "topic: &a basics\n  note: *a"), "line 5", "aliases"),
        (("topic: basics", "topic: !!python/name:os.system x"), "claims.yaml", "python"),
        (("topic: basics", "? [a]\n  : basics"), "line 4", "plain text"),
        (("evidence:", "claims:"), "claims.yaml", "evidence:"),
        (("- id: E001", "- - id: E001"), "claims.yaml", ""),
        ((CLAIM, "evidence: 7"), "claims.yaml", "list below it"),
        ((CLAIM, ""), "claims.yaml", "list below it"),
        ((CLAIM, "evidence:\n- 7\n"), "entry 1", "dictionary"),
        ((CLAIM, "evidence: [" + "[" * 100_000), "claims.yaml", ""),
        ((CLAIM, "evidence: {a: 1"), "claims.yaml", ""),
        ((CLAIM, "evidence: \x00"), "claims.yaml", ""),
        ((CLAIM, CLAIM + CLAIM.removeprefix("evidence:\n")), "some_key", "more than once"),
    ],
)
def test_a_broken_claim_is_named(tmp_path: Path, change: tuple[str, str], place: str, rule: str) -> None:
    """Each mistake in a file of claims is found at its place."""
    (tmp_path / "claims.yaml").write_text(CLAIM.replace(*change))
    found = [line for line in _found(tmp_path) if line.startswith("claims.yaml")]
    assert any(place in line and rule.lower() in line.lower() for line in found), found


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        (("  claim: turnover_rates\n", ""), "glossary.yaml, bone", "either a claim or a reference"),
        (("claim: turnover_rates", "claim: turnover_rates\n  reference: A book"), "bone", "either a claim"),
        (("turnover_rates", "no_such"), "bone, claim", "no claim “no_such”"),
        (("term: bone", "term: bone\n  see: [nerve]"), "bone, see", "no term “nerve”"),
        (("term: bone", "term: bone\n  also: [Bone]"), "glossary.yaml, bone", "more than once"),
        (("short: A hard", "short: A"), "", ""),
        (("id: bone", "id: Bone"), "Bone, id", "pattern"),
    ],
)
def test_a_broken_term_is_named(folder: Path, change: tuple[str, str], place: str, rule: str) -> None:
    """Each mistake in the glossary is found at its place."""
    (folder / "glossary.yaml").write_text(TERM.replace(*change))
    found = _found(folder)
    assert all(line.startswith("glossary.yaml") for line in found)
    if rule:
        assert any(place in line and rule in line for line in found), found
    else:
        assert found == []


@pytest.mark.parametrize(
    ("damage", "place", "rule"),
    [
        (lambda text: text.replace("id\tsource", "id source", 1), "line 1", "must name the columns"),
        (lambda text: text.replace("F002\tS0\t", "F002\tS0 ", 1), "line 3", "has 4 columns"),
        (lambda text: text.replace("F002", "G2", 1), "line 3 (G2), id", "pattern"),
        (lambda text: text.replace("F002", "F001", 1), "F001", "more than once"),
        (lambda text: text.replace("\tcurrent", "\tperhaps", 1), "line 2 (F001), status", "pattern"),
        (lambda _: "", "source_facts.tsv", "must name the columns"),
    ],
)
def test_a_broken_fact_is_named(folder: Path, damage: Callable[[str], str], place: str, rule: str) -> None:
    """Each mistake in the table of facts is found at its line."""
    path = folder / "source_facts.tsv"
    path.write_text(damage(path.read_text()))
    found = _found(folder)
    assert any(line.startswith("source_facts.tsv") and place in line and rule in line for line in found), (
        found
    )


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ("taught: {F999: [bone-remodeling]}", "F999", "no such fact"),
        ("taught: {F001: bone-remodeling}", "F001", "list"),
        ("taught: {F001: []}", "F001", "at least one"),
        ("taught: {F001: [a, a]}", "F001", "twice"),
        ("taught: {F001: [nowhere]}", "F001", "no lesson “nowhere”"),
        ("taught: []", "", "mapping"),
    ],
)
def test_a_broken_list_of_taught_facts_is_named(folder: Path, text: str, place: str, rule: str) -> None:
    """Unknown facts, unknown lessons and malformed lists are found."""
    (folder / "taught.yaml").write_text(text)
    found = [str(problem) for problem in problems(folder, lesson_ids={"bone-remodeling"})]
    assert len(found) == 1
    assert place in found[0]
    assert rule in found[0]


@pytest.mark.parametrize("name", ["claims.yaml", "glossary.yaml", "source_facts.tsv", "taught.yaml"])
def test_a_missing_file_is_one_problem_and_the_rest_is_checked(folder: Path, name: str) -> None:
    """Each missing file is named, and a mistake in another file is still found."""
    (folder / name).unlink()
    other = "glossary.yaml" if name != "glossary.yaml" else "claims.yaml"
    (folder / other).write_text("broken: [")
    found = _found(folder)
    assert any(line.startswith(f"{name}: can't be read") for line in found), found
    assert any(line.startswith(other) for line in found), found


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 2_000_001])
def test_an_unreadable_file_is_one_problem(folder: Path, content: bytes) -> None:
    """What is not text, or far too large, is refused before it is parsed."""
    (folder / "taught.yaml").write_bytes(content)
    (found,) = _found(folder)
    assert found.startswith("taught.yaml: is ")


def test_a_folder_in_place_of_a_file_is_reported(folder: Path) -> None:
    """Even that does not raise."""
    (folder / "taught.yaml").unlink()
    (folder / "taught.yaml").mkdir()
    assert any(line.startswith("taught.yaml: can't be read") for line in _found(folder))


def test_one_bad_claim_does_not_hide_the_good_ones(folder: Path) -> None:
    """Only the broken entry is reported, and what cites it."""
    path = folder / "claims.yaml"
    path.write_text(path.read_text().replace("key: bone_island", "key: bone-island", 1))
    found = _found(folder)
    assert any(line.startswith("claims.yaml, bone-island, key") for line in found), found
    assert all("bone_island" in line or "bone-island" in line for line in found), found


def test_refusing_names_five_and_counts_the_rest() -> None:
    """An exception stays readable however much is wrong."""
    many = [ContentProblem(file="x.yaml", entry=str(number), path="", rule="is bad") for number in range(9)]
    with pytest.raises(ContentError, match=r"x\.yaml, 4: is bad\nand 4 more"):
        refuse(many)
    refuse([])
