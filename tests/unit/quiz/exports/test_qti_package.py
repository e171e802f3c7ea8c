"""The QTI package keeps the rules of the specification, and a small player of its own scores it as the course does.

These are structural rules read in the specification (QTI 2.1 Assessment Test, Section and Item Information Model);
for the official schemas see test_qti_shapes.py.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.qti import write_qti

NS = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1", "c": "http://www.imsglobal.org/xsd/imscp_v1p1"}
ORDER = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]


def tag(node) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(node).localname


class Player:
    """Runs the response processing of an item: just the rules and expressions that the specification defines."""

    def __init__(self, item, answers):
        self.item = item
        declared = item.findall("q:responseDeclaration", NS)
        self.cardinality = {node.get("identifier"): node.get("cardinality") for node in declared}
        self.values = {name: answers.get(name) for name in self.cardinality}
        self.values |= {"SCORE": 0.0, "FEEDBACK": None}
        self.correct = {
            node.get("identifier"): [value.text for value in node.findall("q:correctResponse/q:value", NS)]
            for node in declared
        }
        for rule in item.find("q:responseProcessing", NS):
            self.run(rule)

    def run(self, rule):
        """Run a rule."""
        if tag(rule) == "setOutcomeValue":
            self.values[rule.get("identifier")] = self.value(rule[0])
            return
        for branch in rule:
            rules = list(branch)
            if tag(branch) != "responseElse" and self.value(rules.pop(0)) is not True:
                continue
            for inner in rules:
                self.run(inner)
            return

    def value(self, node):  # noqa: C901, PLR0911, PLR0912 - one case for each expression of the format
        """Return the value of an expression."""
        parts = (
            [self.value(part) for part in node]
            if tag(node) in {"match", "equal", "member", "multiple", "isNull"}
            else []
        )
        name = node.get("identifier")
        match tag(node):
            case "baseValue":
                return float(node.text) if node.get("baseType") == "float" else node.text
            case "variable":
                return self.values[name]
            case "correct":
                right = self.correct[name]
                return right if self.cardinality[name] != "single" else right[0]
            case "isNull":
                return parts[0] is None
            case "match":
                several = (
                    isinstance(parts[0], list) and self.cardinality[node[0].get("identifier")] == "multiple"
                )
                return sorted(parts[0]) == sorted(parts[1]) if several else parts[0] == parts[1]
            case "equal":
                low, high = (float(width) for width in node.get("tolerance").split())
                return None if parts[0] is None else parts[1] - low <= float(parts[0]) <= parts[1] + high
            case "member":
                return parts[0] in (parts[1] or [])
            case "multiple":
                found = []
                for part in parts:
                    found += part if isinstance(part, list) else [] if part is None else [part]
                return found
            case "stringMatch":
                given, wanted = (self.value(part) for part in node)
                return given is not None and given.casefold() == wanted.casefold()
            case "or":
                return any(self.value(part) for part in node)
            case "mapResponse":
                return self.mapped(name)
        raise AssertionError(tag(node))

    def mapped(self, name):
        """Return the sum of the mapping within its bounds."""
        mapping = self.item.find(f"q:responseDeclaration[@identifier='{name}']/q:mapping", NS)
        entries = {entry.get("mapKey"): float(entry.get("mappedValue")) for entry in mapping}
        total = sum(entries.get(key, float(mapping.get("defaultValue"))) for key in self.values[name] or [])
        return min(max(total, float(mapping.get("lowerBound"))), float(mapping.get("upperBound")))


@pytest.fixture(scope="module")
def package(questions):
    """Return the package of all samples."""
    return zipfile.ZipFile(io.BytesIO(write_qti(questions, Losses())))


@pytest.fixture(scope="module")
def items(package):
    """Return the items by id."""
    roots = [
        etree.fromstring(package.read(name))
        for name in package.namelist()
        if re.match(r"items/[^/]+\.xml", name)
    ]
    return {root.get("identifier"): root for root in roots}


def test_the_manifest_names_every_file_and_no_other(package):
    """Each file of the package belongs to a resource; pictures are files of their item."""
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    named = {node.get("href") for node in manifest.iterfind(".//c:file", NS)}

    assert named == set(package.namelist()) - {"imsmanifest.xml"}
    resources = manifest.findall(".//c:resource", NS)
    assert {node.get("type") for node in resources} == {"imsqti_item_xmlv2p1"}
    assert len({node.get("identifier") for node in resources}) == len(resources)
    assert b"CC BY 4.0" in package.read("imsmanifest.xml")
    assert b"BM-LES-01" in package.read("imsmanifest.xml")


def test_elements_stand_in_the_order_of_the_format(items):
    """Declarations, body, processing, feedback."""
    for item in items.values():
        places = [ORDER.index(tag(node)) for node in item]
        assert places == sorted(places)
        assert {"title", "adaptive", "timeDependent"} <= set(item.attrib)


def test_identifiers_are_names_that_exist(items):
    """Each interaction has its declared response, each right value its choice, each feedback its outcome."""
    for item in items.values():
        declared = {node.get("identifier") for node in item.findall("q:responseDeclaration", NS)}
        asked = [node for node in item.iter() if node.get("responseIdentifier")]
        assert {node.get("responseIdentifier") for node in asked} == declared
        for node in item.iter():
            if node.get("identifier"):
                assert re.fullmatch(r"[A-Za-z_][\w.-]*", node.get("identifier"))
        choices = {node.get("identifier") for node in item.iter() if tag(node).endswith("Choice")}
        for value in item.iterfind("q:responseDeclaration[@baseType='identifier']//q:value", NS):
            assert value.text in choices
        for value in item.iterfind("q:responseDeclaration[@baseType='directedPair']//q:value", NS):
            assert set(value.text.split()) <= choices
        feedback = [node.get("identifier") for node in item.findall("q:modalFeedback", NS)]
        assert len(feedback) == len(set(feedback))
        used = {node.text for node in item.iterfind(".//q:baseValue[@baseType='identifier']", NS)}
        assert used <= set(feedback)
        assert "explanation" in used


def test_prompts_hold_no_blocks(items):
    """A prompt takes inline content only, pictures have words, and links lead out by https."""
    for item in items.values():
        for prompt in item.iter(f"{{{NS['q']}}}prompt"):
            assert not {tag(node) for node in prompt.iter()} & {"p", "ul", "ol", "div", "table", "pre"}
        for picture in item.iter(f"{{{NS['q']}}}img"):
            assert picture.get("alt")
        for link in item.iter(f"{{{NS['q']}}}a"):
            assert link.get("href").startswith("https://")


def test_interactions_are_those_of_the_types(items):
    """Each type has the interaction that was made for it, a hotspot also a list."""
    found = {
        name.split(".")[2]: [tag(node) for node in item.iter() if tag(node).endswith("Interaction")]
        for name, item in items.items()
    }

    assert found["single"] == found["multiple"] == ["choiceInteraction"]
    assert found["matching"] == ["matchInteraction"]
    assert found["sequence"] == ["orderInteraction"]
    assert found["numeric"] == ["textEntryInteraction"]
    assert found["hotspot"] == ["hotspotInteraction", "choiceInteraction"]


@pytest.mark.parametrize("name", ["single", "multiple", "matching", "sequence", "numeric", "hotspot", "text"])
def test_the_right_answer_has_all_points(items, name):
    """And no answer has none."""
    item = items[f"bm.sample.{name}.01"]
    empty = Player(item, {})
    cardinality, right = empty.cardinality["RESPONSE"], empty.correct["RESPONSE"]

    played = Player(item, {"RESPONSE": right[0] if cardinality == "single" else right})

    most = float(item.find("q:outcomeDeclaration[@identifier='MAXSCORE']//q:value", NS).text)
    assert played.values["SCORE"] == pytest.approx(most)
    assert empty.values["SCORE"] == 0
    assert "explanation" in played.values["FEEDBACK"]


def test_each_option_has_its_own_feedback(items):
    """Choosing an option shows that option's words."""
    item = items["bm.sample.single.01"]
    shown = {node.get("identifier"): "".join(node.itertext()) for node in item.findall("q:modalFeedback", NS)}

    for letter in "abcd":
        played = Player(item, {"RESPONSE": f"o-{letter}"})
        assert f"FEEDBACK-{letter.upper()}" in "".join(shown[name] for name in played.values["FEEDBACK"])
        assert played.values["SCORE"] == (letter == "a")


def test_partial_credit_is_as_in_the_course(items):
    """Right minus wrong choices; each case of a matching question; never below zero."""
    several, matching = items["bm.sample.multiple.01"], items["bm.sample.matching.01"]

    assert Player(several, {"RESPONSE": ["o-a"]}).values["SCORE"] == pytest.approx(1)
    assert Player(several, {"RESPONSE": ["o-a", "o-c"]}).values["SCORE"] == pytest.approx(0)
    assert Player(several, {"RESPONSE": ["o-c", "o-d"]}).values["SCORE"] == 0
    trapped = Player(matching, {"RESPONSE": ["case-pit o-osteoblast", "case-row o-osteoblast"]})
    assert trapped.values["SCORE"] == pytest.approx(1)
    assert "trap-pit-osteoblast" in trapped.values["FEEDBACK"]


@pytest.mark.parametrize(("number", "score", "feedback"), [
    ("87.3", 1, "right"), ("85.8", 1, "right"), ("88.8", 1, "right"), ("88.9", 0, "wrong"), ("100", 0, "error-1"),
    ("101.5", 0, "error-1"), ("3", 0, "wrong"),
])  # fmt: skip
def test_a_number_is_right_within_its_tolerance(items, number, score, feedback):
    """Ends belong to it; a common error has its own words."""
    played = Player(items["bm.sample.numeric.01"], {"RESPONSE": number})

    assert (played.values["SCORE"], feedback in played.values["FEEDBACK"]) == (score, True)


@pytest.mark.parametrize(("word", "score", "feedback"), [
    ("accepted-tgf-β", 1, "right"), ("factor de crecimiento transformante beta", 1, "right"), ("rankl", 0, "error-1"),
    ("RANK ligand", 0, "error-1"), ("x", 0, "wrong"),
])  # fmt: skip
def test_words_are_right_in_any_listed_spelling(items, word, score, feedback):
    """Capitals do not matter; a listed wrong word has its own feedback."""
    played = Player(items["bm.sample.text.01"], {"RESPONSE": word})

    assert (played.values["SCORE"], feedback in played.values["FEEDBACK"]) == (score, True)


def test_the_list_of_a_hotspot_counts_if_it_is_used(items):
    """So nobody needs to point."""
    item = items["bm.sample.hotspot.01"]

    assert Player(item, {"LIST": "o-low"}).values["SCORE"] == 1
    assert Player(item, {"RESPONSE": "o-low", "LIST": "o-top"}).values["SCORE"] == 0
    assert "o-top" in Player(item, {"RESPONSE": "o-top"}).values["FEEDBACK"]


def test_places_of_a_hotspot_lie_inside_its_picture(items, question):
    """In pixels of the picture that is in the package, where the course has them."""
    item, spots = items["bm.sample.hotspot.01"], question("hotspot").body
    shown = item.find(".//q:hotspotInteraction/q:object", NS)
    width, height = int(shown.get("width")), int(shown.get("height"))

    for place in item.iterfind(".//q:hotspotChoice", NS):
        numbers = [int(number) for number in place.get("coords").split(",")]
        region = spots.regions[place.get("identifier").removeprefix("o-")]
        x, y = (
            numbers[:2]
            if place.get("shape") == "circle"
            else ((numbers[0] + numbers[2]) / 2, (numbers[1] + numbers[3]) / 2)
        )
        assert abs(x / width - region.x) < 0.002
        assert abs(y / height - region.y) < 0.002
