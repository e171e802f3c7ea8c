"""Objectives and misconceptions: the real lists are whole, and broken lists are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonemets_teach.quiz.catalog import Catalog, load_catalog


def test_the_lists_of_the_course_are_whole(catalog: Catalog) -> None:
    """No problem in objectives.yaml and misconceptions.yaml, and the claims are readable."""
    assert [str(problem) for problem in catalog.problems] == []
    assert catalog.claims


@pytest.mark.parametrize("lesson", ["bone-remodeling", "lytic-and-blastic", "radiograph-and-ct"])
def test_each_lesson_has_objectives(catalog: Catalog, lesson: str) -> None:
    """Six to eight things a learner can do afterwards."""
    found = [entry for entry in catalog.objectives.values() if entry.lesson == lesson]

    assert 6 <= len(found) <= 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {id: BM-X-01, lesson: x}\n", "quizzes/objectives.yaml, item number 1, text: is missing"),
        ("- {id: nope, lesson: x, text: {en: y}}\n", "an objective id such as BM-REM-01"),
        ("a: 1\n", "must be a list"),
        ("- 3\n", "must be a block of fields"),
        (
            "- {id: BM-X-01, lesson: x, text: {en: y}}\n- {id: BM-X-01, lesson: x, text: {en: y}}\n",
            "stands twice",
        ),
        ("[", "quizzes/objectives.yaml"),
    ],
)
def test_a_broken_list_is_named(tmp_path: Path, text: str, words: str) -> None:
    """File, entry and rule; nothing is raised."""
    folder = tmp_path / "quizzes"
    folder.mkdir()
    (folder / "objectives.yaml").write_text(text, "utf-8")
    (folder / "misconceptions.yaml").write_text("[]\n", "utf-8")
    problems = load_catalog(folder, tmp_path).problems

    assert any(words in str(problem) for problem in problems), [str(problem) for problem in problems]
