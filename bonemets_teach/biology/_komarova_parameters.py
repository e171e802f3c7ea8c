"""Constants of Komarova et al. 2003, each with its range, unit and source."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["KomarovaParameters"]

_SMALLEST_DETERMINANT = 0.1


def _constant(value: float, symbol: str, limits: tuple[float, float], unit: str, meaning: str) -> Any:
    low, high = limits
    note = {"symbol": symbol, "low": low, "high": high, "unit": unit, "meaning": meaning}
    source = "Komarova 2003, read from BIOMD0000000148"
    return field(default=value, metadata={**note, "kind": "published", "source": source})


@dataclass(frozen=True, slots=True, kw_only=True)
class KomarovaParameters:
    """Constants of the model; the defaults are those of one normal remodeling event.

    Parameters
    ----------
    osteoclast_production, osteoblast_production : float
        a1 = 3 and a2 = 4 [cells/d].
    osteoclast_removal, osteoblast_removal : float
        b1 = 0.2 and b2 = 0.02 [1/d]; 1/b is the mean life span.
    osteoclast_autocrine : float
        g11 = 0.5 for a single event, 1.1 for periodic remodeling.
    osteoclast_to_osteoblast, osteoblast_to_osteoclast, osteoblast_autocrine : float
        g12 = 1, g21 = -0.5, g22 = 0.
    resorption, formation : float
        k1 = 0.24 and k2 = 0.0017 [%/(cell d)] with g11 = 0.5; the paper uses 0.093 and 0.0008 with g11 = 1.1.

    Raises
    ------
    ParameterError
        If a value is outside its range, or the exponents leave no rest state.
    """

    osteoclast_production: float = _constant(3.0, "a1", (0.1, 100.0), "cells/d", "production of osteoclasts")
    osteoblast_production: float = _constant(4.0, "a2", (0.1, 100.0), "cells/d", "production of osteoblasts")
    osteoclast_removal: float = _constant(0.2, "b1", (0.01, 2.0), "1/d", "removal of osteoclasts")
    osteoblast_removal: float = _constant(0.02, "b2", (0.001, 2.0), "1/d", "removal of osteoblasts")
    osteoclast_autocrine: float = _constant(
        0.5,
        "g11",
        (0.0, 1.5),
        "",
        "osteoclasts on their own production (TGF-beta); 1.1 for periodic remodeling",
    )
    osteoclast_to_osteoblast: float = _constant(
        1.0, "g12", (0.1, 2.0), "", "osteoclasts on osteoblast production (TGF-beta, IGF: coupling)"
    )
    osteoblast_to_osteoclast: float = _constant(
        -0.5, "g21", (-2.0, 0.5), "", "osteoblasts on osteoclast production (OPG against RANKL)"
    )
    osteoblast_autocrine: float = _constant(
        0.0, "g22", (-1.0, 0.9), "", "osteoblasts on their own production"
    )
    resorption: float = _constant(
        0.24, "k1", (0.0, 10.0), "%/(cell d)", "bone resorbed per osteoclast above rest"
    )
    formation: float = _constant(
        0.0017, "k2", (0.0, 0.1), "%/(cell d)", "bone formed per osteoblast above rest"
    )

    def __post_init__(self) -> None:
        for spec in fields(self):
            note = spec.metadata
            require_in_range(spec.name, getattr(self, spec.name), note["low"], note["high"], note["unit"])
        if self.determinant > -_SMALLEST_DETERMINANT:
            message = (
                f"g12 g21 - (1 - g11)(1 - g22) = {self.determinant:.3g} must be at most "
                f"-{_SMALLEST_DETERMINANT}: without feedback from osteoblasts there is no rest state; "
                "lower osteoclast_autocrine or make osteoblast_to_osteoclast more negative"
            )
            raise ParameterError(message)

    @property
    def determinant(self) -> float:
        """Gamma of the paper, g12 g21 - (1 - g11)(1 - g22); negative where there is a rest state."""
        coupling = self.osteoclast_to_osteoblast * self.osteoblast_to_osteoclast
        return coupling - (1.0 - self.osteoclast_autocrine) * (1.0 - self.osteoblast_autocrine)
