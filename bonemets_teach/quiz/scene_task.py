"""Scene tasks: the answer is a state of an explorer, checked by what the model says about it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.keys import Number, Quantity, State
from bonemets_teach.quiz.parts import Many, OptionId, Part, Slug, Text, once

__all__ = ["SceneCheck", "SceneTask"]


class SceneCheck(Part):
    """One thing that must hold in the state: a quantity or a control, and a rule.

    Limits belong to the allowed range. `feedback` is shown when the check fails, `text` always.
    """

    id: OptionId
    text: Text
    quantity: Quantity | None = None
    control: Quantity | None = None
    rule: Literal["above", "below", "between", "equals"]
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    setting: Any = None
    unit: Annotated[str, Field(max_length=20)] = ""
    round: Annotated[int, Field(ge=0, le=6)] = 1
    feedback: Text | None = None
    misconception: Slug | None = None

    @model_validator(mode="after")
    def _rule_fits(self) -> SceneCheck:
        if (self.quantity is None) == (self.control is None):
            raise ValueError("a check looks at either a quantity or a control")
        needed = {"above": {"value"}, "below": {"value"}, "between": {"low", "high"}, "equals": {"setting"}}[
            self.rule
        ]
        given = {name for name in ("value", "low", "high", "setting") if getattr(self, name) is not None}
        if given != needed:
            message = f"rule {self.rule} needs {' and '.join(sorted(needed))}, and nothing else"
            raise ValueError(message)
        if self.rule == "equals" and self.control is None:
            raise ValueError("rule equals is for a control; give a quantity a range with between")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low must be smaller than high")
        return self

    def holds(self, found: Any) -> bool:
        """Tell whether a value keeps the rule.

        Parameters
        ----------
        found : object
            Value of the quantity or the control.

        Returns
        -------
        holds : bool
            Limits belong to the allowed range.
        """
        if self.rule == "equals":
            return bool(found == self.setting)
        low = self.value if self.rule == "above" else self.low
        high = self.value if self.rule == "below" else self.high
        return (low is None or found >= low) and (high is None or found <= high)


class CheckScoring(Part):
    """Points by the share of checks that hold, or all points or none."""

    method: Literal["all_or_none", "per_check"] = "all_or_none"
    points: Points = 1


class SceneTask(ItemBase):
    """Set an explorer of the same page so that all checks hold; `solution` is a state in which they do."""

    type: Literal["scene_task"]
    explorer: Slug
    checks: Annotated[Many[SceneCheck], Field(min_length=1, max_length=5)]
    solution: State
    scoring: CheckScoring = CheckScoring()

    @model_validator(mode="after")
    def _ids_differ(self) -> SceneTask:
        once("check id", (check.id for check in self.checks))
        return self
