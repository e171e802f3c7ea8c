"""What a model says about itself: equations, numbers with their source, simplifications, checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from types import ModuleType
from typing import Any, Literal, cast

from bonemets_teach.biology.lemaire2004_constants import Constant

__all__ = ["CardParameter", "Check", "ModelCard", "from_fields", "from_name", "from_table"]

Kind = Literal["published", "calibrated", "chosen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardParameter:
    """One number of a model, read from the code that uses it.

    Parameters
    ----------
    symbol : str
        Symbol in the equations.
    value : float
        Value, in ``unit``.
    unit : str
        Unit, "1" if there is none.
    meaning : str
        What it stands for.
    kind : {"published", "calibrated", "chosen"}
        Taken from a paper; fitted here so that the behavior is right; or a free choice of this course.
    source : str
        Paper, or the behavior it was calibrated to, or why it was chosen.
    where : str
        Place in the code, "module:name", "module:TABLE/symbol" or "module:Class/field".
    """

    symbol: str
    value: float
    unit: str
    meaning: str
    kind: Kind
    source: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How one property of a model was checked.

    Parameters
    ----------
    what : str
        What is compared with what.
    tolerance : str
        How far it may be off.
    test : str
        File below ``tests/``.
    """

    what: str
    tolerance: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Everything that a reader should know about a model.

    Parameters
    ----------
    id : str
        Anchor on the page, for example "lemaire-2004".
    title : str
        Name for people.
    purpose : str
        What it is for in this course, one or two sentences.
    papers : tuple of (str, str)
        Citation and address; the address may be empty.
    equations : tuple of str
        Lines of plain text with Unicode symbols.
    parameters : tuple of CardParameter
        Every number that shapes the result.
    simplifications : tuple of str
        What is left out, and what must not be read from it.
    checks : tuple of Check
        How it was checked.
    """

    id: str
    title: str
    purpose: str
    papers: tuple[tuple[str, str], ...]
    equations: tuple[str, ...]
    parameters: tuple[CardParameter, ...]
    simplifications: tuple[str, ...]
    checks: tuple[Check, ...]


def from_table(constants: Iterable[Constant], where: str) -> tuple[CardParameter, ...]:
    """Read the parameters of a table of constants.

    Parameters
    ----------
    constants : iterable of Constant
        The table.
    where : str
        "module:TABLE".

    Returns
    -------
    parameters : tuple of CardParameter
        In the order of the table.
    """
    return tuple(
        CardParameter(
            symbol=one.symbol, value=one.value, unit=one.unit, meaning=one.meaning, kind=one.kind, source=one.source,
            where=f"{where}/{one.symbol}",
        )
        for one in constants
    )  # fmt: skip


def from_fields(settings: type[Any]) -> tuple[CardParameter, ...]:
    """Read the parameters of a dataclass whose fields say symbol, unit, meaning, kind and source.

    Parameters
    ----------
    settings : type
        The dataclass; fields without a symbol are skipped.

    Returns
    -------
    parameters : tuple of CardParameter
        Defaults, in the order of the fields.
    """
    return tuple(
        CardParameter(
            symbol=one.metadata["symbol"], value=float(cast("float", one.default)), unit=one.metadata["unit"] or "1",
            meaning=one.metadata["meaning"], kind=one.metadata["kind"], source=one.metadata["source"],
            where=f"{settings.__module__}:{settings.__name__}/{one.name}",
        )
        for one in fields(settings)
        if "symbol" in one.metadata
    )  # fmt: skip


def from_name(owner: ModuleType | type[Any], name: str, label: str, kind: Kind, source: str) -> CardParameter:
    """Read one number from a module or from the default of a dataclass' field.

    Parameters
    ----------
    owner : module or type
        Where the number stands.
    name : str
        Its name there.
    label : str
        "symbol | unit | meaning".
    kind : {"published", "calibrated", "chosen"}
        As in `CardParameter`.
    source : str
        As in `CardParameter`.

    Returns
    -------
    parameter : CardParameter
        With the value that the code uses.
    """
    symbol, unit, meaning = (part.strip() for part in label.split("|"))
    if isinstance(owner, type) and is_dataclass(owner):
        value = cast("float", next(one.default for one in fields(owner) if one.name == name))
        where = f"{owner.__module__}:{owner.__name__}/{name}"
    else:
        value, where = getattr(owner, name), f"{owner.__name__}:{name}"
    return CardParameter(
        symbol=symbol, value=float(value), unit=unit, meaning=meaning, kind=kind, source=source, where=where
    )
