"""Controls of a scene: what a learner may change, in which range, and what happens to bad values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from bonemets_teach.content.language import tr

__all__ = ["Choice", "Control", "Option", "Parameter", "Toggle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that a learner sets with a slider and a number box.

    Parameters
    ----------
    name : str
        Key in the state and in a link.
    label : str
        What the learner reads, without the unit.
    low, high, step, default : float
        Range, step and start value, in ``unit``.
    unit : str, default ""
        Unit, empty if there is none.
    source : str, default ""
        Where range and default come from: a paper, or "chosen".
    on_release : bool, default False
        Compute only when the slider is let go, for slow scenes.
    help : str, default ""
        One sentence on what the control does.
    ends : tuple of str, default ("", "")
        Words under the two ends of the slider.
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    default: float
    unit: str = ""
    source: str = ""
    on_release: bool = False
    help: str = ""
    ends: tuple[str, str] = ("", "")

    def values(self) -> list[float]:
        """Return every value at which the slider stops.

        Returns
        -------
        values : list of float
            From ``low`` to ``high``.
        """
        stops = math.floor((self.high - self.low) / self.step + 1e-9)
        return [round(self.low + stop * self.step, 10) for stop in range(stops + 1)]

    def coerce(self, raw: Any) -> tuple[float, str | None]:
        """Turn anything into an allowed value.

        Parameters
        ----------
        raw : object
            A value from a message or a link.

        Returns
        -------
        value : float
            A value in the range.
        note : str or None
            What was changed and why, in words for the learner.
        """
        tail = f" {tr(self.unit)}" if self.unit else ""
        try:
            number = float("nan") if isinstance(raw, bool) else float(raw)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if math.isnan(number):
            shown = str(raw)[:40]
            return self.default, tr(
                "{label}: “{shown}” is not a number; set to {value:g}{unit}.",
                label=tr(self.label),
                shown=shown,
                value=self.default,
                unit=tail,
            )
        if self.low <= number <= self.high:
            return number, None
        value = min(max(number, self.low), self.high)
        words = "{label}: {number:g}{unit} is outside {low:g} to {high:g}{unit}; set to {value:g}{unit}."
        given = {"number": number, "low": self.low, "high": self.high, "value": value}
        return value, tr(words, label=tr(self.label), unit=tail, **given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a `Choice`: its value in the state and what the learner reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few named options, shown as a group of radio buttons or a list.

    Parameters
    ----------
    name, label, help : str
        As in `Parameter`.
    options : tuple of Option
        At least two.
    default : str
        Value of the option chosen at the start.
    on_release : bool, default False
        Marks a choice whose picture takes longer than a frame.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    default: str
    on_release: bool = False
    help: str = ""

    def coerce(self, raw: Any) -> tuple[str, str | None]:
        """Turn anything into one of the options; see `Parameter.coerce`.

        Parameters
        ----------
        raw : object
            A value from a message or a link.

        Returns
        -------
        value : str
            Value of an option.
        note : str or None
            What was changed and why.
        """
        for option in self.options:
            if raw == option.value:
                return option.value, None
        allowed = ", ".join(tr(option.label) for option in self.options)
        chosen = next(tr(option.label) for option in self.options if option.value == self.default)
        words = "{label}: “{shown}” is not one of {allowed}; set to {chosen}."
        return self.default, tr(
            words, label=tr(self.label), shown=str(raw)[:40], allowed=allowed, chosen=chosen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """Something that is on or off, shown as a checkbox."""

    name: str
    label: str
    default: bool
    on_release: bool = False
    help: str = ""

    def coerce(self, raw: Any) -> tuple[bool, str | None]:
        """Turn anything into on or off; see `Parameter.coerce`.

        Parameters
        ----------
        raw : object
            A value from a message or a link; "1", "0", "true" and "false" are understood.

        Returns
        -------
        value : bool
            On or off.
        note : str or None
            What was changed and why.
        """
        known = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
        word = str(raw).strip().lower()
        if word in known:
            return known[word], None
        setting = tr("on") if self.default else tr("off")
        words = "{label}: “{shown}” is neither on nor off; set to {setting}."
        return self.default, tr(words, label=tr(self.label), shown=str(raw)[:40], setting=setting)


Control = Parameter | Choice | Toggle
