"""Which language a page is asked in, and the lessons' pages kept apart by it."""

from __future__ import annotations

import json
from typing import Any, Final

from markupsafe import Markup
from tornado.httputil import HTTPServerRequest

from bonemets_teach.content.language import LANGUAGES, language, tr, trn
from bonemets_teach.content.wordbook import words_for_page

__all__ = ["COOKIE", "asked_language", "edition", "language_context", "of_edition"]

COOKIE: Final = "bonemets-language"
"""Holds the code of a language and nothing else; the page's own script sets it."""


def asked_language(request: HTTPServerRequest) -> str:
    """Return the language in which a page is asked for.

    Parameters
    ----------
    request : HTTPServerRequest
        ``?lang=`` in the address counts before the cookie; what is not known counts as nothing.

    Returns
    -------
    code : str
        A key of `LANGUAGES`; English if nothing was chosen, whatever the browser prefers: most of the course has no
        other language yet.
    """
    asked = [raw.decode("utf-8", "replace") for raw in request.query_arguments.get("lang", [])]
    kept = request.cookies.get(COOKIE)
    for code in (*asked[-1:], kept.value if kept else ""):
        if code in LANGUAGES:
            return code
    return "en"


def edition(lesson_id: str, code: str) -> str:
    """Return the name under which the pool keeps a lesson's pages in one language.

    Parameters
    ----------
    lesson_id : str
        The lesson.
    code : str
        A key of `LANGUAGES`.

    Returns
    -------
    name : str
        The id itself for English.
    """
    return lesson_id if code == "en" else f"{lesson_id}:{code}"


def of_edition(name: str) -> tuple[str, str]:
    """Return lesson and language of a name that `edition` made.

    Parameters
    ----------
    name : str
        From `edition`.

    Returns
    -------
    lesson_id, code : str
        The lesson and its language.
    """
    lesson_id, _, code = name.partition(":")
    return lesson_id, code or "en"


def language_context() -> dict[str, Any]:
    """Return what templates need to speak the language spoken now.

    Returns
    -------
    context : dict
        ``language``, ``languages``, ``tr``, ``trn``; ``words`` for the page's scripts, empty for English;
        ``in_english`` and ``english_mark`` for a part that has no translation.
    """
    code = language()
    brought = {"language": code, "words": dict(words_for_page(code))}
    packed = json.dumps(brought, ensure_ascii=False).replace("<", "\\u003c")
    mark = Markup('<p class="bm-in-language" lang="{}">{}</p>').format(code, tr("in English"))
    other = code != "en"
    return {
        "language": code,
        "languages": LANGUAGES,
        "tr": tr,
        "trn": trn,
        "words": Markup(packed) if other else "",  # noqa: S704 - JSON without "<"
        "in_english": Markup(' lang="en"') if other else "",
        "english_mark": mark if other else "",
    }
