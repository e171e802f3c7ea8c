"""Sinks the upper end plate of a vertebra, as an osteoporotic fracture does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.imaging._mri_vertebral_body import VertebralBody

__all__ = ["collapsed"]

# Chosen: so much of the disc above follows the plate [mm]; the front sinks as deep as the middle, the back wall stays.
_DISC_MM: Final = 6.0


def collapsed(phantom: Phantom, body: VertebralBody, depth_mm: float) -> Phantom:
    """Return a phantom whose vertebra of interest has lost height.

    Parameters
    ----------
    phantom : Phantom
        Healthy.
    body : VertebralBody
        Its vertebral body.
    depth_mm : float
        How far the middle and the front of the upper end plate sink [mm].

    Returns
    -------
    phantom : Phantom
        Bone is squeezed and so denser; the disc above fills the gap.
    """
    columns = np.asarray(body.inside.any(axis=0))
    sink = depth_mm * _profile(body, columns) * columns
    z = body.z.ravel()[:, None, None]
    plate, floor = body.upper, body.lower
    new_plate = plate + sink
    disc_top = plate - _DISC_MM
    # Above the plate the disc is stretched, below it the body is squeezed.
    stretched = disc_top + (z - disc_top) * (plate - disc_top) / np.maximum(new_plate - disc_top, 1e-3)
    squeezed = plate + (z - new_plate) * (floor - plate) / np.maximum(floor - new_plate, 1e-3)
    source = np.where(z < new_plate, stretched, squeezed)
    source = np.where((z > disc_top) & (z < floor) & columns, source, z)
    index = np.clip(np.rint((source - z[0, 0, 0]) / body.voxel_mm), 0, len(z) - 1).astype(np.intp)
    bone = _moved(phantom.bone_fraction, body, index)
    density = (floor - plate) / np.maximum(floor - new_plate, 1e-3)
    denser = bone[body.roi]
    inside = (z >= new_plate) & (z < floor) & columns
    denser[...] = np.where(inside, np.minimum(denser * density, 1), denser)
    return replace(
        phantom,
        bone_fraction=bone,
        fat_fraction=_moved(phantom.fat_fraction, body, index),
        label=_moved(phantom.label, body, index),
        turnover_per_year=_moved(phantom.turnover_per_year, body, index),
    )


def _profile(body: VertebralBody, columns: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return how far each column sinks, 0 at the back wall to 1."""
    y = np.broadcast_to(body.y[0], columns.shape)
    rear, front = float(y[columns].max()), float(y[columns].min())
    from_rear = np.clip((rear - y) / (0.5 * (rear - front)), 0, 1)
    return np.asarray(from_rear**2 * (3 - 2 * from_rear))


def _moved(array: npt.NDArray[Any], body: VertebralBody, index: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    copy = np.array(array)
    copy[body.roi] = np.take_along_axis(array[body.roi], index, axis=0)
    return copy
