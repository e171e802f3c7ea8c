"""The sample for whoever has no file of their own."""

from __future__ import annotations

import numpy as np

from bonemets_teach.imaging.sample_study import sample_volume, sample_zip
from bonemets_teach.imaging.volume_file import read_volume


def test_the_sample_shows_a_white_lesion_and_comes_back_from_its_own_dicom() -> None:
    """L3 is denser at its left back, and the export holds every voxel at its place."""
    sample = sample_volume()
    returned = read_volume({"sample.zip": sample_zip(sample)})

    np.testing.assert_array_equal(sample.hu, returned.hu)
    np.testing.assert_allclose(sample.geometry.affine(), returned.geometry.affine(), atol=1e-6)
    x_mm, y_mm, z_mm = sample.geometry.first_mm
    z, y, x = (
        slice(round((low - first) / edge), round((high - first) / edge))
        for low, high, first, edge in zip(
            (36.0, 136.0, 163.0), (50.0, 148.0, 175.0), (-z_mm, y_mm, x_mm), sample.voxel_mm, strict=True
        )
    )
    left, right = sample.hu[z, y, x].mean(), sample.hu[:, :, ::-1][z, y, x].mean()
    assert left > 1.5 * right > 100
