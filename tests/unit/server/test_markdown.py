"""Markdown of lessons becomes HTML with this server's addresses."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bonemets_teach.server.course import Course
from bonemets_teach.server.markdown import LessonMarkdown, asset_path


@dataclass(frozen=True)
class _Stop:
    number: int = 1
    id: str = "ct"
    title: str = "CT"
    teaches: str = "CT"
    notebook: str | None = "04_ct.ipynb"
    minutes: int = 1


@pytest.fixture
def markdown() -> LessonMarkdown:
    """Render below a path."""
    return LessonMarkdown("/course/", Course([_Stop()]))


def test_figures_come_from_this_server(markdown: LessonMarkdown) -> None:
    """A relative address of a figure becomes one below the base URL and loads late."""
    html = markdown.render("![A bone](../assets/figures/none.svg)")

    assert 'src="/course/assets/figures/none.svg"' in html
    assert 'loading="lazy"' in html
    assert 'alt="A bone"' in html


def test_a_figure_has_its_room_before_it_comes(markdown: LessonMarkdown) -> None:
    """What a reader looks at must not move when a figure above it arrives; a size of the author's stays."""
    address = "../assets/figures/bone-remodeling/rankl-opg.svg"

    assert '<img width="720" height="484" ' in markdown.render(f"![Signals]({address})")
    assert " height=" not in markdown.render(f'<img src="{address}" width="300" alt="Signals">')
    assert " width=" not in markdown.render("![A bone](../assets/figures/none.svg)")


def test_links_to_notebooks_become_lessons(markdown: LessonMarkdown) -> None:
    """A link with an anchor keeps it; an unknown notebook leads to the map."""
    assert 'href="/course/lesson/ct#cell-goals"' in markdown.render("[CT](04_ct.ipynb#cell-goals)")
    assert 'href="/course/"' in markdown.render("[other](99_other.ipynb)")


def test_claims_stay_places_on_the_page(markdown: LessonMarkdown) -> None:
    """A citation is an ordinary link to the list of sources."""
    assert 'href="#claim-vicious_cycle"' in markdown.render("[Roodman 2004](#claim-vicious_cycle)")


def test_tables_scroll_by_themselves(markdown: LessonMarkdown) -> None:
    """A wide table does not widen the page and can be reached by keyboard."""
    assert '<div class="bm-table" tabindex="0"' in markdown.render("| a | b |\n| - | - |\n| 1 | 2 |")


@pytest.mark.parametrize("path", ["../pyproject.toml", "/etc/passwd", "evidence/claims.yaml", "figures", ""])
def test_only_pictures_below_assets_are_found(path: str) -> None:
    """Other files and folders are no assets."""
    assert asset_path(path) is None
