"""The samples of all types as questions, and readers of what was written."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from bonemets_teach.quiz.bank import Entry
from bonemets_teach.quiz.catalog import load_catalog
from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.building import BUILDERS, build_questions
from bonemets_teach.quiz.exports.question import Question
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.loading import read_items

SAMPLES = Path(__file__).parent.parent


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of(markup: str) -> str:
    """Return the words of HTML with single spaces."""
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return " ".join("".join(parser.found).split())


@pytest.fixture(scope="session")
def words():
    """Return the reader of HTML, which is not the package's own."""
    return words_of


@pytest.fixture(scope="session")
def sample_items() -> list[Item]:
    """Return one item of each sample type."""
    found: list[Item] = []
    for path in sorted(SAMPLES.glob("samples*.yaml")):
        items, problems = read_items(path)
        assert not problems, problems
        found += items
    return found


@pytest.fixture(scope="session")
def questions(sample_items: list[Item]) -> list[Question]:
    """Return the samples of all types that can be exported."""
    entries = tuple(
        Entry(item=item, file="samples.yaml", lesson="bone-remodeling")
        for item in sample_items
        if item.type in BUILDERS
    )
    losses = Losses()
    built = build_questions(entries, load_catalog(), losses)
    assert not losses.all()
    return built


@pytest.fixture
def question(questions: list[Question]):
    """Return a sample by its type."""
    return {each.type: each for each in questions}.__getitem__
