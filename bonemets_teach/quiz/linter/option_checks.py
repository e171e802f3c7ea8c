"""Checks of the options: the flaws that let a test-wise student find the key without knowing."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import Final

from bonemets_teach.quiz.item import ChoiceItem, Item, Poll
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.words import (
    content_stems,
    leading_number,
    listed_words,
    number_range,
    option_words,
)
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say

__all__ = ["check_listed", "check_options", "is_longest"]

_ALL_NONE: Final = re.compile(
    r"\b(all|none|both|neither|either|any)\s+(of\s+)?(the\s+)?(above|these|those|following|others?)\b",
    re.IGNORECASE,
)
_ABSOLUTE: Final = re.compile(
    r"\b(always|never|none|only|all|every|impossible|invariably|completely|entirely|must)\b", re.IGNORECASE
)
_LONGER: Final = 1.25
_LONGER_LETTERS: Final = 10


def check_listed(item: Item) -> Hits:
    """Check the words of everything that can be chosen or ordered, in items of any type.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    listed = listed_words(item)
    # A poll has no distractors, and "not at all" is a fair end of its scale.
    for path, words in listed if not isinstance(item, Poll) else []:
        counting = _ALL_NONE.search(words)
        if counting:
            yield "ALL_NONE_ABOVE", path, f"“{words}” tests counting, not knowledge; name a fact"
        # What is left without those words; one flaw is named once.
        absolute = _ABSOLUTE.search(_ALL_NONE.sub(" ", words))
        if absolute:
            yield "ABSOLUTE", path, f"“{absolute.group(0)}” gives a distractor away; say it without"
    for words, count in Counter(words.casefold() for _, words in listed).items():
        if count > 1:
            yield "DUPLICATE_OPTION", listed[0][0].split("[")[0], f"“{words}” stands {count} times"


def check_options(item: ChoiceItem, keys: frozenset[str]) -> Hits:
    """Check the options of a choice item against what is right.

    Parameters
    ----------
    item : ChoiceItem
        The item.
    keys : frozenset of str
        Ids of the right options; empty if they could not be worked out.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    yield from _check_cues(item, keys)
    yield from _check_numbers(item)


def is_longest(item: ChoiceItem, keys: frozenset[str], *, factor: float = 1.0, letters: int = 1) -> bool:
    """Tell whether the keys stand out by length.

    Parameters
    ----------
    item : ChoiceItem
        The item.
    keys : frozenset of str
        Ids of the right options.
    factor : float, default 1.0
        How many times longer the shortest key must be than the longest other option.
    letters : int, default 1
        How many letters longer.

    Returns
    -------
    longest : bool
        False if there are no keys.
    """
    inside = [len(option_words(option)) for option in item.options if option.id in keys]
    outside = [len(option_words(option)) for option in item.options if option.id not in keys]
    if not inside or not outside:
        return False
    return min(inside) >= factor * max(outside) and min(inside) >= max(outside) + letters


def _check_cues(item: ChoiceItem, keys: frozenset[str]) -> Hits:
    if is_longest(item, keys, factor=_LONGER, letters=_LONGER_LETTERS):
        yield "LONGEST_OPTION_IS_KEY", "options", "the key is clearly the longest option; make lengths alike"
    if re.search(r"\b(an?|the)\s*[?:…]?$", plain(say(item.lead_in)), re.IGNORECASE):
        yield "GRAMMAR_CUE", "lead_in", "the lead-in ends in an article, which only some options fit"
    forms = {option.id: _form(option_words(option)) for option in item.options}
    counts = Counter(forms.values())
    odd = [name for name, form in forms.items() if counts[form] == 1]
    if len(counts) == 2 and len(odd) == 1 and odd[0] in keys:
        yield (
            "GRAMMAR_CUE",
            f"options[{odd[0]}].text",
            "only the key starts with an article or ends with a period; write all options alike",
        )
    asked = content_stems(" ".join(plain(say(text)) for text in (item.title, item.stem, item.lead_in)))
    right = [content_stems(option_words(option)) for option in item.options if option.id in keys]
    wrong = [content_stems(option_words(option)) for option in item.options if option.id not in keys]
    repeated = asked & set().union(*right) - set().union(*wrong)
    if repeated and len(right) == 1:
        shown = ", ".join(sorted(repeated))
        yield (
            "WORD_REPEAT_CUE",
            "options",
            f"the question and the key alone share “{shown}…”; reword one, or use the word elsewhere too",
        )


def _form(words: str) -> tuple[bool, bool]:
    return bool(re.match(r"(an?|the)\s", words, re.IGNORECASE)), words.endswith(".")


def _check_numbers(item: ChoiceItem) -> Hits:
    texts = [(option.id, option_words(option)) for option in item.options if not option.fixed_last]
    ranges = [(name, found) for name, words in texts if (found := number_range(words))]
    for (one, a), (other, b) in combinations(ranges, 2):
        if a[2] == b[2] and a[0] <= b[1] and b[0] <= a[1]:
            yield (
                "OVERLAPPING_RANGES",
                "options",
                f"options {one} and {other} overlap, so one number fits both",
            )
    numbers = [number for _, words in texts if (number := leading_number(words))]
    if len(numbers) < len(texts) or len({rest for _, rest in numbers}) > 1:
        return
    values = [value for value, _ in numbers]
    if values != sorted(values) or item.shuffle:
        yield (
            "OPTIONS_NOT_SORTED",
            "options",
            "numbers stand in ascending order with shuffle: false, so that nobody has to hunt",
        )
