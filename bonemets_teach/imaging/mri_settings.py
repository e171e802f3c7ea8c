"""How an MR image is taken: sequence, timing, resolution; what a scanner can't do is refused with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._mri_timing import Timing, shortest_echo_ms, usual_timing
from bonemets_teach.imaging.mri_relaxation import require_field

__all__ = ["MAPS", "SEQUENCES", "Implant", "MriSettings", "PhaseAxis", "Sequence"]

Sequence = Literal[
    "T1", "T2", "STIR", "in phase", "opposed phase", "diffusion", "fat fraction", "ADC"
]  # fmt: skip
SEQUENCES: Final[tuple[Sequence, ...]] = get_args(Sequence)
MAPS: Final = ("fat fraction", "ADC")
"""Sequences that are computed from two images."""
PhaseAxis = Literal["rows", "columns"]
Implant = Literal["titanium", "steel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MriSettings:
    """How an image is taken; None takes what is usual for the sequence.

    Parameters
    ----------
    sequence : {"T1", "T2", "STIR", "in phase", "opposed phase", "diffusion", "fat fraction", "ADC"}
        Spin echoes (T1, T2, STIR), gradient echoes at the two Dixon times, diffusion-weighted echo-planar imaging,
        and the two maps that are computed from pairs of images.
    field_t : {1.5, 3.0}, default 1.5
        Field strength [T].
    tr_ms, te_ms, ti_ms : float or None
        Repetition [5, 15000], echo [1, 400] and inversion time [20, 5000] [ms]; a map has no echo time of its own.
    flip_deg : float or None
        Flip angle of gradient echoes [degrees], in [1, 90].
    b_s_mm2 : float or None
        Diffusion weighting [s/mm2], in [0, 2000]; for "ADC" the higher of the two, the lower being 50.
    fat_suppressed : bool or None
        Spectral fat suppression; diffusion always has it, STIR, Dixon and the maps never.
    contrast_mmol_kg : float, default 0
        Gadolinium given before [mmol/kg], in [0, 0.3]; 0.1 is usual.
    slice_thickness_mm : float, default 4
        Thickness of the slice [mm], in [1, 20].
    field_of_view_mm : float or None
        Edge of the square image [mm], in [40, 500]; None shows all of the phantom.
    matrix : int or None
        Lines that are measured along each edge, even, in [32, 512]; None takes pixels of about 0.9 mm (diffusion:
        1.8 mm). Images of fewer than 256 are interpolated by zero filling.
    averages : int or None
        How often each line is measured, in [1, 16].
    acceleration : float, default 1
        Parallel imaging: share of the lines that is left out, as a factor in [1, 4].
    bandwidth_hz_px : float or None
        Receiver bandwidth of a pixel [Hz], in [50, 2500].
    phase_axis : {"rows", "columns"}, default "rows"
        Axis of the image along which lines are counted: "rows" is up and down. Ghosts lie along it, the chemical
        shift across it.
    motion_mm : float, default 0
        Amplitude of breathing at the front of the body [mm], in [0, 20].
    implant : {"titanium", "steel"}, default "titanium"
        What voxels labeled metal are made of.
    """

    sequence: Sequence = "T1"
    field_t: float = 1.5
    tr_ms: float | None = None
    te_ms: float | None = None
    ti_ms: float | None = None
    flip_deg: float | None = None
    b_s_mm2: float | None = None
    fat_suppressed: bool | None = None
    contrast_mmol_kg: float = 0.0
    slice_thickness_mm: float = 4.0
    field_of_view_mm: float | None = None
    matrix: int | None = None
    averages: int | None = None
    acceleration: float = 1.0
    bandwidth_hz_px: float | None = None
    phase_axis: PhaseAxis = "rows"
    motion_mm: float = 0.0
    implant: Implant = "titanium"

    def __post_init__(self) -> None:
        _require_one_of("sequence", self.sequence, SEQUENCES)
        _require_one_of("phase_axis", self.phase_axis, get_args(PhaseAxis))
        _require_one_of("implant", self.implant, get_args(Implant))
        require_field(self.field_t)
        require_in_range("contrast_mmol_kg", self.contrast_mmol_kg, 0.0, 0.3, "mmol/kg")
        require_in_range("slice_thickness_mm", self.slice_thickness_mm, 1.0, 20.0, "mm")
        if self.field_of_view_mm is not None:
            require_in_range("field_of_view_mm", self.field_of_view_mm, 40.0, 500.0, "mm")
        if self.matrix is not None:
            _require_whole("matrix", self.matrix, 32, 512, step=2)
        _require_whole("averages", self.timing.averages, 1, 16)
        require_in_range("acceleration", self.acceleration, 1.0, 4.0)
        require_in_range("motion_mm", self.motion_mm, 0.0, 20.0, "mm")
        self._require_possible()

    @property
    def timing(self) -> Timing:
        """Times, weighting and bandwidth with the usual values filled in."""
        return usual_timing(self.sequence, self.field_t).with_given(
            tr_ms=self.tr_ms, te_ms=self.te_ms, ti_ms=self.ti_ms, flip_deg=self.flip_deg,
            b_s_mm2=self.b_s_mm2, bandwidth_hz_px=self.bandwidth_hz_px, averages=self.averages,
        )  # fmt: skip

    @property
    def suppresses_fat(self) -> bool:
        """Whether a pulse at the frequency of fat saturates it."""
        if self.sequence in {"diffusion", "ADC"}:
            return True
        return bool(self.fat_suppressed)

    def _require_possible(self) -> None:
        if self.fat_suppressed and self.sequence not in {"T1", "T2", "diffusion", "ADC"}:
            message = (
                f"{self.sequence} is not combined with spectral fat suppression: it deals with fat in its own way; "
                "leave fat_suppressed out"
            )
            raise ParameterError(message)
        if self.fat_suppressed is False and self.sequence in {"diffusion", "ADC"}:
            message = "diffusion without fat suppression would lay the fat many pixels off; leave fat_suppressed out"
            raise ParameterError(message)
        _require_timing(self.sequence, self.timing)


def _require_timing(sequence: str, timing: Timing) -> None:
    for name, low, high, unit in (
        ("tr_ms", 5.0, 15000.0, "ms"), ("te_ms", 1.0, 400.0, "ms"), ("flip_deg", 1.0, 90.0, "degrees"),
        ("b_s_mm2", 0.0, 2000.0, "s/mm2"), ("bandwidth_hz_px", 50.0, 2500.0, "Hz"),
    ):  # fmt: skip
        require_in_range(name, getattr(timing, name), low, high, unit)
    if timing.b_s_mm2 > 0 and sequence not in {"diffusion", "ADC"}:
        message = f"{sequence} has no diffusion gradients; leave b_s_mm2 out or choose diffusion"
        raise ParameterError(message)
    if sequence == "ADC" and timing.b_s_mm2 < 200:
        message = f"b_s_mm2 = {timing.b_s_mm2:g} s/mm2 is too close to 50 s/mm2 for a map; choose 200 to 2000"
        raise ParameterError(message)
    if timing.ti_ms is not None:
        require_in_range("ti_ms", timing.ti_ms, 20.0, 5000.0, "ms")
        if sequence != "STIR":
            message = f"{sequence} has no inversion pulse; leave ti_ms out or choose STIR"
            raise ParameterError(message)
    shortest = shortest_echo_ms(sequence, timing)
    if timing.te_ms < shortest:
        message = (
            f"te_ms = {timing.te_ms:g} ms can't be reached: readout and gradients need {shortest:.1f} ms; "
            "choose a longer echo time, a higher bandwidth or a lower b-value"
        )
        raise ParameterError(message)
    before_echo = timing.te_ms + (timing.ti_ms or 0.0)
    if before_echo >= timing.tr_ms:
        parts = "te_ms + ti_ms" if timing.ti_ms is not None else "te_ms"
        message = (
            f"{parts} = {before_echo:g} ms does not fit into tr_ms = {timing.tr_ms:g} ms: the echo would come after "
            "the next pulse; choose a longer repetition time"
        )
        raise ParameterError(message)


def _require_one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        message = f"{name} = {value!r} is not one of {', '.join(allowed)}; choose one of them"
        raise ParameterError(message)


def _require_whole(name: str, value: Any, low: int, high: int, step: int = 1) -> None:
    number = require_in_range(name, value, low, high)
    if number % step:
        kind = "an even" if step == 2 else "a whole"
        message = f"{name} = {value} is not {kind} number; choose one in [{low}, {high}]"
        raise ParameterError(message)
