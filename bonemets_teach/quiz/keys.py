"""How an item states its key: as a number, or as a question to a scene's model."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.parts import OptionId, Part, Slug, Text

__all__ = ["Answer", "CommonError", "ComputedChoice", "Measurement", "Tolerance"]

Number = Annotated[float, Field(allow_inf_nan=False)]
Quantity = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
State = dict[str, Any]


class Measurement(Part):
    """One quantity of one scene in one state."""

    scene: Slug
    quantity: Quantity
    state: State = Field(default_factory=dict)


class ComputedChoice(Part):
    """Marks options as keys by what a scene says about them.

    With `cases` each option stands for a state; with `state` each option carries a `value` and the
    one nearest to the quantity is right.
    """

    scene: Slug
    quantity: Quantity
    choose: Literal["max", "min", "nearest", "above", "below"]
    value: Number | None = None
    state: State | None = None
    cases: dict[OptionId, State] | None = None
    scale: Number = 1.0
    round: Annotated[int, Field(ge=0, le=6)] = 1

    @model_validator(mode="after")
    def _complete(self) -> ComputedChoice:
        if (self.state is None) == (self.cases is None):
            raise ValueError(
                "give either cases (a state for each option) or state (one state for all), not both"
            )
        if self.state is not None and (self.choose != "nearest" or self.value is not None):
            raise ValueError("with state, choose must be nearest, and each option carries its own value")
        needs = self.cases is not None and self.choose in {"nearest", "above", "below"}
        if needs != (self.value is not None):
            words = (
                f"choose: {self.choose} with cases needs value"
                if needs
                else "value is used by nearest, above, below only"
            )
            raise ValueError(words)
        return self


class Tolerance(Part):
    """How far an answer may be off: in the answer's unit (abs) or as a share of it (rel)."""

    abs: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    rel: Annotated[float, Field(ge=0, le=0.5)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Tolerance:
        if (self.abs is None) == (self.rel is None):
            raise ValueError("tolerance is either abs or rel")
        return self


class _Valued(Part):
    value: Number | None = None
    computed: Measurement | None = None
    scale: Number = 1.0
    round: Annotated[int, Field(ge=0, le=6)] = 1

    @model_validator(mode="after")
    def _one_source(self) -> _Valued:
        if (self.value is None) == (self.computed is None):
            raise ValueError("give either value or computed, not both and not neither")
        return self


class Answer(_Valued):
    """The right number, its tolerance, unit and the range that the answer box takes."""

    tolerance: Tolerance
    unit: Annotated[str, Field(max_length=20)] = ""
    min: Number | None = None
    max: Number | None = None
    integer: bool = False

    @model_validator(mode="after")
    def _range(self) -> Answer:
        low, high = self.min, self.max
        if low is not None and high is not None and low >= high:
            raise ValueError("min must be smaller than max")
        outside = self.value is not None and (
            (low is not None and self.value < low) or (high is not None and self.value > high)
        )
        if outside:
            raise ValueError("value lies outside min to max, so nobody could enter it")
        return self


class CommonError(_Valued):
    """A wrong number that tells what went wrong; takes the answer's tolerance if it has none."""

    tolerance: Tolerance | None = None
    feedback: Text
    misconception: Slug | None = None
