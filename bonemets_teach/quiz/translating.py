"""Puts the words of another language into an item; ids, keys, numbers and grading stay those of the item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from bonemets_teach.content.language import LANGUAGES

__all__ = ["OTHER_LANGUAGES", "Overlay", "Translation", "different_numbers", "translate"]

OTHER_LANGUAGES: Final = tuple(code for code in LANGUAGES if code != "en")
_PLACEHOLDER: Final = re.compile(r"\{\{\s*[\w-]+\s*\}\}")
_NUMBER: Final = re.compile(r"\d+(?:[\u202f\u00a0]\d{3}(?!\d))*(?:[.,]\d+)*")
# Small counts may be written as words in one language and as digits in the other.
_UNITS: Final = re.compile(r"(?<=\d)\s?(%|µm|mm|cm|g/dL|mg/dL|mg|mL|kg|pM|mmol/L|ng/mL|Gy|×)")
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """The words of one item in one language, as a file has them."""

    language: str
    file: str
    version: Any
    words: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What became of an overlay.

    Parameters
    ----------
    language, file : str
        Which, and where it stands.
    used : bool
        Whether learners see it: only if it is whole and of the item's version.
    stale : str
        Why it is too old, in words; "" if it is not.
    missing, unknown : tuple of str
        Places of the item without words, and places of the file that the item does not have.
    pairs : tuple of (str, str, str)
        Place, English and translation of each text.
    """

    language: str
    file: str
    used: bool
    stale: str = ""
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()


def translate(raw: Mapping[str, Any], overlay: Overlay) -> tuple[dict[str, Any], Translation]:
    """Put words into an item.

    Parameters
    ----------
    raw : mapping
        The item as plain data.
    overlay : Overlay
        Its words in another language.

    Returns
    -------
    item : dict
        A copy with the words in it, or without them if they are not whole or of another version.
    translation : Translation
        What became of them.
    """
    found = deepcopy(dict(raw))
    places = list(_texts(found))
    pairs, missing, taken = [], [], set()
    for path, text in places:
        words = _at(overlay.words, path)
        if not _fits(text["en"], words):
            missing.append(_words(path))
            continue
        taken.add(_key(path))
        pairs += _paired(path, text["en"], words)
        # A hint is a text and its cost in one block, so its other languages have a block of their own.
        target = text.setdefault("also", {}) if "cost" in text else text
        target[overlay.language] = words
    unknown = [_words(path) for path in _leaves(overlay.words) if _key(path) not in taken]
    stale = _stale(raw.get("version"), overlay.version)
    used = not (missing or unknown or stale)
    translation = Translation(
        language=overlay.language, file=overlay.file, used=used, stale=stale,
        missing=tuple(missing), unknown=tuple(unknown), pairs=tuple(pairs),
    )  # fmt: skip
    return (found if used else dict(raw)), translation


def different_numbers(english: str, words: str) -> str:
    """Compare numbers, units and placeholders of a text and its translation.

    Parameters
    ----------
    english, words : str
        The text and its translation.

    Returns
    -------
    difference : str
        In words; "" if both have the same.
    """
    for pattern in (_PLACEHOLDER, _NUMBER, _UNITS):
        one, other = (Counter(_plain(hit) for hit in pattern.findall(text)) for text in (english, words))
        lost, added = one - other, other - one
        if lost or added:
            parts = [f"{' and '.join(sorted(lost))} is lost"] if lost else []
            parts += [f"{' and '.join(sorted(added))} is new"] if added else []
            return ", ".join(parts)
    return ""


def _plain(hit: str) -> str:
    digits = re.sub(r"[\u202f\u00a0]", "", hit)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".").replace(" ", "")


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every text of an item: a block with ``en``, which holds a text or a list of spellings."""
    if isinstance(value, dict):
        if isinstance(value.get("en"), str | list):
            yield path, value
            return
        for name, inner in value.items():
            if name not in {"state", "computed", "solution", "waivers"}:
                yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("id") if isinstance(inner, dict) else None
            yield from _texts(inner, (*path, name if isinstance(name, str) else number))


def _at(words: Any, path: Path) -> Any:
    for step in path:
        if isinstance(words, Mapping):
            words = words.get(step)
        elif isinstance(words, list) and isinstance(step, int) and step < len(words):
            words = words[step]
        else:
            return None
    return words


def _leaves(words: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(words, Mapping):
        for name, inner in words.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(words, list) and not all(isinstance(each, str) for each in words):
        for number, inner in enumerate(words):
            yield from _leaves(inner, (*path, number))
    elif isinstance(words, list) and path and path[-1] == "hints":
        yield from ((*path, number) for number in range(len(words)))
    else:
        yield path


def _fits(english: Any, words: Any) -> bool:
    if isinstance(english, list):
        return isinstance(words, list) and bool(words) and all(isinstance(each, str) for each in words)
    return isinstance(words, str) and bool(words.strip())


def _paired(path: Path, english: Any, words: Any) -> list[tuple[str, str, str]]:
    # Spellings are answers, not sentences: each language has its own.
    return [] if isinstance(english, list) else [(_words(path), english, words)]


def _key(path: Path) -> tuple[str, ...]:
    return tuple(str(step) for step in path)


def _words(path: Path) -> str:
    words = ""
    for step in path:
        words += f"[#{step + 1}]" if isinstance(step, int) else f".{step}" if words else str(step)
    return words


def _stale(version: Any, translated: Any) -> str:
    if translated == version and not isinstance(translated, bool):
        return ""
    if not isinstance(translated, int) or isinstance(translated, bool):
        return "says not which version of the item it translates; write version: and the item's number"
    return f"translates version {translated}, and the item is at version {version}"
