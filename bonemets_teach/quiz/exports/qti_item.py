"""One assessment item of QTI 2.1: declarations, body, scoring, and feedback for every answer."""

from __future__ import annotations

from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports import qti_types
from bonemets_teach.quiz.exports.markup import after_html, image_html
from bonemets_teach.quiz.exports.qti_markup import QTI, add, add_blocks, address
from bonemets_teach.quiz.exports.qti_types import Parts
from bonemets_teach.quiz.exports.question import Choices, Matching, Number, Order, Question, Spots, Words
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import rich, safe_name

__all__ = ["item_xml"]

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA: Final = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"


def item_xml(question: Question, losses: Losses) -> bytes:
    """Write a question as an assessment item.

    Parameters
    ----------
    question : Question
        The question.
    losses : Losses
        Takes what QTI can't hold.

    Returns
    -------
    data : bytes
        UTF-8.
    """
    item = etree.Element(
        f"{{{QTI}}}assessmentItem",
        {
            "identifier": safe_name(question.id),
            "title": question.title or question.id,
            "adaptive": "false",
            "timeDependent": "false",
            "toolName": "bonemets-teach",
            "toolVersion": f"{question.version}",
            f"{{{_XSI}}}schemaLocation": _SCHEMA,
        },
        nsmap={None: QTI, "xsi": _XSI},
    )
    parts = Parts(question)
    _parts(question, parts, losses)
    # The order of these elements is fixed by the format.
    item.extend(parts.responses)
    _add_outcomes(item, question)
    body = add(item, "itemBody")
    _add_stem(body, question)
    for node in parts.interactions:
        body.append(node)
    item.append(parts.processing)
    for name, markup in parts.feedback:
        shown = add(item, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=name, showHide="show")
        add_blocks(shown, markup)
    data: bytes = etree.tostring(item, xml_declaration=True, encoding="UTF-8")
    return data


def _parts(question: Question, parts: Parts, losses: Losses) -> None:
    body = question.body
    if isinstance(body, Choices):
        qti_types.fill_choices(body, parts)
    elif isinstance(body, Matching):
        qti_types.fill_matching(body, parts)
    elif isinstance(body, Order):
        qti_types.fill_order(body, parts, losses)
    elif isinstance(body, Number):
        qti_types.fill_number(body, parts)
    elif isinstance(body, Words):
        qti_types.fill_words(body, parts, losses)
    elif isinstance(body, Spots):
        qti_types.fill_spots(body, parts, losses)
    parts.always("explanation", after_html(question, address))


def _add_outcomes(item: etree._Element, question: Question) -> None:
    declared = add(
        item,
        "outcomeDeclaration",
        identifier="SCORE",
        cardinality="single",
        baseType="float",
        normalMaximum=f"{question.points}",
    )
    add(add(declared, "defaultValue"), "value", "0")
    most = add(item, "outcomeDeclaration", identifier="MAXSCORE", cardinality="single", baseType="float")
    add(add(most, "defaultValue"), "value", f"{question.points}")
    add(item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")


def _add_stem(body: etree._Element, question: Question) -> None:
    add_blocks(body, rich(question.stem))
    pointed = isinstance(question.body, Spots)
    for picture in question.pictures:
        # The picture to point at belongs to its interaction.
        if picture.before and not (pointed and picture is question.pictures[0]):
            add_blocks(body, image_html(picture, address))
