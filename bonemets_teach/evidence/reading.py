"""Reads evidence files: plain YAML without surprises, and entries against their model, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bonemets_teach.evidence.problem import ContentProblem

__all__ = ["Entry", "find_repeated", "read_entries", "read_text", "read_yaml"]

_MOST_BYTES: Final = 2_000_000
_DEEPEST: Final = 30


class Entry(BaseModel):
    """Base of all entries: no unknown fields, no silent conversion, no change."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


EntryT = TypeVar("EntryT", bound=Entry)


# libyaml's parser is ten times faster; a lesson reads these files while the learner waits.
_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _parse(text: str) -> Any:
    """Turn YAML into plain data; SafeLoader would pass over aliases and keys that stand twice."""
    _require_plain(text)
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        _require_distinct(root)
        return None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _require_plain(text: str) -> None:
    """Refuse aliases, which unfold a small file into gigabytes, and nesting that libyaml dies of."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        is_alias = isinstance(event, yaml.AliasEvent)
        if is_alias or depth > _DEEPEST:
            words = "aliases (*name) are not allowed" if is_alias else "is nested too deeply"
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=words, problem_mark=mark)


def _require_distinct(root: yaml.Node | None) -> None:
    """Refuse keys that stand twice in a block and keys that are no plain text."""
    pending = [] if root is None else [root]
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.MappingNode):
            _require_distinct_keys(node)
            pending += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            pending += node.value


def _require_distinct_keys(node: yaml.MappingNode) -> None:
    names: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(problem="a key must be plain text", problem_mark=key.start_mark)
        if key.value in names:
            words = f"the key “{key.value}” stands twice"
            raise yaml.MarkedYAMLError(problem=words, problem_mark=key.start_mark)
        names.add(key.value)


def read_text(path: Path) -> tuple[str, list[ContentProblem]]:
    """Read a text file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    text : str
        Its content, empty if it can't be read.
    problems : list of ContentProblem
        Why it can't be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            return "", [_of_file(path, f"is larger than {_MOST_BYTES} bytes; split it")]
        return path.read_text(encoding="utf-8-sig"), []
    except UnicodeDecodeError as error:
        return "", [_of_file(path, f"is not UTF-8 (byte {error.start}); save it as UTF-8")]
    except OSError as error:
        return "", [_of_file(path, f"can't be read ({error.strerror or error})")]


def read_yaml(path: Path, top: str, kind: type) -> tuple[Any, list[ContentProblem]]:
    """Read one part of a YAML file.

    Parameters
    ----------
    path : Path
        The file.
    top : str
        Key at the top of the file that holds the part.
    kind : type
        ``list`` or ``dict``: what the part must be.

    Returns
    -------
    part : list or dict
        The part, empty if there are problems.
    problems : list of ContentProblem
        What is wrong with the file.
    """
    text, problems = read_text(path)
    if problems:
        return kind(), problems
    try:
        data = _parse(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}" if mark else ""
        return kind(), [ContentProblem(file=path.name, entry=place, path="", rule=str(error.problem))]
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).split("\n")[0]
        return kind(), [_of_file(path, f"is not YAML that can be read ({reason})")]
    part = data.get(top) if isinstance(data, dict) else None
    if not isinstance(part, kind):
        word = "list" if kind is list else "mapping"
        return kind(), [_of_file(path, f"must have “{top}:” at the top, with a {word} below it")]
    return part, []


def read_entries(
    path: Path, top: str, model: type[EntryT], name: str
) -> tuple[list[EntryT], list[ContentProblem]]:
    """Read a list of entries and hold each against its model.

    Parameters
    ----------
    path : Path
        A YAML file.
    top : str
        Key at the top of the file that holds the list.
    model : type
        Model of an entry.
    name : str
        Field that names an entry in messages.

    Returns
    -------
    entries : list
        The good ones, in the order of the file.
    problems : list of ContentProblem
        What is wrong with the others: one bad entry does not hide the rest.
    """
    raw, problems = read_yaml(path, top, list)
    entries = []
    for place, data in enumerate(raw, start=1):
        label = data.get(name) if isinstance(data, dict) else None
        entry = str(label)[:80] if label else f"entry {place}"
        try:
            entries.append(model.model_validate(data))
        except ValidationError as error:
            for at, rule in _rules(error):
                problems.append(ContentProblem(file=path.name, entry=entry, path=at, rule=rule))
    return entries, problems


def find_repeated(file: str, names: Sequence[str]) -> list[ContentProblem]:
    """Report every name that stands more than once.

    Parameters
    ----------
    file : str
        Name of the file for messages.
    names : sequence of str
        Keys or ids in the order of the file.

    Returns
    -------
    problems : list of ContentProblem
        One for each repeated name.
    """
    seen: set[str] = set()
    repeated = dict.fromkeys(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value] # add returns None
    return [ContentProblem(file=file, entry=name, path="", rule="stands more than once") for name in repeated]


def _of_file(path: Path, rule: str) -> ContentProblem:
    return ContentProblem(file=path.name, entry="", path="", rule=rule)


def _rules(error: ValidationError) -> list[tuple[str, str]]:
    return [
        (".".join(str(part) for part in one["loc"]), one["msg"].removeprefix("Value error, "))
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
