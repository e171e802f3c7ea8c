"""What is wrong with a quiz file, said so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from bonemets_teach.errors import ContentError

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One broken rule.

    Parameters
    ----------
    file : str
        The file as the author names it.
    item : str
        Id of the item, or its place in the file if it has none; empty if the whole file is meant.
    path : str
        Place inside the item, for example ``options[c].feedback.en``; empty if the whole item is meant.
    rule : str
        The rule, in plain words.
    """

    file: str
    item: str
    path: str
    rule: str

    def __str__(self) -> str:
        """Return file, item, path and rule in one line."""
        place = ", ".join(part for part in (self.file, self.item and f"item {self.item}", self.path) if part)
        # An id may hold anything, a line break too, and a problem is one line.
        return " ".join(f"{place}: {self.rule}".split())

    def error(self) -> ContentError:
        """Return the problem as an exception to raise.

        Returns
        -------
        error : ContentError
            With the same words.
        """
        return ContentError(str(self))
