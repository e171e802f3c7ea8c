"""What items may refer to: objectives, misconceptions, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bonemets_teach.content import assets_folder, quizzes_folder
from bonemets_teach.errors import ContentError
from bonemets_teach.evidence.claims import CLAIMS_FILE, Claim, read_claims
from bonemets_teach.quiz.base import ObjectiveId
from bonemets_teach.quiz.parts import Part, Slug, Text
from bonemets_teach.quiz.problem import Problem
from bonemets_teach.quiz.strict_yaml import read_yaml
from bonemets_teach.quiz.wording import explain

__all__ = ["Catalog", "Misconception", "Objective", "load_catalog"]


class Objective(Part):
    """What a learner can do after a lesson."""

    id: ObjectiveId
    lesson: Slug
    text: Text


class Misconception(Part):
    """A wrong idea, as one sentence."""

    id: Slug
    text: Text


EntryT = TypeVar("EntryT", Objective, Misconception)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything that an item may name by id.

    Parameters
    ----------
    objectives, misconceptions : mapping
        Id to entry.
    claims : mapping
        Key to claim; None if there are none to be read.
    problems : tuple of Problem
        What is wrong with the files.
    """

    objectives: Mapping[str, Objective] = field(default_factory=dict)
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    claims: Mapping[str, Claim] | None = None
    problems: tuple[Problem, ...] = ()


def load_catalog(quizzes: Path | None = None, assets: Path | None = None) -> Catalog:
    """Read the lists of objectives, misconceptions and claims.

    Parameters
    ----------
    quizzes, assets : Path or None
        Folders; the package's own if not given.

    Returns
    -------
    catalog : Catalog
        What could be read, and the problems with the rest.
    """
    folder = quizzes_folder() if quizzes is None else quizzes
    problems: list[Problem] = []
    objectives = _entries(folder / "objectives.yaml", Objective, problems)
    misconceptions = _entries(folder / "misconceptions.yaml", Misconception, problems)
    # The evidence package reports what is wrong with its file; here only the good claims are needed.
    claims, _ = read_claims((assets_folder() if assets is None else assets) / "evidence" / CLAIMS_FILE)
    return Catalog(
        objectives=objectives, misconceptions=misconceptions, claims=claims or None, problems=tuple(problems)
    )


def _entries(path: Path, kind: type[EntryT], problems: list[Problem]) -> dict[str, EntryT]:
    name = f"{path.parent.name}/{path.name}"
    found: dict[str, EntryT] = {}
    for number, raw in enumerate(_listed(path, name, problems), start=1):
        try:
            entry = kind.model_validate(raw)
        except ValidationError as error:
            problems += [
                Problem(file=name, item=f"number {number}", path=at, rule=rule)
                for at, rule in explain(error, raw)
            ]
            continue
        if entry.id in found:
            problems.append(
                Problem(file=name, item=entry.id, path="id", rule="this id stands twice in the file")
            )
        found.setdefault(entry.id, entry)
    return found


def _listed(path: Path, name: str, problems: list[Problem]) -> list[Any]:
    try:
        data = read_yaml(path, name)
    except ContentError as error:
        problems.append(Problem(file=name, item="", path="", rule=str(error).removeprefix(f"{name}: ")))
        return []
    if not isinstance(data, list):
        problems.append(
            Problem(file=name, item="", path="", rule="must be a list (one line with “- ” for each entry)")
        )
        return []
    return data
