"""A body kept as rays gives the slices that its voxels give."""

from dataclasses import replace

import numpy as np
import pytest

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct import CtSettings, project_slice, reconstruct
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps
from bonemets_teach.imaging.ct_stack import filtered_stack
from bonemets_teach.imaging.ct_tracing import VIEWS, layer_change, ray_stack
from bonemets_teach.imaging.metal_implant import Rod, with_rod

FIELD = AxialField(size=64, width_mm=96.0)
SETTINGS = CtSettings(slice_thickness_mm=3.0, kernel="bone")


def block(*, bone: float = 0.2) -> VoxelState:
    """Make a cylinder of muscle, 24 mm high, with a column of bone."""
    shape = (8, 32, 32)
    y, x = np.ogrid[:32, :32]
    label = np.zeros(shape, np.uint8)
    label[:, np.hypot(y - 15.5, x - 15.5) < 15] = Tissue.SOFT
    label[:, 12:20, 10:18] = Tissue.TRABECULAR
    fraction = np.where(label == Tissue.TRABECULAR, bone, 0).astype(np.float32)
    fraction[5:, 12:20, 10:18] *= 2
    fat = np.where(label == Tissue.TRABECULAR, 0.5, 0).astype(np.float32)
    return VoxelState.healthy(Phantom(
        bone_fraction=fraction, fat_fraction=fat, label=label, turnover_per_year=np.zeros(shape, np.float32),
        voxel_mm=3.0, name="block",
    ))  # fmt: skip


def grid() -> tuple[np.ndarray, np.ndarray]:
    """Return y and x of the pixels within 30 mm of the axis [mm]."""
    at = (np.arange(64) - 31.5) * FIELD.pixel_mm
    y, x = np.meshgrid(at, at, indexing="ij")
    near = np.hypot(y, x) < 30
    return y[near], x[near]


def by_voxels(state: VoxelState, level: float, thickness: float, metal: str = "titanium") -> np.ndarray:
    """Return the noiseless image of a slice near the axis, made the long way."""
    maps = axial_maps(state, level_mm=level, thickness_mm=thickness, field=FIELD, metal=metal)
    hu = reconstruct(project_slice(maps, views=VIEWS), SETTINGS, noise=False).hu
    at = (np.arange(64) - 31.5) * FIELD.pixel_mm
    return hu[np.hypot(at[:, None], at) < 30]


@pytest.mark.parametrize(("level", "thickness"), [(4.5, 3.0), (15.0, 6.0), (12.0, 2.0)])
def test_slices_are_those_of_the_voxels(level, thickness):
    """Averaging rays over layers is averaging the layers, within what 16 bits hold (5 HU)."""
    state = block()
    rays = ray_stack(state, FIELD).slice_at(level, thickness)
    stack = filtered_stack([rays], SETTINGS, seeds=None, reach_mm=40)

    np.testing.assert_allclose(stack.hu(*grid())[0], by_voxels(state, level, thickness), atol=5.0)


def test_a_change_is_what_the_finding_changes():
    """The healthy rays plus the change are the rays of the body with the finding."""
    before, after = block(), block(bone=0.05)
    change = layer_change(before, after, FIELD)
    rays = ray_stack(before, FIELD).slice_at(10.0, 3.0, change)
    stack = filtered_stack([rays], SETTINGS, seeds=None, reach_mm=40)

    np.testing.assert_allclose(stack.hu(*grid())[0], by_voxels(after, 10.0, 3.0), atol=5.0)


def test_metal_takes_the_place_of_tissue():
    """With the implant switched on the image is that of the body with it, within 2 % of the metal's own number."""
    plain = block()
    held = with_rod(plain, Rod(start_mm=(12.0, 40.0, 40.0), end_mm=(12.0, 60.0, 60.0), radius_mm=4.0))
    stack = ray_stack(plain, FIELD, held)
    off, on = (
        filtered_stack([stack.slice_at(12.0, 3.0, metal=metal)], SETTINGS, seeds=None, reach_mm=40).hu(
            *grid()
        )[0]
        for metal in (None, "steel")
    )

    np.testing.assert_allclose(off, by_voxels(plain, 12.0, 3.0), atol=5.0)
    expected = by_voxels(held, 12.0, 3.0, metal="steel")
    np.testing.assert_allclose(on, expected, atol=0.02 * expected.max())
    assert on.max() > 5000


def test_noise_is_that_of_counted_photons():
    """The quick noise has the spread of the Poisson noise within 5 %."""
    state = block()
    rays = ray_stack(state, FIELD).slice_at(10.0, 3.0)
    clean, noisy = (
        filtered_stack([rays], SETTINGS, seeds=seeds, reach_mm=40).hu(*grid())[0] for seeds in (None, [3])
    )
    at = (np.arange(64) - 31.5) * FIELD.pixel_mm
    near = np.hypot(at[:, None], at) < 30
    counted = reconstruct(rays, SETTINGS, seed=3).hu[near] - reconstruct(rays, SETTINGS, noise=False).hu[near]

    assert np.std(noisy - clean) == pytest.approx(np.std(counted), rel=0.05)


def test_a_slice_outside_the_body_is_refused():
    """With the allowed range."""
    with pytest.raises(ParameterError, match="level_mm"):
        ray_stack(block(), FIELD).slice_at(30.0, 3.0)
    with pytest.raises(ParameterError, match="thickness_mm"):
        ray_stack(block(), FIELD).slice_at(10.0, float("nan"))


@pytest.mark.parametrize(
    "changes", [{"bone_fraction": 0.8}, {"fat_fraction": 1.0}, {"label": Tissue.SOFT, "bone_fraction": 0.0}]
)
def test_a_change_of_the_body_itself_is_traced_in_its_layers_alone(changes: dict[str, float]) -> None:
    """Benign findings may change fat and tissues as well: whatever differs is found, and nothing else is kept."""
    before = block()
    fields = {name: getattr(before.phantom, name).copy() for name in changes}
    for name, value in changes.items():
        fields[name][2:4, 13:17, 11:15] = value
    change = layer_change(before, VoxelState.healthy(replace(before.phantom, **fields)), FIELD)

    assert (2, 2) == (change.first_layer, len(change.lengths_cm))
