"""The cells at rest from which Ayati 2010 counts resorption and formation."""

from __future__ import annotations

from bonemets_teach.biology._ayati_parameters import AyatiParameters
from bonemets_teach.biology._komarova_rest import Rest

__all__ = ["steady_state"]


def steady_state(parameters: AyatiParameters | None = None, *, tumor: bool = False) -> Rest:
    """Return the cells at rest.

    Parameters
    ----------
    parameters : AyatiParameters or None, default None
        Constants of the model; None takes those of the paper.
    tumor : bool, default False
        Rest in a bone full of tumor, else without one.

    Returns
    -------
    rest : Rest
        Cells at rest.

    Notes
    -----
    Ayati 2010, eqs 4, 5, 13 and 14, with the misprints in 4, 13 and 14 corrected as in BIOMD0000000402.

    Examples
    --------
    >>> round(steady_state(tumor=True).osteoclast, 3)
    4.994
    """
    p = parameters or AyatiParameters()
    share = 1.0 if tumor else 0.0
    g11, g12, g21, g22 = p.exponents(share)
    gap = p.determinant(share)
    osteoclast_ratio = p.osteoclast_removal / p.osteoclast_production
    osteoblast_ratio = p.osteoblast_removal / p.osteoblast_production
    return Rest(
        osteoclast=osteoclast_ratio ** ((1.0 - g22) / gap) * osteoblast_ratio ** (g21 / gap),
        osteoblast=osteoclast_ratio ** (g12 / gap) * osteoblast_ratio ** ((1.0 - g11) / gap),
    )
