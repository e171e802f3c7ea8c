"""The HTML of a question and of what follows the answer, as well-formed XML, shared by the formats that take HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bonemets_teach.quiz.exports.question import Picture, Question
from bonemets_teach.quiz.exports.words import CREDIT, WARNING, rich

__all__ = ["Source", "after_html", "image_html", "question_html", "sources_html"]

Source = Callable[[Picture], str]
"""Says under which address a format keeps a picture."""


def image_html(picture: Picture, source: Source) -> str:
    """Return a picture with its alternative text and credit.

    Parameters
    ----------
    picture : Picture
        The picture.
    source : callable
        Gives its address.

    Returns
    -------
    markup : str
        A paragraph.
    """
    shown = escape(source(picture), quote=True)
    alt = escape(picture.alt, quote=True)
    return f'<p><img src="{shown}" alt="{alt}"/><br/><small>{escape(picture.credit)}</small></p>'


def question_html(question: Question, source: Source) -> str:
    """Return stem, pictures and the question itself.

    Parameters
    ----------
    question : Question
        The question.
    source : callable
        Gives the addresses of its pictures.

    Returns
    -------
    markup : str
        HTML.
    """
    pictures = "".join(image_html(each, source) for each in question.pictures if each.before)
    return f"{rich(question.stem)}{pictures}<p><strong>{rich(question.lead_in, inline=True)}</strong></p>"


def sources_html(question: Question) -> str:
    """Return the list of sources, the state of review and the license.

    Parameters
    ----------
    question : Question
        The question.

    Returns
    -------
    markup : str
        HTML.
    """
    rows = "".join(f"<li>{_cited(text, url)}</li>" for text, url in question.sources)
    listed = f"<p>Sources</p><ul>{rows}</ul>" if rows else ""
    about = escape(f"{question.review} {CREDIT} {WARNING}")
    return f"{listed}<p><small>{about}</small></p>"


def after_html(question: Question, source: Source) -> str:
    """Return explanation, pictures shown after the answer, sources and license.

    Parameters
    ----------
    question : Question
        The question.
    source : callable
        Gives the addresses of its pictures.

    Returns
    -------
    markup : str
        HTML.
    """
    pictures = "".join(image_html(each, source) for each in question.pictures if not each.before)
    return f"{rich(question.explanation)}{pictures}{sources_html(question)}"


def _cited(text: str, url: str) -> str:
    words = escape(text)
    return (
        f'{words} <a href="{escape(url, quote=True)}">{escape(url)}</a>'
        if url.startswith("https://")
        else words
    )
