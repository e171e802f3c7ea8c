"""Turns an item of the bank into a question for an export, or says why that can't be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.quiz.bank import Entry
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.exports.pictures import item_pictures
from bonemets_teach.quiz.exports.question import (
    Answer,
    Body,
    Case,
    Choices,
    Hint,
    Matching,
    Number,
    Order,
    Question,
    Spelled,
    Spots,
    Words,
    WrongNumber,
)
from bonemets_teach.quiz.exports.report import Losses
from bonemets_teach.quiz.exports.words import clean, is_clean, line
from bonemets_teach.quiz.free_text import spoken
from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.item import ChoiceItem, Item, Numeric
from bonemets_teach.quiz.markdown import fill
from bonemets_teach.quiz.matching import ExtendedMatching
from bonemets_teach.quiz.ordering import SequenceItem
from bonemets_teach.quiz.parts import Text, say
from bonemets_teach.quiz.presenting import reference_view, review_words
from bonemets_teach.quiz.presenting_types import option_order
from bonemets_teach.quiz.response import range_words
from bonemets_teach.quiz.short_text import ShortText
from bonemets_teach.quiz.solution import Solution
from bonemets_teach.quiz.solving import solve

__all__ = ["BUILDERS", "NOT_EXPORTED", "build_question", "build_questions"]

NOT_EXPORTED: Final[Mapping[str, str]] = {
    "scene_task": "it is answered in an explorer of the course, which no file can hold",
    "key_feature": "its steps open one after the other without a way back, which no file can hold",
    "script_concordance": "it is paid by the votes of a panel, and no answer alone is right",
    "poll": "it has no right answer; it belongs to a live room",
}
"""Types of items that no format holds, with the reason."""


def build_questions(entries: tuple[Entry, ...], catalog: Catalog, losses: Losses) -> list[Question]:
    """Turn items into questions; what can't be turned is noted.

    Parameters
    ----------
    entries : tuple of Entry
        Items with their lessons.
    catalog : Catalog
        Gives citations and texts of objectives.
    losses : Losses
        Takes the items that are left out, and characters that were replaced.

    Returns
    -------
    questions : list of Question
        In the given order.
    """
    questions = []
    for entry in entries:
        item = entry.item
        if item.type not in BUILDERS:
            reason = NOT_EXPORTED.get(item.type, "no export knows this type of question")
            losses.add(item.id, "", reason)
            continue
        try:
            question = build_question(item, entry.lesson, catalog)
        except BonemetsError as error:
            losses.add(item.id, "", str(error))
            continue
        for note in question.notes:
            losses.add(item.id, note, "XML and databases refuse them")
        questions.append(question)
    return questions


def build_question(item: Item, lesson: str, catalog: Catalog) -> Question:
    """Turn one item into a question.

    Parameters
    ----------
    item : Item
        Of a type in `BUILDERS`.
    lesson : str
        Id of its lesson.
    catalog : Catalog
        Gives citations and texts of objectives.

    Returns
    -------
    question : Question
        Key worked out, placeholders filled.

    Raises
    ------
    BonemetsError
        If the key or a picture can't be worked out.
    """
    say_it = _Words(item, solve(item))
    sources = [reference_view(each, catalog.claims or {}) for each in item.references]
    objectives = {
        name: line(clean(say(catalog.objectives[name].text, item.lang)))
        if name in catalog.objectives
        else name
        for name in item.objectives
    }
    question: dict[str, Any] = {
        "title": line(say_it(item.title)),
        "stem": say_it(item.stem),
        "lead_in": say_it(item.lead_in),
        "explanation": say_it(item.explanation, filled=True),
        "body": BUILDERS[item.type](item, say_it),
        "hints": tuple(Hint(text=say_it(hint.text), cost=hint.cost) for hint in item.hints),
        "sources": tuple((clean(str(each["text"])), clean(each["url"] or "")) for each in sources),
    }
    return Question(
        **question,
        id=item.id,
        version=item.version,
        type=item.type,
        lesson=lesson,
        points=item.scoring.points,
        pictures=item_pictures(item),
        objectives=objectives,
        bloom=item.bloom,
        tags=tuple(item.tags),
        review=clean(review_words(item)),
        notes=("control characters, shown as \ufffd",) if say_it.changed else (),
    )


class _Words:
    """Says the texts of one item in its language, cleaned, and remembers whether a character had to go."""

    def __init__(self, item: Item, solution: Solution) -> None:
        self._lang = item.lang
        self.solution = solution
        self.changed = False

    def __call__(self, text: Text | None, *, filled: bool = False) -> str:
        words = say(text, self._lang)
        self.changed |= not is_clean(words)
        words = clean(words)
        return fill(words, self.solution.numbers) if filled else words


def _choices(item: ChoiceItem, words: _Words) -> Body:
    answers = tuple(
        Answer(
            id=option.id,
            text=words(option.text),
            right=option.id in words.solution.keys,
            feedback=words(option.feedback, filled=True),
        )
        for option in item.options
    )
    many, partial = item.type == "multiple_response", item.scoring.method == "per_option"
    shuffle = item.shuffle and not any(option.fixed_last for option in item.options)
    return Choices(answers=_mixed(item, answers), many=many, partial=partial, shuffle=shuffle)


def _mixed(item: Item, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    # In the files the right option often stands first; paper and many players do not mix.
    by_id = {answer.id: answer for answer in answers}
    return tuple(by_id[name] for name in option_order(item, "export") or ())


def _number(item: Numeric, words: _Words) -> Body:
    solution, general = words.solution, item.feedback
    assert solution.value is not None  # noqa: S101 - numeric items always have one
    return Number(
        value=solution.value,
        tolerance=solution.tolerance,
        unit=clean(item.answer.unit),
        range=clean(range_words(item.answer)),
        shown=clean(solution.numbers["answer"]),
        right=words(general.correct if general else None, filled=True),
        wrong=words(general.incorrect if general else None, filled=True),
        errors=tuple(
            WrongNumber(value=value, tolerance=width, feedback=words(error.feedback, filled=True))
            for error, (value, width) in zip(item.common_errors, solution.errors, strict=True)
        ),
    )


def _matching(item: ExtendedMatching, words: _Words) -> Body:
    return Matching(
        answers=tuple(Answer(id=entry.id, text=words(entry.text)) for entry in item.option_list),
        cases=tuple(
            Case(
                id=case.id,
                text=words(case.text),
                right=case.key,
                feedback=words(case.feedback),
                traps={trap.option: words(trap.feedback) for trap in case.traps},
            )
            for case in item.vignettes
        ),
        partial=item.scoring.method == "per_row",
    )


def _order(item: SequenceItem, words: _Words) -> Body:
    steps = {
        step.id: Answer(id=step.id, text=words(step.text), feedback=words(step.feedback, filled=True))
        for step in item.steps
    }
    return Order(
        steps=tuple(steps[name] for name in words.solution.order),
        first=line(words(item.ends.first)),
        last=line(words(item.ends.last)),
        partial=item.scoring.method == "adjacent_pairs",
    )


def _spots(item: Hotspot, words: _Words) -> Body:
    answers = tuple(
        Answer(
            id=target.id,
            text=words(target.label),
            right=target.id in words.solution.keys,
            feedback=words(target.feedback, filled=True),
        )
        for target in item.targets
    )
    return Spots(
        answers=_mixed(item, answers), regions=words.solution.regions, miss=words(item.miss, filled=True)
    )


def _text(item: ShortText, words: _Words) -> Body:
    general = item.feedback
    return Words(
        right=Spelled(
            spellings=_spellings(item.accept.values()),
            shown=_spellings([spoken(item.accept)]),
            feedback=words(general.correct if general else None, filled=True),
        ),
        errors=tuple(
            Spelled(
                spellings=_spellings(each.texts.values()),
                shown=_spellings([spoken(each.texts)]),
                feedback=words(each.feedback, filled=True),
            )
            for each in item.reject
        ),
        wrong=words(general.incorrect if general else None, filled=True),
    )


def _spellings(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    # Capitals make no other spelling.
    found = {
        " ".join(clean(text).split()).casefold(): " ".join(clean(text).split())
        for each in lists
        for text in each
    }
    return tuple(found.values())


# The type decides the builder, so each gets the item that it expects.
BUILDERS: Final[Mapping[str, Callable[[Any, _Words], Body]]] = {
    "single_best": _choices,
    "multiple_response": _choices,
    "numeric": _number,
    "extended_matching": _matching,
    "sequence": _order,
    "hotspot": _spots,
    "short_text": _text,
}
"""Types of items that can be exported, and what turns them into the body of a question."""
