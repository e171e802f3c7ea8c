"""A loaded volume is cut into slices for a viewer, with windows and words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.imaging.volume_file_view import (
    CT_WINDOWS,
    describe_volume,
    slices_for_view,
    windows_for,
)
from bonemets_teach.imaging.window import BONE

HU = np.random.default_rng(1).integers(-32768, 32767, (3, 4, 5), endpoint=True).astype(np.int16)
GEOMETRY = VolumeGeometry.from_phantom("axial", (3.0, 2.0, 1.0), corner_mm=(30.0, 20.0, 10.0))
VOLUME = LoadedVolume(stored=HU, geometry=GEOMETRY, name="a")


def _unknown(stored: np.ndarray, **values: Any) -> LoadedVolume:
    return LoadedVolume(stored=stored, geometry=GEOMETRY, name="a", unit="", modality="", **values)


@pytest.mark.parametrize(
    ("plane", "pictures", "pixel_mm", "slice_mm"),
    [
        ("axial", HU[1:3], (2.0, 1.0), 3.0),
        ("coronal", HU[:, 1:3].transpose(1, 0, 2), (3.0, 1.0), 2.0),
        ("sagittal", HU[:, :, 1:3].transpose(2, 0, 1), (3.0, 2.0), 1.0),
    ],
)
def test_slices_are_cuts_through_the_volume(
    plane: Any, pictures: np.ndarray, pixel_mm: tuple, slice_mm: float
) -> None:
    """Integers give back the CT numbers, with the spacing of the plane."""
    stack = slices_for_view(VOLUME, plane)
    integers = np.frombuffer(stack.slice_bytes(1, 2), "<i2").reshape(pictures.shape)

    np.testing.assert_array_equal(integers, pictures)
    assert (pixel_mm, slice_mm) == (stack.pixel_mm, stack.slice_mm)


@pytest.mark.parametrize(
    ("plane", "index"), [("axial", (2, 3, 4)), ("coronal", (3, 2, 4)), ("sagittal", (4, 2, 3))]
)
def test_each_plane_knows_where_a_voxel_lies(plane: Any, index: tuple) -> None:
    """Voxel (z, y, x) = (2, 3, 4) has its center at corner + (index + 1/2) edge in every plane."""
    place = slices_for_view(VOLUME, plane).affine @ [*index, 1]

    np.testing.assert_allclose(place, [30 + 2.5 * 3, 20 + 3.5 * 2, 10 + 4.5 * 1])


def test_no_voxel_is_copied_to_cut_a_stack() -> None:
    """All three planes share one volume in memory."""
    assert np.shares_memory(HU, slices_for_view(VOLUME, "sagittal").stored)


def test_the_first_window_is_that_of_bone() -> None:
    """The course is about bone."""
    assert BONE == next(iter(CT_WINDOWS.values()))
    assert windows_for(VOLUME) == dict(CT_WINDOWS)


def test_values_without_a_unit_get_windows_of_their_own() -> None:
    """One outlier does not make everything else gray, and the whole range is one button away."""
    stored = (np.arange(1000, dtype=np.int16) % 60).reshape(10, 10, 10)
    stored[0, 0, 0] = 32000
    windows = windows_for(_unknown(stored, scale=0.5))

    middle, whole = windows.values()
    assert middle.width < 40
    assert whole.width > 14000
    assert 16000 == pytest.approx(whole.center + whole.width / 2)


def test_a_volume_of_one_value_has_a_window() -> None:
    """Its width is not zero."""
    windows = windows_for(_unknown(np.zeros((3, 4, 5), dtype=np.int16), scale=0.25))

    assert all(window.width > 0 for window in windows.values())


def test_the_description_says_size_spacing_and_range() -> None:
    """What one would read off the picture."""
    text = describe_volume(VOLUME)

    assert "CT: 3 axial slices of 4 x 5 pixels." in text
    assert "3 mm apart, pixels are 2 x 1 mm. Together 0.5 cm across, 0.8 cm deep, 0.9 cm high." in text
    assert f"Values from {HU.min()} to {HU.max()} HU." in text
    assert "tilted" not in text
    assert "unit unknown" in describe_volume(_unknown(HU))


def test_a_tilted_scan_is_said() -> None:
    """The letters are only near the truth then."""
    turn = np.radians(20)
    geometry = VolumeGeometry(
        pixel_mm=(1.0, 1.0), slice_mm=1.0, first_mm=(0.0, 0.0, 0.0), along_row=(1.0, 0.0, 0.0),
        along_column=(0.0, np.cos(turn), np.sin(turn)), along_slices=(0.0, np.sin(turn), -np.cos(turn)),
    )  # fmt: skip

    text = describe_volume(LoadedVolume(stored=HU, geometry=geometry, name="a"))
    assert "tilted by 20 degrees" in text


@pytest.mark.parametrize(("first", "count"), [(-1, 1), (3, 1), (0, 0), (2, 2)])
def test_slices_outside_the_volume_are_refused(first: int, count: int) -> None:
    """Negative numbers don't count from the end."""
    with pytest.raises(ParameterError, match="not all among 3"):
        slices_for_view(VOLUME).slice_bytes(first, count)


def test_an_unknown_plane_is_refused() -> None:
    """The message lists the planes."""
    with pytest.raises(ParameterError, match="axial, coronal, sagittal"):
        slices_for_view(VOLUME, "oblique")  # type: ignore[arg-type]
