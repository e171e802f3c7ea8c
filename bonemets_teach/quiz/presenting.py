"""What the page may see: before the answer no key, no feedback, no tolerance; after it everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from bonemets_teach.content.language import tr
from bonemets_teach.evidence.claims import Claim
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.item import (
    CaseItem,
    ChoiceItem,
    ExtendedMatching,
    Hotspot,
    Item,
    Numeric,
    SceneTask,
    SequenceItem,
)
from bonemets_teach.quiz.item_language import item_language
from bonemets_teach.quiz.markdown import plain, to_html
from bonemets_teach.quiz.outcome import Outcome, RowOutcome
from bonemets_teach.quiz.parts import Option, Reference, say
from bonemets_teach.quiz.presenting_cases import case_outcome_view, case_view
from bonemets_teach.quiz.presenting_types import option_order, type_view
from bonemets_teach.quiz.response import range_words
from bonemets_teach.scenes.registry import SCENE_IDS

__all__ = ["hint_view", "level_words", "outcome_view", "public_view", "reference_view", "review_words"]

_BLOOM: Final = {
    "remember": "Recall", "understand": "Understanding", "apply": "Application", "analyze": "Analysis",
    "evaluate": "Judgment", "create": "Synthesis",
}  # fmt: skip


def public_view(item: Item, learner: str) -> dict[str, Any]:
    """Return what the page shows before the answer.

    Parameters
    ----------
    item : Item
        The item.
    learner : str
        Decides the order of the options.

    Returns
    -------
    view : dict
        Plain data for a message; built from what is listed here and nothing else.
    """
    view: dict[str, Any] = {
        "id": item.id,
        "version": item.version,
        "type": item.type,
        "title": plain(say(item.title)),
        "lang": item_language(item),
        "level": level_words(item),
        "stem": to_html(say(item.stem)),
        "lead_in": to_html(say(item.lead_in), inline=True),
        "points": item.scoring.points,
        "hints": len(item.hints),
        "pictures": _pictures(item, "stimulus"),
        "review": review_words(item),
    }
    if isinstance(item, CaseItem):
        return view | case_view(item)
    if isinstance(item, Numeric):
        view |= {"unit": item.answer.unit, "range": range_words(item.answer), "integer": item.answer.integer}
        return view
    if isinstance(item, Hotspot):
        view |= type_view(item, learner)
        view["spot"], view["pictures"] = view["pictures"][0], []
        return view
    if not isinstance(item, ChoiceItem):
        return view | type_view(item, learner)
    by_id: Mapping[str, Option] = {option.id: option for option in item.options}
    order = option_order(item, learner) or []
    view["options"] = [{"id": name, "html": to_html(say(by_id[name].text), inline=True)} for name in order]
    if item.scoring.method == "per_option":
        view["rule"] = tr("Partial credit: right choices minus wrong choices, never below zero.")
    return view


def level_words(item: Item) -> str:
    """Say how deep an item asks.

    Parameters
    ----------
    item : Item
        The item.

    Returns
    -------
    words : str
        For example "Recall".
    """
    return tr(_BLOOM[item.bloom])


def hint_view(item: Item, number: int) -> dict[str, Any]:
    """Return one hint.

    Parameters
    ----------
    item : Item
        The item.
    number : int
        First hint is 1.

    Returns
    -------
    view : dict
        Plain data for a message.
    """
    hint = item.hints[number - 1]
    return {
        "item_id": item.id,
        "number": number,
        "html": to_html(say(hint.text), inline=True),
        "cost": hint.cost,
    }


def outcome_view(item: Item, outcome: Outcome, catalog: Catalog) -> dict[str, Any]:
    """Return what the page shows after the answer.

    Parameters
    ----------
    item : Item
        The item.
    outcome : Outcome
        From `grade`.
    catalog : Catalog
        Gives citations of claims and texts of objectives.

    Returns
    -------
    view : dict
        Plain data for a message.
    """
    options = [
        {
            "id": each.id,
            "right": each.is_key,
            "chosen": each.chosen,
            "html": to_html(each.feedback, inline=True),
        }
        for each in outcome.options
    ]
    return {
        "item_id": item.id,
        "response": outcome.response,
        "correct": outcome.correct,
        "score": outcome.score,
        "max_score": outcome.max_score,
        "options": options,
        "rows": [_row(row) for row in outcome.rows],
        "regions": [{"id": name, **asdict(region)} for name, region in outcome.regions.items()],
        "message": to_html(outcome.message),
        "accepted": outcome.accepted,
        "explanation": to_html(outcome.explanation),
        "references": [reference_view(each, catalog.claims or {}) for each in outcome.references],
        "objectives": [
            plain(tr(say(catalog.objectives[name].text)))
            for name in item.objectives
            if name in catalog.objectives
        ],
        "pictures": _pictures(item, "shown_after_answer"),
        "explore": _in_explorer(_explore(item, outcome)),
        **(case_outcome_view(item, outcome) if isinstance(item, CaseItem) else {}),
    }


def _row(row: RowOutcome) -> dict[str, Any]:
    return {
        "id": row.id,
        "right": row.right,
        "given": row.given,
        "wanted": row.wanted,
        "text": to_html(row.text, inline=True),
        "html": to_html(row.feedback, inline=True),
    }


def _pictures(item: Item, role: str) -> list[dict[str, Any]]:
    pictures = []
    if item.scene is not None and item.scene.role == role:
        pictures.append(
            {
                "index": 0,
                "alt": plain(say(item.scene.alt)),
                "credit": tr("Computed by the model of this lesson."),
            }
        )
    if role == "stimulus":
        pictures += [
            {"index": number, "alt": plain(say(image.alt)), "credit": f"{image.credit}, {image.license}"}
            for number, image in enumerate(item.images, start=1)
        ]
    return pictures


def _in_explorer(asked: dict[str, Any] | None) -> dict[str, Any] | None:
    # Pictures for questions are no explorers, so there is nothing to open.
    return asked if asked and asked["scene"] in SCENE_IDS else None


def _explore(item: Item, outcome: Outcome) -> dict[str, Any] | None:
    """Say which state of which explorer shows what the item asked."""
    if isinstance(item, SceneTask):
        return {"scene": item.explorer, "state": item.solution}
    if item.scene is not None:
        return {"scene": item.scene.id, "state": item.scene.state}
    if isinstance(item, Numeric):
        asked = item.answer.computed
        return {"scene": asked.scene, "state": asked.state} if asked else None
    if isinstance(item, SequenceItem):
        return {"scene": item.computed.scene, "state": item.computed.state} if item.computed else None
    if isinstance(item, ExtendedMatching | Hotspot | CaseItem) or item.computed is None:
        return None
    right = next((option.id for option in outcome.options if option.is_key), "")
    state = item.computed.state if item.computed.cases is None else item.computed.cases.get(right)
    return {"scene": item.computed.scene, "state": state or {}}


def review_words(item: Item) -> str:
    """Say who wrote an item and who checked it.

    Parameters
    ----------
    item : Item
        The item.

    Returns
    -------
    words : str
        Two sentences.
    """
    reviewer = item.review.clinical_reviewer
    checked = (
        tr("Clinical review: {name}.", name=reviewer) if reviewer else tr("Not yet reviewed by a clinician.")
    )
    author, day = tr(item.review.author), f"{item.review.reviewed_on:%Y-%m-%d}"
    return f"{checked} {tr('Written by {author}, {day}.', author=author, day=day)}"


def reference_view(reference: Reference, claims: Mapping[str, Claim]) -> dict[str, str | None]:
    """Return a source as the page shows it.

    Parameters
    ----------
    reference : Reference
        A claim's key or a citation.
    claims : mapping
        Key to claim.

    Returns
    -------
    view : dict
        text; anchor of the claim or None; url or None.
    """
    place = f", {reference.loc}" if reference.loc else ""
    if reference.claim is None:
        checked = f"{reference.checked_on:%Y-%m-%d}" if reference.checked_on else ""
        checked = tr(", read on {day}", day=checked) if checked else ""
        return {"text": f"{reference.cite}{place}{checked}.", "anchor": None, "url": reference.url}
    claim = claims.get(reference.claim)
    if claim is None:
        return {"text": reference.claim, "anchor": None, "url": None}
    doubt = "" if claim.is_checked else f" ({tr(claim.confidence_words)})"
    words = f"{claim.citation.rstrip('.')}{place}{doubt}."
    return {"text": words, "anchor": f"claim-{claim.key}", "url": next(iter(claim.links), None)}
