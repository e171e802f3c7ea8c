"""What an MR scanner can't do is explained."""

import math

import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.mri_settings import SEQUENCES, MriSettings


@pytest.mark.parametrize("field_t", [1.5, 3.0])
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_usual_settings_are_possible(sequence, field_t):
    """Every sequence runs at both fields without any further number."""
    timing = MriSettings(sequence=sequence, field_t=field_t).timing

    assert timing.te_ms < timing.tr_ms


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"tr_ms": 50, "te_ms": 60}, "the echo would come after the next pulse; choose a longer repetition time"),
        ({"sequence": "STIR", "tr_ms": 500, "ti_ms": 470}, r"te_ms \+ ti_ms = 520 ms does not fit into tr_ms = 500 ms"),
        ({"te_ms": 5}, "can't be reached: readout and gradients need 8.0 ms"),
        ({"sequence": "diffusion", "te_ms": 40}, "a lower b-value"),
        ({"sequence": "T2", "ti_ms": 170}, "T2 has no inversion pulse"),
        ({"sequence": "T2", "b_s_mm2": 800}, "T2 has no diffusion gradients"),
        ({"sequence": "ADC", "b_s_mm2": 100}, "too close to 50 s/mm2"),
        ({"sequence": "STIR", "fat_suppressed": True}, "STIR is not combined with spectral fat suppression"),
        ({"sequence": "diffusion", "fat_suppressed": False}, "diffusion without fat suppression"),
        ({"sequence": "PET"}, "sequence = 'PET' is not one of T1, T2"),
        ({"phase_axis": "z"}, "phase_axis = 'z' is not one of rows, columns"),
        ({"implant": "gold"}, "implant = 'gold' is not one of titanium, steel"),
        ({"field_t": 7.0}, "choose 1.5 T or 3 T"),
        ({"matrix": 127}, "is not an even number"),
        ({"averages": 2.5}, "is not a whole number"),
        ({"tr_ms": math.nan}, "tr_ms = nan ms is outside"),
        ({"contrast_mmol_kg": 1.0}, r"outside \[0, 0.3\] mmol/kg"),
        ({"slice_thickness_mm": 0.0}, "slice_thickness_mm = 0.0 mm is outside"),
        ({"acceleration": 0.5}, "acceleration = 0.5 is outside"),
        ({"field_of_view_mm": 5}, "field_of_view_mm = 5 mm is outside"),
        ({"motion_mm": math.inf}, "motion_mm = inf mm is outside"),
        ({"bandwidth_hz_px": 10}, "bandwidth_hz_px = 10 Hz is outside"),
    ],
)  # fmt: skip
def test_impossible_settings_are_explained(settings, words):
    """The message names what is wrong and the way out."""
    with pytest.raises(ParameterError, match=words):
        MriSettings(**settings)
