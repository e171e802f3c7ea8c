"""Glossary: the terms of the course in plain words, each with where the words come from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from bonemets_teach.content import asset
from bonemets_teach.evidence.claims import claims
from bonemets_teach.evidence.problem import ContentProblem, refuse
from bonemets_teach.evidence.reading import Entry, find_repeated, read_entries

__all__ = ["GLOSSARY_FILE", "Term", "glossary", "read_glossary", "terms_in"]

GLOSSARY_FILE = "glossary.yaml"


class Term(Entry):
    """One term and what it means.

    Parameters
    ----------
    id : str
        Stable name, kebab-case.
    term : str
        As it is written in running text.
    also : tuple of str
        Other spellings, plurals and abbreviations.
    short : str
        One or two sentences for a third-year student.
    claim : str or None
        Key of the claim that the words rest on.
    reference : str or None
        Where the words come from, if there is no claim.
    see : tuple of str
        Ids of related terms.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    term: Annotated[str, Field(min_length=2, max_length=60)]
    also: Annotated[list[str], Field(max_length=8)] = Field(default_factory=list)
    short: Annotated[str, Field(min_length=20, max_length=400)]
    claim: str | None = None
    reference: Annotated[str, Field(min_length=5, max_length=300)] | None = None
    see: Annotated[list[str], Field(max_length=8)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_a_source(self) -> Term:
        if (self.claim is None) == (self.reference is None):
            message = "must have either a claim or a reference"
            raise ValueError(message)
        return self


def read_glossary(path: Path, claim_keys: Collection[str]) -> tuple[dict[str, Term], list[ContentProblem]]:
    """Read a glossary.

    Parameters
    ----------
    path : Path
        YAML file with ``terms:`` and a list below it.
    claim_keys : collection of str
        Keys of the claims that exist.

    Returns
    -------
    terms : dict of str to Term
        The good ones by id, in the order of the file.
    problems : list of ContentProblem
        What is wrong with the rest, and references to terms or claims that do not exist.
    """
    entries, problems = read_entries(path, "terms", Term, "id")
    known = {entry.id for entry in entries}
    for entry in entries:
        problems += [
            ContentProblem(file=path.name, entry=entry.id, path="see", rule=f"there is no term “{other}”")
            for other in entry.see
            if other not in known
        ]
        if entry.claim is not None and entry.claim not in claim_keys:
            rule = f"there is no claim “{entry.claim}”"
            problems.append(ContentProblem(file=path.name, entry=entry.id, path="claim", rule=rule))
    problems += find_repeated(path.name, [entry.id for entry in entries])
    spellings = [name.lower() for entry in entries for name in (entry.term, *entry.also)]
    problems += find_repeated(path.name, spellings)
    return {entry.id: entry for entry in entries}, problems


@cache
def glossary() -> Mapping[str, Term]:
    """Return the glossary of the course.

    Returns
    -------
    terms : mapping of str to Term
        By id.

    Raises
    ------
    ContentError
        If the file is missing or breaks a rule.
    """
    found, problems = read_glossary(asset(f"evidence/{GLOSSARY_FILE}"), claims())
    refuse(problems)
    return found


def terms_in(text: str) -> tuple[Term, ...]:
    """Return the terms that a text uses.

    Parameters
    ----------
    text : str
        Plain text or Markdown.

    Returns
    -------
    terms : tuple of Term
        In the order of the glossary, each once; whole words only, in any case.
    """
    lowered = text.lower()
    return tuple(term for term in glossary().values() if _is_named(term, lowered))


def _is_named(term: Term, lowered: str) -> bool:
    names = "|".join(re.escape(name.lower()) for name in (term.term, *term.also))
    return re.search(rf"(?<!\w)(?:{names})s?(?!\w)", lowered) is not None
