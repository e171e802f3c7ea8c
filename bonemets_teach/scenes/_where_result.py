"""What the skeleton shows for one primary: a share for each site, its origin, and time since diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bonemets_teach.scenes._where_shares import OTHERS, PRIMARIES, SITES, Primary, Share
from bonemets_teach.units import DAYS_PER_YEAR

__all__ = ["COURSE_PERCENT", "COURSE_YEARS", "SPINE", "SiteShare", "WhereResult", "run", "span"]

SPINE: Final = ("cervical", "thoracic", "lumbar")
# Hernandez 2018, all solid tumors (claim cumulative_incidence_solid); straight lines between are chosen.
COURSE_YEARS: Final = (30 / DAYS_PER_YEAR, 1.0, 2.0, 5.0, 10.0)
COURSE_PERCENT: Final = (2.9, 4.8, 5.6, 6.9, 8.4)

Origin = Literal["own", "others", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteShare:
    """A site with its share; ``origin`` tells whether it is the primary's own or that of all primaries."""

    site: str
    share: Share | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereResult:
    """A computed state.

    Parameters
    ----------
    primary : Primary
        The tumor.
    show : str
        Chosen panel.
    years : float
        Time since diagnosis [years].
    sites : dict of str to SiteShare
        Every row of the list.
    cumulative_percent : float
        Patients with any solid tumor who have had a bone metastasis by then [%].
    """

    primary: Primary
    show: str
    years: float
    sites: dict[str, SiteShare]
    cumulative_percent: float

    @property
    def own(self) -> list[SiteShare]:
        """Sites with a share of this primary, the most frequent first."""
        found = [site for site in self.sites.values() if site.origin == "own"]
        return sorted(found, key=lambda site: -site.share.middle if site.share else 0.0)

    def drawn(self, site: str) -> SiteShare:
        """Return what a bone of the drawing is shaded with: a level of the spine may take the whole spine's."""
        entry = self.sites[site]
        return self.sites["spine"] if entry.share is None and site in SPINE else entry


def _site(primary: Primary, site: str) -> SiteShare:
    if site in primary.sites:
        return SiteShare(site=site, share=primary.sites[site], origin="own")
    # Shares of deposits and of patients do not mix; all three levels make the share of the whole spine unneeded.
    is_known = site == "spine" and set(SPINE) <= set(primary.sites)
    if site in OTHERS and primary.counted == "patients" and not is_known:
        return SiteShare(site=site, share=OTHERS[site], origin="others")
    return SiteShare(site=site, share=None, origin="none")


def run(primary_id: str, show: str, years: float) -> WhereResult:
    """Collect what is published about a primary.

    Parameters
    ----------
    primary_id : str
        Key of `PRIMARIES`.
    show : str
        Panel to show.
    years : float
        Time since diagnosis [years], 0.1 to 10.

    Returns
    -------
    result : WhereResult
        Shares by site and the cumulative incidence.
    """
    primary = PRIMARIES[primary_id]
    return WhereResult(
        primary=primary,
        show=show,
        years=years,
        sites={site: _site(primary, site) for site in SITES},
        cumulative_percent=float(np.interp(years, COURSE_YEARS, COURSE_PERCENT)),
    )


def span(share: Share | None) -> str:
    """Write a share or a range, for example "52 %" or "49–70 %"."""
    if share is None:
        return "not published"
    low, high = (f"{value:.0f}" for value in (share.low, share.high))
    return f"{low} %" if low == high else f"{low}–{high} %"
