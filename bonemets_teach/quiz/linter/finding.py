"""What the linter finds: a code, a place, words, and whether it blocks publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["SEVERITY", "Finding", "Hit", "Hits"]

Severity = Literal["error", "warning"]
# A check yields code, path inside the item, and words.
Hit = tuple[str, str, str]
Hits = Iterator[Hit]

SEVERITY: Final[dict[str, Severity]] = {
    "ABSOLUTE": "warning",
    "ALL_NONE_ABOVE": "error",
    "ALT_GIVES_KEY": "error",
    "DUPLICATE_OPTION": "error",
    "FEEDBACK_MISSING": "error",
    "GRAMMAR_CUE": "warning",
    "GROUP_ALONE": "warning",
    "GROUP_MIXED": "error",
    "IMAGE_MISSING": "error",
    "KEY_IN_STEM": "error",
    "KEY_LENGTH_SKEW": "warning",
    "KEY_NOT_COMPUTABLE": "error",
    "KEY_POSITION_SKEW": "warning",
    "KEY_TOO_CLOSE": "warning",
    "LEAD_IN_NOT_QUESTION": "error",
    "LETTER_REF": "error",
    "LIST_NOT_SORTED": "warning",
    "LIST_TOO_SHORT": "warning",
    "LONGEST_OPTION_IS_KEY": "warning",
    "MARKUP": "error",
    "MISCONCEPTION_ON_KEY": "error",
    "NEGATIVE_LEAD_IN": "error",
    "OBJECTIVE_UNCOVERED": "error",
    "OPTIONS_NOT_SORTED": "warning",
    "OTHER_LESSON": "warning",
    "OVERLAPPING_RANGES": "error",
    "OVERLAPPING_TARGETS": "error",
    "PREREQUISITE_CYCLE": "error",
    "REFERENCE_MISSING": "error",
    "REF_OLD": "error",
    "REF_SOON": "warning",
    "REVIEW_OVERDUE": "error",
    "REVIEW_SOON": "warning",
    "SAME_KEY": "error",
    "TARGET_OUTSIDE": "error",
    "TARGET_TOO_SMALL": "warning",
    "TASK_ALREADY_DONE": "error",
    "TRANSLATION_MISSING": "error",
    "TRANSLATION_NUMBERS": "error",
    "TRANSLATION_STALE": "warning",
    "TRANSLATION_UNKNOWN": "error",
    "UNKNOWN_CLAIM": "error",
    "UNKNOWN_MISCONCEPTION": "error",
    "UNKNOWN_OBJECTIVE": "error",
    "UNKNOWN_PLACEHOLDER": "error",
    "UNKNOWN_PREREQUISITE": "error",
    "UNKNOWN_SCENE": "error",
    "UNKNOWN_WAIVER": "error",
    "UNUSED_WAIVER": "warning",
    "VIGNETTE_MISSING": "error",
    "WORD_REPEAT_CUE": "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One hit in one item, or in a whole file if ``item`` is empty."""

    file: str
    item: str
    code: str
    path: str
    message: str
    waived: str | None = None
    draft: bool = False

    @property
    def severity(self) -> Severity:
        """Return what the code weighs.

        Returns
        -------
        severity : {"error", "warning"}
            Errors block publishing; a draft has warnings only.
        """
        return "warning" if self.draft else SEVERITY[self.code]

    def __str__(self) -> str:
        """Return file, item, path, code and message in one line."""
        place = ", ".join(part for part in (self.file, self.item and f"item {self.item}", self.path) if part)
        return f"{place}: {self.code}: {self.message}"
