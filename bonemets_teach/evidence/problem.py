"""What is wrong with an evidence file, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bonemets_teach.errors import ContentError

__all__ = ["ContentProblem", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentProblem:
    """One broken rule.

    Parameters
    ----------
    file : str
        The file as the author names it.
    entry : str
        Key or id of the entry, or its place in the file; empty if the whole file is meant.
    path : str
        Place inside the entry, for example ``numbers.percent``; empty if the whole entry is meant.
    rule : str
        The rule, in plain words.
    """

    file: str
    entry: str
    path: str
    rule: str

    def __str__(self) -> str:
        """Return file, entry, path and rule in one line."""
        place = ", ".join(part for part in (self.file, self.entry, self.path) if part)
        return f"{place}: {self.rule}"


def refuse(problems: Sequence[ContentProblem]) -> None:
    """Raise if there are problems.

    Parameters
    ----------
    problems : sequence of ContentProblem
        What was found.

    Raises
    ------
    ContentError
        Names the first five problems and counts the rest.
    """
    if not problems:
        return
    lines = [str(problem) for problem in problems[:5]]
    if len(problems) > len(lines):
        lines.append(f"and {len(problems) - len(lines)} more")
    raise ContentError("\n".join(lines))
