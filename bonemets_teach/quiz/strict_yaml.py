"""Reads YAML from authors: plain data only, no key twice, no aliases, nothing oversized."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import yaml

from bonemets_teach.errors import ContentError

__all__ = ["MAX_BYTES", "parse_yaml", "read_yaml"]

MAX_BYTES: Final = 1_000_000
_DEEPEST: Final = 40
# The parser written in C is ten times faster; some builds of PyYAML come without it.
_BASE: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_POWER: Final = r"([eE][-+]?[0-9]{1,3})"
# YAML 1.2: no "yes", no "on", no 010 as 8, no 1:30 as 90. What is left out stays text and is refused by its field.
_PLAIN: Final = (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"~|null|", ["~", "n", ""]),
    ("tag:yaml.org,2002:int", r"[-+]?(0|[1-9][0-9]{0,17})", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        rf"[-+]?(\.[0-9]+{_POWER}?|(0|[1-9][0-9]{{0,17}})(\.[0-9]*{_POWER}?|{_POWER}))",
        "-+.0123456789",
    ),
    ("tag:yaml.org,2002:float", r"[-+]?\.inf|\.nan", "-+."),
    ("tag:yaml.org,2002:timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
)


class _Loader(_BASE):  # type: ignore[misc, valid-type]
    """Safe loader that refuses what others pass over in silence."""

    yaml_implicit_resolvers: Final[dict[str, list[Any]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - signature of the base
        seen = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None or key.tag != "tag:yaml.org,2002:str" or name in seen:
                words = (
                    f"the key “{name}” stands twice in the same block"
                    if name in seen
                    else "a key must be plain text"
                )
                raise yaml.MarkedYAMLError(problem=words, problem_mark=key.start_mark)
            seen.add(name)
        return dict(super().construct_mapping(node, deep=deep))

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            # The 30th of February stays text, so that its field can be named.
            return node.value


for _tag, _form, _first in _PLAIN:
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_form})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


def _refuse_tricks(text: str) -> None:
    """Look at the events before anything is built: an alias can unfold into gigabytes, depth can end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_BASE):
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed", problem_mark=mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=mark)


def parse_yaml(text: str, file: str) -> Any:
    """Turn YAML text into plain data.

    Parameters
    ----------
    text : str
        Content of a file.
    file : str
        Name for messages.

    Returns
    -------
    data : object
        Lists, dictionaries, texts, numbers, dates. Only YAML 1.2's plain numbers and true and false are no text.

    Raises
    ------
    ContentError
        If the text is no YAML, uses a key twice, an alias or a tag that is not plain data, or is nested deeply.
    """
    try:
        _refuse_tricks(text)
        return yaml.load(text, _Loader)  # noqa: S506 - derives from a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        message = f"{file}{place}: {error.problem or 'this is not YAML'}"
        raise ContentError(message) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
        message = f"{file}: this is not YAML that can be read ({reason})"
        raise ContentError(message) from None


def read_yaml(path: Path, file: str) -> Any:
    """Read a YAML file as plain data.

    Parameters
    ----------
    path : Path
        The file.
    file : str
        Name for messages.

    Returns
    -------
    data : object
        As `parse_yaml`.

    Raises
    ------
    ContentError
        If the file can't be read, is larger than 1 MB, is not UTF-8 or is refused by `parse_yaml`.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            message = f"{file}: {size} bytes are more than {MAX_BYTES}; split the file"
            raise ContentError(message)
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{file}: the file can't be read ({error.strerror})"
        raise ContentError(message) from None
    except UnicodeDecodeError as error:
        message = f"{file}: the file is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise ContentError(message) from None
    return parse_yaml(text, file)
