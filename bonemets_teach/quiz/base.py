"""What quiz items of every type share: name, question, goals, pictures, hints, sources, review."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bonemets_teach.quiz.parts import Hint, Image, Many, Part, Reference, Review, SceneUse, Slug, Text, Waiver

__all__ = ["Bloom", "Confidence", "ItemBase", "ObjectiveId", "Points"]

ItemId = Annotated[str, Field(pattern=r"^[a-z0-9]+(\.[a-z0-9-]+)+$", max_length=80)]
ObjectiveId = Annotated[str, Field(pattern=r"^BM(-[A-Z0-9]+)+$")]
Use = Literal["practice", "spaced", "live", "exam"]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
Points = Annotated[int, Field(ge=1, le=10)]


class Confidence(Part):
    """Whether a learner may say how sure an answer is, in three levels."""

    scale: Literal["cbm3", "none"]


class ItemBase(Part):
    """Fields of every type of schema ``bm-item/1``.

    `version` grows with any change of question, options or key, and earlier answers stay with theirs; `rev` grows when
    only words are mended. Items of one `isomorphic_group` ask the same in another dress; `prerequisite` comes before.
    """

    schema_: Annotated[Literal["bm-item/1"], Field(alias="schema")]
    id: ItemId
    version: Annotated[int, Field(ge=1)]
    rev: Annotated[int, Field(ge=1)] = 1
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
    confidence: Confidence | None = None
    time_limit_s: Annotated[int, Field(ge=10, le=1800)] | None = None
    explanation: Text
    references: Many[Reference] = ()
    review: Review
    isomorphic_group: Slug | None = None
    prerequisite: ItemId | None = None
    difficulty_author: Literal["easy", "moderate", "hard"] | None = None
    waivers: Many[Waiver] = ()
