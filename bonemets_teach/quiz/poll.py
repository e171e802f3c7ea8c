"""Polls: a question without a right answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase
from bonemets_teach.quiz.parts import Many, OptionId, Part, Text, once

__all__ = ["NoScoring", "Poll", "PollOption"]


class PollOption(Part):
    """One choice; feedback may be missing in a draft only."""

    id: OptionId
    text: Text
    feedback: Text | None = None


class NoScoring(Part):
    """No points: the answer counts neither as right nor as wrong."""

    method: Literal["none"] = "none"
    points: Literal[0] = 0


class Poll(ItemBase):
    """Options stand in the order of the file, since they often form a scale."""

    type: Literal["poll"]
    options: Annotated[Many[PollOption], Field(min_length=2, max_length=8)]
    shuffle: bool = False
    scoring: NoScoring = NoScoring()

    @model_validator(mode="after")
    def _ids_differ(self) -> Poll:
        once("option id", (option.id for option in self.options))
        if self.hints:
            raise ValueError("a poll has no right answer, so it can't have hints")
        return self
