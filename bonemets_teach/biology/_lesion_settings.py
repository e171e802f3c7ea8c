"""What a lesion is set to, checked once."""

from __future__ import annotations

from dataclasses import dataclass

from bonemets_teach.biology._lattice_settings import require_whole
from bonemets_teach.errors import ParameterError, require_in_range

LONGEST_MONTHS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionSettings:
    """One metastasis: what it is, where it starts and how fast it grows.

    Parameters
    ----------
    phenotype : float
        q, from 0 (lytic) over about 0.45 (mixed) to 1 (blastic).
    months : int, default 18
        How long it grows [months], 0..60; one snapshot each month.
    seed_index : tuple of int
        Voxel where the first tumor cells settle, one index an axis.
    voxel_mm : float, default 1.0
        Voxel size [mm], 0.2..5.
    growth_speed : float, default 1.0
        Speed of the tumor front [times normal], 0.25..3. A slow lesion has a sharp, geographic margin; a
        fast one a wide, ragged, moth-eaten margin.
    heterogeneity : float, default 0.3
        Standard deviation of the phenotype between parts of a mixed lesion, 0..0.5; scaled by 4 q (1-q), so
        purely lytic and purely blastic lesions are uniform.
    noise_seed : int, default 1
        Seed of the mosaic; same seed, same lesion; 0..2**31.
    compact : bool, default False
        Keep the months as float16: half the memory, at most 0.0005 off.
    """

    phenotype: float
    seed_index: tuple[int, ...]
    months: int = 18
    voxel_mm: float = 1.0
    growth_speed: float = 1.0
    heterogeneity: float = 0.3
    noise_seed: int = 1
    compact: bool = False

    def __post_init__(self) -> None:
        require_in_range("phenotype", self.phenotype, 0.0, 1.0)
        require_whole("months", self.months, 0, LONGEST_MONTHS)
        require_in_range("voxel_mm", self.voxel_mm, 0.2, 5.0, "mm")
        require_in_range("growth_speed", self.growth_speed, 0.25, 3.0, "× normal")
        require_in_range("heterogeneity", self.heterogeneity, 0.0, 0.5)
        require_whole("noise_seed", self.noise_seed, 0, 2**31)
        given: object = self.seed_index
        if not isinstance(given, tuple) or len(given) not in {2, 3}:
            message = f"seed_index = {given} is not a tuple of 2 or 3 whole numbers; give one index an axis"
            raise ParameterError(message)
        for index in given:
            require_whole("seed_index", index, 0, 2**15)
