"""The printed exam: every question, page numbers, license; the key only if it is asked for."""

from __future__ import annotations

import base64
import dataclasses
import re
import zlib

import pytest

from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.pdf import write_pdf
from bonemets_teach.quiz.exports.pdf_text import blocks, missing_signs

OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
SHOWN = re.compile(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj", re.DOTALL)


def _stream(content: bytes) -> bytes:
    data = re.search(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)[1].strip()
    if b"ASCII85Decode" in content:
        data = base64.a85decode(data.removesuffix(b"~>"))
    return zlib.decompress(data) if b"FlateDecode" in content else data


def _letters(content: bytes) -> bytes:
    plain = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), content)
    return re.sub(
        rb"\\(.)", lambda found: {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(found[1], found[1]), plain
    )


def pages(data: bytes) -> list[str]:
    """Return the letters of each page, without spaces, read through the fonts' own tables."""
    objects = dict(OBJECT.findall(data))
    fonts = {}
    for content in objects.values():
        name, table = re.search(rb"/Name /(F\d+\+\d+)", content), re.search(rb"/ToUnicode (\d+) 0 R", content)
        if name and table:
            fonts[name[1]] = _table(_stream(objects[table[1]]))
    shown = []
    for content in objects.values():
        if b"/Type /Page\n" in content or b"/Type /Page " in content:
            drawing = _stream(objects[re.search(rb"/Contents (\d+) 0 R", content)[1]])
            shown.append(_drawn(drawing, fonts))
    return shown


def _table(cmap: bytes) -> dict[int, str]:
    rows = re.findall(rb"^<(\w\w)> <(\w+)>$", cmap.split(b"beginbfchar")[1], re.MULTILINE)
    return {int(code, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in rows}


def _drawn(drawing: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    font: dict[int, str] = {}
    letters = []
    for name, text in SHOWN.findall(drawing):
        font = fonts.get(name, {}) if name else font
        letters += [font.get(code, "") for code in _letters(text)]
    return re.sub(r"\s", "", "".join(letters))


@pytest.fixture(scope="module")
def plain(questions):
    """Return the pages without the key."""
    return pages(write_pdf(questions, Losses(), with_key=False))


@pytest.fixture(scope="module")
def keyed(questions):
    """Return the pages with the key."""
    return pages(write_pdf(questions, Losses(), with_key=True))


def test_each_question_and_each_option_is_printed(plain, questions):
    """In the letters of the bank."""
    everything = "".join(plain)
    for question in questions:
        assert re.sub(r"\s", "", question.title) in everything
    for words in (
        "Osteoclast,drivenbyRANKL",
        "Calcitonin",
        "from0to200%",
        "Chondrocyte",
        "Numberthesteps",
        "Topofthefirstcurve",
    ):
        assert words in everything


def test_each_page_has_number_license_and_warning(keyed):
    """Also the pages of the key."""
    for number, page in enumerate(keyed, start=1):
        assert "Ateachingmodel.Notforclinicaluse." in page
        assert "CCBY4.0" in page
        assert f"{number}/{len(keyed)}" in page


def test_without_key_nothing_of_it_is_printed(plain, keyed):
    """No feedback, no explanation, no marks."""
    assert "FEEDBACK" not in "".join(plain)
    assert "EXPLANATION" not in "".join(plain)
    assert "FEEDBACK-A" in "".join(keyed)
    assert "EXPLANATION" in "".join(keyed)
    assert "COMMON-ERROR" in "".join(keyed)
    assert "Notyetreviewedbyaclinician" in "".join(keyed)


def test_steps_are_not_printed_in_their_order(plain):
    """The question would answer itself."""
    everything = "".join(plain)
    places = [everything.index(step) for step in ("Activation", "Resorption", "Reversal", "Formation")]

    assert places != sorted(places)


def test_pictures_are_printed(questions):
    """One image for each picture of a question."""
    data = write_pdf(questions, Losses(), with_key=False)

    assert data.count(b"/Subtype /Image") >= 1
    assert b"/Subtype /Image" not in write_pdf([questions[1]], Losses(), with_key=True)


def test_pictures_of_the_explanation_are_printed_in_the_key_only(question):
    """They could give the answer away."""
    asked = question("single_best")
    later = dataclasses.replace(
        asked, pictures=tuple(dataclasses.replace(each, before=False) for each in asked.pictures)
    )

    assert b"/Subtype /Image" not in write_pdf([later], Losses(), with_key=False)
    assert b"/Subtype /Image" in write_pdf([later], Losses(), with_key=True)


def test_signs_that_the_font_lacks_are_listed(question):
    """Emoji and letters of far scripts; Greek and arrows are there."""
    losses = Losses()

    write_pdf(
        [dataclasses.replace(question("numeric"), stem="α → β, ≤ 5 µm, 骨 🦴 שלום")], losses, with_key=False
    )

    whats = [loss.what for loss in losses.all()]
    assert "the signs 骨🦴" in whats
    assert "the direction of its text" in whats
    assert not missing_signs(["α → β, ≤ 5 µm ✓ ✗ ☐ ○ 10⁻³ CO₂"])


def test_a_picture_that_can_not_be_printed_is_told_in_words(question):
    """A vector picture; its alternative text stands in its place."""
    asked = question("single_best")
    drawn = dataclasses.replace(asked.pictures[0], mime="image/svg+xml", data=b"<svg/>", alt="Words for it")
    losses = Losses()

    data = write_pdf([dataclasses.replace(asked, pictures=(drawn,))], losses, with_key=False)

    assert "Picture:Wordsforit" in "".join(pages(data))
    assert any(loss.what.startswith("picture") for loss in losses.all())


def test_lists_and_tables_become_paragraphs():
    """A numbered list keeps its numbers."""
    found = blocks("Text\n\n1. one\n2. two\n\n* dot\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert [(block.bullet, block.markup.split()) for block in found] == [
        ("", ["Text"]), ("1.", ["one"]), ("2.", ["two"]), ("•", ["dot"]), ("", ["a", "b"]), ("", ["1", "2"]),
    ]  # fmt: skip


def test_a_very_long_question_goes_over_pages(question):
    """Nothing is cut off."""
    long = dataclasses.replace(question("numeric"), stem="\n\n".join(["word " * 400] * 8) + " LAST")

    shown = pages(write_pdf([long], Losses(), with_key=False))

    assert len(shown) > 3
    assert "LAST" in "".join(shown)


def test_the_key_shows_the_spellings_of_one_language(question, keyed):
    """Programs that compare letters get all languages; a reader gets those of the paper."""
    right = question("short_text").body.right
    printed = "".join(keyed).casefold()

    assert "factor de crecimiento transformante beta" in right.spellings
    assert right.shown == ("ACCEPTED-TGF-β", "transforming growth factor beta")
    assert "factordecrecimiento" not in printed
    assert "transforminggrowthfactorbeta" in printed
