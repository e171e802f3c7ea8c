"""The Canvas package holds what text2qti can write, word for word."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.canvas import write_canvas


def _items(data):
    package = zipfile.ZipFile(io.BytesIO(data))
    (name,) = [name for name in package.namelist() if re.search(r"text2qti_assessment_\w+\.xml", name)]
    plain = re.sub(r'\sxmlns="[^"]+"', "", package.read(name).decode(), count=1)
    root = ET.fromstring(plain)  # noqa: S314 - written a moment ago by the code under test
    return package, root.findall(".//item")


def test_choice_number_and_hotspot_are_written(questions):
    """Matching and order are listed instead."""
    losses = Losses()

    _, items = _items(write_canvas(questions, losses))

    kinds = [item.find(".//qtimetadatafield[fieldlabel='question_type']/fieldentry").text for item in items]
    assert kinds[:3] == ["multiple_choice_question", "multiple_answers_question", "numerical_question"]
    assert {loss.item for loss in losses.all() if not loss.what} == {
        "bm.sample.matching.01",
        "bm.sample.sequence.01",
    }


def test_each_option_has_its_feedback(question, words):
    """Four options, four feedbacks, one right answer."""
    _, (item,) = _items(write_canvas([question("single_best")], Losses()))

    labels = [(node.get("ident"), words(node.findtext(".//mattext"))) for node in item.iter("response_label")]
    feedback = {node.get("ident"): words(node.findtext(".//mattext")) for node in item.iter("itemfeedback")}
    letters = {
        "Osteoclast, driven by RANKL": "A",
        "Tumor cell, by its own acid": "B",
        "Osteoblast, turned by RANKL": "C",
        "Macrophage, clearing marrow": "D",
    }
    assert {text: feedback[f"{ident}_fb"][9:10] for ident, text in labels} == letters
    right = [
        node.find("conditionvar/varequal").text
        for node in item.iter("respcondition")
        if node.find("setvar") is not None
    ]
    assert right == [ident for ident, text in labels if letters[text] == "A"]


def test_pictures_are_packed(question):
    """The picture's bytes are in the package under the name that the text has."""
    asked = question("single_best")

    package, (item,) = _items(write_canvas([asked], Losses()))

    (picture,) = asked.pictures
    assert package.read(f"images/{picture.name}") == picture.data
    assert picture.name in item.findtext(".//mattext")
    assert picture.alt.split(".")[0] in item.findtext(".//mattext")


def test_a_number_is_a_range(question):
    """Value minus and plus tolerance."""
    _, (item,) = _items(write_canvas([question("numeric")], Losses()))

    assert float(item.find(".//vargte").text) == pytest.approx(85.8)
    assert float(item.find(".//varlte").text) == pytest.approx(88.8)


def test_words_are_listed_in_all_spellings(question):
    """Any of them is right."""
    _, (item,) = _items(write_canvas([question("short_text")], Losses()))

    assert [node.text for node in item.iter("varequal")] == list(question("short_text").body.right.spellings)


def test_numbers_that_text2qti_refuses_are_listed(question):
    """Near zero, and finer than its four decimals."""
    asked = question("numeric")
    near = dataclasses.replace(
        asked, id="bm.x.near", body=dataclasses.replace(asked.body, value=1.0, tolerance=1.0)
    )
    fine = dataclasses.replace(
        asked, id="bm.x.fine", body=dataclasses.replace(asked.body, value=0.12345, tolerance=1e-5)
    )
    losses = Losses()

    write_canvas([question("single_best"), near, fine], losses)

    assert {loss.item for loss in losses.all() if not loss.what} == {"bm.x.near", "bm.x.fine"}


def test_equal_options_and_equal_questions_are_listed(question):
    """text2qti tells them apart by their words."""
    asked = question("single_best")
    answers = tuple(dataclasses.replace(answer, text="same") for answer in asked.body.answers)
    twins = dataclasses.replace(asked, id="bm.x.twins", body=dataclasses.replace(asked.body, answers=answers))
    losses = Losses()

    write_canvas([asked, twins, dataclasses.replace(asked, id="bm.x.again")], losses)

    reasons = {loss.item: loss.reason for loss in losses.all() if not loss.what}
    assert set(reasons) == {"bm.x.twins", "bm.x.again"}


def test_no_question_at_all_is_refused(question):
    """Canvas takes no empty quiz."""
    with pytest.raises(ContentError, match="choose another format"):
        write_canvas([question("sequence")], Losses())


def test_a_text_runs_no_code_and_reads_no_file(question, tmp_path):
    """Code blocks, comments and pictures of text2qti's language are only letters in a text."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    hostile = f"![x]({secret})\n```{{.python .run}}\nprint(1)\n```\nCOMMENT\n% x $x^2$ \\num{{3}}"
    asked = dataclasses.replace(question("numeric"), stem=hostile)

    package, (item,) = _items(write_canvas([asked], Losses()))

    assert not [name for name in package.namelist() if "secret" in name]
    assert "equation_image" not in item.findtext(".//mattext")
