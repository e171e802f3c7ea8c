"""What an export wrote, and, item by item with the reason, what its format can't hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Export", "Loss", "Losses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something of an item that is not in the file: the whole item (``what`` is "") or a part of it."""

    item: str
    what: str
    reason: str

    def __str__(self) -> str:
        """Return item, what is missing and why in one line."""
        return f"{self.item}: {self.what or 'left out'} ({self.reason})"


class Losses:
    """Collects losses while a file is written."""

    def __init__(self) -> None:
        self._found: dict[Loss, None] = {}

    def add(self, item: str, what: str, reason: str) -> None:
        """Note a part of an item that the file does not hold.

        Parameters
        ----------
        item : str
            Id.
        what : str
            The part; "" for the whole item.
        reason : str
            Why the format can't hold it.
        """
        self._found[Loss(item=item, what=what, reason=reason)] = None

    def all(self) -> tuple[Loss, ...]:
        """Return what was noted, each loss once.

        Returns
        -------
        losses : tuple of Loss
            In order.
        """
        return tuple(self._found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A written file and the report on it.

    Parameters
    ----------
    format : str
        Name of the format.
    data : bytes
        The file.
    written : tuple of str
        Ids of the items in it.
    losses : tuple of Loss
        What it does not hold.
    """

    format: str
    data: bytes = field(repr=False)
    written: tuple[str, ...]
    losses: tuple[Loss, ...]

    @property
    def left_out(self) -> tuple[Loss, ...]:
        """Items that are not in the file at all."""
        return tuple(loss for loss in self.losses if not loss.what)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data.

        Returns
        -------
        report : dict
            format, written, left_out, incomplete.
        """
        return {
            "format": self.format,
            "written": list(self.written),
            "left_out": [{"item": loss.item, "reason": loss.reason} for loss in self.left_out],
            "incomplete": [
                {"item": loss.item, "what": loss.what, "reason": loss.reason}
                for loss in self.losses
                if loss.what
            ],
        }
