"""Letters burned into an image."""

import numpy as np
import pytest

from bonemets_teach.scenes._film_letters import stamp, width_of


def test_letters_stay_in_their_box():
    """A text is as wide as it says and seven pixels high."""
    image = np.zeros((20, 40))
    stamp(image, "R8", (5, 3), 9.0)
    rows, columns = np.nonzero(image)

    assert set(np.unique(image)) == {0.0, 9.0}
    assert (rows.min(), rows.max()) == (5, 11)
    assert columns.min() == 3
    assert columns.max() == 3 + width_of("R8") - 1


def test_letters_over_the_edge_are_cut():
    """A text that doesn't fit does no harm."""
    image = np.zeros((10, 8))
    stamp(image, "BACK", (6, 2), 1.0)

    assert image.any()


def test_an_unknown_letter_is_an_error():
    """Nothing is left out silently."""
    with pytest.raises(KeyError):
        stamp(np.zeros((10, 10)), "?", (0, 0), 1.0)
