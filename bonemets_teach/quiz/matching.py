"""Extended matching: one list of answers, several short cases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.parts import Many, OptionId, Part, Slug, Text, once

__all__ = ["ExtendedMatching", "ListEntry", "Trap", "Vignette"]


class ListEntry(Part):
    """One answer of the shared list."""

    id: OptionId
    text: Text


class Trap(Part):
    """A wrong answer to a case that deserves words of its own."""

    option: OptionId
    feedback: Text
    misconception: Slug | None = None


class Vignette(Part):
    """One case: `key` names its answer in the list; feedback may be missing in a draft only."""

    id: OptionId
    text: Text
    key: OptionId
    feedback: Text | None = None
    traps: Many[Trap] = ()


class RowScoring(Part):
    """Points by the share of rows that are right, or all points or none."""

    method: Literal["per_row", "all_or_none"] = "per_row"
    points: Points = 1


class ExtendedMatching(ItemBase):
    """Each case takes one answer of the list; an answer may fit several cases or none."""

    type: Literal["extended_matching"]
    option_list: Annotated[Many[ListEntry], Field(min_length=5, max_length=20)]
    vignettes: Annotated[Many[Vignette], Field(min_length=2, max_length=6)]
    shuffle: bool = True
    scoring: RowScoring = RowScoring()

    @model_validator(mode="after")
    def _keys_exist(self) -> ExtendedMatching:
        once("option_list id", (entry.id for entry in self.option_list))
        once("vignette id", (case.id for case in self.vignettes))
        known = {entry.id for entry in self.option_list}
        for case in self.vignettes:
            if case.key not in known:
                message = f"the key “{case.key}” of vignette {case.id} is not in option_list"
                raise ValueError(message)
            for trap in case.traps:
                if trap.option not in known or trap.option == case.key:
                    message = f"the trap “{trap.option}” of vignette {case.id} must be a wrong answer of option_list"
                    raise ValueError(message)
        return self
