"""Pictures for questions: their places are those of the model, and they are small enough to send."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.pelvis import pelvis
from bonemets_teach.imaging.patient_study import generate_patient
from bonemets_teach.scenes.plates._spine_places import body_center
from bonemets_teach.scenes.plates.exposed import Exposed, beside, cut, enlarged
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.pointing import mark_share, picture_png
from bonemets_teach.scenes.registry import PLATE_IDS, SCENE_IDS, load_scene


def _shown(plate: str, **state: Any) -> Exposed:
    scene = load_scene(plate)
    assert isinstance(scene, Plate)
    result: Exposed = scene.expose(scene.complete(state)[0])
    return result


def _around(shown: Exposed, mark: str, half: int = 6) -> float:
    row, column = (round(value) for value in shown.marks[mark])
    return float(shown.values[row - half : row + half + 1, column - half : column + half + 1].mean())


def test_a_plate_is_no_explorer() -> None:
    """No lesson lists it, yet questions can name it."""
    assert not set(PLATE_IDS) & set(SCENE_IDS)
    assert all(load_scene(name).id == name for name in PLATE_IDS)


@pytest.mark.parametrize(
    ("plate", "state"),
    [
        ("film-plate", {"body": "pelvis"}),
        ("ct-plate", {"body": "L3", "site": "back of the body"}),
        ("scan-plate", {"patient": "blastic", "compare": True, "week": 20}),
        ("pet-plate", {}),
        ("mr-plate", {}),
        ("spect-plate", {"finding": "rim", "diameter_mm": 26}),
        ("patient-plate", {"seed": 6, "view": "bone-scan-both"}),
        ("patient-plate", {"seed": 6, "view": "mri"}),
    ],
)
def test_a_picture_is_small_enough_for_a_phone_line(plate: str, state: dict[str, Any]) -> None:
    """At most 120 kB."""
    assert len(picture_png(plate, state)) <= 120_000


def test_a_lytic_deposit_darkens_its_place_on_a_film() -> None:
    """The mark of the finding lies where the film changed."""
    state = {"body": "pelvis", "site": "left pubis", "months": 18}
    healthy, ill = (_shown("film-plate", finding=finding, **state) for finding in ("none", "lytic"))

    change = np.abs(ill.values - healthy.values)
    row, column = np.unravel_index(int(np.argmax(change)), change.shape)
    marked = ill.marks["finding"]

    assert np.hypot(row - marked[0], column - marked[1]) * ill.pixel_mm < 25
    assert "finding" not in healthy.marks


def test_the_mark_on_a_film_is_the_projected_place_of_the_lesion() -> None:
    """Row and column times the pixel size give back z and x of the tumor's middle."""
    phantom = pelvis(voxel_mm=2.0)
    tumor = place(phantom, "right ischium", phenotype=0.0, months=15).tumor
    middle = [
        float(np.average(np.arange(n), weights=tumor.sum(axis=tuple({0, 1, 2} - {axis}))))
        for axis, n in enumerate(tumor.shape)
    ]
    shown = _shown("film-plate", body="pelvis", site="right ischium", months=15)

    row, column = shown.marks["finding"]

    assert row * shown.pixel_mm == pytest.approx((middle[0] + 0.5) * 2, abs=12)
    assert column * shown.pixel_mm == pytest.approx((middle[2] + 0.5) * 2, abs=12)


def test_a_blastic_deposit_reads_denser_on_ct_than_the_other_side() -> None:
    """Numbers come from the image at the marks."""
    shown = _shown("ct-plate", body="pelvis", finding="blastic", site="left acetabular roof")

    assert shown.numbers["finding_hu"] > shown.numbers["right_acetabular_roof_hu"] + 150
    assert shown.numbers["muscle_hu"] == pytest.approx(50, abs=30)
    assert shown.numbers["fat_hu"] == pytest.approx(-90, abs=40)


def test_from_behind_right_and_left_change_sides() -> None:
    """The left kidney lies at the left of a picture from the back, at the right of one from the front."""
    back, front = (mark_share("scan-plate", {"view": view}, "left kidney")[0] for view in ("back", "front"))

    assert back < 0.5 < front


def test_a_new_deposit_is_dark_on_the_later_scan_only() -> None:
    """The place of rib 9 in week 0 and 24 weeks later."""
    shown = _shown("scan-plate", patient="blastic", week=24, compare=True)

    now = _around(shown, "now: finding left rib 9", half=3)
    assert now < _around(shown, "week 0: left rib 9", half=3) - 0.2


def test_kidney_and_deposits_take_up_psma_and_bladder_fdg() -> None:
    """Numbers are peaks at the places of the model."""
    psma, fdg = (_shown("pet-plate", tracer=name, phenotype="blastic").numbers for name in ("PSMA", "FDG"))

    assert psma["left_kidney_suv"] > 5 * fdg["left_kidney_suv"]
    assert psma["l2_suv"] > fdg["l2_suv"]
    assert fdg["bladder_suv"] > fdg["left_kidney_suv"]


def test_a_metastasis_is_dark_on_t1_and_bright_on_stir_at_its_level() -> None:
    """Both panels show the same vertebra."""
    shown = _shown("mr-plate", finding="lytic", level="L4")

    assert _around(shown, "left: finding", 3) < 0.8 * _around(shown, "left: L2", 3)
    assert _around(shown, "right: finding", 3) > 1.5 * _around(shown, "right: L2", 3)


def test_a_hot_pedicle_is_dark_on_spect_beside_its_ct_and_on_the_planar_view() -> None:
    """The mark is darker than that of the other side, on the right side of each picture."""
    slices = _shown("spect-plate", finding="pedicle", diameter_mm=14)
    planar = _shown("spect-plate", finding="pedicle", diameter_mm=14, pair="planar")

    assert _around(slices, "SPECT: finding") < _around(slices, "SPECT: left pedicle") - 0.3
    assert _around(slices, "CT: finding") > _around(slices, "CT: canal") + 0.2
    assert _around(planar, "planar: finding") < _around(planar, "planar: other side") - 0.2
    assert slices.marks["SPECT: finding"][1] < slices.marks["SPECT: left pedicle"][1]
    assert planar.marks["planar: finding"][1] > planar.marks["planar: other side"][1]


def test_a_cold_deposit_and_the_middle_of_a_ring_are_pale() -> None:
    """Tracer marks osteoblasts."""
    cold = _shown("spect-plate", finding="cold", diameter_mm=26)
    rim = _shown("spect-plate", finding="rim", diameter_mm=26)

    assert _around(cold, "SPECT: finding") > _around(cold, "SPECT: right back of the body") + 0.2
    assert _around(rim, "SPECT: finding") > _around(rim, "SPECT: right edge") + 0.2


def test_vertebral_bodies_stand_in_order() -> None:
    """From L1 down, each lies below the one before."""
    from bonemets_teach.scenes._mr_regions import spine  # noqa: PLC0415 - built only here

    heights = [body_center(spine(), level)[0] for level in ("L1", "L2", "L3", "L4", "L5")]

    assert np.all(np.diff(heights) > 25)


def test_findings_of_a_patient_are_marked_where_the_truth_is() -> None:
    """Each metastasis of the trunk is darker on the PET than the whole picture."""
    patient = generate_patient(6)
    shown = _shown("patient-plate", seed=6, view="pet-mip")

    for finding in patient.metastases:
        assert _around(shown, f"finding {finding.id}", 4) < shown.values.mean() - 0.1
    assert shown.numbers["metastases"] == len(patient.metastases)


def test_parts_and_neighbors_keep_their_places() -> None:
    """Cutting, enlarging and pairing move marks with the pixels."""
    values = np.zeros((20, 30), dtype=np.float32)
    values[12, 21] = 1.0
    shown = Exposed(values=values, pixel_mm=2.0, marks={"spot": (12.0, 21.0)})

    part = cut(shown, (5, 19), (10, 30))
    larger = enlarged(part, 3)
    both = beside(part, part, ("left", "right"))

    row, column = larger.marks["spot"]
    assert larger.values[round(row), round(column)] == larger.values.max()
    assert all(both.values[int(r), int(c)] == 1.0 for r, c in both.marks.values())
    assert set(both.marks) == {"left: spot", "right: spot"}
