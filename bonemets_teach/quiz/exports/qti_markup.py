"""Elements of QTI 2.1, and HTML brought into its namespace and content rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.question import Picture
from bonemets_teach.quiz.exports.words import rich

__all__ = ["QTI", "add", "add_blocks", "add_inline", "address", "base", "parse_blocks", "variable"]

QTI: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_BLOCKS: Final = frozenset(
    f"{{{QTI}}}{name}" for name in ("blockquote", "div", "dl", "hr", "ol", "p", "pre", "table", "ul")
)
# Attributes of HTML that QTI does not know.
_DROPPED: Final = ("rel",)


def add(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """Add an element of QTI.

    Parameters
    ----------
    parent : Element
        Where to add it.
    name : str
        Its name.
    text : str or None
        Its text.
    **attributes : str
        Its attributes; a trailing underscore is taken off.

    Returns
    -------
    node : Element
        The new element.
    """
    node = etree.SubElement(
        parent, f"{{{QTI}}}{name}", {key.rstrip("_"): value for key, value in attributes.items()}
    )
    node.text = text
    return node


def address(picture: Picture) -> str:
    """Return where an item finds a picture.

    Parameters
    ----------
    picture : Picture
        The picture.

    Returns
    -------
    path : str
        Relative to the item.
    """
    return f"images/{picture.name}"


def parse_blocks(markup: str) -> etree._Element:
    """Return HTML as elements of QTI below a ``div``.

    Parameters
    ----------
    markup : str
        Well-formed HTML.

    Returns
    -------
    root : Element
        With its text and children.
    """
    root = etree.fromstring(f'<div xmlns="{QTI}">{markup}</div>')
    for node in root.iter():
        for name in _DROPPED:
            node.attrib.pop(name, None)
    return root


def add_blocks(parent: etree._Element, markup: str) -> None:
    """Add blocks of HTML.

    Parameters
    ----------
    parent : Element
        Where to add them.
    markup : str
        Well-formed HTML; words that stand outside of a block become a paragraph.
    """
    root = parse_blocks(markup)
    line = _loose(parent, root.text)
    for node in list(root):
        after, node.tail = node.tail, None
        if node.tag in _BLOCKS:
            parent.append(node)
            line = _loose(parent, after)
        else:
            line = add(parent, "p") if line is None else line
            line.append(node)
            node.tail = after


def _loose(parent: etree._Element, text: str | None) -> etree._Element | None:
    """Return a new paragraph for words outside of a block, if there are any."""
    return add(parent, "p", text) if text and text.strip() else None


def add_inline(parent: etree._Element, text: str) -> None:
    """Add Markdown as text and inline elements.

    Parameters
    ----------
    parent : Element
        Where to add it.
    text : str
        Markdown.
    """
    root = parse_blocks(rich(text, inline=True))
    parent.text = root.text
    for node in list(root):
        parent.append(node)


def base(parent: etree._Element, kind: str, value: str) -> None:
    """Add a constant to an expression.

    Parameters
    ----------
    parent : Element
        The expression.
    kind : str
        Base type.
    value : str
        Value.
    """
    add(parent, "baseValue", value, baseType=kind)


def variable(parent: etree._Element, names: Iterable[str]) -> None:
    """Add variables to an expression.

    Parameters
    ----------
    parent : Element
        The expression.
    names : iterable of str
        Identifiers.
    """
    for name in names:
        add(parent, "variable", identifier=name)
