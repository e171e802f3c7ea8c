"""Checks of a lead-in: a question, put positively."""

from __future__ import annotations

import re
from typing import Final

from bonemets_teach.quiz.linter.finding import Hits

__all__ = ["check_lead_in"]

_NEGATIVE: Final = re.compile(
    r"\b(not|except|(?<!at )least|never|false|incorrect|untrue|unlikely|wrong|cannot|\w+n['’]t)\b",
    re.IGNORECASE,
)


def check_lead_in(words: str, path: str) -> Hits:
    """Check one lead-in.

    Parameters
    ----------
    words : str
        Plain text.
    path : str
        Its place in the item.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    if not words.endswith("?"):
        yield (
            "LEAD_IN_NOT_QUESTION",
            path,
            "end the lead-in with a question mark, so that it can be answered with the options covered",
        )
    negative = _NEGATIVE.search(words)
    if negative:
        yield (
            "NEGATIVE_LEAD_IN",
            path,
            f"“{negative.group(0)}” asks for what is wrong; ask for what is right",
        )
