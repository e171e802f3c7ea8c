"""Grades cases in steps, script concordance, words and polls."""

from __future__ import annotations

from typing import Any

from bonemets_teach.content.language import tr
from bonemets_teach.quiz.free_text import Accepted, Rejected, main_spelling, normal_form, spelled
from bonemets_teach.quiz.item import CaseItem
from bonemets_teach.quiz.key_feature import KeyFeature, KeyStep, MenuOption
from bonemets_teach.quiz.outcome import OptionOutcome, Outcome, points, words
from bonemets_teach.quiz.outcome_parts import PanelOutcome, StepChoice, StepOutcome
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.poll import Poll
from bonemets_teach.quiz.response_cases import read_poll, read_ratings, read_steps, read_text
from bonemets_teach.quiz.script_concordance import SCALE, ScriptConcordance
from bonemets_teach.quiz.short_text import ShortText
from bonemets_teach.quiz.solution import Solution

__all__ = ["grade_case"]

_KILLED = "A choice that would harm the patient makes this case worth no points."
_PLAIN = Solution()


def grade_case(item: CaseItem, response: Any, hints_used: int) -> Outcome:
    """Grade an item of one of these types; see `grade`."""
    if isinstance(item, KeyFeature):
        return _grade_steps(item, read_steps(item, response), hints_used)
    if isinstance(item, ScriptConcordance):
        return _grade_ratings(item, read_ratings(item, response), hints_used)
    if isinstance(item, ShortText):
        return _grade_text(item, read_text(response), hints_used)
    return _take_vote(item, read_poll(item, response))


def _grade_steps(item: KeyFeature, chosen: dict[str, list[str]], hints_used: int) -> Outcome:
    steps = tuple(_step_outcome(step, chosen[step.id]) for step in item.steps)
    share = sum(step.share for step in steps) / len(steps)
    fatal = item.scoring.killer == "case" and any(step.killed for step in steps)
    ideas = [
        name
        for step, found in zip(item.steps, steps, strict=True)
        for name in _ideas(step, {choice.id for choice in found.choices if choice.chosen})
    ]
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=chosen,
        correct=share == 1.0 and not fatal,
        score=points(item, item.scoring.points, 0.0 if fatal else share, hints_used),
        max_score=float(item.scoring.points),
        steps=steps,
        message=tr(_KILLED) if fatal else "",
        explanation=words(item.explanation, _PLAIN),
        references=item.references,
        misconceptions=tuple(ideas),
    )


def _ideas(step: KeyStep, chosen: set[str]) -> list[str]:
    listed: tuple[MenuOption | Rejected, ...] = (*step.options, *step.reject)
    return [each.misconception for each in listed if each.misconception and each.id in chosen]


def _step_outcome(step: KeyStep, given: list[str]) -> StepOutcome:
    choices = _menu_choices(step, given) if step.ask == "menu" else _written_choices(step, given)
    killed = any(choice.killer and choice.chosen for choice in choices)
    found = sum(choice.is_key and choice.chosen for choice in choices)
    share = 0.0 if killed else found / len(step.wanted())
    return StepOutcome(id=step.id, share=share, killed=killed, choices=tuple(choices))


def _menu_choices(step: KeyStep, given: list[str]) -> list[StepChoice]:
    return [
        StepChoice(
            id=option.id,
            text=say(option.text),
            is_key=option.key,
            chosen=option.id in given,
            killer=option.id in step.killers,
            feedback=say(option.feedback),
        )
        for option in step.options
    ]


def _written_choices(step: KeyStep, given: list[str]) -> list[StepChoice]:
    left = {normal_form(text): text for text in given}
    choices = []
    listed: tuple[Accepted | Rejected, ...] = (*step.accept, *step.reject)
    for each in listed:
        hits = [left.pop(form) for form in sorted(spelled(each.texts)) if form in left]
        if hits or each.id in step.wanted():
            choices.append(
                StepChoice(
                    id=each.id,
                    text=main_spelling(each.texts),
                    is_key=each.id in step.wanted(),
                    chosen=bool(hits),
                    killer=each.id in step.killers,
                    feedback=say(each.feedback),
                    written=", ".join(hits),
                )
            )
    unknown = [
        StepChoice(id="", text="", is_key=False, chosen=True, killer=False, feedback="", written=text)
        for text in left.values()
    ]
    return choices + unknown


def _grade_ratings(item: ScriptConcordance, ratings: dict[str, int], hints_used: int) -> Outcome:
    counted = set(item.scored())
    rows = []
    for row in item.rows:
        votes = item.votes(row.id)
        weight = votes[SCALE.index(ratings[row.id])] / max(votes) if row.id in counted else None
        rows.append(
            PanelOutcome(
                id=row.id,
                given=ratings[row.id],
                votes=tuple(votes),
                share=weight,
                feedback=words(row.feedback, _PLAIN),
            )
        )
    shares = [row.share for row in rows if row.share is not None]
    share = sum(shares) / len(shares) if shares else 0.0
    most = item.scoring.points if shares else 0
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=ratings,
        correct=share == 1.0 if shares else None,
        score=points(item, most, share, hints_used),
        max_score=float(most),
        panel=tuple(rows),
        explanation=words(item.explanation, _PLAIN),
        references=item.references,
    )


def _grade_text(item: ShortText, text: str, hints_used: int) -> Outcome:
    form = normal_form(text)
    correct = form in spelled(item.accept)
    known = next((each for each in item.reject if form in spelled(each.texts)), None)
    general = item.feedback
    if known is not None:
        message = words(known.feedback, _PLAIN)
    else:
        message = words((general.correct if correct else general.incorrect) if general else None, _PLAIN)
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=text,
        correct=correct,
        score=points(item, item.scoring.points, float(correct), hints_used),
        max_score=float(item.scoring.points),
        message=message,
        accepted=main_spelling(item.accept),
        explanation=words(item.explanation, _PLAIN),
        references=item.references,
        misconceptions=(known.misconception,) if known and known.misconception else (),
    )


def _take_vote(item: Poll, chosen: str) -> Outcome:
    options = tuple(
        OptionOutcome(
            id=option.id, is_key=False, chosen=option.id == chosen, feedback=words(option.feedback, _PLAIN)
        )
        for option in item.options
    )
    return Outcome(
        item_id=item.id,
        item_version=item.version,
        response=chosen,
        correct=None,
        score=0.0,
        max_score=0.0,
        options=options,
        explanation=words(item.explanation, _PLAIN),
        references=item.references,
    )
