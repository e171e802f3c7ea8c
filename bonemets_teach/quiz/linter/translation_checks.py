"""Checks translations: whole, of the item's version, the same numbers, and no new cue to the key."""

from __future__ import annotations

from typing import Final

from bonemets_teach.content.language import speaking
from bonemets_teach.quiz.item import ChoiceItem, Item
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.markup_checks import check_markup
from bonemets_teach.quiz.linter.option_checks import check_listed, check_options
from bonemets_teach.quiz.linter.stem_checks import check_stem
from bonemets_teach.quiz.solution import Solution
from bonemets_teach.quiz.translating import Translation, different_numbers

__all__ = ["check_translation"]

# The other checks of stems and options look for English words.
_IN_ANY_LANGUAGE: Final = frozenset(
    {"DUPLICATE_OPTION", "LEAD_IN_NOT_QUESTION", "LONGEST_OPTION_IS_KEY", "MARKUP"}
)


def check_translation(item: Item, translation: Translation, solution: Solution | None) -> Hits:
    """Check one item in one language.

    Parameters
    ----------
    item : Item
        The item with the translation in it, if that is used.
    translation : Translation
        What became of the file's words.
    solution : Solution or None
        What is right, if it could be worked out.

    Yields
    ------
    hit : (str, str, str)
        Code, path that begins with the language, words.
    """
    code = translation.language
    if translation.stale:
        yield "TRANSLATION_STALE", code, f"{translation.stale}; read it again, then write the version"
    for place in translation.missing:
        yield "TRANSLATION_MISSING", f"{code}.{place}", "has no words, so the whole item is shown in English"
    for place in translation.unknown:
        yield (
            "TRANSLATION_UNKNOWN",
            f"{code}.{place}",
            "the item has no such text; take it out or mend its place",
        )
    for place, english, words in translation.pairs:
        difference = different_numbers(english, words)
        if difference:
            yield (
                "TRANSLATION_NUMBERS",
                f"{code}.{place}",
                f"numbers differ from the English text: {difference}",
            )
    if not translation.used:
        return
    with speaking(code):
        hits = [*check_stem(item), *check_listed(item), *check_markup(item)]
        if isinstance(item, ChoiceItem) and solution is not None:
            hits += check_options(item, solution.keys)
    yield from ((name, f"{code}.{path}", words) for name, path, words in hits if name in _IN_ANY_LANGUAGE)
