"""The texts of cases in steps, script concordance, words and polls, for the linter and for authors."""

from __future__ import annotations

from collections.abc import Iterator

from bonemets_teach.quiz.free_text import Accepted, main_spelling
from bonemets_teach.quiz.item import CaseItem
from bonemets_teach.quiz.key_feature import KeyFeature, MenuOption
from bonemets_teach.quiz.markdown import plain
from bonemets_teach.quiz.parts import Text, say
from bonemets_teach.quiz.poll import Poll
from bonemets_teach.quiz.script_concordance import ScriptConcordance
from bonemets_teach.quiz.short_text import ShortText

__all__ = ["case_feedback", "case_keys", "case_later", "case_listed", "case_misconceptions", "case_texts"]


def case_feedback(item: CaseItem) -> Iterator[tuple[str, Text | None]]:
    """List the feedback that every option, feature or row must have; see `row_feedback`."""
    if isinstance(item, Poll):
        yield from ((f"options[{each.id}].feedback", each.feedback) for each in item.options)
    elif isinstance(item, ScriptConcordance):
        yield from ((f"rows[{row.id}].feedback", row.feedback) for row in item.rows)
    elif isinstance(item, KeyFeature):
        for step in item.steps:
            field = "options" if step.options else "accept"
            rows: tuple[MenuOption | Accepted, ...] = step.options or step.accept
            yield from ((f"steps[{step.id}].{field}[{each.id}].feedback", each.feedback) for each in rows)


def case_listed(item: CaseItem) -> list[tuple[str, str]]:
    """List what a learner may choose; see `listed_words`."""
    if isinstance(item, Poll):
        return [(f"options[{each.id}].text", plain(say(each.text))) for each in item.options]
    if not isinstance(item, KeyFeature):
        return []
    return [
        (f"steps[{step.id}].options[{each.id}].text", plain(say(each.text)))
        for step in item.steps
        for each in step.options
    ]


def case_later(item: CaseItem) -> Iterator[tuple[str, str]]:
    """List texts that are shown after the answer besides the feedback of `case_feedback`."""
    if isinstance(item, ShortText):
        if item.feedback:
            yield "feedback.correct", say(item.feedback.correct)
            yield "feedback.incorrect", say(item.feedback.incorrect)
        yield from ((f"reject[{each.id}].feedback", say(each.feedback)) for each in item.reject)
    elif isinstance(item, KeyFeature):
        for step in item.steps:
            for wrong in step.reject:
                yield f"steps[{step.id}].reject[{wrong.id}].feedback", say(wrong.feedback)


def case_texts(item: CaseItem) -> Iterator[tuple[str, str]]:
    """List the texts of steps and rows that stand before the answer."""
    if isinstance(item, ScriptConcordance):
        for row in item.rows:
            yield f"rows[{row.id}].hypothesis", say(row.hypothesis)
            yield f"rows[{row.id}].new_info", say(row.new_info)
    elif isinstance(item, KeyFeature):
        for step in item.steps:
            yield f"steps[{step.id}].stem", say(step.stem)
            yield f"steps[{step.id}].lead_in", say(step.lead_in)


def case_misconceptions(item: CaseItem) -> list[tuple[str, str]]:
    """List the wrong ideas that an item names, with their paths."""
    if isinstance(item, ShortText):
        return [(f"reject[{each.id}]", each.misconception) for each in item.reject if each.misconception]
    if not isinstance(item, KeyFeature):
        return []
    menus = [
        (f"steps[{step.id}].options[{each.id}]", each.misconception)
        for step in item.steps
        for each in step.options
        if each.misconception
    ]
    written = [
        (f"steps[{step.id}].reject[{each.id}]", each.misconception)
        for step in item.steps
        for each in step.reject
        if each.misconception
    ]
    return menus + written


def case_keys(item: CaseItem) -> Iterator[str]:
    """Write what is right, one line each; see `key_lines`."""
    if isinstance(item, ShortText):
        yield f"  * {'; '.join(text for texts in item.accept.values() for text in texts)}"
        yield from (f"    {each.id}. {main_spelling(each.texts)}" for each in item.reject)
    elif isinstance(item, Poll):
        yield from (f"    {each.id}. {plain(say(each.text))}" for each in item.options)
    elif isinstance(item, ScriptConcordance):
        yield from (f"    {row.id}. {plain(say(row.new_info))}  {item.votes(row.id)}" for row in item.rows)
    else:
        for step in item.steps:
            yield f"  {step.id}: {plain(say(step.lead_in))}"
            for name in step.ids():
                mark = "*" if name in step.wanted() else "!" if name in step.killers else " "
                yield f"  {mark} {name}"
