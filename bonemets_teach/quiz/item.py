"""Quiz items of schema ``bm-item/1``: choice and numeric items here, and the union of all types."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.hotspot import Hotspot
from bonemets_teach.quiz.key_feature import KeyFeature
from bonemets_teach.quiz.keys import Answer, CommonError, ComputedChoice
from bonemets_teach.quiz.matching import ExtendedMatching
from bonemets_teach.quiz.ordering import SequenceItem
from bonemets_teach.quiz.parts import Many, Option, Part, Text, once
from bonemets_teach.quiz.poll import Poll
from bonemets_teach.quiz.scene_task import SceneTask
from bonemets_teach.quiz.script_concordance import ScriptConcordance
from bonemets_teach.quiz.short_text import ShortText

__all__ = [
    "ITEM", "ITEM_TYPES", "CaseItem", "ChoiceItem", "ExtendedMatching", "Hotspot", "Item", "KeyFeature", "MultipleResponse",
    "Numeric", "Poll", "SceneTask", "ScriptConcordance", "SequenceItem", "ShortText", "SingleBest",
]  # fmt: skip


class KeyScoring(Part):
    """All points for the key."""

    method: Literal["key"] = "key"
    points: Points = 1


class MultipleScoring(Part):
    """All points or none; or keys chosen minus distractors chosen, as a share of all keys, not below 0."""

    method: Literal["all_or_none", "per_option"] = "all_or_none"
    points: Points = 1


class NumericScoring(Part):
    """All points inside the tolerance."""

    method: Literal["numeric"] = "numeric"
    points: Points = 1


class _Choice(ItemBase):
    """What the two choice types share: options and where their keys come from."""

    options: Annotated[Many[Option], Field(min_length=3, max_length=6)]
    computed: ComputedChoice | None = None
    shuffle: bool = True

    @model_validator(mode="after")
    def _options_fit(self) -> _Choice:
        ids = [option.id for option in self.options]
        once("option id", ids)
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


class Numeric(ItemBase):
    """The answer is a number."""

    type: Literal["numeric"]
    answer: Answer
    common_errors: Many[CommonError] = ()
    feedback: NumericFeedback | None = None
    scoring: NumericScoring = NumericScoring()


ChoiceItem = SingleBest | MultipleResponse
CaseItem = KeyFeature | ScriptConcordance | ShortText | Poll
Item = (
    SingleBest | MultipleResponse | Numeric | ExtendedMatching | SequenceItem | Hotspot | SceneTask | CaseItem
)
ITEM: TypeAdapter[Item] = TypeAdapter(Annotated[Item, Field(discriminator="type")])
ITEM_TYPES: tuple[str, ...] = tuple(
    get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(Item)
)
