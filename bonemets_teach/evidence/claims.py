"""Claims: what the course states, with numbers, source and how far it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from bonemets_teach.content import asset
from bonemets_teach.errors import ContentError
from bonemets_teach.evidence.problem import ContentProblem, refuse
from bonemets_teach.evidence.reading import Entry, find_repeated, read_entries

__all__ = ["CLAIMS_FILE", "Claim", "Confidence", "claims", "find_claim", "read_claims", "sources"]

CLAIMS_FILE = "claims.yaml"

Confidence = Literal["verified", "partly-verified", "recalled", "computed"]

_WORDS: Mapping[Confidence, str] = {
    "verified": "checked against the published abstract or page",
    "partly-verified": "main numbers checked; see the note for the rest",
    "recalled": "not yet checked against the source",
    "computed": "computed by the course from the stated formula",
}


class Claim(Entry):
    """One statement of the course with its source.

    Parameters
    ----------
    id : str
        ``E`` and three digits.
    key : str
        Name by which lessons and items cite it; never changes its meaning.
    topic : str
        Part of the subject.
    claim : str
        The statement, in one to three sentences.
    numbers : dict of str to JSON value
        Numbers of the statement by name; the name ends in the unit where there is one.
    citation : str
        The source as a reader finds it.
    confidence : {"verified", "partly-verified", "recalled", "computed"}
        How far it was checked.
    note : str or None
        What was not checked, and what to keep in mind.
    checked_on : date or None
        When the source was looked at; None if that is not known.
    """

    id: Annotated[str, Field(pattern=r"^E\d{3}$")]
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
    topic: Annotated[str, Field(pattern=r"^[a-z][a-z -]*$", max_length=40)]
    claim: Annotated[str, Field(min_length=10, max_length=1200)]
    numbers: dict[str, JsonValue] = Field(default_factory=dict)
    citation: Annotated[str, Field(min_length=5, max_length=600)]
    confidence: Confidence
    note: Annotated[str, Field(min_length=3, max_length=1000)] | None = None
    checked_on: date | None = None

    @property
    def is_checked(self) -> bool:
        """Whether somebody has seen the source, or computed the number."""
        return self.confidence != "recalled"

    @property
    def confidence_words(self) -> str:
        """The confidence in words for a page."""
        return _WORDS[self.confidence]

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses of the source: DOIs and PubMed Central ids named in the citation."""
        dois = re.findall(r"10\.\d{4,9}/[^\s;,]+", self.citation)
        found = [f"https://doi.org/{doi.rstrip('.)')}" for doi in dois]
        found += [
            f"https://pmc.ncbi.nlm.nih.gov/articles/{pmc}/" for pmc in re.findall(r"PMC\d+", self.citation)
        ]
        return tuple(found)


def read_claims(path: Path) -> tuple[dict[str, Claim], list[ContentProblem]]:
    """Read a file of claims.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    claims : dict of str to Claim
        The good ones by key.
    problems : list of ContentProblem
        What is wrong with the rest.
    """
    entries, problems = read_entries(path, "evidence", Claim, "key")
    problems += find_repeated(path.name, [entry.key for entry in entries])
    problems += find_repeated(path.name, [entry.id for entry in entries])
    found: dict[str, Claim] = {}
    for entry in entries:
        found.setdefault(entry.key, entry)
    return found, problems


@cache
def claims() -> Mapping[str, Claim]:
    """Return the claims of the course.

    Returns
    -------
    claims : mapping of str to Claim
        By key.

    Raises
    ------
    ContentError
        If the file is missing or breaks a rule; it names entry, path and rule.
    """
    found, problems = read_claims(asset(f"evidence/{CLAIMS_FILE}"))
    refuse(problems)
    return found


def find_claim(key: str) -> Claim:
    """Return one claim.

    Parameters
    ----------
    key : str
        Its key.

    Returns
    -------
    claim : Claim
        The claim.

    Raises
    ------
    ContentError
        If there is no such claim.
    """
    try:
        return claims()[key]
    except KeyError:
        message = f"there is no claim “{key[:60]}” in evidence/{CLAIMS_FILE}; add it or correct the key"
        raise ContentError(message) from None


def sources(keys: Iterable[str]) -> tuple[Claim, ...]:
    """Return the claims behind a lesson, each once, in the order of first mention.

    Parameters
    ----------
    keys : iterable of str
        Keys as they stand in the lesson and its items.

    Returns
    -------
    claims : tuple of Claim
        For the list of sources.

    Raises
    ------
    ContentError
        If a key is unknown.
    """
    return tuple(find_claim(key) for key in dict.fromkeys(keys))
