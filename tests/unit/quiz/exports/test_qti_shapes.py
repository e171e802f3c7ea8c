"""QTI items are made of nothing but the parts that were once validated, and can be validated again.

The schemas of QTI 2.1 say “All Rights Reserved” and leave their use to a license of 1EdTech, so they are not passed on
here. ``qti_shapes.txt`` lists each element below its parent and each attribute that the whole bank and the samples had
when all of them were valid by the official schema (version 2.1.2). Whoever has the schemas sets ``BONEMETS_QTI_SCHEMAS``
to their folder, and the items are validated anew.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from bonemets_teach.quiz.exports import Losses
from bonemets_teach.quiz.exports.qti import write_qti

KNOWN = Path(__file__).with_name("qti_shapes.txt")
SCHEMAS = os.environ.get("BONEMETS_QTI_SCHEMAS")


def shapes(root: etree._Element) -> set[str]:
    """Return each element below its parent, and each attribute of each element."""
    found = {f"{etree.QName(root).localname}"}
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        found |= {f"{name} @{etree.QName(key).localname}" for key in node.attrib}
        found |= {f"{name} {etree.QName(child).localname}" for child in node}
    return found


@pytest.fixture(scope="module")
def items(questions) -> dict[str, etree._Element]:
    """Return the items of the samples."""
    package = zipfile.ZipFile(io.BytesIO(write_qti(questions, Losses())))
    names = [name for name in package.namelist() if name.startswith("items/") and name.endswith(".xml")]
    return {name: etree.fromstring(package.read(name)) for name in names}


def test_items_have_only_parts_that_were_validated(items):
    """A new element or attribute must be validated before it is listed."""
    known = set(KNOWN.read_text("utf-8").split("\n"))
    new = {name: shapes(root) - known for name, root in items.items()}

    assert {name: found for name, found in new.items() if found} == {}
    assert len(items) >= 6


def test_a_part_that_no_schema_knows_is_noticed(items):
    """The list is not so wide that anything passes."""
    root = next(iter(items.values()))
    etree.SubElement(root[-1], "{http://www.imsglobal.org/xsd/imsqti_v2p1}blink").set("speed", "9")
    tag = etree.QName(root[-1]).localname

    assert shapes(root) - set(KNOWN.read_text("utf-8").split("\n")) == {f"{tag} blink", "blink @speed"}
    root[-1].remove(root[-1][-1])


if SCHEMAS:

    def test_items_keep_the_official_schema(items):
        """Without asking the network for anything."""
        [path] = Path(SCHEMAS).glob("imsqti_v2p1*.xsd")
        schema = etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))
        for name, root in items.items():
            assert schema.validate(root), (name, schema.error_log)
