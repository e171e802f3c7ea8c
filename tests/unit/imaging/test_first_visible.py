"""When each test first shows a lesion: orders and limits that must hold."""

import itertools

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.first_visible import (
    HORIZON_MONTHS,
    MODALITIES,
    VISIBILITY_SITES,
    first_visible,
    visibility,
)


def test_lytic_lesions_show_on_fdg_and_mri_before_ct_and_on_ct_before_the_film():
    """What sees tumor comes before what sees lost bone; the slice comes before the projection."""
    for site in ("vertebra", "femur", "ilium"):
        month = first_visible(0.0, site)

        assert max(month["fdg-pet"], month["mri"]) < month["ct"] < month["radiograph"]


def test_ct_leads_the_film_by_months_in_a_lytic_vertebra():
    """Published: about 6 months (J Palliat Med 2009); the model must give at least 2 and at most 10."""
    month = first_visible(0.0, "vertebra")

    assert 2 <= month["radiograph"] - month["ct"] <= 10


def test_a_lytic_lesion_is_larger_than_a_centimeter_when_a_film_shows_it():
    """As the review says of cancellous bone (J Palliat Med 2009)."""
    course = visibility(0.0, "vertebra")
    month = course.first("radiograph")

    assert np.interp(month, course.months, course.diameter_mm) > 10


def test_bone_tracers_show_blastic_lesions_first_and_fdg_last():
    """Osteoblasts work before mineral has piled up; blastic tumor takes up little FDG."""
    month = first_visible(1.0, "vertebra")

    assert min(month, key=month.__getitem__) == "naf-pet"
    assert max(month, key=month.__getitem__) == "fdg-pet"
    assert month["bone-scan"] < month["radiograph"]


def test_a_purely_lytic_lesion_is_cold_and_late_on_a_bone_scan():
    """It shows as a defect, after CT, once it is large; a small one is missed for good."""
    course = visibility(0.0, "vertebra")
    month = course.first("bone-scan")

    assert course.snr["bone-scan"][-1] < 0
    assert month > course.first("ct")
    assert np.interp(month, course.months, course.diameter_mm) > 24
    assert first_visible(0.0, "rib")["bone-scan"] == float("inf")


def test_the_bone_scan_sees_a_mixed_lesion_before_the_film():
    """The source's rule: a bone scan shows deposits earlier than radiographs."""
    month = first_visible(0.45, "vertebra")

    assert month["bone-scan"] < month["radiograph"]


@pytest.mark.parametrize("phenotype", [0.0, 0.45, 1.0])
def test_a_faster_lesion_never_shows_later(phenotype):
    """Twice the speed, every test at least a month earlier or as before."""
    slow, fast = (first_visible(phenotype, "ilium", speed) for speed in (1.0, 2.0))

    assert all(fast[name] < slow[name] or slow[name] == float("inf") for name in MODALITIES)


def test_a_higher_threshold_never_helps():
    """What needs more signal comes later."""
    months = [first_visible(0.3, "femur", threshold=level) for level in (3.0, 5.0, 8.0)]

    assert all(a[name] <= b[name] for a, b in itertools.pairwise(months) for name in MODALITIES)


@pytest.mark.parametrize("site", VISIBILITY_SITES)
@pytest.mark.parametrize("phenotype", [0.0, 0.5, 1.0])
def test_nothing_is_seen_at_the_start_and_all_is_finite(site, phenotype):
    """The seed shows in no test; signals are numbers in every month."""
    course = visibility(phenotype, site)

    assert len(course.months) == HORIZON_MONTHS + 1
    for name in MODALITIES:
        assert np.isfinite(course.snr[name]).all()
        assert abs(course.snr[name][0]) < 1
        assert course.first(name) > 1


def test_the_tumor_grows_and_stays_in_its_bone():
    """The diameter never falls, and ends at that of the bone."""
    course = visibility(0.0, "rib")
    half = VISIBILITY_SITES["rib"].half_mm

    assert np.all(np.diff(course.diameter_mm) > -0.1)
    assert course.diameter_mm[-1] <= np.cbrt(6 / np.pi * 8 * half[0] * half[1] * half[2]) + 0.1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"site": "skull"}, "vertebra, femur"), ({"phenotype": 2.0}, "phenotype"), ({"growth_speed": 0.0}, "growth_speed"),
     ({"phenotype": float("nan")}, "phenotype")],
)  # fmt: skip
def test_wrong_lesions_are_refused(wrong, words):
    """The message names what is wrong."""
    with pytest.raises(ParameterError, match=words):
        visibility(**({"phenotype": 0.0, "site": "rib"} | wrong))


@pytest.mark.parametrize("threshold", [0.0, float("nan"), 100.0])
def test_a_threshold_out_of_range_is_refused(threshold):
    """Between 1 and 20."""
    with pytest.raises(ParameterError, match="threshold"):
        first_visible(0.0, "rib", threshold=threshold)
