"""How much mineral must be lost before a radiograph shows it: photons, marrow and overlying anatomy."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging.attenuation import linear
from bonemets_teach.imaging.spectra import TUBE_VOLTAGE_RANGE_KV, tube_spectrum

__all__ = [
    "CLUTTER", "GEOMETRIES", "ROSE_THRESHOLD", "Geometry", "Viewing", "contrast", "iso_attenuating_loss", "noise",
    "rose_snr", "visible_loss",
]  # fmt: skip

Float64 = npt.NDArray[np.float64]

# Published (Rose 1948; Burgess 1999): the ratio of signal to noise from which an observer sees reliably.
ROSE_THRESHOLD: Final = 5.0
# Calibrated, no published value: relative spread of the overlying anatomy at the scale of a lesion, before
# scatter.
CLUTTER: Final = 0.01
# Chosen: 2.5 µGy at the detector, about 3e4 photons per mm2 and µGy, two thirds of them used.
_QUANTA_PER_MM2: Final = 5.0e4
_LOSS_GRID: Final = np.linspace(0.0, 1.0, 401)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """One place where a lesion can sit; sizes are chosen, rounded anatomy.

    Parameters
    ----------
    label : str
        Name for people.
    bone_fraction : float
        Bone volume fraction where the lesion grows, 0..1.
    fat_fraction : float
        Fat share of the marrow there, 0..1.
    depth_cm, width_cm : float
        Lesion along the beam and across it [cm].
    tissue_cm, bone_cm : float
        Soft tissue and cortical bone in front of and behind the lesion [cm].
    scatter_to_primary : float
        Scatter behind the grid over primary radiation.
    """

    label: str
    bone_fraction: float
    fat_fraction: float
    depth_cm: float
    width_cm: float
    tissue_cm: float
    bone_cm: float = 0.0
    scatter_to_primary: float = 1.0


GEOMETRIES: Final = MappingProxyType({
    "lumbar-frontal-1.5": Geometry(
        label="Vertebral body, frontal, 1.5 cm", bone_fraction=0.12, fat_fraction=0.5,
        depth_cm=1.5, width_cm=1.5, tissue_cm=17.0, bone_cm=0.3,
    ),
    "lumbar-frontal-3": Geometry(
        label="Vertebral body, frontal, 3 cm", bone_fraction=0.12, fat_fraction=0.5,
        depth_cm=3.0, width_cm=3.0, tissue_cm=16.0, bone_cm=0.3,
    ),
    "lumbar-lateral-3": Geometry(
        label="Vertebral body, lateral, 3 cm", bone_fraction=0.15, fat_fraction=0.5,
        depth_cm=3.0, width_cm=3.0, tissue_cm=22.0, bone_cm=0.2,
    ),
    "proximal-femur-2": Geometry(
        label="Proximal femur, 2 cm", bone_fraction=0.30, fat_fraction=0.9,
        depth_cm=2.0, width_cm=2.0, tissue_cm=14.0, bone_cm=0.3,
    ),
    "femoral-cortex": Geometry(
        label="Cortex of the femur, 5 mm deep", bone_fraction=0.95, fat_fraction=0.9,
        depth_cm=0.5, width_cm=1.0, tissue_cm=12.0, bone_cm=0.6,
    ),
    "fibula-excised": Geometry(
        label="Fibula on the table", bone_fraction=0.9, fat_fraction=0.5,
        depth_cm=0.6, width_cm=1.0, tissue_cm=0.3, scatter_to_primary=0.0,
    ),
    "humerus-excised": Geometry(
        label="Humerus on the table", bone_fraction=0.9, fat_fraction=0.5,
        depth_cm=1.2, width_cm=2.0, tissue_cm=0.5, scatter_to_primary=0.0,
    ),
})  # fmt: skip
"""Places by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """What stands between the loss of mineral and the eye.

    Parameters
    ----------
    tube_voltage_kv : float, default 80
        Tube voltage [kV], in [50, 140].
    tumor_fills_marrow : bool, default True
        The space that bone and marrow leave is filled with tumor; else bone is lost and marrow takes its
        place.
    clutter : float, default 0.01
        Relative spread of overlying anatomy before scatter, in [0, 0.1]; 0 takes it away.
    quanta_per_mm2 : float, default 5e4
        Photons used per mm2 of the detector, in [100, 1e7].
    """

    tube_voltage_kv: float = 80.0
    tumor_fills_marrow: bool = True
    clutter: float = CLUTTER
    quanta_per_mm2: float = _QUANTA_PER_MM2

    def __post_init__(self) -> None:
        require_in_range("tube_voltage_kv", self.tube_voltage_kv, *TUBE_VOLTAGE_RANGE_KV, "kV")
        require_in_range("clutter", self.clutter, 0.0, 0.1)
        require_in_range("quanta_per_mm2", self.quanta_per_mm2, 100.0, 1e7, "1/mm2")


def contrast(geometry: Geometry, viewing: Viewing, loss: npt.ArrayLike) -> Float64:
    """Return the contrast of the lesion against its surroundings.

    Parameters
    ----------
    geometry : Geometry
        Where the lesion sits.
    viewing : Viewing
        Voltage and what fills the marrow.
    loss : array_like of shape (...)
        Share of the mineral that is lost, 0..1.

    Returns
    -------
    contrast : ndarray of shape (...)
        Relative change of the detector signal; above 0 the lesion is lucent, below 0 denser than normal bone.

    Raises
    ------
    ParameterError
        If a loss is outside 0..1.

    Notes
    -----
    C = (I1 / I0 - 1) / (1 + S/P), with I the energy that reaches the detector, summed over the spectrum.
    """
    share = np.asarray(loss, dtype=np.float64)
    if share.size:
        require_in_range("loss", float(np.min(share)), 0.0, 1.0)
        require_in_range("loss", float(np.max(share)), 0.0, 1.0)
    weight, bone, marrow, filling = _beam_and_tissues(geometry, viewing)
    f = geometry.bone_fraction
    left = f * (1.0 - share[..., None])
    change = left * bone + (1.0 - left) * filling - (f * bone + (1.0 - f) * marrow)
    ratio = np.exp(-change * geometry.depth_cm) @ weight
    return np.asarray((ratio - 1.0) / (1.0 + geometry.scatter_to_primary))


def noise(geometry: Geometry, viewing: Viewing) -> float:
    """Return the relative spread that the contrast must stand out from.

    Parameters
    ----------
    geometry : Geometry
        Where the lesion sits.
    viewing : Viewing
        Clutter and photons.

    Returns
    -------
    spread : float
        sqrt(1 / (N A) + clutter^2): photons over the area of the lesion, and anatomy at its scale.

    Notes
    -----
    Scatter dilutes the anatomy as it dilutes the lesion, so clutter is divided by 1 + S/P.
    """
    area_mm2 = np.pi / 4.0 * (10.0 * geometry.width_cm) ** 2
    anatomy = viewing.clutter / (1.0 + geometry.scatter_to_primary)
    return float(np.sqrt(1.0 / (viewing.quanta_per_mm2 * area_mm2) + anatomy**2))


def rose_snr(geometry: Geometry, viewing: Viewing, loss: npt.ArrayLike) -> Float64:
    """Return the signed ratio of contrast to noise; from `ROSE_THRESHOLD` on a lucent lesion is seen.

    Parameters
    ----------
    geometry : Geometry
        Where the lesion sits.
    viewing : Viewing
        How it is looked at.
    loss : array_like of shape (...)
        Share of the mineral that is lost, 0..1.

    Returns
    -------
    snr : ndarray of shape (...)
        Contrast over noise.
    """
    return np.asarray(contrast(geometry, viewing, loss) / noise(geometry, viewing))


def visible_loss(geometry: Geometry, viewing: Viewing) -> float:
    """Return the smallest loss of mineral from which the lesion is seen as lucent.

    Parameters
    ----------
    geometry : Geometry
        Where the lesion sits.
    viewing : Viewing
        How it is looked at.

    Returns
    -------
    loss : float
        Share of the mineral, 0..1; infinity if even a total loss does not show.

    Notes
    -----
    The criterion is Rose's [1]_. One clutter, `CLUTTER`, gives both the 30 to 50 % that Ardran found in the
    body in 1951 (quoted in [2]_) and the 3 to 16 % of excised, decalcified bones [2]_. Left out: periosteal reaction, broken
    cortex, search.

    References
    ----------
    .. [1] Burgess AE. The Rose model, revisited. J Opt Soc Am A 1999; 16: 633. doi:10.1364/JOSAA.16.000633
    .. [2] Baek JH, Park IH, Seo SH. J Bone Metab 2016; 23: 135. doi:10.11005/jbm.2016.23.3.135
    """
    return _first_crossing(rose_snr(geometry, viewing, _LOSS_GRID), ROSE_THRESHOLD)


def iso_attenuating_loss(geometry: Geometry, viewing: Viewing) -> float:
    """Return the loss of mineral at which tumor and normal bone look alike.

    Parameters
    ----------
    geometry : Geometry
        Where the lesion sits.
    viewing : Viewing
        Voltage, and whether tumor fills the marrow.

    Returns
    -------
    loss : float
        Share of the mineral, 0..1; infinity if tumor stays denser than the bone it destroyed.

    Notes
    -----
    Tumor is denser than fatty marrow, so the lesion starts denser than normal bone; follows from the
    attenuation tables alone.
    """
    return _first_crossing(contrast(geometry, viewing, _LOSS_GRID), 0.0)


def _first_crossing(rising: Float64, level: float) -> float:
    if rising[-1] < level:
        return float("inf")
    return float(np.interp(level, rising, _LOSS_GRID))


def _beam_and_tissues(geometry: Geometry, viewing: Viewing) -> tuple[Float64, Float64, Float64, Float64]:
    spectrum = tube_spectrum(viewing.tube_voltage_kv)
    energy = spectrum.energy_kev
    bone, tumor, red, yellow = (
        linear(name, energy) for name in ("bone_cortical", "tumor", "marrow_red", "marrow_yellow")
    )
    marrow = red + geometry.fat_fraction * (yellow - red)
    normal = geometry.bone_fraction * bone + (1.0 - geometry.bone_fraction) * marrow
    path = (
        linear("muscle", energy) * geometry.tissue_cm + bone * geometry.bone_cm + normal * geometry.depth_cm
    )
    weight = spectrum.fluence_per_cm2_mas * energy * np.exp(-path)
    return weight / weight.sum(), bone, marrow, tumor if viewing.tumor_fills_marrow else marrow
