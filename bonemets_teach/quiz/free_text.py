"""Compares what a learner writes with what an author accepts: letters and digits count, spelling of the rest does not."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final

from pydantic import Field, model_validator

from bonemets_teach.content.language import language
from bonemets_teach.quiz.parts import Line, Many, OptionId, Part, Slug, Text

__all__ = [
    "LONGEST",
    "Accepted",
    "Rejected",
    "Spellings",
    "main_spelling",
    "normal_form",
    "spelled",
    "spoken",
    "tidy",
]

LONGEST: Final = 120
"""Most characters of an answer in words."""

_ARTICLES: Final = re.compile(r"^(?:the|an?|el|la|los|las|una?)\s+")
_GREEK: Final = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
}

Spelling = Annotated[Line, Field(max_length=LONGEST)]
Spellings = Annotated[
    dict[
        Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")],
        Annotated[Many[Spelling], Field(min_length=1, max_length=40)],
    ],
    Field(min_length=1),
]


def normal_form(text: str) -> str:
    """Reduce an answer to what is compared.

    Parameters
    ----------
    text : str
        As written.

    Returns
    -------
    form : str
        Small letters and digits only, without accents, a leading article, spaces and marks; Greek letters
        are written out. Empty if nothing is left.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    spelled_out = "".join(_GREEK.get(letter, letter) for letter in folded)
    without = _ARTICLES.sub("", spelled_out.strip())
    return "".join(letter for letter in without if letter.isalnum())


def tidy(text: str) -> str:
    """Return an answer as it is kept: one line, single spaces, composed letters.

    Parameters
    ----------
    text : str
        As sent.

    Returns
    -------
    text : str
        Without control characters.
    """
    shown = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", text))
    return " ".join(shown.split())


def spelled(words: Spellings) -> frozenset[str]:
    """Return the normal forms of all spellings in all languages.

    Parameters
    ----------
    words : dict
        Language to spellings.

    Returns
    -------
    forms : frozenset of str
        An answer in any language counts.
    """
    return frozenset(normal_form(text) for texts in words.values() for text in texts)


def spoken(words: Spellings, lang: str | None = None) -> tuple[str, ...]:
    """Return the spellings in a language, or in the first language if that one is missing.

    Parameters
    ----------
    words : dict
        Language to spellings.
    lang : str or None
        Language wanted; the one spoken now if not given.

    Returns
    -------
    texts : tuple of str
        The first one is the usual one.
    """
    found: tuple[str, ...] = words.get(lang or language()) or next(iter(words.values()))
    return found


def main_spelling(words: Spellings, lang: str | None = None) -> str:
    """Return the first spelling in a language, or in the first language if that one is missing.

    Parameters
    ----------
    words : dict
        Language to spellings.
    lang : str or None
        Language wanted; the one spoken now if not given.

    Returns
    -------
    text : str
        For the page.
    """
    return spoken(words, lang)[0]


class _Spelled(Part):
    id: OptionId
    texts: Spellings

    @model_validator(mode="after")
    def _has_letters(self) -> _Spelled:
        refuse_numbers(self.texts)
        return self


class Accepted(_Spelled):
    """One thing that a right answer names, in all its spellings; feedback may be missing in a draft only."""

    feedback: Text | None = None


class Rejected(_Spelled):
    """A wrong answer that deserves words of its own, in all its spellings."""

    feedback: Text
    misconception: Slug | None = None


def refuse_numbers(words: Spellings) -> None:
    """Refuse a spelling that has no letters: a number belongs into a numeric item.

    Parameters
    ----------
    words : dict
        Language to spellings.

    Raises
    ------
    ValueError
        Names the spelling.
    """
    for texts in words.values():
        for text in texts:
            if not re.search(r"[^\W\d_]", normal_form(text)):
                message = f"“{text}” has no letters; ask for a number with type numeric"
                raise ValueError(message)
