"""Checks of stem and lead-in: a question, put positively, with a case where one is needed."""

from __future__ import annotations

import re
from typing import Final

from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.lead_ins import check_lead_in
from bonemets_teach.quiz.linter.words import texts
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say

__all__ = ["check_stem"]

_LETTER: Final = re.compile(
    r"\b[Oo]ptions?\s+\(?[A-Fa-f1-6]\b|\b(?:[Aa]nswers?|[Cc]hoices?|[Ss]tatements?)\s+\(?[A-F1-6]\b"
    r"|\b(?:first|second|third|fourth|fifth|last|previous|next)\s+(?:option|answer|choice)\b|\b(?:option|answer|choice)s?\s+(?:above|below)\b",
)
_CASE_LEVELS: Final = {"apply", "analyze", "evaluate", "create"}
_CASE_WORDS: Final = 20


def check_stem(item: Item) -> Hits:
    """Check the texts before the options.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    yield from check_lead_in(plain(say(item.lead_in)), "lead_in")
    words = len(plain(say(item.stem)).split())
    if item.bloom in _CASE_LEVELS and words < _CASE_WORDS:
        rule = f"bloom {item.bloom} needs a case of at least {_CASE_WORDS} words; this stem has {words}"
        yield "VIGNETTE_MISSING", "stem", rule
    for path, text in texts(item):
        letter = _LETTER.search(text)
        if letter:
            yield (
                "LETTER_REF",
                path,
                f"“{letter.group(0)}” points to a place, but options are shuffled; name what you mean",
            )
