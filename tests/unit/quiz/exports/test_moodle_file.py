"""The Moodle file keeps Moodle's rules and is read back by a parser that is not ours."""

from __future__ import annotations

import base64
import dataclasses
import html
import re
from xml.etree import ElementTree as ET

import pytest
from moodle_xml_parser.parser import parse_bytes

from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.moodle import PENALTIES, write_moodle
from bonemets_teach.quiz.exports.moodle_types import FRACTIONS
from bonemets_teach.quiz.exports.question import Answer, Hint


@pytest.fixture(scope="module")
def root(questions):
    """Return the file of all samples, parsed."""
    return _read(write_moodle(questions, Losses()))


def _read(data):
    return ET.fromstring(data)  # noqa: S314 - written a moment ago by the code under test


def _of(root, kind):
    return root.findall(f"question[@type='{kind}']")


def test_there_is_one_category_for_the_file(root):
    """Moodle puts what follows into it."""
    assert [node.findtext("category/text") for node in _of(root, "category")] == [
        "$course$/top/bonemets-teach/bone-remodeling"
    ]


def test_types_are_those_of_moodle_core(root):
    """Choice and hotspot are multichoice."""
    kinds = [node.get("type") for node in root.findall("question")]
    assert sorted(kinds) == [
        "category", "matching", "multichoice", "multichoice", "multichoice", "numerical", "ordering", "shortanswer",
    ]  # fmt: skip


def test_an_independent_parser_reads_options_shares_and_feedback(questions):
    """Each option has its feedback; the key has all points."""
    asked = parse_bytes(write_moodle(questions, Losses()))["multichoice"]
    single = next(each for each in asked if each.name == "Thigh pain after breast cancer")

    assert single.single
    assert {option.feedback[:10]: option.score_fraction for option in single.options} == {
        "FEEDBACK-A": 100, "FEEDBACK-B": 0, "FEEDBACK-C": 0, "FEEDBACK-D": 0,
    }  # fmt: skip
    assert "EXPLANATION" in single.general_feedback
    assert single.penalty == 0.25


def test_only_shares_of_moodles_list_are_used(questions, question):
    """For any number of keys; right and wrong options cancel out."""
    body = question("multiple_response").body
    for keys in range(1, 6):
        answers = tuple(Answer(id=f"a{n}", text=f"t{n}", right=n < keys) for n in range(6))
        asked = dataclasses.replace(
            question("multiple_response"), body=dataclasses.replace(body, answers=answers)
        )
        root = _read(write_moodle([asked], Losses()))
        shares = [node.get("fraction") for node in root.iter("answer")]
        assert all(share.removeprefix("-") in FRACTIONS for share in shares)
        assert sum(float(share) for share in shares if float(share) > 0) == pytest.approx(100, abs=1e-3)
        assert min(float(share) for share in shares) == pytest.approx(-100 / keys, abs=1e-3)


def test_pictures_are_inside_and_named_as_in_the_text(root, questions):
    """Each address of the text has a file beside it with the very bytes of the picture."""
    pictures = {picture.name: picture.data for question in questions for picture in question.pictures}
    found = {}
    for node in root.iter():
        for name in re.findall(r"@@PLUGINFILE@@/([^\"]+)", node.findtext("text") or ""):
            (file,) = [file for file in node.findall("file") if file.get("name") == name]
            assert file.get("encoding") == "base64"
            found[name] = base64.b64decode(file.text)
    assert found == pictures


def test_a_number_has_tolerance_unit_and_feedback_to_errors(root):
    """The right number first, then the common error, then any other."""
    (number,) = _of(root, "numerical")

    rows = [
        (node.get("fraction"), node.findtext("text"), node.findtext("tolerance"))
        for node in number.findall("answer")
    ]
    assert rows == [("100", "87.3", "1.5"), ("0", "100", "1.5"), ("0", "*", "0")]
    assert [node.findtext("feedback/text")[:12] for node in number.findall("answer")] == [
        "FEEDBACK-RIG", "COMMON-ERROR", "FEEDBACK-WRO",
    ]  # fmt: skip
    assert number.findtext("units/unit/unit_name") == "%"
    assert number.findtext("unitgradingtype") == "0"


def test_matching_has_cases_and_further_answers(root):
    """Three cases, and the two answers that fit none."""
    (matching,) = _of(root, "matching")
    rows = [
        (bool(node.findtext("text")), node.findtext("answer/text"))
        for node in matching.findall("subquestion")
    ]

    assert rows == [
        (True, "Osteoclast"), (True, "Osteocyte"), (True, "Osteoblast"), (False, "Chondrocyte"), (False, "Lining cell"),
    ]  # fmt: skip
    assert "FEEDBACK-TRAP" in matching.findtext("generalfeedback/text")


def test_words_have_all_spellings_and_a_star_only_where_anything_is_meant(root, question):
    """Right ones in all languages, wrong ones with their feedback, then anything else."""
    (words,) = _of(root, "shortanswer")

    rows = [
        (node.get("fraction"), node.findtext("text"), node.findtext("feedback/text")[:14])
        for node in words.findall("answer")
    ]
    assert rows == [
        ("100", "ACCEPTED-TGF-β", "FEEDBACK-RIGHT"), ("100", "transforming growth factor beta", "FEEDBACK-RIGHT"),
        ("100", "factor de crecimiento transformante beta", "FEEDBACK-RIGHT"), ("0", "RANKL", "FEEDBACK-RANKL"),
        ("0", "RANK ligand", "FEEDBACK-RANKL"), ("0", "*", "FEEDBACK-WRONG"),
    ]  # fmt: skip
    body = question("short_text").body
    starred = dataclasses.replace(
        body, right=dataclasses.replace(body.right, spellings=("a*b",)), errors=(), wrong=""
    )
    (only,) = _read(write_moodle([dataclasses.replace(question("short_text"), body=starred)], Losses())).iter(
        "answer"
    )
    assert only.findtext("text") == "a\\*b"


def test_an_order_is_written_in_its_right_order(root):
    """Positions count from 1; neighbors are paid."""
    (order,) = _of(root, "ordering")

    assert [(node.get("fraction"), node.findtext("text")) for node in order.findall("answer")] == [
        ("1.0000000", "Activation"), ("2.0000000", "Resorption"), ("3.0000000", "Reversal"), ("4.0000000", "Formation"),
    ]  # fmt: skip
    assert order.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"


def test_hints_come_with_a_price_of_moodles_list(question):
    """A price between two of the list is rounded, and the report says so."""
    hints = (Hint(text="one", cost=0.3), Hint(text="two", cost=0.15))
    losses = Losses()

    root = _read(write_moodle([dataclasses.replace(question("numeric"), hints=hints)], losses))

    (number,) = _of(root, "numerical")
    assert [node.findtext("text") for node in number.findall("hint")] == ["<p>one</p>", "<p>two</p>"]
    assert any(float(number.findtext("penalty")) == pytest.approx(price, abs=1e-6) for price in PENALTIES)
    assert any(loss.what == "prices of the hints" for loss in losses.all())


def test_a_hotspot_is_a_list_of_labels_with_its_picture(root):
    """Only one label is right, and the report tells that pointing is lost."""
    (spot,) = [node for node in _of(root, "multichoice") if node.findtext("name/text") == "Turning point"]

    assert [node.get("fraction") for node in spot.findall("answer")].count("100") == 1
    assert spot.find("questiontext/file") is not None


def test_the_item_id_and_the_goals_travel_along(root):
    """Statistics of Moodle can be joined with ours."""
    ids = {node.findtext("idnumber") for node in root.findall("question")} - {None}

    assert "bm.sample.numeric.01" in ids
    assert {"BM-LES-01", "bloom-apply"} <= {node.text for node in root.findall(".//tag/text")}


def test_markup_in_texts_can_not_end_the_cell_that_holds_it(question):
    """The end of a CDATA section, tags and entities arrive as letters."""
    text = 'a ]]> b </text> & <b>c</b> &lt; "q"'
    body = question("single_best").body
    answers = (dataclasses.replace(body.answers[0], text=text), *body.answers[1:])
    asked = dataclasses.replace(question("single_best"), body=dataclasses.replace(body, answers=answers))

    root = _read(write_moodle([asked], Losses()))

    markup = next(root.iter("answer")).findtext("text")
    assert "<b>" not in markup
    # Markdown reads "&lt;" as the sign itself, as on the page.
    assert html.unescape(markup) == 'a ]]> b </text> & <b>c</b> < "q"'
