"""The light page holds the lesson's text, its contents and its widgets."""

from __future__ import annotations

from typing import Any


def test_headings_make_the_contents(lesson: Any) -> None:
    """Each heading of level 2 is a section and an entry of the contents."""
    assert '<a href="#section-background">Background</a>' in lesson.text
    assert '<section class="bm-section" id="section-background" aria-label="Background">' in lesson.text


def test_a_heading_in_a_code_block_is_no_section(lesson: Any) -> None:
    """Lines that look like headings inside a fence stay text."""
    assert "section-no-heading" not in lesson.text


def test_cell_ids_are_places_on_the_page(lesson: Any) -> None:
    """Cells can be linked to."""
    for cell in ("title", "goals", "setup", "explorer"):
        assert f'id="cell-{cell}"' in lesson.text


def test_cells_for_jupyterlab_are_left_out(lesson: Any) -> None:
    """A cell tagged lab-only is neither run nor shown."""
    assert "only in JupyterLab" not in lesson.text


def test_links_between_notebooks_become_links_between_lessons(lesson: Any) -> None:
    """A link to another notebook leads to its lesson."""
    assert 'href="/lesson/slider"' in lesson.text


def test_the_source_of_cells_is_not_on_the_page(lesson: Any) -> None:
    """Learners see what cells show, not their code."""
    assert "from counter_widget import" not in lesson.text


def test_widget_code_is_linked_not_repeated(served: Any, lesson: Any) -> None:
    """Two widgets of one class share one module, served under its hash."""
    states = [model["state"] for model in lesson.page()["models"].values()]

    assert len({state["_esm_url"] for state in states}) == 1
    assert len(states) == 2
    assert b"export default" in served.ask(states[0]["_esm_url"]).body


def test_neighbors_are_linked(lesson: Any) -> None:
    """The next lesson that can be opened is linked."""
    assert 'rel="next" href="/lesson/slider"' in lesson.text


def test_a_head_request_takes_no_kernel(served: Any) -> None:
    """HEAD answers without a kernel, for a lesson and for an unknown one."""
    before = served.health()["live"]

    assert served.ask("lesson/counter", method="HEAD").status == 200
    assert served.ask("lesson/nothing", method="HEAD").status == 404
    assert served.health()["live"] == before


def test_no_two_pages_share_a_kernel(served: Any) -> None:
    """Each page has a kernel of its own."""
    pages = [served.ask("lesson/counter").page() for _ in range(3)]

    assert len({page["kernel"] for page in pages}) == 3
    for page in pages:
        served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"])
