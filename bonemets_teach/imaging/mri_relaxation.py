"""Relaxation times, proton density, diffusion and contrast uptake of the tissues that an MR scanner sees."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from bonemets_teach.content import asset
from bonemets_teach.errors import ParameterError

__all__ = ["FIELDS_T", "MARROW_FAT", "Relaxation", "relaxation", "require_field", "tissue_names"]

FIELDS_T: Final = (1.5, 3.0)
"""Field strengths with a table [T]."""
MARROW_FAT: Final = "marrow fat"
"""The fat of every tissue but subcutaneous fat relaxes like this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """What the scanner can tell of one tissue.

    Parameters
    ----------
    tissue : str
        Name, for example "red marrow".
    t1_ms, t2_ms : float
        Relaxation times of its water; of its fat in the two fats [ms].
    proton_density : float
        Protons that give signal, relative to water.
    fat_share : float
        Share of them in fat, 0..1; the rest is water.
    adc_um2_ms : float
        Apparent diffusion coefficient of the water [um2/ms = 1e-3 mm2/s].
    uptake_mm : float
        Concentration of gadolinium a few minutes after 0.1 mmol/kg [mM].
    kinds : mapping
        "t1", "t2", "adc" to "published", "calibrated" or "chosen"; the other numbers are chosen.
    source : str
        Paper or reason.
    """

    tissue: str
    t1_ms: float
    t2_ms: float
    proton_density: float
    fat_share: float
    adc_um2_ms: float
    uptake_mm: float
    kinds: Mapping[str, str]
    source: str

    @property
    def is_fat(self) -> bool:
        """True for a tissue whose relaxation times are those of fat."""
        return self.fat_share > 0.5


def require_field(field_t: float) -> float:
    """Return the field strength, or refuse one without a table.

    Parameters
    ----------
    field_t : float
        Field strength [T].

    Returns
    -------
    field_t : float
        1.5 or 3.

    Raises
    ------
    ParameterError
        If there is no table for it.
    """
    if isinstance(field_t, bool) or field_t not in FIELDS_T:
        message = (
            f"field_t = {field_t} T has no relaxation times; choose 1.5 T or 3 T, "
            "the fields of clinical whole-body scanners"
        )
        raise ParameterError(message)
    return float(field_t)


def tissue_names() -> tuple[str, ...]:
    """Return the names of all tissues, in the order of the table.

    Returns
    -------
    names : tuple of str
        For `relaxation`.
    """
    return tuple(dict.fromkeys(name for name, _ in _table()))


def relaxation(tissue: str, field_t: float) -> Relaxation:
    """Look a tissue up.

    Parameters
    ----------
    tissue : str
        One of `tissue_names`.
    field_t : {1.5, 3.0}
        Field strength [T].

    Returns
    -------
    relaxation : Relaxation
        A row of ``assets/physics/mr_relaxation.csv``.

    Raises
    ------
    ParameterError
        If there is no such tissue or field.
    """
    field = require_field(field_t)
    try:
        return _table()[tissue, field]
    except KeyError:
        message = f"there is no tissue “{tissue}”; choose one of {', '.join(tissue_names())}"
        raise ParameterError(message) from None


@cache
def _table() -> Mapping[tuple[str, float], Relaxation]:
    with asset("physics/mr_relaxation.csv").open(encoding="utf-8", newline="") as lines:
        rows = [_relaxation(row) for row in csv.DictReader(lines)]
    return MappingProxyType({(row.tissue, field): row for row, field in rows})


def _relaxation(row: dict[str, str]) -> tuple[Relaxation, float]:
    numbers = ("t1_ms", "t2_ms", "proton_density", "fat_share", "adc_um2_ms", "uptake_mm")
    one = Relaxation(
        tissue=row["tissue"],
        kinds=MappingProxyType({name: row[f"{name}_kind"] for name in ("t1", "t2", "adc")}),
        source=row["source"],
        **{name: float(row[name]) for name in numbers},
    )
    return one, float(row["field_t"])
