"""The scene of MR artifacts."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.mri_raw import raw_scan
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.scenes import Look
from bonemets_teach.scenes._mr_artifact_body import center_of, mask_of, slab_of
from bonemets_teach.scenes._mr_artifact_result import GAP_PIXELS

USED = SceneInUse("mr-artifacts")
SCENE = USED.scene
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess
TITANIUM = {"metal": "titanium"}
BREATHING = {"breathing_mm": 8}


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_numbers(control):
    """Low, middle and high of each control give a finite image, quantities and words."""
    for value in values(control):
        found = result(**{control.name: SCENE.complete({control.name: value})[0][control.name]})

        assert np.all(np.isfinite(SCENE.picture(found).values))
        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("sequence", [option.value for option in SCENE.controls[0].options])
@pytest.mark.parametrize("hertz", [120, 800])
def test_worst_of_everything_is_possible(sequence, hertz):
    """Few lines, deep breaths, steel and no middle at once: finite at the narrowest and the widest bandwidth."""
    found = result(
        sequence=sequence,
        lines=32,
        without_middle=True,
        breathing_mm=15,
        metal="steel",
        bandwidth_hz_px=hertz,
    )

    assert np.all(np.isfinite(found.shown))


def test_presets_are_allowed_states():
    """A preset needs no correction."""
    assert [SCENE.complete(preset.state)[1] for preset in SCENE.presets] == [[]] * len(SCENE.presets)


def test_measured_places_lie_in_the_slice():
    """Lesion and vertebrae hold pixels; L2, L3 and L4 do not overlap; the lesion is in L3."""
    bodies = [mask_of(name) for name in ("L2", "L3", "L4")]

    assert all(mask.sum() > 100 for mask in bodies)
    assert np.max(np.sum(bodies, axis=0)) == 1
    np.testing.assert_allclose(center_of("lesion"), center_of("L3"), atol=12)


def test_half_the_lines_take_half_the_time_and_quiet_the_noise():
    """Voxels of four times the volume, measured with half the lines: noise by 4 over the root of 2."""
    assert quantity("scan_seconds", lines=112) == pytest.approx(
        quantity("scan_seconds") * 112 / 208, rel=0.01
    )
    expected = (112 / 208) ** 2 / (112 / 208) ** 0.5
    assert quantity("noise", lines=112) == pytest.approx(quantity("noise") * expected, rel=1e-3)


def test_without_the_middle_edges_are_left():
    """Large areas lose their gray; the rim of the image keeps its steps."""
    whole, left = result(), result(without_middle=True)
    pictures = [found.shown[:, :256] for found in (whole, left)]
    steps = [np.percentile(np.abs(np.diff(picture, axis=1)), 99.5) for picture in pictures]

    assert left.marrow < 0.25 * whole.marrow
    assert steps[1] > 0.35 * steps[0]


def test_kspace_shows_what_was_measured():
    """Outside the measured lines k-space is empty; so is the middle when it is left out."""
    kspace = result(lines=64, without_middle=True).shown[:, 256 + GAP_PIXELS :]

    assert kspace[:96].max() == 0
    assert kspace[120:136, 120:136].max() == 0
    assert kspace[97:158, 97:158].max() > 500


def test_image_is_the_transform_of_its_kspace():
    """Back through a Fourier transform of numpy, the shown magnitude is found again."""
    scan = raw_scan(slab_of(screws=False), MriSettings(field_of_view_mm=184, matrix=128))
    again = np.abs(np.fft.ifft2(np.fft.ifftshift(scan.kspace)))

    np.testing.assert_allclose(scan.magnitude, again, atol=1e-4)


def test_ghosts_follow_the_phase_encoding():
    """Front to back the belly repeats over L3, from head to foot it hardly does; no breath, no ghost."""
    across, along = (quantity("ghost_percent", phase=phase, **BREATHING) for phase in ("columns", "rows"))

    assert across > 10 * along
    assert quantity("ghost_percent", phase="columns") == 0


@pytest.mark.parametrize("sequence", ["t2-fat-suppressed", "stir"])
def test_long_repetition_times_meet_other_phases_of_the_breath(sequence):
    """A repetition time of 4 s is no multiple of a breath, so ghosts don't vanish by a number."""
    assert quantity("ghost_percent", sequence=sequence, phase="columns", **BREATHING) > 0.5


def test_metal_spoils_as_in_the_clinic():
    """Gradient echo more than spin echo, a narrow bandwidth more than a wide one, steel more than titanium."""
    spoiled = quantity("spoiled_cm2", **TITANIUM)

    assert quantity("spoiled_cm2", sequence="gradient-echo", **TITANIUM) > 1.5 * spoiled
    assert quantity("spoiled_cm2", bandwidth_hz_px=800, **TITANIUM) < 0.8 * spoiled
    assert quantity("spoiled_cm2", metal="steel") > 3 * spoiled
    assert quantity("spoiled_cm2") == 0


def test_stir_keeps_its_head_near_metal():
    """A pulse at the frequency of fat fails around screws; inversion does not."""
    pulse, stir = (
        quantity("spoiled_cm2", sequence=name, **TITANIUM) for name in ("t2-fat-suppressed", "stir")
    )

    assert pulse > 3 * stir


def test_fat_is_displaced_by_the_chemical_shift():
    """217 Hz over the bandwidth, in pixels."""
    assert quantity("fat_shift_mm") == pytest.approx(217 / 200 * 184 / 208, rel=0.01)
    assert quantity("fat_shift_mm", bandwidth_hz_px=800) == pytest.approx(quantity("fat_shift_mm") / 4)


def test_goals_are_reached_by_the_controls_and_not_at_the_start():
    """A task isn't done before anything was done; each can be done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)
    assert reached("ghosts", phase="rows")
    assert reached("tame-the-metal", sequence="t1", bandwidth_hz_px=600)
    assert reached("fat-in-place", bandwidth_hz_px=400)


def test_shortcuts_do_not_reach_the_goals():
    """Holding the breath, taking the screws out or larger pixels don't count."""
    assert not reached("ghosts", phase="rows", breathing_mm=2)
    assert not reached("tame-the-metal", metal="none")
    assert not reached("fat-in-place", lines=32, bandwidth_hz_px=800)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("half-the-lines") == "about a third"
    assert guess("without-the-middle") == "hardly more than edges"
    assert guess("steel") == "5"
    assert guess("fat-near-metal") == "T2 with a pulse that suppresses fat"
    for task in SCENE.tasks:
        if task.prediction:
            assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


@pytest.mark.parametrize(
    ("settings", "keywords", "words"),
    [
        ({"sequence": "ADC"}, {}, "two scans"),
        ({"matrix": 64}, {"without_middle": 65}, "without_middle"),
        ({"matrix": 64}, {"without_middle": float("nan")}, "without_middle"),
    ],
)
def test_impossible_scans_are_refused(settings, keywords, words):
    """A map has no k-space of its own; more than was measured can't be left out."""
    with pytest.raises(ParameterError, match=words):
        raw_scan(slab_of(screws=False), MriSettings(**settings), **keywords)


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    for state in ({}, {**TITANIUM, **BREATHING}):
        SCENE.update(artists, result(**state))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same():
    """A scene is a function of its state."""
    assert np.array_equal(result(**TITANIUM).shown, result(**TITANIUM).shown)
    assert not np.array_equal(result(**TITANIUM).shown, result().shown)
