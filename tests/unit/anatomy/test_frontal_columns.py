"""The fine frontal columns show the same anatomy as the voxels."""

import numpy as np
import pytest

from bonemets_teach.anatomy.frontal_columns import frontal_columns
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.errors import ParameterError


def test_columns_hold_as_much_femur_as_the_voxels() -> None:
    """Volume inside the surface within 2 %, bone within 8 %, which voxels blur at thin shells."""
    columns, femur = frontal_columns(), proximal_femur()
    mask = is_bone(femur.label, femur_only=True)
    inside = columns.femur_inside.sum() * columns.pixel_mm**2
    bone = columns.femur_bone.sum() * columns.pixel_mm**2
    assert inside == pytest.approx(mask.sum() * femur.voxel_mm**3, rel=0.02)
    assert bone == pytest.approx(femur.bone_fraction[mask].sum() * femur.voxel_mm**3, rel=0.08)


def test_columns_are_depths() -> None:
    """At least zero, bone within its surface, nothing deeper than the field."""
    columns = frontal_columns()
    assert np.all(columns.femur_bone <= columns.femur_inside + 1e-3)
    assert np.all(columns.pelvis_bone <= columns.pelvis_inside + 1e-3)
    for depth in (columns.femur_inside, columns.pelvis_inside, columns.muscle, columns.fat):
        assert depth.min() >= 0
        assert depth.max() <= 150


@pytest.mark.parametrize("pixel_mm", [0.0, 0.1, 50.0, float("nan")])
def test_impossible_pixels_are_refused(pixel_mm: float) -> None:
    """With the allowed range in the message."""
    with pytest.raises(ParameterError, match="pixel_mm"):
        frontal_columns(pixel_mm=pixel_mm)
