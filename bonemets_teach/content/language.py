"""Says things in the language that the learner has chosen; English stands in the code and is what remains without a translation."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from string import Formatter
from typing import Any, Final

from bonemets_teach.content.wordbook import wordbook
from bonemets_teach.errors import ParameterError

__all__ = ["LANGUAGES", "VARIABLE", "has_words", "language", "numeral", "speaking", "tr", "trn"]

LANGUAGES: Final = {"en": "English", "es": "Español"}
"""Code and own name of each language."""

VARIABLE: Final = "BONEMETS_LANGUAGE"
"""Environment variable with the language of a whole process: that of a kernel."""

_SPOKEN: Final[ContextVar[str | None]] = ContextVar("spoken_language", default=None)
# Decimal sign and thousands separator; Spanish sets numbers of four digits without one (RAE, Ortografía 2010).
_SIGNS: Final = {"es": (",", "\u202f")}
_GROUPED: Final = re.compile(r"\d{1,3}(,\d{3})+")


def language() -> str:
    """Return the language spoken now.

    Returns
    -------
    code : str
        A key of `LANGUAGES`: that of the innermost `speaking` block, else that of the process.
    """
    code = _SPOKEN.get() or os.environ.get(VARIABLE, "en")
    return code if code in LANGUAGES else "en"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language inside a block; other threads and tasks keep theirs.

    Parameters
    ----------
    code : str
        A key of `LANGUAGES`.

    Yields
    ------
    None
        Nothing.

    Raises
    ------
    ParameterError
        If the language is not known.
    """
    if code not in LANGUAGES:
        message = f"language “{code[:20]}” is not known; choose one of {', '.join(LANGUAGES)}"
        raise ParameterError(message)
    token = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def has_words(text: str) -> bool:
    """Tell whether a text can be said in the language spoken now.

    Parameters
    ----------
    text : str
        English.

    Returns
    -------
    known : bool
        True in English, and for a text without letters.
    """
    return language() == "en" or not re.search(r"[^\W\d_]", text) or text in wordbook(language())


def tr(text: str, **values: Any) -> str:
    """Say a text.

    Parameters
    ----------
    text : str
        English; ``{name}`` and ``{name:.1f}`` stand for values.
    **values
        Numbers are written as the language does, texts go in as they are.

    Returns
    -------
    words : str
        English where there is no translation.
    """
    found = wordbook(language()).get(text) if language() != "en" else None
    return _filled(found if isinstance(found, str) else text, values)


def trn(count: int, one: str, many: str, **values: Any) -> str:
    """Say a text that depends on a count.

    Parameters
    ----------
    count : int
        How many; ``{n}`` in the text.
    one, many : str
        English for one, and for any other number; a translation is found under ``many``.
    **values
        As in `tr`.

    Returns
    -------
    words : str
        English where there is no translation.
    """
    forms = wordbook(language()).get(many) if language() != "en" else None
    form = one if count == 1 else many
    if isinstance(forms, dict):
        form = forms.get(_category(count), forms["other"])
    return _filled(form, {"n": count, **values})


def numeral(text: str) -> str:
    """Write a number, formatted in English, as the language spoken now does.

    Parameters
    ----------
    text : str
        For example "1,234.5 %"; what is no number in it stays.

    Returns
    -------
    words : str
        For example "1234,5 %".
    """
    signs = _SIGNS.get(language())
    if signs is None:
        return text
    point, group = signs

    def regrouped(match: re.Match[str]) -> str:
        digits = match[0].replace(",", "")
        return digits if len(digits) <= 4 else match[0].replace(",", group)

    return re.sub(r"(?<=\d)\.(?=\d)", point, _GROUPED.sub(regrouped, text))


def _category(count: int) -> str:
    """Return the CLDR plural category of a whole number; the same rules hold for English and Spanish here."""
    if count == 1:
        return "one"
    return "many" if language() == "es" and count != 0 and count % 1_000_000 == 0 else "other"


class _Speaker(Formatter):
    """Fills texts; numbers follow the language."""

    def format_field(self, value: Any, format_spec: str) -> str:
        words = str(super().format_field(value, format_spec))
        return numeral(words) if isinstance(value, int | float) else words


_SPEAKER: Final = _Speaker()


def _filled(text: str, values: dict[str, Any]) -> str:
    return _SPEAKER.vformat(text, (), values) if values else text
