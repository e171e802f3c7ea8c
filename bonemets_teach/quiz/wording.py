"""Turns pydantic's errors into places and rules that an author understands."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bonemets_teach.quiz.item import ITEM_TYPES, Item
from bonemets_teach.quiz.parts import ADDRESS

__all__ = ["explain"]

_RULES: Final = {
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "“{input}” does not have the form of {form}",
    "dict_type": 'must be a block of fields; a text is written as {{en: "…"}}',
    "model_type": "must be a block of fields",
    "model_attributes_type": "must be a block of fields",
    "tuple_type": "must be a list (one line with “- ” for each entry)",
    "too_short": "must have at least {min_length} entries; it has {actual_length}",
    "greater_than": "must be greater than {gt}",
    "less_than": "must be less than {lt}",
    "too_long": "must have at most {max_length} entries; it has {actual_length}",
    "literal_error": "“{input}” is not allowed here; write {expected}",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number, without quotes and with a point",
    "date_type": "must be a date like 2026-11-21, without quotes",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "union_tag_invalid": "type “{tag}” is not known; the types are {expected_tags}",
    "union_tag_not_found": f"type is missing; write one of {', '.join(ITEM_TYPES)}",
}
_IMAGE_FORM: Final = r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.(png|jpg|webp|svg)$"
# The patterns of parts.py, keys.py and item.py in words.
_FORMS: Final = {
    r"\S": "a text with words in it",
    r"^[a-z]{2}(-[A-Z]{2})?$": "a language such as en or pt-BR",
    r"^[a-z0-9][a-z0-9-]{0,19}$": "an option id: small letters, digits and hyphens, for example a",
    r"^[a-z0-9]+([-_][a-z0-9]+)*$": "a name in small letters and digits, joined by - or _",
    r"^[a-z0-9]+(\.[a-z0-9-]+)+$": "an item id such as bm.remodeling.coupling.01",
    r"^BM(-[A-Z0-9]+)+$": "an objective id such as BM-REM-01",
    ADDRESS: "an address that starts with https://, its host in plain letters and without a name before an @",
    r"^[a-z][a-z0-9_]*$": "a quantity such as bone_minimum_percent",
    r"^[A-Z][A-Z_]+$": "a code such as ABSOLUTE",
    r"^[a-z]{2}$": "a language such as en",
    _IMAGE_FORM: "the path of a png, jpg, webp or svg below assets/, without dots or a leading slash",
}


def explain(error: ValidationError, raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say where an item breaks which rule.

    Parameters
    ----------
    error : ValidationError
        From validating ``raw``.
    raw : mapping
        The item as its author wrote it.

    Returns
    -------
    problems : list of (str, str)
        Path inside the item and rule.
    """
    return [(_path(detail["loc"], raw), _rule(detail)) for detail in error.errors(include_url=False)]


def _rule(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown_field(str(detail["loc"][-1]))
    words = _RULES.get(kind)
    if words is None:
        return detail["msg"]
    shown = str(detail["input"])[:60]
    form = _FORMS.get(str(context.get("pattern")), str(context.get("pattern")))
    return words.format(**{**context, "input": shown, "form": form})


def _unknown_field(name: str) -> str:
    close = get_close_matches(name, _field_names(), n=1, cutoff=0.75)
    hint = f"; did you mean “{close[0]}”?" if close and close[0] != name else ""
    return f"“{name}” is not a field that belongs here{hint}"


def _field_names() -> set[str]:
    names: set[str] = set()
    waiting: list[Any] = list(get_args(Item))
    seen: set[Any] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                names.add(field.alias or name)
                waiting.append(field.annotation)
        else:
            waiting.extend(part for part in get_args(kind) if not isinstance(part, str))
    return names


def _path(place: tuple[int | str, ...], raw: Any) -> str:
    words = ""
    for step in place:
        if isinstance(step, int):
            entry = raw[step] if isinstance(raw, list) and step < len(raw) else None
            name = entry.get("id") if isinstance(entry, dict) else None
            words += f"[{name if isinstance(name, str) else f'#{step + 1}'}]"
            raw = entry
            continue
        # pydantic adds names of union members and "[key]", which are no fields of the file.
        if step in {*ITEM_TYPES, "[key]"} and not (isinstance(raw, dict) and step in raw):
            continue
        words += f".{step}" if words else step
        raw = raw.get(step) if isinstance(raw, dict) else None
    return words
