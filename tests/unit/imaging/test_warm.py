"""Warming up the imaging models."""

from bonemets_teach.imaging._ct_beam import ct_beam
from bonemets_teach.imaging.warm import warm


def test_warming_twice_keeps_the_tables():
    """A second call finds everything made."""
    warm()
    made = ct_beam.cache_info().misses
    warm()

    assert ct_beam.cache_info().misses == made
