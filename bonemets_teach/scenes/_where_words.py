"""Says what the skeleton shows."""

from __future__ import annotations

from bonemets_teach.scenes._where_result import SiteShare, WhereResult, span
from bonemets_teach.scenes._where_shares import PRIMARIES, SITES

__all__ = ["describe", "type_words"]


def describe(result: WhereResult) -> str:
    """Say in words what the picture shows.

    Parameters
    ----------
    result : WhereResult
        A computed state.

    Returns
    -------
    text : str
        A few sentences with numbers and units.
    """
    primary = result.primary
    start = (
        f"{primary.label}: bone is involved in {span(primary.involved)} of patients with advanced or fatal disease; "
        f"usual lesion type {type_words(primary.lesion_type)}."
    )
    return " ".join([start, _sites(result), _panel(result)])


def type_words(lesion_type: tuple[float, float] | None) -> str:
    """Name a range on the line from lytic (0) to blastic (1)."""
    if lesion_type is None:
        return "not named in the source"
    names = {0.0: "lytic", 0.5: "mixed", 1.0: "blastic"}
    low, high = lesion_type
    return names[low] if low == high else f"{names[low]} to {names[high]}"


def _listed(entries: list[SiteShare]) -> str:
    return ", ".join(f"{SITES[entry.site].lower()} {span(entry.share)}" for entry in entries)


def _sites(result: WhereResult) -> str:
    borrowed = [entry for entry in result.sites.values() if entry.origin == "others"]
    unknown = [SITES[entry.site].lower() for entry in result.sites.values() if entry.origin == "none"]
    text = ""
    if result.own:
        text = f"Share of {result.primary.counted} by site, published for this primary ({result.primary.note}): {_listed(result.own)}."
    else:
        text = f"Sites: {result.primary.note}."
    if borrowed:
        text += f" Shown in gray, of all primaries together: {_listed(borrowed)}."
    if unknown:
        text += f" No number for {', '.join(unknown)}."
    return text + " Bones beyond elbow and knee are rare in every primary."


def _panel(result: WhereResult) -> str:
    if result.show == "share":
        return f"{_advanced()} {_metastatic()}"
    if result.show == "type":
        types = (f"{entry.label.lower()} {type_words(entry.lesion_type)}" for entry in PRIMARIES.values())
        return f"Usual lesion types beside the skeleton: {'; '.join(types)}."
    if result.show == "time":
        return f"{_time(result)} Over follow-up it was 18–29 % in prostate cancer."
    return _time(result)


def _advanced() -> str:
    shares = (f"{entry.label.lower()} {span(entry.involved)}" for entry in PRIMARIES.values())
    return f"Bone involvement in advanced or fatal disease: {', '.join(shares)}."


def _metastatic() -> str:
    known = [entry for entry in PRIMARIES.values() if entry.metastatic is not None]
    shares = (f"{entry.label.lower()} {span(entry.metastatic)}" for entry in known)
    return f"Of patients whose cancer has spread at diagnosis: {', '.join(shares)}."


def _time(result: WhereResult) -> str:
    first = result.primary.at_diagnosis
    text = (
        f"Of patients with any solid tumor {result.cumulative_percent:.1f} % have had a bone metastasis "
        f"{result.years:.1f} years after diagnosis"
    )
    if first is None:
        return f"{text}."
    low, high = f"{first.low:.1f}", f"{first.high:.1f}"
    shown = f"{low} %" if low == high else f"{low}–{high} %"
    return f"{text}; of this primary {shown} on the day of diagnosis."
