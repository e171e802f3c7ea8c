"""Writes numbers for people to read."""

from __future__ import annotations

from typing import Final

__all__ = ["with_exponent"]

_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_exponent(value: float) -> str:
    """Write a number for a table.

    Parameters
    ----------
    value : float
        Any finite number.

    Returns
    -------
    text : str
        Four digits; very large and very small ones as a power of ten.

    Examples
    --------
    >>> [with_exponent(value) for value in (0.25, 3e6, 0.0017, 5.8e-4, -0.5)]
    ['0.25', '3 × 10⁶', '0.0017', '5.8 × 10⁻⁴', '−0.5']
    """
    if value != 0 and not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.3e}".split("e")
        digits = mantissa.rstrip("0").rstrip(".")
        return f"{digits} × 10{str(int(exponent)).translate(_RAISED)}".replace("-", "−")
    return f"{value:.5g}".replace("-", "−")
