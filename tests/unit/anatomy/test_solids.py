"""Pieces of bones are where their boxes say, join, carve and mirror."""

import numpy as np
import pytest

from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.shapes import Coordinates
from bonemets_teach.anatomy.solids import (
    FAR_MM,
    Piece,
    blob,
    chain,
    cut,
    evaluate,
    half_slab,
    mirrored,
    oval_rod,
    rod,
    triangle,
)

GRID = Grid.covering(((-20, 20), (-20, 20), (-20, 20)), 1.0)
EVERYWHERE = (slice(None),) * 3
PIECES = {
    "rod": rod((-5, -5, -8), (6, 3, 9), 4, 2),
    "oval rod": oval_rod((-4, 0, -6), (4, 2, 6), (6, 3, 2)),
    "blob": blob((1, 2, 3), (9, 5, 3)),
    "triangle": triangle(((-9, 0, 0), (9, 3, -8), (4, -6, 9)), 2.0),
}


def joined(*pieces: Piece) -> np.ndarray:
    def window(box, seam_mm):  # type: ignore[no-untyped-def]
        part = GRID.part(box, seam_mm + 1.5)
        return None if part is None else (part, GRID.at(part))

    return evaluate(pieces, GRID.shape, window)


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_stays_in_its_box(name: str) -> None:
    """Nothing inside the surface lies outside the box, and something lies inside."""
    piece = PIECES[name]
    inside = np.argwhere(piece.distance(GRID.at(EVERYWHERE)) < 0) - 19.5
    box = np.array(piece.box)
    assert len(inside) > 50
    assert np.all(inside >= box[:, 0] - 1e-3)
    assert np.all(inside <= box[:, 1] + 1e-3)


def test_boxes_change_nothing_inside() -> None:
    """Evaluating each piece in its own box marks the same voxels as evaluating it everywhere."""
    at = GRID.at(EVERYWHERE)
    whole = np.min([piece.distance(at) for piece in PIECES.values()], axis=0)
    np.testing.assert_array_equal(joined(*PIECES.values()) < 0, whole < 0)


def test_distance_to_a_triangle_is_exact() -> None:
    """Over its face, beside an edge and beyond a corner."""
    plate = triangle(((0, 0, 0), (0, 10, 0), (0, 0, 10)), 1.0)

    def far(z: float, y: float, x: float) -> float:
        return float(plate.distance(Coordinates.open_grid([z], [y], [x])).item())

    assert far(4, 2, 2) == pytest.approx(3.0, abs=1e-5)
    assert far(0, -3, 5) == pytest.approx(2.0, abs=1e-5)
    assert far(0, -3, -4) == pytest.approx(4.0, abs=1e-5)


def test_a_cut_takes_from_what_stands_before_it() -> None:
    """A bored ball is hollow; a piece that comes later fills the hole."""
    ball, hole = blob((0, 0, 0), (8, 8, 8)), cut(rod((-15, 0, 0), (15, 0, 0), 3))
    middle = (20, 20, 20)
    assert joined(ball)[middle] < 0
    assert joined(ball, hole)[middle] > 0
    assert joined(ball, hole, blob((0, 0, 0), (2, 2, 2)))[middle] < 0


def test_a_slab_flattens_the_top() -> None:
    """Above its lower level nothing is left."""
    distance = joined(blob((0, 0, 0), (8, 8, 8)), half_slab((-20, -3), ((-20, 20), (-20, 20))))
    assert distance[:17].min() > 0
    assert distance[18].min() < 0


def test_mirrored_pieces_are_the_other_side() -> None:
    """X becomes -x, cuts included."""
    pieces = [*chain([(0, 0, 3), (5, 4, 12), (9, 4, 15)], [3, 2, 2]), cut(blob((0, 0, 3), (2, 2, 2)))]
    one, other = (np.clip(joined(*p), -1, 1) for p in (pieces, mirrored(pieces)))
    np.testing.assert_allclose(one[:, :, ::-1], other, atol=1e-4)


def test_nothing_near_is_far() -> None:
    """A point that no piece reaches is far outside."""
    assert joined(blob((0, 0, 0), (2, 2, 2)))[0, 0, 0] == FAR_MM


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("tilt", [0.0, 34.0])
def test_a_frame_and_its_inverse_cancel(tilt: float, mirror: bool) -> None:
    """From the bone into the body and back."""
    frame = Frame(origin=(10.0, -4.0, 7.0), tilt_deg=tilt, scale=1.3, mirror=mirror)
    z, y, x = frame.body((3.0, 5.0, -2.0))
    local = frame.local(Coordinates.open_grid([z], [y], [x]))
    np.testing.assert_allclose([local.z.item(), local.y.item(), local.x.item()], (3.0, 5.0, -2.0), atol=1e-4)


def test_a_forward_lean_moves_the_upper_end_forward() -> None:
    """The sign of the tilt is that of the sacrum and of L5."""
    assert Frame(tilt_deg=20.0).body((-10.0, 0.0, 0.0))[1] < 0


def test_a_grid_keeps_the_middle_of_its_box() -> None:
    """Voxels that do not fill the box are spread to both sides."""
    grid = Grid.covering(((-10, 10), (0, 10), (-7, 7)), 3.0)
    assert grid.shape == (7, 3, 5)
    assert [float(axis.mean()) for axis in grid.axes] == pytest.approx([0.0, 5.0, 0.0], abs=1e-5)
    assert grid.from_corner((0.0, 5.0, 0.0)) == pytest.approx((10.5, 4.5, 7.5))
    assert grid.part(((50, 60), (0, 10), (-7, 7))) is None
