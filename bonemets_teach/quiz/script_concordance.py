"""Script concordance: how new information changes a thought, compared with what a panel of experts answered.

Aggregate scoring and panel size after Charlin et al. 2006 and Dory et al. 2012 (recalled): reliability grows little
beyond 20 members; below 10 it is poor. Chosen here: what counts as bimodal, see `bimodal`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.parts import Line, Many, OptionId, Part, Text, once

__all__ = ["SCALE", "SMALL_PANEL", "PanelMember", "ScriptConcordance", "ScriptRow", "bimodal"]

SCALE: Final = (-2, -1, 0, 1, 2)
SMALL_PANEL: Final = 10
"""Panels with fewer members are marked as too small."""

Vote = Annotated[int, Field(ge=-2, le=2)]


class ScriptRow(Part):
    """A thought and what is learned then; feedback is the authors' reasoning and may be missing in a draft only."""

    id: OptionId
    hypothesis: Text
    new_info: Text
    feedback: Text | None = None


class PanelMember(Part):
    """The votes of one expert, under a name that tells nobody who it is."""

    member: OptionId
    votes: dict[OptionId, Vote]


class PanelScoring(Part):
    """Votes for the chosen value over votes for the most frequent one, as a mean over the rows."""

    method: Literal["aggregate"] = "aggregate"
    points: Points = 1


class ScriptConcordance(ItemBase):
    """For practice only. Without a panel nothing is scored: the answers stand beside the authors' reasoning."""

    type: Literal["script_concordance"]
    frame: Literal["diagnosis", "investigation", "treatment"]
    rows: Annotated[Many[ScriptRow], Field(min_length=2, max_length=6)]
    panel: Annotated[Many[PanelMember], Field(max_length=200)] = ()
    panel_source: Line | None = None
    scoring: PanelScoring = PanelScoring()

    @model_validator(mode="after")
    def _panel_fits(self) -> ScriptConcordance:
        once("row id", (row.id for row in self.rows))
        once("panel member", (each.member for each in self.panel))
        if set(self.use) != {"practice"}:
            raise ValueError("script concordance is for practice only: use: [practice]")
        if self.stem is None:
            raise ValueError("script concordance needs a stem: the case in which the rows happen")
        if bool(self.panel) != (self.panel_source is not None):
            raise ValueError("panel and panel_source go together: say who voted, when and how")
        names = {row.id for row in self.rows}
        for each in self.panel:
            if set(each.votes) != names:
                message = f"panel member {each.member} must vote on every row: {', '.join(sorted(names))}"
                raise ValueError(message)
        return self

    def votes(self, row: str) -> list[int]:
        """Count the panel's votes on a row.

        Parameters
        ----------
        row : str
            Id of a row.

        Returns
        -------
        counts : list of int
            For -2 to +2.
        """
        found = Counter(each.votes[row] for each in self.panel)
        return [found[value] for value in SCALE]

    def scored(self) -> list[str]:
        """Return the rows that count.

        Returns
        -------
        rows : list of str
            Ids; none without a panel, bimodal rows left out.
        """
        if not self.panel:
            return []
        return [row.id for row in self.rows if not bimodal(self.votes(row.id))]


def bimodal(counts: Sequence[int]) -> bool:
    """Tell whether a panel is split in two camps, so that no answer stands for it.

    Parameters
    ----------
    counts : sequence of int
        Votes for -2 to +2.

    Returns
    -------
    split : bool
        True if two values with at least half as many votes as the most frequent one have a valley between them.
    """
    high = [at for at, count in enumerate(counts) if count and 2 * count >= max(counts)]
    return any(
        min(counts[one + 1 : other], default=counts[one]) < min(counts[one], counts[other])
        for one in high
        for other in high
        if other - one > 1
    )
