"""Paints bones into the arrays of a phantom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.shapes import Coordinates
from bonemets_teach.anatomy.solids import Box, Piece, evaluate
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["Bone", "Painter", "cover"]

_Array = npt.NDArray[np.float32]

# Chosen: dense cortex with its canals, as in the proximal femur.
_CORTEX_FRACTION: Final = 0.93
# Published (ICRP 89, recalled): yearly renewal of spongiosa and of cortex.
_SPONGY_TURNOVER: Final = 0.25
_CORTEX_TURNOVER: Final = 0.04
# Chosen: a shell thinner than this share of a voxel is not a layer of its own.
_THINNEST_LAYER: Final = 0.3
# Chosen: a medullary canal holds hardly any bone and mostly yellow marrow; it fades into spongiosa.
_CANAL_FRACTION: Final = 0.01
_CANAL_FAT: Final = 0.92
_CANAL_FADE_MM: Final = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bone:
    """One bone, ready to be painted.

    Parameters
    ----------
    name : str
        Name in the table of bones.
    pieces : sequence of Piece
        Its shape, in its own frame.
    frame : Frame
        Its place in the body.
    cortex_mm : float or callable
        Thickness of its cortex [mm], or a function of the coordinates in its frame.
    spongy : float or callable
        Bone volume fraction of its spongiosa, 0..1, or a function of the coordinates and the distance.
    fat : float
        Fat share of its marrow, 0..1.
    neighbor : bool
        True for bone beside the bone of interest.
    canal : tuple of float or None
        Levels z of its own frame between which it has a medullary canal [mm].
    parts : callable or None
        From coordinates to what is added to its number: one shape may hold several bones.
    """

    name: str
    pieces: Sequence[Piece]
    frame: Frame = field(default_factory=Frame)
    cortex_mm: float | Callable[[Coordinates], _Array] = 0.8
    spongy: float | Callable[[Coordinates, _Array], _Array] = 0.12
    fat: float = 0.5
    neighbor: bool = False
    canal: tuple[float, float] | None = None
    parts: Callable[[Coordinates], npt.NDArray[np.uint8]] | None = None


class Painter:
    """Arrays of a phantom while its bones are painted.

    Parameters
    ----------
    grid : Grid
        Voxels in the body.
    label : ndarray of uint8, shape (Z, Y, X)
        Soft tissues; bones are painted over them.
    """

    def __init__(self, grid: Grid, label: npt.NDArray[np.uint8]) -> None:
        self.grid = grid
        self.label = label
        self.bone: _Array = np.zeros(grid.shape, dtype=np.float32)
        self.fat: _Array = np.zeros(grid.shape, dtype=np.float32)
        self.turnover: _Array = np.zeros(grid.shape, dtype=np.float32)
        self.number: npt.NDArray[np.uint8] = np.zeros(grid.shape, dtype=np.uint8)

    def add(self, bone: Bone, number: int) -> None:
        """Paint a bone over what is there.

        Parameters
        ----------
        bone : Bone
            The bone.
        number : int
            Its number, 1..255.
        """
        part = self.grid.part(bone.frame.body_box(cover(bone.pieces)), 2 * self.grid.edge_mm)
        if part is None:
            return
        distance = self._distance(bone, part)
        edge = np.float32(self.grid.edge_mm)
        local = bone.frame.local(self.grid.at(part))
        mask = distance < 0
        inside = np.clip(0.5 - distance / edge, 0, 1)
        # A shell thinner than a voxel keeps its mass: it shares the voxel with spongiosa.
        thick = bone.cortex_mm(local) if callable(bone.cortex_mm) else np.float32(bone.cortex_mm)
        thick = thick * np.float32(bone.frame.scale)
        share = np.minimum(thick / edge, 1)
        shell = np.clip((distance + np.maximum(thick, edge)) / edge + 0.5, 0, 1)
        spongy = bone.spongy(local, distance) if callable(bone.spongy) else np.float32(bone.spongy)
        hollow = _canal_share(local, bone.canal)
        spongy = spongy * (1 - hollow) + np.float32(_CANAL_FRACTION) * hollow
        cortical = inside * shell * share * np.float32(_CORTEX_FRACTION)
        total = cortical + inside * (1 - shell * share) * spongy
        self._write(part, mask, cortical, total)
        layer = (shell > 0.5) & (share >= _THINNEST_LAYER)
        labels = _labels(layer, hollow > 0.5, neighbor=bone.neighbor)
        np.copyto(self.label[part], labels, where=mask)
        fat = np.float32(bone.fat) * (1 - hollow) + np.float32(_CANAL_FAT) * hollow
        np.copyto(self.fat[part], fat, where=mask)
        offset = bone.parts(local) if bone.parts else np.uint8(0)
        np.copyto(self.number[part], np.uint8(number) + offset, where=mask)

    def _write(
        self,
        part: tuple[slice, slice, slice],
        mask: npt.NDArray[np.bool_],
        cortical: _Array,
        total: _Array,
    ) -> None:
        np.maximum(self.bone[part], total, out=self.bone[part])
        dense = cortical / np.maximum(total, np.float32(1e-6))
        renewal = _SPONGY_TURNOVER + np.float32(_CORTEX_TURNOVER - _SPONGY_TURNOVER) * dense
        np.copyto(self.turnover[part], renewal, where=mask)

    def _distance(self, bone: Bone, part: tuple[slice, slice, slice]) -> _Array:
        """Return the signed distance to the bone's surface [mm of the body] on a part of the grid."""
        grid, frame = self.grid, bone.frame
        shape = tuple(cut.stop - cut.start for cut in part)

        def window(box: Box, seam_mm: float) -> tuple[tuple[slice, slice, slice], Coordinates] | None:
            margin = seam_mm * frame.scale + 1.5 * grid.edge_mm
            whole = grid.part(frame.body_box(box), margin)
            if whole is None:
                return None
            within = [
                slice(max(w.start - p.start, 0), min(w.stop, p.stop) - p.start)
                for w, p in zip(whole, part, strict=True)
            ]
            if any(w.start >= w.stop for w in within):
                return None
            used = [slice(w.start + p.start, w.stop + p.start) for w, p in zip(within, part, strict=True)]
            at = frame.local(grid.at((used[0], used[1], used[2])))
            return (within[0], within[1], within[2]), at

        return evaluate(bone.pieces, shape, window) * np.float32(frame.scale)


def cover(pieces: Sequence[Piece]) -> Box:
    """Return the box around all pieces that add [mm]."""
    boxes = np.array([piece.box for piece in pieces if not piece.carves])
    low, high = boxes[:, :, 0].min(axis=0), boxes[:, :, 1].max(axis=0)
    return tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))  # type: ignore[return-value]


def _canal_share(at: Coordinates, canal: tuple[float, float] | None) -> _Array | np.float32:
    if canal is None:
        return np.float32(0)
    low, high = canal
    from_end = np.minimum(at.z - np.float32(low), np.float32(high) - at.z)
    return np.asarray(np.clip(from_end / np.float32(_CANAL_FADE_MM) + 0.5, 0, 1), dtype=np.float32)


def _labels(
    layer: npt.NDArray[np.bool_], hollow: npt.NDArray[np.bool_] | np.bool_, *, neighbor: bool
) -> npt.NDArray[np.uint8]:
    if neighbor:
        return np.where(layer, np.uint8(Tissue.PELVIS_CORTEX), np.uint8(Tissue.PELVIS_TRABECULAR))
    deep = np.where(hollow, np.uint8(Tissue.MARROW), np.uint8(Tissue.TRABECULAR))
    return np.where(layer, np.uint8(Tissue.CORTEX), deep)
