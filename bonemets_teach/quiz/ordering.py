"""Sequence items: bring steps, events or settings into their order."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.keys import Quantity
from bonemets_teach.quiz.parts import Many, OptionId, Part, Slug, Text, once

__all__ = ["ComputedOrder", "SequenceItem", "Step"]


class Step(Part):
    """One thing to put in its place; feedback may be missing in a draft only."""

    id: OptionId
    text: Text
    feedback: Text | None = None


class ComputedOrder(Part):
    """The right order by what a scene says: one quantity in a case for each step, or a quantity for each in one state."""

    scene: Slug
    order: Literal["ascending", "descending"]
    quantity: Quantity | None = None
    cases: dict[OptionId, dict[str, Any]] | None = None
    quantities: dict[OptionId, Quantity] | None = None
    state: dict[str, Any] = Field(default_factory=dict)
    round: Annotated[int, Field(ge=0, le=6)] = 1

    @model_validator(mode="after")
    def _one_kind(self) -> ComputedOrder:
        if (self.cases is None) == (self.quantities is None):
            raise ValueError("give either cases with quantity, or quantities with state")
        if (self.cases is None) != (self.quantity is None) or (self.cases is not None and self.state):
            raise ValueError("cases go with one quantity, quantities go with one state")
        return self


class Ends(Part):
    """What the two ends of the order mean, for example earliest and latest."""

    first: Text
    last: Text


class OrderScoring(Part):
    """All points for the whole order, or the share of neighbors that stand in the right order side by side."""

    method: Literal["exact", "adjacent_pairs"] = "exact"
    points: Points = 1


class SequenceItem(ItemBase):
    """Steps stand in the file in their right order, unless a scene computes it."""

    type: Literal["sequence"]
    steps: Annotated[Many[Step], Field(min_length=3, max_length=8)]
    ends: Ends
    computed: ComputedOrder | None = None
    scoring: OrderScoring = OrderScoring()

    @model_validator(mode="after")
    def _steps_fit(self) -> SequenceItem:
        once("step id", (step.id for step in self.steps))
        if self.computed is None:
            return self
        named = set(self.computed.cases or self.computed.quantities or {})
        if named != {step.id for step in self.steps}:
            message = f"computed must name every step: {', '.join(step.id for step in self.steps)}"
            raise ValueError(message)
        return self
