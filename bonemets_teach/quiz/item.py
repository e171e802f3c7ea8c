"""Quiz items of schema ``bm-item/1``: single best answer, multiple response, numeric."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from bonemets_teach.quiz.keys import Answer, CommonError, ComputedChoice
from bonemets_teach.quiz.parts import (
    Hint,
    Image,
    Many,
    Option,
    Part,
    Reference,
    Review,
    SceneUse,
    Slug,
    Text,
    Waiver,
)

__all__ = ["ITEM", "ChoiceItem", "Item", "MultipleResponse", "Numeric", "SingleBest"]

ItemId = Annotated[str, Field(pattern=r"^[a-z0-9]+(\.[a-z0-9-]+)+$", max_length=80)]
ObjectiveId = Annotated[str, Field(pattern=r"^BM(-[A-Z0-9]+)+$")]
Use = Literal["practice", "spaced", "live", "exam"]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]


class _Common(Part):
    schema_: Annotated[Literal["bm-item/1"], Field(alias="schema")]
    id: ItemId
    version: Annotated[int, Field(ge=1)]
    status: Literal["draft", "published", "retired"]
    lang: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    title: Text
    stem: Text | None = None
    lead_in: Text
    objectives: Annotated[Many[ObjectiveId], Field(min_length=1)]
    bloom: Bloom
    tags: Many[Slug] = ()
    use: Annotated[Many[Use], Field(min_length=1)] = ("practice",)
    scene: SceneUse | None = None
    images: Many[Image] = ()
    hints: Annotated[Many[Hint], Field(max_length=4)] = ()
    explanation: Text
    references: Many[Reference] = ()
    review: Review
    isomorphic_group: Slug | None = None
    difficulty_author: Literal["easy", "moderate", "hard"] | None = None
    waivers: Many[Waiver] = ()


class KeyScoring(Part):
    """All points for the key."""

    method: Literal["key"] = "key"
    points: Annotated[int, Field(ge=1, le=10)] = 1


class MultipleScoring(Part):
    """All points or none; or keys chosen minus distractors chosen, as a share of all keys, not below 0."""

    method: Literal["all_or_none", "per_option"] = "all_or_none"
    points: Annotated[int, Field(ge=1, le=10)] = 1


class NumericScoring(Part):
    """All points inside the tolerance."""

    method: Literal["numeric"] = "numeric"
    points: Annotated[int, Field(ge=1, le=10)] = 1


class _Choice(_Common):
    """What the two choice types share: options and where their keys come from."""

    options: Annotated[Many[Option], Field(min_length=3, max_length=6)]
    computed: ComputedChoice | None = None
    shuffle: bool = True

    @model_validator(mode="after")
    def _options_fit(self) -> _Choice:
        ids = Counter(option.id for option in self.options)
        twice = [name for name, count in ids.items() if count > 1]
        if twice:
            message = f"option id {twice[0]} is used twice"
            raise ValueError(message)
        if self.computed is None:
            return self
        if any(option.key is not None for option in self.options):
            raise ValueError("the key is computed, so no option may say key")
        cases = self.computed.cases
        if cases is not None and set(cases) != set(ids):
            message = f"computed.cases must name every option: {', '.join(ids)}"
            raise ValueError(message)
        if cases is None and any(option.value is None for option in self.options):
            raise ValueError("computed.state needs a value on every option")
        return self


class SingleBest(_Choice):
    """Exactly one option is the key."""

    type: Literal["single_best"]
    scoring: KeyScoring = KeyScoring()

    @model_validator(mode="after")
    def _one_key(self) -> SingleBest:
        keys = sum(option.key is True for option in self.options)
        if self.computed is None and keys != 1:
            message = f"a single_best item has exactly one option with key: true; this one has {keys}"
            raise ValueError(message)
        return self


class MultipleResponse(_Choice):
    """One or more options are keys."""

    type: Literal["multiple_response"]
    scoring: MultipleScoring = MultipleScoring()

    @model_validator(mode="after")
    def _some_keys(self) -> MultipleResponse:
        keys = sum(option.key is True for option in self.options)
        if self.computed is None and not 1 <= keys < len(self.options):
            message = (
                f"a multiple_response item has at least one key and one other option; it has {keys} keys"
            )
            raise ValueError(message)
        return self


class NumericFeedback(Part):
    """What to say to a right answer and to a wrong one that is no common error."""

    correct: Text
    incorrect: Text


class Numeric(_Common):
    """The answer is a number."""

    type: Literal["numeric"]
    answer: Answer
    common_errors: Many[CommonError] = ()
    feedback: NumericFeedback | None = None
    scoring: NumericScoring = NumericScoring()


ChoiceItem = SingleBest | MultipleResponse
Item = SingleBest | MultipleResponse | Numeric
ITEM: TypeAdapter[Item] = TypeAdapter(Annotated[Item, Field(discriminator="type")])
