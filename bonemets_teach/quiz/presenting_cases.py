"""What the page may see of cases in steps, script concordance, words and polls, before and after the answer."""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.content.language import tr
from bonemets_teach.quiz.free_text import LONGEST
from bonemets_teach.quiz.item import CaseItem
from bonemets_teach.quiz.key_feature import KeyFeature
from bonemets_teach.quiz.markdown import plain, to_html
from bonemets_teach.quiz.outcome import Outcome
from bonemets_teach.quiz.outcome_parts import StepChoice
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.script_concordance import SCALE, SMALL_PANEL, ScriptConcordance
from bonemets_teach.quiz.short_text import ShortText

__all__ = ["case_outcome_view", "case_view", "panel_banner", "step_view"]

_HEADS: Final = {
    "diagnosis": ("If you were thinking of", "and then you find", "this diagnosis becomes"),
    "investigation": ("If you were planning", "and then you find", "this test becomes"),
    "treatment": ("If you were planning", "and then you find", "this treatment becomes"),
}
_ENDS: Final = {
    "diagnosis": ("ruled out, or almost", "less likely", "neither more nor less likely", "more likely", "certain, or almost"),
    "investigation": ("useless or harmful", "less useful", "neither more nor less useful", "more useful", "necessary"),
    "treatment": ("contraindicated", "less indicated", "neither more nor less indicated", "more indicated", "strongly indicated"),
}  # fmt: skip


def case_view(item: CaseItem) -> dict[str, Any]:
    """Return the part of the view that belongs to the item's type.

    Parameters
    ----------
    item : KeyFeature, ScriptConcordance, ShortText or Poll
        The item.

    Returns
    -------
    view : dict
        Plain data for a message; of a case in steps the first step alone.
    """
    if isinstance(item, KeyFeature):
        return {"count": len(item.steps), "step": step_view(item, 0)}
    if isinstance(item, ScriptConcordance):
        return _panel_view(item)
    if isinstance(item, ShortText):
        return {"longest": LONGEST}
    names = [{"id": option.id, "html": to_html(say(option.text), inline=True)} for option in item.options]
    return {"options": names, "rule": tr("There is no right answer, and nothing is scored.")}


def step_view(item: KeyFeature, at: int) -> dict[str, Any]:
    """Return one step of a case as the page may see it before it is answered.

    Parameters
    ----------
    item : KeyFeature
        The item.
    at : int
        Number of the step, from 0.

    Returns
    -------
    view : dict
        Plain data for a message.
    """
    step = item.steps[at]
    return {
        "id": step.id,
        "number": at + 1,
        "ask": step.ask,
        "stem": to_html(say(step.stem)),
        "lead_in": to_html(say(step.lead_in), inline=True),
        "options": [
            {"id": option.id, "html": to_html(say(option.text), inline=True)} for option in step.options
        ],
        "most": step.max_select,
        "longest": LONGEST,
    }


def panel_banner(item: ScriptConcordance) -> str:
    """Say how large the panel is, and what follows from that.

    Parameters
    ----------
    item : ScriptConcordance
        The item.

    Returns
    -------
    words : str
        One or two sentences.
    """
    size = len(item.panel)
    if not size:
        return "No panel of experts has voted on this question yet, so nothing is scored. You can compare your judgment with the authors’ reasoning."
    voted = f"{size} expert{'s' if size > 1 else ''} voted: {item.panel_source}."
    left_out = len(item.rows) - len(item.scored())
    split = f" {left_out} of {len(item.rows)} rows split the panel and do not count." if left_out else ""
    small = f" Fewer than {SMALL_PANEL} make the score unreliable." if size < SMALL_PANEL else ""
    return f"{voted}{split}{small} For practice only."


def _panel_view(item: ScriptConcordance) -> dict[str, Any]:
    return {
        "points": item.scoring.points if item.scored() else 0,
        "banner": panel_banner(item),
        "heads": [tr(words) for words in _HEADS[item.frame]],
        "scale": [
            {"value": value, "text": tr(text)} for value, text in zip(SCALE, _ENDS[item.frame], strict=True)
        ],
        "rows": [
            {
                "id": row.id,
                "html": to_html(say(row.hypothesis), inline=True),
                "info": to_html(say(row.new_info), inline=True),
                "text": plain(say(row.hypothesis)),
            }
            for row in item.rows
        ],
    }


def case_outcome_view(item: CaseItem, outcome: Outcome) -> dict[str, Any]:
    """Return what the page shows of steps and panels after the answer.

    Parameters
    ----------
    item : KeyFeature, ScriptConcordance, ShortText or Poll
        The item.
    outcome : Outcome
        From `grade`.

    Returns
    -------
    view : dict
        Plain data for a message.
    """
    if isinstance(item, KeyFeature):
        steps = [
            {
                **step_view(item, at),
                "share": round(found.share, 4),
                "killed": found.killed,
                "choices": [_choice(choice) for choice in found.choices],
            }
            for at, found in enumerate(outcome.steps)
        ]
        return {"steps": steps}
    if not isinstance(item, ScriptConcordance):
        return {}
    panel = [
        {
            "id": row.id,
            "given": row.given,
            "votes": list(row.votes),
            "share": None if row.share is None else round(row.share, 4),
            "html": to_html(row.feedback, inline=True),
        }
        for row in outcome.panel
    ]
    return {"panel": panel}


def _choice(choice: StepChoice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "html": to_html(choice.text, inline=True),
        "right": choice.is_key,
        "chosen": choice.chosen,
        "killer": choice.killer,
        "why": to_html(choice.feedback, inline=True),
        "written": choice.written,
    }
