"""Exceptions of the package: each says what was wrong, what is allowed, and the way out."""

from __future__ import annotations

import math

__all__ = [
    "BonemetsError",
    "ContentError",
    "ParameterError",
    "ProgressError",
    "SolverError",
    "require_in_range",
]


class BonemetsError(Exception):
    """Base of every exception that this package raises on purpose."""


class ParameterError(BonemetsError, ValueError):
    """A quantity is outside what the model allows."""

    @classmethod
    def out_of_range(
        cls, name: str, value: object, low: float, high: float, unit: str = ""
    ) -> ParameterError:
        """Build the message for a value outside ``[low, high]``.

        Parameters
        ----------
        name : str
            Name of the quantity as the caller wrote it.
        value : object
            What was given.
        low, high : float
            Ends of the allowed range, in ``unit``.
        unit : str, default ""
            Unit of the quantity, empty if it has none.

        Returns
        -------
        error : ParameterError
            Ready to be raised.
        """
        tail = f" {unit}" if unit else ""
        return cls(
            f"{name} = {value}{tail} is outside [{low:g}, {high:g}]{tail}; choose a value in that range"
        )


class SolverError(BonemetsError, RuntimeError):
    """A model could not be followed to the end; the message says where it stopped and the way on."""


class ContentError(BonemetsError, ValueError):
    """A quiz, evidence or lesson file breaks a rule; the message names file, item, path and rule."""


class ProgressError(BonemetsError, RuntimeError):
    """Progress can't be read or saved; the message says why and what to do."""


def require_in_range(name: str, value: float, low: float, high: float, unit: str = "") -> float:
    """Return ``value`` as a float, or refuse it with a message.

    Parameters
    ----------
    name : str
        Name of the quantity.
    value : float
        Value to check, in ``unit``.
    low, high : float
        Ends of the allowed range, in ``unit``.
    unit : str, default ""
        Unit of the quantity.

    Returns
    -------
    value : float
        The same value.

    Raises
    ------
    ParameterError
        If the value is not a finite number in the range.
    """
    if isinstance(value, bool):
        raise ParameterError.out_of_range(name, value, low, high, unit)
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ParameterError.out_of_range(name, value, low, high, unit) from None
    if not math.isfinite(number) or not low <= number <= high:
        raise ParameterError.out_of_range(name, value, low, high, unit)
    return number
