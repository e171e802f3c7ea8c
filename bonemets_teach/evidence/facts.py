"""Source facts: what the course must teach, what has changed since, and where each is taught."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from bonemets_teach.content import asset
from bonemets_teach.evidence.problem import ContentProblem, refuse
from bonemets_teach.evidence.reading import Entry, find_repeated, read_text, read_yaml

__all__ = ["FACTS_FILE", "TAUGHT_FILE", "Fact", "facts", "read_facts", "read_taught", "taught"]

FACTS_FILE = "source_facts.tsv"
TAUGHT_FILE = "taught.yaml"

_COLUMNS: Final = ("id", "source", "topic", "fact", "status")
_SUPERSEDED: Final = "superseded: "


class Fact(Entry):
    """One fact of the texts that the course replaces.

    Parameters
    ----------
    id : str
        ``F`` and three digits.
    source : str
        Texts it comes from, such as ``S0;S4``.
    topic : str
        Part of the subject.
    fact : str
        The fact in one sentence.
    status : str
        ``current``, or ``superseded:`` with what holds now.
    """

    id: Annotated[str, Field(pattern=r"^F\d{3}$")]
    source: Annotated[str, Field(pattern=r"^S\d(;S\d)*$")]
    topic: Annotated[str, Field(pattern=r"^[a-z][a-z -]*$", max_length=40)]
    fact: Annotated[str, Field(min_length=10, max_length=600)]
    status: Annotated[str, Field(pattern=r"^(current$|superseded: .{5})", max_length=1000)]

    @property
    def holds_now(self) -> str:
        """What holds today: the fact itself, or what has replaced it."""
        return self.fact if self.status == "current" else self.status.removeprefix(_SUPERSEDED)

    @property
    def is_current(self) -> bool:
        """Whether the fact still holds as it stands."""
        return self.status == "current"


def read_facts(path: Path) -> tuple[dict[str, Fact], list[ContentProblem]]:
    """Read the table of facts.

    Parameters
    ----------
    path : Path
        Tab-separated file with the columns id, source, topic, fact, status.

    Returns
    -------
    facts : dict of str to Fact
        The good ones by id.
    problems : list of ContentProblem
        What is wrong with the rest.
    """
    text, problems = read_text(path)
    lines = text.splitlines()
    if not problems and (not lines or tuple(lines[0].split("\t")) != _COLUMNS):
        rule = f"the first line must name the columns {', '.join(_COLUMNS)}, with a tab between them"
        return {}, [ContentProblem(file=path.name, entry="line 1", path="", rule=rule)]
    found: list[Fact] = []
    for number, line in enumerate(lines[1:], start=2):
        problems += _add(found, line, path.name, number) if line.strip() else []
    problems += find_repeated(path.name, [fact.id for fact in found])
    return {fact.id: fact for fact in found}, problems


def _add(found: list[Fact], line: str, file: str, number: int) -> list[ContentProblem]:
    """Add the fact of a line, or say what is wrong with the line."""
    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        rule = f"has {len(cells)} columns, it must have {len(_COLUMNS)} with a tab between them"
        return [ContentProblem(file=file, entry=f"line {number}", path="", rule=rule)]
    try:
        found.append(Fact.model_validate(dict(zip(_COLUMNS, cells, strict=True))))
    except ValidationError as error:
        where = f"line {number} ({cells[0][:20]})"
        return [
            ContentProblem(file=file, entry=where, path=str(one["loc"][0]), rule=one["msg"])
            for one in error.errors(include_url=False)
        ]
    return []


def read_taught(
    path: Path, fact_ids: Collection[str]
) -> tuple[dict[str, tuple[str, ...]], list[ContentProblem]]:
    """Read which lessons teach which fact.

    Parameters
    ----------
    path : Path
        YAML file with ``taught:`` and, below it, fact id to a list of lesson ids.
    fact_ids : collection of str
        Ids that exist.

    Returns
    -------
    taught : dict of str to tuple of str
        Lesson ids by fact id.
    problems : list of ContentProblem
        Unknown facts and malformed lists.
    """
    raw, problems = read_yaml(path, "taught", dict)
    found = {}
    for fact_id, lessons in raw.items():
        rule = _rule_of_taught(lessons)
        if fact_id not in fact_ids:
            rule = f"there is no such fact in {FACTS_FILE}"
        if rule:
            problems.append(ContentProblem(file=path.name, entry=str(fact_id)[:40], path="", rule=rule))
        else:
            found[fact_id] = tuple(lessons)
    return found, problems


def _rule_of_taught(lessons: object) -> str:
    if not isinstance(lessons, list) or not lessons or not all(isinstance(one, str) for one in lessons):
        return "must have a list of at least one lesson id"
    return "names a lesson twice" if len(set(lessons)) < len(lessons) else ""


@cache
def facts() -> Mapping[str, Fact]:
    """Return the facts that the course must teach.

    Returns
    -------
    facts : mapping of str to Fact
        By id.

    Raises
    ------
    ContentError
        If the table is missing or breaks a rule.
    """
    found, problems = read_facts(asset(f"evidence/{FACTS_FILE}"))
    refuse(problems)
    return found


@cache
def taught() -> Mapping[str, tuple[str, ...]]:
    """Return which lessons teach which fact.

    Returns
    -------
    taught : mapping of str to tuple of str
        Lesson ids by fact id; a fact that is not taught yet is missing.

    Raises
    ------
    ContentError
        If the file is missing, breaks a rule or names an unknown fact.
    """
    found, problems = read_taught(asset(f"evidence/{TAUGHT_FILE}"), facts())
    refuse(problems)
    return found
