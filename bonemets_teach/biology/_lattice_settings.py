"""What a trabecular lattice and its remodeling are set to, with the kind of every number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bonemets_teach.errors import ParameterError, require_in_range

# Constants of the automaton. kind: published | calibrated | chosen.
SWEEPS_PER_YEAR: Final = 8  # chosen: one sweep of 6.5 weeks is about one resorption phase at one place
SWEEPS_PER_FRAME: Final = 2  # chosen: a picture each quarter of a year
SETTLING_SWEEPS: Final = 8  # chosen: fills the remodeling space before year 0
RESORPTION_CHANCE: Final = 0.13  # calibrated: 25 % of the bone renewed in a year at activity 1
MECHANOSTAT_GAIN: Final = 3.0  # chosen: 10 % bone lost raises formation by 30 %
LOAD_SHIELDING: Final = 0.5  # chosen: bone in line with the load is resorbed half as often
SMALLEST_PIECE_MM2: Final = 0.1  # chosen: about the section of two trabecular nodes
REMODELING_SPACE: Final = 0.092  # calibrated: open cavities at activity 1 over the bone around them

YEARS_RANGE: Final = (0.25, 30.0)
ACTIVITY_RANGE: Final = (0.0, 10.0)
BONE_RANGE: Final = (0.05, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatticeSettings:
    """How the patch of cancellous bone looks at the start.

    Parameters
    ----------
    bone_fraction : float, default 0.2
        Bone volume fraction BV/TV, 0.05..0.6; met to one pixel.
    size_px : int, default 160
        Rows and columns, 32..512.
    pixel_mm : float, default 0.05
        Pixel size [mm], 0.01..0.2.
    spacing_mm : float, default 0.75
        Distance between neighboring trabeculae [mm], 0.3..2; chosen within 0.6-0.9 mm of human spine and hip.
    anisotropy : float, default 1.6
        How much longer the structure is along the load (the rows' axis) than across it, 1..3; chosen.
    seed : int, default 1
        Same seed, same lattice; 0..2**31.
    """

    bone_fraction: float = 0.2
    size_px: int = 160
    pixel_mm: float = 0.05
    spacing_mm: float = 0.75
    anisotropy: float = 1.6
    seed: int = 1

    def __post_init__(self) -> None:
        require_in_range("bone_fraction", self.bone_fraction, *BONE_RANGE)
        require_whole("size_px", self.size_px, 32, 512)
        require_in_range("pixel_mm", self.pixel_mm, 0.01, 0.2, "mm")
        require_in_range("spacing_mm", self.spacing_mm, 0.3, 2.0, "mm")
        require_in_range("anisotropy", self.anisotropy, 1.0, 3.0)
        require_whole("seed", self.seed, 0, 2**31)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemodelingSettings:
    """What the cells do to the lattice.

    Parameters
    ----------
    years : float, default 12
        How long [years], 0.25..30.
    resorption : float, default 1
        Osteoclast activity [times normal], 0..10.
    formation : float, default 1
        Osteoblast activity [times normal], 0..10.
    load : bool, default True
        Whether osteocytes answer load: more formation where bone was lost, less resorption along the load.
    seed : int, default 1
        Same seed, same history; 0..2**31.
    """

    years: float = 12.0
    resorption: float = 1.0
    formation: float = 1.0
    load: bool = True
    seed: int = 1

    def __post_init__(self) -> None:
        require_in_range("years", self.years, *YEARS_RANGE, "years")
        require_in_range("resorption", self.resorption, *ACTIVITY_RANGE, "× normal")
        require_in_range("formation", self.formation, *ACTIVITY_RANGE, "× normal")
        require_whole("seed", self.seed, 0, 2**31)


def require_whole(name: str, value: object, low: int, high: int) -> int:
    """Return a whole number in a range, or refuse it."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise ParameterError.out_of_range(name, value, low, high)
    number = int(value.__index__())
    require_in_range(name, number, low, high)
    return number
