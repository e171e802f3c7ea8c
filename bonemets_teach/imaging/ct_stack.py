"""A body kept as the rays through its layers: any slice, voltage and plane follows without its voxels.

`ct_tracing` makes the rays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging._ct_beam import ct_beam, uncorrected_lengths, water_lengths
from bonemets_teach.imaging._ct_filter import filter_projections
from bonemets_teach.imaging._ct_points import back_project_points
from bonemets_teach.imaging._ct_projections import SliceProjections
from bonemets_teach.imaging.ct import AIR_HU, CtSettings, photons_per_ray
from bonemets_teach.units import CM_PER_MM

__all__ = ["FilteredStack", "LayerChange", "MetalRays", "RayStack", "filtered_stack"]

Float32 = npt.NDArray[np.float32]
Float16 = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MetalRays:
    """Rays of one layer that meet an implant.

    Parameters
    ----------
    index : ndarray of int32, shape (hit,)
        View times rays plus ray.
    metal_cm, displaced_cm : ndarray of float16, shape (hit,) and (2, hit)
        Metal, and the water and bone that it takes the place of [cm].
    """

    index: npt.NDArray[np.int32]
    metal_cm: Float16
    displaced_cm: Float16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayerChange:
    """What a finding changes in the rays of some layers.

    Parameters
    ----------
    first_layer, first_ray : int
        Where the change begins.
    lengths_cm : ndarray of float16, shape (layer, 2, view, ray)
        Water and bone more than without it [cm].
    """

    first_layer: int
    first_ray: int
    lengths_cm: Float16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RayStack:
    """Rays through all layers of a body.

    Parameters
    ----------
    lengths_cm : ndarray of float16, shape (layer, 2, view, ray)
        Water and bone [cm].
    layer_mm, pixel_mm : float
        Thickness of a layer and distance of the rays [mm].
    metal : sequence of MetalRays
        By layer; empty if there is no implant.
    """

    lengths_cm: Float16
    layer_mm: float
    pixel_mm: float
    metal: Sequence[MetalRays] = ()

    @property
    def depth_mm(self) -> float:
        """Extent across the layers [mm]."""
        return len(self.lengths_cm) * self.layer_mm

    def slice_at(
        self,
        level_mm: float,
        thickness_mm: float,
        change: LayerChange | None = None,
        metal: str | None = None,
    ) -> SliceProjections:
        """Average the rays over the thickness of a slice.

        Parameters
        ----------
        level_mm, thickness_mm : float
            Middle of the slice from the top, and its thickness [mm].
        change : LayerChange, optional
            A finding.
        metal : {"titanium", "steel"}, optional
            What the implants are made of; None leaves them out.

        Returns
        -------
        projections : SliceProjections
            For `bonemets_teach.imaging.ct.reconstruct`.
        """
        level = require_in_range("level_mm", level_mm, 0.0, self.depth_mm, "mm")
        thickness = require_in_range("thickness_mm", thickness_mm, 0.5, 20.0, "mm")
        edges = np.clip(
            np.arange(len(self.lengths_cm) + 1) * self.layer_mm, level - thickness / 2, level + thickness / 2
        )
        weights = np.diff(edges)
        lengths = np.zeros(self.lengths_cm.shape[1:], dtype=np.float32)
        solid = np.zeros(lengths[0].size, dtype=np.float32)
        for layer in np.flatnonzero(weights > 0):
            weight = np.float32(weights[layer] / weights.sum())
            lengths += weight * self.lengths_cm[layer]
            _add_change(lengths, change, int(layer), weight)
            if metal is not None and self.metal:
                rays = self.metal[int(layer)]
                solid[rays.index] += weight * rays.metal_cm
                lengths.reshape(2, -1)[:, rays.index] -= weight * rays.displaced_cm
        return SliceProjections(
            lengths_cm=lengths, pixel_mm=self.pixel_mm, metal_name=metal or "titanium",
            metal_cm=solid.reshape(lengths.shape[1:]) if metal is not None and solid.any() else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilteredStack:
    """Filtered projections of a stack of slices, ready to show any plane.

    Parameters
    ----------
    rays : ndarray of float32, shape (slice, view, kept ray)
        Filtered projections.
    first_ray, all_rays : int
        Number of the first kept ray, and of all rays.
    pixel_mm : float
        Distance of the rays [mm].
    """

    rays: Float32
    first_ray: int
    all_rays: int
    pixel_mm: float

    def hu(self, y_mm: npt.NDArray[Any], x_mm: npt.NDArray[Any]) -> Float32:
        """Return CT numbers at points of every slice.

        Parameters
        ----------
        y_mm, x_mm : ndarray of shape (point,)
            From the axis of the scanner [mm], toward the back and toward the patient's left.

        Returns
        -------
        hu : ndarray of float32, shape (slice, point)
            CT numbers [HU].
        """
        middle = (self.all_rays - 1) / 2
        values = back_project_points(
            self.rays, np.asarray(x_mm) / self.pixel_mm + middle, np.asarray(y_mm) / self.pixel_mm + middle,
            first_ray=self.first_ray, rays=self.all_rays,
        )  # fmt: skip
        values *= np.float32(1000.0 / (self.pixel_mm * CM_PER_MM))
        values += np.float32(AIR_HU)
        return values


def filtered_stack(
    slices: Sequence[SliceProjections], settings: CtSettings, *, seeds: Sequence[int] | None, reach_mm: float
) -> FilteredStack:
    """Take slices and filter their projections.

    Parameters
    ----------
    slices : sequence of SliceProjections
        From `RayStack.slice_at`.
    settings : CtSettings
        How they are taken.
    seeds : sequence of int or None
        Seed of the noise of each slice; None takes them without noise.
    reach_mm : float
        How far from the axis points will be asked for [mm].

    Returns
    -------
    stack : FilteredStack
        Only the rays within reach are kept.

    Notes
    -----
    The Poisson noise of `reconstruct` is replaced by the normal distribution of the same spread, which is quicker and
    the same for the hundreds of photons that most rays count.
    """
    rays = slices[0].lengths_cm.shape[2]
    half = min(int(np.ceil(reach_mm / slices[0].pixel_mm)) + 2, rays // 2)
    kept = slice(rays // 2 - half, rays // 2 + half)
    out = np.empty((len(slices), slices[0].lengths_cm.shape[1], 2 * half), dtype=np.float32)
    for index, each in enumerate(slices):
        water = _water(each, settings, None if seeds is None else seeds[index])
        out[index] = filter_projections(water, settings.kernel)[:, kept]
    return FilteredStack(rays=out, first_ray=kept.start, all_rays=rays, pixel_mm=slices[0].pixel_mm)


def _add_change(lengths: Float32, change: LayerChange | None, layer: int, weight: np.float32) -> None:
    if change is None or not 0 <= layer - change.first_layer < len(change.lengths_cm):
        return
    part = change.lengths_cm[layer - change.first_layer]
    lengths[..., change.first_ray : change.first_ray + part.shape[-1]] += weight * part


def _water(projections: SliceProjections, settings: CtSettings, seed: int | None) -> Float32:
    """Return what the scanner takes each ray for [cm of water]."""
    beam, one_energy = ct_beam(settings.tube_voltage_kv), settings.hardening == "none"
    share = projections.passing(settings.tube_voltage_kv, one_energy=one_energy)
    if seed is not None:
        sent = np.float32(photons_per_ray(projections, settings))
        counts = share * sent
        pattern = np.random.default_rng(seed).standard_normal(counts.shape, dtype=np.float32)
        share = np.maximum(counts + np.sqrt(counts) * pattern, np.float32(1)) / sent
    share = np.maximum(share, np.float32(1e-12))
    if settings.hardening == "corrected":
        return water_lengths(beam, share)
    return uncorrected_lengths(beam, share, settings.tube_voltage_kv, one_energy=one_energy)
