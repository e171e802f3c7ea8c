"""Measures of cancellous bone in section: thickness, spacing, number, pieces and closed meshes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from bonemets_teach.biology._lattice_structure import label_periodic
from bonemets_teach.errors import require_in_range

# A staircase around a smooth oblique outline is 4/pi times too long, averaged over directions.
_STAIRCASE = np.pi / 4.0
# A smaller hole is a cavity that cells have dug, not a mesh. Chosen.
_SMALLEST_MESH_MM2 = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class LatticeMeasures:
    """Histomorphometry of one section; lengths are nan where there is no bone or no marrow.

    Parameters
    ----------
    bone_fraction : float
        BV/TV, 0..1.
    thickness_mm : float
        Mean width of the trabeculae [mm]: twice the bone area over the bone perimeter.
    spacing_mm : float
        Mean width of the marrow between them [mm]: thickness times (1/BV/TV - 1).
    number_per_mm : float
        Trabeculae met per mm of a line across them: BV/TV over thickness.
    pieces : int
        Separate pieces of bone.
    meshes : int
        Closed meshes of bone around at least 0.05 mm2 of marrow; each lost strut opens one.
    """

    bone_fraction: float
    thickness_mm: float
    spacing_mm: float
    number_per_mm: float
    pieces: int
    meshes: int


def measure_lattice(bone: NDArray[np.bool_], *, pixel_mm: float = 0.05) -> LatticeMeasures:
    """Measure a section of cancellous bone.

    Parameters
    ----------
    bone : ndarray of bool, shape (row, column)
        True is bone; taken as periodic at the edges.
    pixel_mm : float, default 0.05
        Pixel size [mm].

    Returns
    -------
    measures : LatticeMeasures
        Volume, widths and connection.

    Notes
    -----
    The plate model in section of Parfitt et al., J Clin Invest 1983; 72: 1396, without its factor for
    obliquely cut plates: a strip of width w has area w L and perimeter 2 L. Perimeter is the count of
    bone-marrow pixel sides times pi/4.
    """
    require_in_range("pixel_mm", pixel_mm, 0.01, 0.2, "mm")
    share = float(bone.mean())
    sides = sum(int(np.count_nonzero(bone != np.roll(bone, 1, axis))) for axis in (0, 1))
    perimeter_mm = sides * pixel_mm * _STAIRCASE
    thickness = 2.0 * int(bone.sum()) * pixel_mm**2 / perimeter_mm if sides and share > 0.0 else float("nan")
    _, pieces = label_periodic(bone)
    return LatticeMeasures(
        bone_fraction=share,
        thickness_mm=thickness,
        spacing_mm=thickness * (1.0 / share - 1.0) if share > 0.0 else float("nan"),
        number_per_mm=share / thickness if thickness > 0.0 else 0.0,
        pieces=pieces,
        meshes=_meshes(bone, round(_SMALLEST_MESH_MM2 / pixel_mm**2)),
    )


def _meshes(bone: NDArray[np.bool_], smallest: int) -> int:
    """Count marrow regions that bone closes in; regions that reach the edge of the patch are open."""
    labels, count = ndimage.label(~bone)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[edge] = 0
    return int(np.count_nonzero(sizes[1:] >= smallest))
