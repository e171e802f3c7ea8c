"""Pages come in the language that was chosen; what has no translation says so."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from bonemets_teach.content.language import speaking
from bonemets_teach.server.page_language import asked_language, edition, language_context, of_edition


def _request(address: str, cookie: str = "") -> HTTPServerRequest:
    headers = HTTPHeaders({"Host": "localhost"} | ({"Cookie": cookie} if cookie else {}))
    return HTTPServerRequest(
        start_line=RequestStartLine("GET", address, "HTTP/1.1"), headers=headers, connection=_Connection()
    )


class _Connection:
    context = None


@pytest.mark.parametrize(
    ("address", "cookie", "language"),
    [
        ("/", "", "en"),
        ("/?lang=es", "", "es"),
        ("/", "bonemets-language=es", "es"),
        ("/?lang=en", "bonemets-language=es", "en"),
        ("/?lang=xx", "bonemets-language=es", "es"),
        ("/?lang=es&lang=en", "", "en"),
        ("/?lang=%ff%fe", "", "en"),
        ("/?lang=../../etc/passwd", "bonemets-language=<script>", "en"),
        ("/", "bonemets-language=" + "e" * 5000, "en"),
    ],
)
def test_the_address_counts_before_the_cookie(address: str, cookie: str, language: str) -> None:
    """What is not known counts as nothing."""
    assert asked_language(_request(address, cookie)) == language


def test_an_edition_names_lesson_and_language() -> None:
    """English pages keep the lesson's own name."""
    assert edition("bone-remodeling", "en") == "bone-remodeling"
    assert of_edition(edition("bone-remodeling", "es")) == ("bone-remodeling", "es")
    assert of_edition("bone-remodeling") == ("bone-remodeling", "en")


def test_an_english_page_brings_no_words() -> None:
    """Another one brings those of its scripts, with no way out of the script element."""
    assert language_context()["words"] == ""
    with speaking("es"):
        packed = str(language_context()["words"])

    assert "<" not in packed
    brought = json.loads(packed)
    assert brought["language"] == "es"
    assert brought["words"]["Check answer"] == "Comprobar respuesta"


def test_home_and_messages_speak_the_language(served: Any) -> None:
    """The page says its language, offers the others by their own names, and marks none in English."""
    home = served.ask("?lang=es").text
    missing = served.ask("lesson/nowhere?lang=es").text

    assert '<html lang="es"' in home
    assert 'id="bm-words"' in home
    assert "Cómo vive el cáncer en el hueso" in home
    assert re.search(r'<option value="en" lang="en">English</option>', home)
    assert re.search(r'<option value="es" lang="es" selected>Español</option>', home)
    assert "Esa página no existe" in missing
    assert 'id="bm-words"' not in served.ask().text


def test_a_lesson_without_a_translation_is_marked(served: Any) -> None:
    """Its text is there in English, with its language and a mark; its page is Spanish."""
    text = served.ask("lesson/counter?lang=es").text

    assert '<html lang="es"' in text
    assert 'class="bm-in-language" lang="es">en inglés</p>' in text
    assert re.search(r'class="bm-text" id="cell-[^"]*" lang="en"', text)
    assert "en inglés" not in served.ask("lesson/counter").text


def test_the_review_is_marked_as_english(served: Any) -> None:
    """Its header is Spanish, its main part says that it is not."""
    text = served.ask("review?lang=es").text

    assert re.search(r'<main [^>]*lang="en"><p class="bm-in-language" lang="es">en inglés</p>', text)
    assert 'id="bm-words"' not in text
