"""When each test first shows a lesion, from one growing lesion and a contrast-to-noise model for each test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.lesion_field import grow
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging import _visibility_signals as signal
from bonemets_teach.imaging._visibility_sites import VISIBILITY_SITES, BoneSite
from bonemets_teach.imaging.detectability import ROSE_THRESHOLD

__all__ = [
    "HORIZON_MONTHS",
    "MODALITIES",
    "VISIBILITY_SITES",
    "BoneSite",
    "Visibility",
    "first_visible",
    "visibility",
]

Float64 = npt.NDArray[np.float64]

HORIZON_MONTHS: Final = 48
"""How long the lesion is followed [months]."""
MODALITIES: Final = MappingProxyType({
    "mri": ("MRI (T1)", signal.mri_snr),
    "fdg-pet": ("FDG PET", signal.fdg_snr),
    "naf-pet": ("NaF PET", signal.naf_snr),
    "bone-scan": ("Bone scan", signal.bone_scan_snr),
    "ct": ("CT", signal.ct_snr),
    "radiograph": ("Radiograph", signal.radiograph_snr),
})  # fmt: skip
"""Name for people and signal over noise of each test."""
# chosen: grid of the lesion; half of it moves no month by more than half in a uniform lesion (a mosaic is redrawn)
_VOXEL_MM: Final = 1.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visibility:
    """How one lesion shows over the months.

    Parameters
    ----------
    months : ndarray of shape (month,)
        0, 1, 2... [months].
    snr : mapping of str to ndarray of shape (month,)
        Signed signal over noise for each key of `MODALITIES`.
    diameter_mm : ndarray of shape (month,)
        Diameter of a ball of marrow space with as much tumor [mm].
    core_bone : ndarray of shape (month,)
        Bone within 5 mm of the seed relative to the start.
    """

    months: Float64
    snr: MappingProxyType[str, Float64]
    diameter_mm: Float64
    core_bone: Float64

    def first(self, modality: str, threshold: float = ROSE_THRESHOLD) -> float:
        """Return when a test first shows the lesion.

        Parameters
        ----------
        modality : str
            Key of `MODALITIES`.
        threshold : float, default 5
            Signal over noise from which it is seen, in [1, 20].

        Returns
        -------
        month : float
            Infinity if not within the horizon.
        """
        level = require_in_range("threshold", threshold, 1.0, 20.0)
        size = np.abs(self.snr[modality])
        seen = np.flatnonzero(size >= level)
        if not seen.size:
            return float("inf")
        last = int(seen[0])
        if last == 0:
            return 0.0
        rise = (level - size[last - 1]) / (size[last] - size[last - 1])
        return float(self.months[last - 1] + rise)


@lru_cache(maxsize=64)
def visibility(phenotype: float, site: str, growth_speed: float = 1.0) -> Visibility:
    """Follow one lesion through all tests.

    Parameters
    ----------
    phenotype : float
        0 lytic to 1 blastic; about 0.45 is mixed.
    site : str
        Key of `VISIBILITY_SITES`.
    growth_speed : float, default 1
        Speed of the tumor front [times normal], in [0.25, 3].

    Returns
    -------
    visibility : Visibility
        For 48 months; the same object for the same arguments.

    Raises
    ------
    ParameterError
        If the site is unknown or a value out of range.

    Notes
    -----
    The lesion of `lesion_field` grows from the middle of a box of cancellous bone, mirrored in three planes. Each test
    is a mean contrast over the noise of quanta and of normal variation, in the square or blurred point that shows
    it best: an observer who knows where to look. Left out: cortex, degenerative uptake, search, reader, motion, contrast medium.
    """
    if site not in VISIBILITY_SITES:
        message = f"there is no site “{site}”; choose one of {', '.join(VISIBILITY_SITES)}"
        raise ParameterError(message)
    place = VISIBILITY_SITES[site]
    lesion = _grown(phenotype, place, growth_speed)
    shape = lesion.tumor.shape[1:]
    offset = np.indices(shape).astype(np.float64) + 0.5
    core = np.sqrt((offset**2).sum(axis=0)) * _VOXEL_MM <= 5.0
    volume = 8 * _VOXEL_MM**3 * lesion.tumor.sum(axis=(1, 2, 3), dtype=np.float64)
    return Visibility(
        months=np.arange(HORIZON_MONTHS + 1, dtype=np.float64),
        snr=MappingProxyType(
            {name: np.asarray(model(lesion), np.float64) for name, (_, model) in MODALITIES.items()}
        ),
        diameter_mm=np.cbrt(6 * volume / np.pi),
        core_bone=np.asarray(lesion.bone_fraction[:, core].mean(axis=1) / place.bone_fraction, np.float64),
    )


def first_visible(
    phenotype: float, site: str, growth_speed: float = 1.0, *, threshold: float = ROSE_THRESHOLD
) -> dict[str, float]:
    """Return when each test first shows a lesion.

    Parameters
    ----------
    phenotype, site, growth_speed
        As in `visibility`.
    threshold : float, default 5
        Signal over noise from which a lesion is seen, in [1, 20]; Rose's criterion is 5.

    Returns
    -------
    months : dict of str to float
        Month for each key of `MODALITIES`; infinity if not within 48 months.
    """
    course = visibility(phenotype, site, growth_speed)
    return {name: course.first(name, threshold) for name in MODALITIES}


def _grown(phenotype: float, site: BoneSite, speed: float) -> signal.Octant:
    shape = tuple(max(2, round(half / _VOXEL_MM)) for half in site.half_mm)
    fields: Any = grow(
        np.full(shape, site.bone_fraction), site.turnover_per_year, phenotype=phenotype, months=HORIZON_MONTHS,
        seed_index=(0, 0, 0), voxel_mm=_VOXEL_MM, growth_speed=speed,
    )  # fmt: skip
    return signal.Octant(
        tumor=fields.tumor,
        bone_fraction=fields.bone_fraction,
        voxel_mm=_VOXEL_MM,
        phenotype=phenotype,
        site=site,
    )
