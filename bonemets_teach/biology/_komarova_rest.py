"""Cells at rest in Komarova 2003, and where rest loses its stability."""

from __future__ import annotations

from dataclasses import dataclass

from bonemets_teach.biology._komarova_parameters import KomarovaParameters

__all__ = ["Rest", "neutral_autocrine", "steady_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Cells of one remodeling unit at rest [cells]."""

    osteoclast: float
    osteoblast: float


def steady_state(parameters: KomarovaParameters) -> Rest:
    """Return the cells at rest.

    Parameters
    ----------
    parameters : KomarovaParameters
        Constants of the model.

    Returns
    -------
    rest : Rest
        Cells at rest.

    Notes
    -----
    Komarova 2003, eqs 5 and 6, with the misprint in the osteoblast exponent corrected as in BIOMD0000000148.

    Examples
    --------
    >>> round(steady_state(KomarovaParameters()).osteoblast, 3)
    212.132
    """
    p = parameters
    osteoclast_ratio = p.osteoclast_removal / p.osteoclast_production
    osteoblast_ratio = p.osteoblast_removal / p.osteoblast_production
    gap = p.determinant
    return Rest(
        osteoclast=osteoclast_ratio ** ((1.0 - p.osteoblast_autocrine) / gap)
        * osteoblast_ratio ** (p.osteoblast_to_osteoclast / gap),
        osteoblast=osteoclast_ratio ** (p.osteoclast_to_osteoblast / gap)
        * osteoblast_ratio ** ((1.0 - p.osteoclast_autocrine) / gap),
    )


def neutral_autocrine(parameters: KomarovaParameters) -> float:
    """Return the g11 at which oscillations neither grow nor fade.

    Parameters
    ----------
    parameters : KomarovaParameters
        Constants of the model; its own g11 does not matter.

    Returns
    -------
    g11 : float
        1 + (b2/b1) (1 - g22): the trace of the linearized model vanishes.

    Examples
    --------
    >>> round(neutral_autocrine(KomarovaParameters()), 12)
    1.1
    """
    p = parameters
    return 1.0 + p.osteoblast_removal / p.osteoclast_removal * (1.0 - p.osteoblast_autocrine)
