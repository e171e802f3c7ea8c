"""Anki's own importer takes the deck: new, unchanged, edited; with its pictures."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.anki import write_anki

START = 1_700_000_000.0


@pytest.fixture
def collection(tmp_path: Path):
    """Return an empty collection of Anki."""
    found = Collection(str(tmp_path / "collection.anki2"))
    yield found
    found.close()


def _import(collection: Collection, data: bytes, folder: Path):
    path = folder / "deck.apkg"
    path.write_bytes(data)
    request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
    return collection.import_anki_package(request).log


def test_all_types_arrive_once_and_an_edit_updates_them(collection, questions, tmp_path):
    """Five types new; again: nothing new; edited: updated, not doubled, and the learning record stays."""
    first = _import(collection, write_anki(questions, Losses(), saved_at=START), tmp_path)
    cards = set(collection.find_cards(""))
    assert len(first.new) == len(questions)

    again = _import(collection, write_anki(questions, Losses(), saved_at=START), tmp_path)
    assert (len(again.new), len(again.updated)) == (0, 0)

    edited = [dataclasses.replace(question, explanation="CHANGED text") for question in questions]
    later = _import(collection, write_anki(edited, Losses(), saved_at=START + 60), tmp_path)

    assert (len(later.new), len(later.updated)) == (0, len(questions))
    assert cards == set(collection.find_cards(""))
    assert collection.note_count() == len(questions)
    for note_id in collection.find_notes(""):
        assert "CHANGED text" in collection.get_note(note_id)["Explanation"]


def test_pictures_arrive_and_cards_name_them(collection, questions, tmp_path):
    """Each picture is a file of the collection, byte for byte."""
    _import(collection, write_anki(questions, Losses(), saved_at=START), tmp_path)

    pictures = [picture for question in questions for picture in question.pictures]
    assert pictures
    for picture in pictures:
        assert (Path(collection.media.dir()) / picture.name).read_bytes() == picture.data
    assert not collection.media.check().missing


def test_cards_show_the_question_first_and_everything_after(collection, questions, tmp_path, words):
    """The front gives nothing away; the back has feedback to each option, explanation, sources, license."""
    _import(collection, write_anki(questions, Losses(), saved_at=START), tmp_path)

    for card_id in collection.find_cards(""):
        card = collection.get_card(card_id)
        front, back = words(card.question()), words(card.answer())
        assert "FEEDBACK" not in front
        assert "EXPLANATION" not in front
        assert "EXPLANATION" in back
        assert "A teaching model. Not for clinical use." in back
        assert "CC BY 4.0" in back


def test_notes_are_found_by_lesson_goal_and_level(collection, questions, tmp_path):
    """Tags are those of the course, as a tree."""
    _import(collection, write_anki(questions, Losses(), saved_at=START), tmp_path)

    assert len(collection.find_notes("tag:lesson::bone-remodeling")) == len(questions)
    assert len(collection.find_notes("tag:objective::BM-LES-01")) == 1
    assert len(collection.find_notes("tag:bloom::apply")) == 2


def test_each_type_has_its_note_type(collection, questions, tmp_path):
    """Learners can restyle one kind of card without the others."""
    _import(collection, write_anki(questions, Losses(), saved_at=START), tmp_path)

    names = {collection.get_note(note_id).note_type()["name"] for note_id in collection.find_notes("")}
    assert len(names) == len(questions)
    assert all(name.startswith("bonemets-teach: ") for name in names)


def test_commands_of_anki_in_a_text_are_only_text(collection, question, tmp_path):
    """No sound is played, no gap is made, no LaTeX is run."""
    hostile = dataclasses.replace(
        question("numeric"), explanation="[sound:x.mp3] {{c1::gap}} [latex]\\input{x}[/latex] {{FrontSide}}"
    )

    _import(collection, write_anki([hostile], Losses(), saved_at=START), tmp_path)

    (card_id,) = collection.find_cards("")
    card = collection.get_card(card_id)
    assert not card.answer_av_tags()
    assert "&#91;sound:x.mp3]" in card.answer()
    assert "&#123;&#123;FrontSide" in card.answer()
    assert not collection.media.check().missing
