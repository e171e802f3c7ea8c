"""The parts that items of every type share: texts, options, hints, references, review, scene."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bonemets_teach.content.language import language

__all__ = [
    "ADDRESS", "Hint", "Image", "Line", "Many", "Option", "OptionId", "Part", "Reference", "Review", "SceneUse", "Slug", "Text",
    "Waiver", "once", "say",
]  # fmt: skip

T = TypeVar("T")
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)


# A host without a name before an @ and without letters that only look like others; then what an address may hold.
ADDRESS: Final = r"^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?$"


def _visible(text: str) -> str:
    found = _HIDDEN.search(text)
    if found:
        message = f"has a character that nobody can see (U+{ord(found.group(0)):04X}); take it out"
        raise ValueError(message)
    return text


def _english(text: dict[str, str]) -> dict[str, str]:
    if "en" not in text:
        raise ValueError("has no English (en), which stands wherever another language is missing")
    return text


# Refused before length and form are looked at, since half a character can't even be counted.
Line = Annotated[
    str,
    Field(min_length=1, max_length=4000, pattern=r"\S"),
    BeforeValidator(lambda text: _visible(text) if isinstance(text, str) else text),
]
Text = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")], Line],
    Field(min_length=1),
    AfterValidator(_english),
]
# YAML knows lists only; a tuple keeps a loaded item from being changed.
Many = Annotated[tuple[T, ...], Field(strict=False)]
OptionId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,19}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]+$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]


def say(text: Text | None, lang: str | None = None) -> str:
    """Return a text in a language, or in English if that one is missing.

    Parameters
    ----------
    text : dict or None
        Language to text; None is no text.
    lang : str or None
        Language wanted; the one spoken now if not given.

    Returns
    -------
    words : str
        Markdown.
    """
    if text is None:
        return ""
    return text.get(lang or language()) or text.get("en") or next(iter(text.values()))


def once(what: str, ids: Iterable[str]) -> None:
    """Refuse an id that is used twice.

    Parameters
    ----------
    what : str
        What the ids belong to, for the message.
    ids : iterable of str
        All ids.

    Raises
    ------
    ValueError
        Names the first id that is not alone.
    """
    twice = [name for name, count in Counter(ids).items() if count > 1]
    if twice:
        message = f"{what} {twice[0]} is used twice"
        raise ValueError(message)


class Part(BaseModel):
    """Strict base: unknown fields and silent conversions are errors, nothing changes after loading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Option(Part):
    """One choice; feedback may be missing in a draft only."""

    id: OptionId
    text: Text
    key: bool | None = None
    feedback: Text | None = None
    misconception: Slug | None = None
    fixed_last: bool = False
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None


class Hint(Part):
    """A hint and the share of the points that it costs, 0 to 1; `also` has it in other languages."""

    en: Line
    cost: Annotated[float, Field(ge=0, le=1)] = 0.25
    also: dict[str, Line] = Field(default_factory=dict)

    @property
    def text(self) -> dict[str, str]:
        """The hint in each language."""
        return {"en": self.en, **self.also}


class SceneUse(Part):
    """A scene's picture in an item, before the answer (stimulus) or after it."""

    id: Slug
    state: dict[str, Any] = Field(default_factory=dict)
    role: Literal["stimulus", "shown_after_answer"]
    alt: Text


class Image(Part):
    """A picture below ``assets/`` with alternative text, credit and license."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.(png|jpg|webp|svg)$")]
    alt: Text
    credit: Line
    license: Line


class Reference(Part):
    """A source: the key of a claim, or a citation of its own with place, address and date of the check."""

    claim: Slug | None = None
    cite: Line | None = None
    loc: Line | None = None
    url: Annotated[str, Field(pattern=ADDRESS)] | None = None
    checked_on: date | None = None

    @model_validator(mode="after")
    def _claim_or_cite(self) -> Reference:
        if (self.claim is None) == (self.cite is None):
            raise ValueError(
                "a reference has either a claim key or a cite of its own, not both and not neither"
            )
        if self.cite is not None and self.checked_on is None:
            raise ValueError("a cite needs checked_on, the day when the source was read")
        return self


class Review(Part):
    """Who wrote and who checked the item, and until when the check holds."""

    author: Line
    clinical_reviewer: Line | None
    reviewed_on: date
    review_by: date

    @model_validator(mode="after")
    def _order(self) -> Review:
        if self.review_by <= self.reviewed_on:
            raise ValueError("review_by must be later than reviewed_on")
        if self.clinical_reviewer == self.author:
            raise ValueError("clinical_reviewer must be somebody else than author, or null")
        return self


class Waiver(Part):
    """A warning of the linter that is accepted, with the reason."""

    code: Code
    reason: Annotated[str, Field(min_length=15)]
