"""Short text: the learner writes a word or two."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.free_text import Rejected, Spellings, refuse_numbers, spelled
from bonemets_teach.quiz.parts import Many, Part, Text, once

__all__ = ["ShortText", "TextFeedback"]


class TextFeedback(Part):
    """What to say to a right answer and to a wrong one that is not listed."""

    correct: Text
    incorrect: Text


class TextScoring(Part):
    """All points for an accepted answer."""

    method: Literal["text"] = "text"
    points: Points = 1


class ShortText(ItemBase):
    """Right is what `accept` lists, after spaces, hyphens, accents and capitals are taken out."""

    type: Literal["short_text"]
    accept: Spellings
    reject: Annotated[Many[Rejected], Field(max_length=20)] = ()
    feedback: TextFeedback | None = None
    scoring: TextScoring = TextScoring()

    @model_validator(mode="after")
    def _answers_differ(self) -> ShortText:
        refuse_numbers(self.accept)
        once("reject id", (each.id for each in self.reject))
        seen = dict.fromkeys(spelled(self.accept), "accept")
        for each in self.reject:
            for form in spelled(each.texts):
                if form in seen:
                    message = f"reject {each.id} has an answer that {seen[form]} has already"
                    raise ValueError(message)
                seen[form] = f"reject {each.id}"
        return self
