"""Checks that belong to cases in steps and to answers in words."""

from __future__ import annotations

from typing import Final

from bonemets_teach.quiz.free_text import Spellings, normal_form
from bonemets_teach.quiz.item import CaseItem
from bonemets_teach.quiz.key_feature import KeyFeature, KeyStep
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.lead_ins import check_lead_in
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.short_text import ShortText

__all__ = ["check_case"]

# Shorter answers stand inside other words by chance.
_TELLING: Final = 4
_LONGER: Final = 1.25
_LONGER_LETTERS: Final = 10


def check_case(item: CaseItem) -> Hits:
    """Check what only these types have.

    Parameters
    ----------
    item : KeyFeature, ScriptConcordance, ShortText or Poll
        The item.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    before = [say(item.title), say(item.stem), say(item.lead_in)]
    if isinstance(item, ShortText):
        yield from _check_told("accept", item.accept, before)
    if not isinstance(item, KeyFeature):
        return
    for step in item.steps:
        place = f"steps[{step.id}]"
        yield from check_lead_in(plain(say(step.lead_in)), f"{place}.lead_in")
        before += [say(step.stem), say(step.lead_in)]
        for feature in step.accept:
            yield from _check_told(f"{place}.accept[{feature.id}]", feature.texts, before)
        yield from _check_menu(step, place)


def _check_told(path: str, answers: Spellings, before: list[str]) -> Hits:
    told = {normal_form(plain(text)) for text in before}
    for texts in answers.values():
        for text in texts:
            form = normal_form(text)
            if len(form) >= _TELLING and any(form in each for each in told):
                yield (
                    "KEY_IN_STEM",
                    path,
                    f"“{text}” can be read in the question itself; ask without naming it",
                )


def _check_menu(step: KeyStep, place: str) -> Hits:
    words = [plain(say(option.text)) for option in step.options]
    if words != sorted(words, key=str.casefold):
        yield (
            "LIST_NOT_SORTED",
            f"{place}.options",
            "menus stand in alphabetical order, since they are not shuffled",
        )
    inside = [len(text) for text, option in zip(words, step.options, strict=True) if option.key]
    outside = [len(text) for text, option in zip(words, step.options, strict=True) if not option.key]
    if inside and outside and min(inside) >= max(_LONGER * max(outside), max(outside) + _LONGER_LETTERS):
        yield (
            "LONGEST_OPTION_IS_KEY",
            f"{place}.options",
            "the keys are clearly the longest options; make lengths alike",
        )
