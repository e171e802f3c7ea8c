"""Whatever an author writes, every format reads back the same words."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import re
import sqlite3
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from moodle_xml_parser.parser import parse_bytes

from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.anki import write_anki
from bonemets_teach.quiz.exports.anki_card import FIELDS, card_fields
from bonemets_teach.quiz.exports.canvas import write_canvas
from bonemets_teach.quiz.exports.csv_table import read_cell, write_csv
from bonemets_teach.quiz.exports.moodle import write_moodle
from bonemets_teach.quiz.exports.pdf import write_pdf
from bonemets_teach.quiz.exports.pdf_page import paragraph
from bonemets_teach.quiz.exports.pdf_text import load_fonts, spoken
from bonemets_teach.quiz.exports.qti import write_qti
from bonemets_teach.quiz.exports.words import clean, rich

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
# Signs that Markdown takes as letters, so that the words that arrive must be the text itself.
PLAIN = [
    "Fish & chips < beef > \"game\" and 'pie'",
    "]]> </text> <script>alert(1)</script> &amp;amp;",
    "שלום עולם and مرحبا بالعالم",
    "e\u0301 a\u0308 \u0928\u093f Z\u0351\u0343",
    "🦴 👩🏽\u200d⚕️ 🇪🇺",
    "$x^2$ and 50 % of 3 \u00b5g, {{c1::x}}",
    "=1+1",
    "- a",
    "1) a",
    "END_GROUP",
    "Title: x",
    "100 % | 7 -- 8 --- 9 ...",
    "word" * 900,
    "@SUM(A1)",
    "'quoted'",
]
PIECES = [
    *PLAIN, "\x00", "\x0b", "\x1f", "\x85", "\ufffe", "\n", "\n\n", "\r\n", "\t", "**bold**", "*", "_", "`code`", "```\nx\n```",
    "![a](b.png)", "[a](https://example.org/?a=1&b=2)", "[a](javascript:x)", "\\(x\\)", "\\num{3}", "<!-- c -->", "&lt;", "&#65;",
    "[sound:x.mp3]", "> quote", "# head", "1. one\n2. two", "* one\n* two", "| a | b |\n|---|---|\n| 1 | 2 |", "\u2028", "\u00a0", " ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=5).map("".join)
COMMON = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def choice(questions):
    """Return a question of several options without pictures, which would be written again and again."""
    (found,) = [each for each in questions if each.type == "multiple_response"]
    return found


def _with(choice, text):
    """Put a text into stem, first option, its feedback and the explanation."""
    text = clean(text)
    first, *others = choice.body.answers
    answers = (dataclasses.replace(first, text=f"{text} 0", feedback=text), *others)
    body = dataclasses.replace(choice.body, answers=answers)
    return dataclasses.replace(choice, stem=text, explanation=text, body=body)


def _moodle(choice, words):
    data = write_moodle([choice], Losses())
    root = ET.fromstring(data)  # noqa: S314 - written a moment ago by the code under test
    option = next(root.iter("answer"))
    (found,) = parse_bytes(data)["multichoice"]
    # The parser undoes one more level of entities than Moodle does.
    assert found.options[0].answer == html.unescape(rich(choice.body.answers[0].text, inline=True).strip())
    return [words(root.findall("question")[1].findtext("questiontext/text")), words(option.findtext("text")),
            words(option.findtext("feedback/text")), words(root.findall("question")[1].findtext("generalfeedback/text"))]  # fmt: skip


def _qti(choice, words):
    package = zipfile.ZipFile(io.BytesIO(write_qti([choice], Losses())))
    root = etree.fromstring(package.read("items/bm.sample.multiple.01.xml"))
    option = next(root.iter(f"{QTI}simpleChoice"))
    shown = {node.get("identifier"): node for node in root.iter(f"{QTI}modalFeedback")}
    nodes = [
        root.find(f"{QTI}itemBody"),
        option,
        shown[f"o-{choice.body.answers[0].id}"],
        shown["explanation"],
    ]
    return [" ".join("".join(node.itertext()).split()) for node in nodes]


def _canvas(choice, words):
    package = zipfile.ZipFile(io.BytesIO(write_canvas([choice], Losses())))
    (name,) = [name for name in package.namelist() if re.search(r"text2qti_assessment_\w+\.xml", name)]
    root = ET.fromstring(re.sub(r'\sxmlns="[^"]+"', "", package.read(name).decode(), count=1))  # noqa: S314
    item = root.find(".//item")
    option = next(item.iter("response_label"))
    shown = {node.get("ident"): node for node in item.iter("itemfeedback")}
    nodes = [
        item.find("presentation/material"),
        option,
        shown.get(f"{option.get('ident')}_fb", ET.Element("none")),
        shown["general_fb"],
    ]
    return [words(node.findtext(".//mattext") or "") for node in nodes]


def _anki(choice, words, folder):
    package = zipfile.ZipFile(io.BytesIO(write_anki([choice], Losses(), saved_at=1.7e9)))
    path = folder / "notes.db"
    path.write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(path) as notes:
        (row,) = notes.execute("select flds from notes").fetchone()
    notes.close()
    fields = dict(zip(FIELDS, row.split("\x1f"), strict=True))
    return [words(fields[name]) for name in ("Question", "Choices", "Answer", "Explanation")]


def _card(choice, words):
    """Read the fields of the note; that a file holds them is tested on fewer texts, since it takes longer."""
    fields = dict(zip(FIELDS, card_fields(choice), strict=True))
    assert not any("\x1f" in field for field in fields.values())
    return [words(fields[name]) for name in ("Question", "Choices", "Answer", "Explanation")]


def _expect(choice, words):
    first = choice.body.answers[0]
    inline = words(rich(first.text, inline=True)), words(rich(first.feedback, inline=True))
    return [words(rich(choice.stem)), *inline, words(rich(choice.explanation))]


READERS = {"moodle": _moodle, "qti": _qti, "canvas": _canvas}


@pytest.mark.parametrize("name", [*READERS, "anki"])
@given(text=TEXTS)
@example(text="# head")
@example(text="# head *with* more\n\nand a line")
@COMMON
def test_hostile_text_reads_back_as_the_same_words(name, choice, words, text):
    """Stem, option, feedback and explanation arrive whole, in this order or not at all."""
    asked = _with(choice, text)

    found = READERS[name](asked, words) if name in READERS else _card(asked, words)

    for wanted, there in zip(_expect(asked, words), found, strict=True):
        squeezed = re.sub(r"\s", "", wanted)
        assert squeezed in re.sub(r"\s", "", there)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_letters_arrive_as_they_are(choice, words, tmp_path, text):
    """In an option of every format, without any reading of ours in between."""
    asked = _with(choice, f"x {text}")
    wanted = html.unescape(" ".join(f"x {text} 0".split()))

    found = {name: read(asked, words)[1] for name, read in READERS.items()}
    found["anki"] = _anki(asked, words, tmp_path)[1]
    found["print"] = " ".join(paragraph(spoken(asked.body.answers[0].text), "row").getPlainText().split())

    for name, there in found.items():
        assert wanted in there, name


@given(text=TEXTS)
@COMMON
def test_a_table_gives_back_the_very_text(choice, text):
    """Cell by cell, and no cell starts as a formula."""
    asked = _with(choice, text)

    lines = write_csv([asked], Losses(), with_key=True).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines, newline="")))

    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\n")) for row in rows for cell in row.values())
    first = asked.body.answers[0]
    assert read_cell(rows[0]["stem"]) == asked.stem
    assert (read_cell(rows[0]["text"]), read_cell(rows[0]["feedback"])) == (first.text, first.feedback)
    assert read_cell(rows[0]["explanation"]) == asked.explanation


@given(text=TEXTS)
@COMMON
def test_a_printed_paragraph_holds_the_same_words(text, words):
    """What reportlab understands is what was written."""
    load_fonts()
    text = clean(f"x {text}")

    printed = paragraph(spoken(text), "text").getPlainText()

    wanted = words(rich(text))
    assert re.sub(r"[\s•]|\d+\.", "", wanted) == re.sub(r"[\s•]|\d+\.", "", printed)


@given(text=TEXTS)
@settings(COMMON, max_examples=15)
def test_any_text_can_be_printed(choice, text):
    """However long and strange; signs that the font lacks are listed."""
    losses = Losses()

    data = write_pdf([_with(choice, f"{text} 🦴" * 3)], losses, with_key=True)

    assert data.startswith(b"%PDF-")
    assert any("🦴" in loss.what for loss in losses.all())


def test_empty_parts_do_no_harm(questions):
    """No stem, no explanation, no feedback, no hints, no sources."""
    bare = []
    for question in questions:
        body = question.body
        if hasattr(body, "answers"):
            body = dataclasses.replace(
                body, answers=tuple(dataclasses.replace(each, feedback="") for each in body.answers)
            )
        bare.append(
            dataclasses.replace(question, body=body, stem="", explanation="", hints=(), sources=(), tags=())
        )

    for write in (write_moodle, write_qti, write_canvas, write_anki):
        assert write(bare, Losses())
    assert write_csv(bare, Losses(), with_key=True)
    assert write_pdf(bare, Losses(), with_key=True)
