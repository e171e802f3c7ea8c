"""QTI 2.1: a zip of one assessment item for each question, with pictures and ``imsmanifest.xml``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.qti_item import item_xml
from bonemets_teach.quiz.exports.question import Question
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import CREDIT, WARNING, safe_name

__all__ = ["write_qti"]

_CP: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
_LOM: Final = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NO_HINT: Final = "in QTI 2.1 a hint needs an adaptive item, which many players do not run"


def write_qti(questions: Sequence[Question], losses: Losses) -> bytes:
    """Write questions as a QTI 2.1 package.

    Parameters
    ----------
    questions : sequence of Question
        What to write.
    losses : Losses
        Takes what QTI can't hold.

    Returns
    -------
    data : bytes
        A zip file that depends on nothing but the questions.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "imsmanifest.xml", _manifest(questions))
        for question in questions:
            if question.hints:
                losses.add(question.id, "hints", _NO_HINT)
            _add(package, _item_path(question), item_xml(question, losses))
        pictures = {picture.name: picture for question in questions for picture in question.pictures}
        for picture in pictures.values():
            _add(package, f"items/images/{picture.name}", picture.data)
    return target.getvalue()


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    # A fixed date, so that the same questions give the same file.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, content)


def _item_path(question: Question) -> str:
    return f"items/{safe_name(question.id)}.xml"


def _manifest(questions: Sequence[Question]) -> bytes:
    root = etree.Element(
        f"{{{_CP}}}manifest", {"identifier": "bonemets-teach"}, nsmap={None: _CP, "imsmd": _LOM}
    )
    metadata = _sub(root, "metadata")
    _sub(metadata, "schema", "QTIv2.1 Package")
    _sub(metadata, "schemaversion", "1.0.0")
    lom = etree.SubElement(metadata, f"{{{_LOM}}}lom")
    _string(etree.SubElement(lom, f"{{{_LOM}}}general"), "title", "bonemets-teach")
    rights = etree.SubElement(lom, f"{{{_LOM}}}rights")
    _string(rights, "description", f"{CREDIT} {WARNING}")
    _sub(root, "organizations")
    resources = _sub(root, "resources")
    for question in questions:
        _add_resource(resources, question)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _add_resource(resources: etree._Element, question: Question) -> None:
    path = _item_path(question)
    resource = _sub(resources, "resource")
    resource.set("identifier", f"res-{safe_name(question.id)}")
    resource.set("type", "imsqti_item_xmlv2p1")
    resource.set("href", path)
    lom = etree.SubElement(_sub(resource, "metadata"), f"{{{_LOM}}}lom")
    general = etree.SubElement(lom, f"{{{_LOM}}}general")
    etree.SubElement(general, f"{{{_LOM}}}identifier").text = question.id
    _string(general, "title", question.title)
    for word in (question.lesson, *question.objectives, f"bloom: {question.bloom}", *question.tags):
        _string(general, "keyword", word)
    _sub(resource, "file").set("href", path)
    for picture in question.pictures:
        _sub(resource, "file").set("href", f"items/images/{picture.name}")


def _sub(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    node = etree.SubElement(parent, f"{{{_CP}}}{name}")
    node.text = text
    return node


def _string(parent: etree._Element, name: str, text: str) -> None:
    place = etree.SubElement(etree.SubElement(parent, f"{{{_LOM}}}{name}"), f"{{{_LOM}}}langstring")
    place.set(f"{{{_XML}}}lang", "en")
    place.text = text
