"""Tube spectra for any setting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.spectra import tube_spectrum

voltages = st.floats(50.0, 140.0)


@settings(deadline=None)
@given(voltages)
def test_no_photon_exceeds_the_voltage(voltage):
    """The highest energy is at most the tube voltage, and every photon number is above zero."""
    spectrum = tube_spectrum(voltage)

    assert spectrum.energy_kev.max() <= voltage + 0.5
    assert np.all(spectrum.fluence_per_cm2_mas > 0)


@settings(deadline=None)
@given(voltages, voltages)
def test_higher_voltage_is_harder_and_stronger(first, second):
    """With the voltage, mean energy, half-value layer and kerma rise."""
    low, high = (tube_spectrum(voltage) for voltage in sorted((first, second)))

    assert high.mean_energy_kev >= low.mean_energy_kev - 1e-3
    assert high.half_value_layer_mm_al >= low.half_value_layer_mm_al - 1e-3
    assert high.air_kerma_ugy_per_mas >= low.air_kerma_ugy_per_mas - 1e-3


@settings(deadline=None)
@given(voltages, st.floats(2.5, 30.0))
def test_filtration_hardens(voltage, filtration):
    """More aluminum leaves fewer photons of higher mean energy."""
    plain, filtered = (
        tube_spectrum(voltage, filtration_mm_al=2.5),
        tube_spectrum(voltage, filtration_mm_al=filtration),
    )

    assert filtered.fluence_per_cm2_mas.sum() <= plain.fluence_per_cm2_mas.sum()
    assert filtered.mean_energy_kev >= plain.mean_energy_kev - 1e-9


@settings(deadline=None)
@given(voltages, st.integers(2, 60))
def test_rebinning_keeps_photons_and_mean_energy(voltage, bins):
    """Fewer bins hold the same photons with the same mean energy."""
    spectrum = tube_spectrum(voltage)
    coarse = spectrum.rebinned(bins)

    assert coarse.energy_kev.size <= bins
    assert_allclose(coarse.fluence_per_cm2_mas.sum(), spectrum.fluence_per_cm2_mas.sum())
    assert_allclose(coarse.mean_energy_kev, spectrum.mean_energy_kev)
    assert np.all(np.diff(coarse.energy_kev) > 0)


def test_characteristic_lines_stay_at_their_energy():
    """The strongest tungsten line lies at 59 keV at 85 kV and at 130 kV."""
    for voltage in (85.0, 130.0):
        spectrum = tube_spectrum(voltage)
        strongest = spectrum.energy_kev[np.argmax(spectrum.fluence_per_cm2_mas * (spectrum.energy_kev > 55))]

        assert strongest == 59.5


def test_arrays_are_read_only():
    """A spectrum can't be changed by accident."""
    with pytest.raises(ValueError, match="read-only"):
        tube_spectrum(80).fluence_per_cm2_mas[0] = 1.0


@pytest.mark.parametrize("voltage", [49.0, 141.0, float("nan"), True, "eighty"])
def test_voltage_outside_its_range_is_refused(voltage):
    """A voltage that no table holds is refused with the range."""
    with pytest.raises(ParameterError, match=r"tube_voltage_kv.*\[50, 140\] kV"):
        tube_spectrum(voltage)


def test_thin_filtration_is_refused():
    """Less than the filtration of the table can't be computed."""
    with pytest.raises(ParameterError, match="filtration_mm_al = 1"):
        tube_spectrum(80, filtration_mm_al=1.0)
