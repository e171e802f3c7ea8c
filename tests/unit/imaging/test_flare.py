"""Flare against progression."""

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.flare import ScanReading, read_by_two_plus_two
from bonemets_teach.imaging.flare_course import TreatedLesion, lesion_course, scan_readings


def label(*pairs: tuple[float, int]) -> str:
    """Read scans given as week and new lesions."""
    return read_by_two_plus_two([ScanReading(week=week, new_lesions=new) for week, new in pairs]).label


@pytest.mark.parametrize(
    ("scans", "expected"),
    [
        ([(8, 2), (16, 4)], "progression"),
        ([(8, 2), (16, 2)], "flare"),
        ([(8, 3), (16, 3)], "flare"),
        ([(8, 2), (16, 3)], "flare"),
        ([(8, 2)], "unconfirmed"),
        ([(8, 2), (12, 6)], "unconfirmed"),
        ([(8, 1), (16, 1)], "no progression"),
        ([(8, 0), (16, 2), (24, 2)], "progression"),
        ([(8, 0), (16, 2), (24, 0)], "no progression"),
        ([(8, 0), (16, 2)], "unconfirmed"),
        ([(8, 3), (16, 3), (24, 5), (32, 5)], "progression"),
        ([(16, 2), (24, 2)], "progression"),
        ([], "no scan"),
    ],
)
def test_two_plus_two(scans, expected):
    """New lesions within 12 weeks need two more; later ones need to stay."""
    assert label(*scans) == expected


def test_progression_is_dated_to_the_scan_that_first_showed_it():
    """Two new lesions at week 8 and two more at week 16 are progression at week 8; after flare it is the later scan."""
    early = [ScanReading(week=8, new_lesions=2), ScanReading(week=16, new_lesions=4)]
    late = [ScanReading(week=w, new_lesions=n) for w, n in ((8, 3), (16, 3), (24, 5), (32, 6))]

    assert read_by_two_plus_two(early).week == 8
    assert read_by_two_plus_two(late).week == 24


def test_scans_out_of_order_are_refused():
    """Time runs one way."""
    with pytest.raises(ParameterError, match="order"):
        label((16, 0), (8, 0))


@pytest.mark.parametrize(
    "bad",
    [{"week": 0.0, "new_lesions": 1}, {"week": 8.0, "new_lesions": -1}, {"week": 8.0, "new_lesions": 1.5}],
)
def test_impossible_readings_are_refused(bad):
    """Counts are whole and not negative, scans come after the start."""
    with pytest.raises(ParameterError):
        ScanReading(**bad)


def test_uptake_rises_while_the_tumor_dies():
    """In a treated lytic lesion osteoblasts and uptake rise for weeks as tumor falls, then fall."""
    course = lesion_course(TreatedLesion(phenotype=0.0, age_d=270), 30)
    eight = float(np.interp(8, course.week, course.tumor))

    assert eight < 0.2 * course.tumor[0]
    assert course.uptake_at(8) > 2 * course.uptake_at(0)
    assert course.uptake_at(30) < course.uptake_at(8)


def test_working_treatment_shows_new_lesions_that_are_flare():
    """Cold lytic lesions light up under treatment that works, and no more follow."""
    lesions = [TreatedLesion(phenotype=0.45, age_d=300)] * 3 + [
        TreatedLesion(phenotype=0.0, age_d=d) for d in (270, 280, 300)
    ]
    baseline, readings = scan_readings(lesions, [8, 16, 24])

    assert baseline == 3
    assert readings[0].new_lesions == 3
    assert read_by_two_plus_two(readings).label == "flare"


def test_failing_treatment_shows_new_lesions_that_are_progression():
    """Young mixed lesions that grow on come up one after the other."""
    lesions = [
        TreatedLesion(phenotype=0.5, age_d=d, kill_per_day=0.0) for d in (300, 165, 155, 110, 105, 100)
    ]
    baseline, readings = scan_readings(lesions, [8, 16])

    assert baseline == 1
    assert read_by_two_plus_two(readings).label == "progression"


def test_no_scan_is_refused():
    """There is nothing to read without a week."""
    with pytest.raises(ParameterError, match="empty"):
        scan_readings([], [])
