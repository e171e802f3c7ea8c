"""Reads YAML from authors: plain data only, no key twice, no aliases, nothing oversized."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from bonemets_teach.errors import ContentError

__all__ = ["MAX_BYTES", "parse_yaml", "read_yaml"]

MAX_BYTES: Final = 1_000_000


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses what SafeLoader passes over in silence."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # An alias can make a small file unfold into gigabytes, and no item needs one.
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - signature of the base
        seen = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None or name in seen:
                words = (
                    "a key must be plain text"
                    if name is None
                    else f"the key “{name}” stands twice in the same block"
                )
                raise yaml.MarkedYAMLError(problem=words, problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


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
        Lists, dictionaries, texts, numbers, dates.

    Raises
    ------
    ContentError
        If the text is no YAML, uses a key twice, an alias or a tag that is not plain data.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - derives from SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
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
