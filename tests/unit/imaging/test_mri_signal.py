"""Signal equations and relaxation times of MRI."""

import math

import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.mri_relaxation import FIELDS_T, relaxation, tissue_names
from bonemets_teach.imaging.mri_signal import (
    diffusion_decay,
    enhanced_t1_ms,
    fat_phasor,
    fat_shift_hz,
    inversion_recovery,
    null_inversion_time_ms,
    spin_echo,
    spoiled_gradient_echo,
)


@pytest.mark.parametrize("field_t", FIELDS_T)
@pytest.mark.parametrize("tissue", tissue_names())
def test_every_tissue_has_plausible_numbers_and_says_where_from(tissue, field_t):
    """Each row is physically possible and carries kinds and a source."""
    row = relaxation(tissue, field_t)

    assert 0 < row.t2_ms <= row.t1_ms
    assert 0 < row.proton_density <= 1
    assert 0 <= row.fat_share <= 1
    assert set(row.kinds.values()) <= {"published", "calibrated", "chosen"}
    assert row.source


def test_water_relaxes_more_slowly_at_the_higher_field():
    """T1 never falls from 1.5 to 3 T."""
    for tissue in tissue_names():
        assert relaxation(tissue, 3.0).t1_ms >= relaxation(tissue, 1.5).t1_ms


@pytest.mark.parametrize("field_t", [0.0, 1.0, 7.0, math.nan, True])
def test_other_fields_are_explained(field_t):
    """A field without a table is refused with the choice."""
    with pytest.raises(ParameterError, match=r"choose 1\.5 T or 3 T"):
        relaxation("muscle", field_t)


def test_an_unknown_tissue_is_named():
    """The message lists the tissues."""
    with pytest.raises(ParameterError, match="there is no tissue “cheese”; choose one of muscle"):
        relaxation("cheese", 1.5)


def test_spin_echo_has_its_limits():
    """Endless TR and no TE give all protons; a TR far below T1 gives none."""
    assert spin_echo(1000, 50, tr_ms=1e6, te_ms=1e-9) == pytest.approx(1)
    assert spin_echo(1000, 50, tr_ms=0.1, te_ms=0.01) == pytest.approx(0, abs=1e-3)
    assert spin_echo(1000, 50, tr_ms=1e6, te_ms=50) == pytest.approx(math.exp(-1))


def test_inversion_changes_sign_at_the_null():
    """A tissue is negative before its null and positive after."""
    null = null_inversion_time_ms(288, tr_ms=4000)
    signals = [inversion_recovery(288, 100, tr_ms=4000, te_ms=20, ti_ms=null + step) for step in (-10, 0, 10)]

    assert signals[0] < 0 < signals[2]
    assert signals[1] == pytest.approx(0, abs=1e-12)


def test_gradient_echo_is_largest_at_the_ernst_angle():
    """The flip angle arccos(exp(-TR/T1)) gives the most signal."""
    ernst = math.degrees(math.acos(math.exp(-12 / 800)))
    best = spoiled_gradient_echo(800, tr_ms=12, flip_deg=ernst)

    assert best > spoiled_gradient_echo(800, tr_ms=12, flip_deg=ernst + 3)
    assert best > spoiled_gradient_echo(800, tr_ms=12, flip_deg=ernst - 3)


def test_fat_turns_against_water_and_back():
    """At 2.3 ms fat is opposed, at 4.6 ms in phase (1.5 T), never quite fully."""
    assert fat_shift_hz(1.5) == pytest.approx(217, abs=1)
    assert -0.95 < fat_phasor(2.3, 1.5).real < -0.6
    assert 0.6 < fat_phasor(4.6, 1.5).real < 1
    assert fat_phasor(0, 3.0) == pytest.approx(1, abs=2e-3)


def test_contrast_shortens_t1_and_diffusion_takes_signal():
    """Gadolinium adds to the rate; b times ADC of 1 leaves 1/e."""
    assert enhanced_t1_ms(1000, 0.2, 1.5) == pytest.approx(1 / (1e-3 + 0.2 * 4.78e-3))
    assert diffusion_decay(1.0, 1000) == pytest.approx(math.exp(-1))
