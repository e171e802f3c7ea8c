"""Notebook cells are cut into sections at headings of level 2."""

from __future__ import annotations

import nbformat

from bonemets_teach.server.notebook import sections


def test_one_cell_with_two_headings_is_two_sections() -> None:
    """A cell is cut at each heading."""
    found = sections([nbformat.v4.new_markdown_cell("# T\n\nintro\n\n## One\n\na\n\n## Two\n\nb")])

    assert [section.title for section in found] == ["", "One", "Two"]


def test_equal_headings_get_different_places() -> None:
    """Two sections of one name have two ids."""
    found = sections([nbformat.v4.new_markdown_cell("## Tasks\n\na\n\n## Tasks\n\nb")])

    assert [section.id for section in found] == ["section-tasks", "section-tasks-2"]


def test_code_follows_its_heading() -> None:
    """A code cell belongs to the section above it."""
    code = nbformat.v4.new_code_cell("1")
    found = sections([nbformat.v4.new_markdown_cell("## One"), code])

    assert found[0].cells[-1] is code
