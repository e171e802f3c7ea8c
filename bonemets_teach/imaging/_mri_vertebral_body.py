"""The vertebral body of interest in a phantom: where it is, and distances within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import Region
from bonemets_teach.errors import ParameterError

__all__ = ["SITE", "VertebralBody", "vertebral_body"]

Float32 = npt.NDArray[np.float32]

SITE: Final = "vertebral body"
# Chosen: holds a lumbar vertebra with its processes, the discs and the end plates across them [mm].
_HALF_MM: Final = (34.0, 36.0, 30.0)
_BEHIND_MM: Final = 62.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VertebralBody:
    """A region around the body of interest; coordinates are open grids from its middle [mm].

    Parameters
    ----------
    roi : tuple of slice
        The region (z, y, x).
    z, y, x : ndarray of float32
        Toward the feet, toward the back, toward the left [mm].
    bone : ndarray of float32, shape of the region
        Healthy bone volume fraction.
    own : ndarray of bool, shape of the region
        The vertebra of interest.
    inside : ndarray of bool, shape of the region
        Its body, without arch and processes.
    upper, lower : ndarray of float32, shape of the region without z
        Height z of the upper and of the lower end plate [mm].
    from_lower_disc : ndarray of float32, shape of the region
        Distance up or down from the disc below [mm].
    voxel_mm : float
        Edge of a voxel [mm].
    """

    roi: Region
    z: Float32
    y: Float32
    x: Float32
    bone: Float32
    own: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]
    upper: Float32
    lower: Float32
    from_lower_disc: Float32
    voxel_mm: float

    @property
    def below_upper_plate(self) -> Float32:
        """Depth below the upper end plate [mm], shape of the region."""
        return np.asarray(self.z - self.upper, dtype=np.float32)


def vertebral_body(phantom: Phantom) -> VertebralBody:
    """Find the vertebral body of interest.

    Parameters
    ----------
    phantom : Phantom
        With the site "vertebral body".

    Returns
    -------
    body : VertebralBody
        Geometry.

    Raises
    ------
    ParameterError
        If the phantom has no such site.
    """
    if SITE not in phantom.sites:
        message = f"the phantom “{phantom.name}” has no vertebral body; choose a vertebra or the lumbar spine"
        raise ParameterError(message)
    seed, edge = phantom.index_of(phantom.sites[SITE]), phantom.voxel_mm
    reach = [(half, half) for half in _HALF_MM]
    reach[1] = (_HALF_MM[1], _BEHIND_MM)
    parts = [
        slice(max(0, at - round(low / edge)), min(n, at + round(high / edge) + 1))
        for at, (low, high), n in zip(seed, reach, phantom.shape, strict=True)
    ]
    roi = (parts[0], parts[1], parts[2])
    z, y, x = ((np.arange(part.start, part.stop) - at) * edge for part, at in zip(parts, seed, strict=True))
    label = phantom.label[roi]
    own = is_bone(label, femur_only=True)
    # The canal bounds the body behind: its front is the first voxel behind the seed that isn't bone.
    middle = own[seed[0] - parts[0].start, :, seed[2] - parts[2].start]
    back = float(y[(y > 0) & ~middle][0])
    inside = own & (y < back)[:, None]
    upper, lower = _plates(inside, z)
    return VertebralBody(
        roi=roi,
        z=_grid(z, 0), y=_grid(y, 1), x=_grid(x, 2),
        bone=np.asarray(phantom.bone_fraction[roi]),
        own=own, inside=inside, upper=upper, lower=lower,
        from_lower_disc=_from_disc(label, z, edge),
        voxel_mm=edge,
    )  # fmt: skip


def _grid(line: npt.NDArray[Any], axis: int) -> Float32:
    shape = [1, 1, 1]
    shape[axis] = len(line)
    return line.astype(np.float32).reshape(shape)


def _plates(inside: npt.NDArray[np.bool_], z: npt.NDArray[Any]) -> tuple[Float32, Float32]:
    """Return heights of the end plates; beside the body those of its middle."""
    any_bone = inside.any(axis=0)
    upper = z[np.argmax(inside, axis=0)]
    lower = z[len(z) - 1 - np.argmax(inside[::-1], axis=0)]
    typical = [float(np.median(plate[any_bone])) for plate in (upper, lower)]
    return (
        np.where(any_bone, upper, typical[0]).astype(np.float32),
        np.where(any_bone, lower, typical[1]).astype(np.float32),
    )


def _from_disc(label: npt.NDArray[np.uint8], z: npt.NDArray[Any], edge: float) -> Float32:
    """Return the distance along z from the disc below; far away where there is none in the column."""
    disc = (label == Tissue.DISC) & (z > 0)[:, None, None]
    distance = np.full(label.shape, 1e3, dtype=np.float32)
    steps = np.arange(len(z))[:, None, None]
    found = disc.any(axis=0)
    top = np.where(found, np.argmax(disc, axis=0), -(10**6))
    bottom = np.where(found, len(z) - 1 - np.argmax(disc[::-1], axis=0), 10**6)
    above, below = top - steps, steps - bottom
    gap = np.where(above > 0, above, np.where(below > 0, below, 0)) * np.float32(edge)
    return np.minimum(np.where(found, gap, distance), distance).astype(np.float32)
