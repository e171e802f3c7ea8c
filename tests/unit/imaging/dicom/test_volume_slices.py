"""A loaded volume is cut into slices for the image view."""

from __future__ import annotations

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.imaging.volume_file_view import CT_WINDOWS, OFFSET_HU, slices_for_view
from bonemets_teach.imaging.window import BONE

HU = np.random.default_rng(1).integers(-32768, 32767, (3, 4, 5), endpoint=True).astype(np.int16)
VOLUME = LoadedVolume(hu=HU, geometry=VolumeGeometry.from_phantom("axial", (3.0, 2.0, 1.0)), name="a")


@pytest.mark.parametrize(
    ("plane", "picture", "pixel_mm", "slice_mm", "edges"),
    [
        ("axial", HU[1], (2.0, 1.0), 3.0, ("R", "L", "A", "P")),
        ("coronal", HU[:, 1], (3.0, 1.0), 2.0, ("R", "L", "H", "F")),
        ("sagittal", HU[:, :, 1], (3.0, 2.0), 1.0, ("A", "P", "H", "F")),
    ],
)
def test_a_slice_is_the_cut_through_the_volume(
    plane: str, picture: np.ndarray, pixel_mm: tuple, slice_mm: float, edges: tuple
) -> None:
    """Integers give back the CT numbers, with spacing and edges of the plane."""
    stack = slices_for_view(VOLUME, plane)  # type: ignore[arg-type]
    integers = np.frombuffer(stack.slice_bytes(1), "<u2").reshape(picture.shape)

    np.testing.assert_array_equal(integers.astype(int) + OFFSET_HU, picture)
    assert (pixel_mm, slice_mm, edges) == (stack.pixel_mm, stack.slice_mm, stack.edges)


def test_no_voxel_is_copied_to_cut_a_stack() -> None:
    """All three planes share one volume in memory."""
    assert np.shares_memory(HU, slices_for_view(VOLUME, "sagittal").hu)


def test_the_first_window_is_that_of_bone() -> None:
    """The course is about bone."""
    assert BONE == next(iter(CT_WINDOWS.values()))


@pytest.mark.parametrize("index", [-1, 3])
def test_a_slice_outside_the_volume_is_refused(index: int) -> None:
    """Negative numbers don't count from the end."""
    with pytest.raises(ParameterError, match="index"):
        slices_for_view(VOLUME).slice_bytes(index)


def test_an_unknown_plane_is_refused() -> None:
    """The message lists the planes."""
    with pytest.raises(ParameterError, match="axial, coronal, sagittal"):
        slices_for_view(VOLUME, "oblique")  # type: ignore[arg-type]
