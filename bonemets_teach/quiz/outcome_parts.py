"""What the steps of a case and the rows of a script concordance question turned out to be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PanelOutcome", "StepChoice", "StepOutcome"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChoice:
    """One option of a menu, or one answer in words.

    Parameters
    ----------
    id : str
        Of the option, or of the entry of accept or reject; "" for words that are in neither.
    text : str
        What the author calls it, Markdown; "" for words that are in neither list.
    written : str
        What the learner wrote, plain text; "" for menus and for what was not written.
    is_key, chosen, killer : bool
        Whether it is a key feature, was chosen, would harm the patient.
    feedback : str
        Markdown.
    """

    id: str
    text: str
    is_key: bool
    chosen: bool
    killer: bool
    feedback: str
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """One step: ``share`` of its key features found, 0 to 1, and whether a killer was chosen."""

    id: str
    share: float
    killed: bool
    choices: tuple[StepChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelOutcome:
    """One row: what was answered, the panel's votes for -2 to +2, and the share of the points, None if it does not count."""

    id: str
    given: int
    votes: tuple[int, ...]
    share: float | None
    feedback: str
