"""The content check names file, item, path and rule, and what is broken stops nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bonemets_teach import content, evidence
from bonemets_teach.lessons import checking, materials
from bonemets_teach.lessons.catalog import COURSE, find_lesson
from bonemets_teach.lessons.checking import check_content
from bonemets_teach.lessons.listing import list_lessons
from bonemets_teach.lessons.source_list import sources_html


def _forget() -> None:
    for cached in (
        materials._bank,
        materials.notebook_text,
        evidence.claims,
        evidence.facts,
        evidence.glossary,
        evidence.taught,
    ):
        cached.cache_clear()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Write into a copy of the content, which the package then reads."""
    for name in ("quizzes", "assets", "notebooks"):
        shutil.copytree(getattr(content, f"{name}_folder")(), tmp_path / name)
    monkeypatch.setattr(content, "_folder", lambda name: tmp_path / name)
    _forget()

    def write(relative: str, text: str) -> None:
        (tmp_path / relative).write_text(text, "utf-8")
        _forget()

    yield write
    monkeypatch.undo()
    _forget()


def test_the_content_of_the_course_has_no_errors() -> None:
    """What is shipped keeps the rules."""
    report = check_content()

    assert () == report.errors
    assert report.counts["lessons"] >= 3
    assert report.counts["items"] >= 36
    assert report.counts["items_with_computed_keys"] >= 6


def test_the_report_for_programs_has_the_promised_fields() -> None:
    """`check --json` prints these."""
    fields = {
        "lessons",
        "scenes",
        "items",
        "items_by_type",
        "items_with_computed_keys",
        "languages",
        "claims",
        "source_facts",
        "errors",
        "warnings",
    }

    assert fields == set(check_content().as_json())


def test_a_broken_quiz_file_is_named_and_hides_no_other_item(broken: Callable[[str, str], None]) -> None:
    """The other lessons keep their questions."""
    before = len(materials.lesson_items("lytic-and-blastic"))
    broken(
        "quizzes/bone-remodeling/broken.yaml",
        "- schema: bm-item/1\n  id: bm.broken.01\n  type: single_best\n",
    )

    errors = check_content().errors

    assert any("bone-remodeling/broken.yaml" in error and "bm.broken.01" in error for error in errors)
    assert before == len(materials.lesson_items("lytic-and-blastic"))


def test_a_broken_evidence_file_is_named_and_lessons_keep_a_source_list(
    broken: Callable[[str, str], None],
) -> None:
    """The list says that a source can't be read instead of failing."""
    broken("assets/evidence/claims.yaml", "evidence: [oops")

    assert any("claims.yaml" in error for error in check_content().errors)
    assert "can't be read at the moment" in sources_html(find_lesson("bone-remodeling"))


def test_a_broken_notebook_is_named(broken: Callable[[str, str], None]) -> None:
    """File and way out."""
    broken("notebooks/01_bone_remodeling.ipynb", "{not json")

    assert any(
        "notebooks/01_bone_remodeling.ipynb can't be read" in error for error in check_content().errors
    )


def test_a_cited_claim_that_does_not_exist_is_named(broken: Callable[[str, str], None]) -> None:
    """File and key."""
    path = materials.notebooks_folder() / "01_bone_remodeling.ipynb"
    broken(
        "notebooks/01_bone_remodeling.ipynb",
        path.read_text("utf-8").replace("#claim-turnover_rates", "#claim-no_such_claim"),
    )

    assert any("#claim-no_such_claim" in error for error in check_content().errors)


def test_the_text_of_the_report_ends_in_a_summary() -> None:
    """People read the last line first."""
    assert checking.check_content().as_text().splitlines()[-1].endswith("0 errors, 0 warnings")


def test_the_listing_has_a_row_for_each_lesson() -> None:
    """Those that are coming have no notebook and no items."""
    rows = list_lessons()

    assert [entry.id for entry in COURSE] == [row["id"] for row in rows]
    assert all(bool(row["items"]) == bool(row["notebook"]) for row in rows)
    assert all(row["goals"] for row in rows if row["notebook"])
