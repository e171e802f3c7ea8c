"""Constants of Ayati et al. 2010 with range, unit, meaning and source, and its treatment."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Final

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["AyatiParameters", "AyatiTreatment"]

_LONGEST_D: Final = 5000.0
_SMALLEST_DETERMINANT: Final = 0.01
_MYELOMA: Final = "Ayati 2010, read from BIOMD0000000402"


def _constant(value: float, symbol: str, limits: tuple[float, float], unit: str, meaning: str) -> Any:
    low, high = limits
    note = {"symbol": symbol, "low": low, "high": high, "unit": unit, "meaning": meaning}
    return field(default=value, metadata={**note, "kind": "published", "source": _MYELOMA})


@dataclass(frozen=True, slots=True, kw_only=True)
class AyatiParameters:
    """Constants of the model; the defaults are those of periodic remodeling and of myeloma.

    Parameters
    ----------
    osteoclast_production, osteoblast_production, osteoclast_removal, osteoblast_removal : float
        a1 = 3, a2 = 4 [cells/d], b1 = 0.2, b2 = 0.02 [1/d].
    osteoclast_autocrine, osteoclast_to_osteoblast, osteoblast_to_osteoclast, osteoblast_autocrine : float
        g11 = 1.1, g12 = 1, g21 = -0.5, g22 = 0; g11 = 0.5 for one remodeling event.
    resorption, formation : float
        k1 = 0.0748, k2 = 0.0006395 [%/(cell d)]; 0.24 and 0.0017 with g11 = 0.5.
    tumor_osteoclast_autocrine, tumor_osteoclast_to_osteoblast, tumor_osteoblast_to_osteoclast : float
        r11 = 0.005, r12 = 0, r21 = 0: how a full tumor changes the exponents.
    tumor_osteoblast_autocrine : float
        r22 = 0.2.
    tumor_growth, tumor_capacity : float
        gamma_T = 0.005 [1/d], L_T = 100 [%].

    Raises
    ------
    ParameterError
        If a value is outside its range, or the exponents leave no rest state.
    """

    osteoclast_production: float = _constant(3.0, "α₁", (0.1, 100.0), "cells/d", "production of osteoclasts")
    osteoblast_production: float = _constant(4.0, "α₂", (0.1, 100.0), "cells/d", "production of osteoblasts")
    osteoclast_removal: float = _constant(0.2, "β₁", (0.01, 2.0), "1/d", "removal of osteoclasts")
    osteoblast_removal: float = _constant(0.02, "β₂", (0.001, 2.0), "1/d", "removal of osteoblasts")
    osteoclast_autocrine: float = _constant(1.1, "g₁₁", (0.0, 1.5), "1", "osteoclasts on osteoclasts")
    osteoclast_to_osteoblast: float = _constant(1.0, "g₁₂", (0.1, 2.0), "1", "osteoclasts on osteoblasts")
    osteoblast_to_osteoclast: float = _constant(-0.5, "g₂₁", (-2.0, 0.5), "1", "osteoblasts on osteoclasts")
    osteoblast_autocrine: float = _constant(0.0, "g₂₂", (-1.0, 0.9), "1", "osteoblasts on osteoblasts")
    resorption: float = _constant(0.0748, "k₁", (0.0, 10.0), "%/(cell d)", "bone resorbed per osteoclast")
    formation: float = _constant(0.0006395, "k₂", (0.0, 0.1), "%/(cell d)", "bone formed per osteoblast")
    tumor_osteoclast_autocrine: float = _constant(0.005, "r₁₁", (0.0, 0.2), "1", "tumor on g₁₁")
    tumor_osteoclast_to_osteoblast: float = _constant(0.0, "r₁₂", (0.0, 1.0), "1", "tumor on g₁₂")
    tumor_osteoblast_to_osteoclast: float = _constant(0.0, "r₂₁", (0.0, 1.0), "1", "tumor on g₂₁")
    tumor_osteoblast_autocrine: float = _constant(0.2, "r₂₂", (0.0, 1.0), "1", "tumor on g₂₂")
    tumor_growth: float = _constant(0.005, "γ_T", (0.0, 0.1), "1/d", "Gompertz growth of the tumor")
    tumor_capacity: float = _constant(100.0, "L_T", (1.0, 1000.0), "%", "largest tumor")

    def __post_init__(self) -> None:
        for spec in fields(self):
            note = spec.metadata
            unit = "" if note["unit"] == "1" else note["unit"]
            require_in_range(spec.name, getattr(self, spec.name), note["low"], note["high"], unit)
        for tumor in (0.0, 1.0):
            if self.determinant(tumor) > -_SMALLEST_DETERMINANT:
                message = (
                    f"g12 g21 - (1 - g11)(1 - g22) = {self.determinant(tumor):.3g} at {100 * tumor:g} % tumor must be "
                    f"at most -{_SMALLEST_DETERMINANT}: there is no rest state; lower osteoclast_autocrine or "
                    "make osteoblast_to_osteoclast more negative"
                )
                raise ParameterError(message)

    def exponents(self, tumor: float) -> tuple[float, float, float, float]:
        """Return g11, g12, g21, g22 as a tumor of this share of its capacity changes them."""
        return (
            self.osteoclast_autocrine * (1.0 + self.tumor_osteoclast_autocrine * tumor),
            self.osteoclast_to_osteoblast / (1.0 + self.tumor_osteoclast_to_osteoblast * tumor),
            self.osteoblast_to_osteoclast * (1.0 + self.tumor_osteoblast_to_osteoclast * tumor),
            self.osteoblast_autocrine - self.tumor_osteoblast_autocrine * tumor,
        )

    def determinant(self, tumor: float) -> float:
        """Return Gamma of the paper at a share of the tumor's capacity; negative where there is a rest state."""
        g11, g12, g21, g22 = self.exponents(tumor)
        return g12 * g21 - (1.0 - g11) * (1.0 - g22)


@dataclass(frozen=True, slots=True, kw_only=True)
class AyatiTreatment:
    """The treatment of the paper: less osteoblast death and a shrinking tumor, from one day to another.

    Parameters
    ----------
    osteoblast_support : float, default 0.001
        v1 [1/d], taken from the removal of osteoblasts, in [0, 0.5]; published.
    tumor_kill : float, default 0.008
        v2 [1/d], taken from the growth of the tumor, in [0, 0.5]; published.
    start_d : float, default 600
        First day, in [0, 5000].
    end_d : float or None, default None
        Last day, in [0, 5000]; None goes on for ever, as in the paper.

    Raises
    ------
    ParameterError
        If a value is outside its range or the end lies before the start.
    """

    osteoblast_support: float = 0.001
    tumor_kill: float = 0.008
    start_d: float = 600.0
    end_d: float | None = None

    def __post_init__(self) -> None:
        require_in_range("osteoblast_support", self.osteoblast_support, 0.0, 0.5, "1/d")
        require_in_range("tumor_kill", self.tumor_kill, 0.0, 0.5, "1/d")
        require_in_range("start_d", self.start_d, 0.0, _LONGEST_D, "d")
        if (
            self.end_d is not None
            and require_in_range("end_d", self.end_d, 0.0, _LONGEST_D, "d") < self.start_d
        ):
            message = f"end_d = {self.end_d} d lies before start_d = {self.start_d} d; choose a later end"
            raise ParameterError(message)
