"""Item statistics agree with values worked out by hand.

The sheet of ten learners and four items, right = 1; the working stands at each test::

    learner  A B C D  total      A: 8 of 10   B: 7   C: 4   D: 3
    0, 1     1 1 1 1    4
    2, 3     1 1 1 0    3
    4        1 1 0 1    3
    5        1 1 0 0    2
    6, 7     1 0 0 0    1
    8        0 1 0 0    1
    9        0 0 0 0    0
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.quiz.analysis import Analysis, KnownItem, Try, analyze
from bonemets_teach.quiz.analysis.classical import correlation, kr20, rest_scores, upper_lower
from bonemets_teach.quiz.analysis.tries import first_tries, table_of

SHEET = np.array(
    [
        [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 0, 1], [1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0],
        [0, 1, 0, 0], [0, 0, 0, 0],
    ],
    dtype=float,
)  # fmt: skip


def _tries(sheet, **more) -> list[Try]:
    return [
        Try(learner=f"{row:03}", item=f"bm.{'ABCDEFGHIJ'[column]}.x", version=1, share=share, **more)
        for row, shares in enumerate(sheet)
        for column, share in enumerate(shares)
        if not np.isnan(share)
    ]


def _known(tries, **more) -> dict:
    fields = {"options": {}, "keys": frozenset(), "lesson": "lesson"} | more
    return {each.key: KnownItem(title=each.item, **fields) for each in tries}


def _analysis(sheet, **more) -> Analysis:
    tries = _tries(sheet, **more)
    return analyze(tries, _known(tries))


def test_difficulty_is_the_share_of_right_answers():
    """8, 7, 4 and 3 of 10."""
    found = [item.difficulty for item in _analysis(SHEET).items]

    assert found == pytest.approx([0.8, 0.7, 0.4, 0.3])


def test_corrected_point_biserial_is_as_by_hand():
    """Item A against the sum of the others.

    Sums of B + C + D: 3 3 2 2 2 1 0 0 1 0, together 14, squares together 32.
    Spread of the sums: 32 - 14 * 14 / 10 = 12.4.  Spread of A: 8 - 8 * 8 / 10 = 1.6.
    Together: those with A have 3+3+2+2+2+1+0+0 = 13; 13 - 8 * 14 / 10 = 1.8.
    r = 1.8 / sqrt(1.6 * 12.4) = 0.40411
    """
    assert _analysis(SHEET).items[0].discrimination == pytest.approx(1.8 / math.sqrt(1.6 * 12.4), abs=1e-12)


def test_upper_lower_is_as_by_hand():
    """27 % of 10 are 3 learners at each end, ranked by the sum of the others.

    Best three: 3, 3, and one of the three learners with 2, who count by a third each; all have A: 3/3.
    Worst three: the three with 0 are learners 6, 7 and 9; two of them have A: 2/3.   D = 1 - 2/3
    """
    assert _analysis(SHEET).items[0].upper_lower == pytest.approx(1 / 3, abs=1e-12)


def test_kr20_is_as_by_hand():
    """Sum of p q: 0.16 + 0.21 + 0.24 + 0.21 = 0.82.

    Totals 4 4 3 3 3 2 1 1 1 0: mean 2.2, squares 66, variance 6.6 - 4.84 = 1.76.
    KR-20 = 4/3 * (1 - 0.82 / 1.76) = 47/66 = 0.71212
    """
    found = kr20(SHEET)

    assert found is not None
    assert found.value == pytest.approx(47 / 66, abs=1e-12)
    assert (found.learners, found.items) == (10, 4)


def test_standard_error_of_kr20_is_as_by_hand():
    """Covariances: AB 0.04, AC 0.08, AD 0.06, BC 0.12, BD 0.09, CD 0.08.

    Sums of the rows of V: 0.34 0.46 0.52 0.44, together 1.76; squares together j'V2j = 0.7912.
    tr V = 0.82; tr V2 = squares of all entries = 0.1714 + 2 * 0.0405 = 0.2524.
    Q = 2 * 16 / (9 * 1.76^3) * (1.76 * (0.2524 + 0.82^2) - 2 * 0.82 * 0.7912) = 0.65218 * 0.33008 = 0.21527
    SE = sqrt(0.21527 / 10) = 0.14672
    """
    found = kr20(SHEET)

    assert found is not None
    assert found.standard_error == pytest.approx(0.14672, abs=1e-5)


def test_standard_error_is_the_spread_over_many_classes():
    """KR-20 of 300 simulated classes of 150 learners scatters by about the standard error."""
    rng = np.random.default_rng(7)
    found = []
    for _ in range(300):
        skill = rng.normal(size=(150, 1))
        chance = 1 / (1 + np.exp(-1.3 * (skill - np.linspace(-1, 1, 8))))
        found.append(kr20((rng.random((150, 8)) < chance).astype(float)))

    spread = np.std([one.value for one in found])
    assert spread == pytest.approx(np.mean([one.standard_error for one in found]), rel=0.2)


def test_options_are_counted_with_the_rest_scores_of_those_who_chose_them():
    """Of 40 learners 20 answer a, 16 b, 3 c (7.5 %) and 1 d (2.5 %, below the 5 % of a working distractor).

    Who chose a has two of three others right, who chose b one of three, so the means are 2/3 and 1/3.
    """
    chosen = ["a"] * 20 + ["b"] * 16 + ["c"] * 3 + ["d"]
    tries = []
    for number, option in enumerate(chosen):
        fields = {"learner": f"{number:03}", "version": 1}
        tries.append(Try(item="bm.q.x", share=float(option == "a"), chosen=(option,), **fields))
        rights = {"a": (1, 1, 0), "b": (1, 0, 0)}.get(option, (0, 0, 0))
        tries += [Try(item=f"bm.r{n}.x", share=float(right), **fields) for n, right in enumerate(rights)]
    known = _known(tries) | {
        ("bm.q.x", 1): KnownItem(
            title="q", lesson="lesson", options={"a": "A", "b": "B", "c": "C", "d": "D"}, keys=frozenset("a")
        )
    }

    item = next(item for item in analyze(tries, known).items if item.item == "bm.q.x")

    assert [option.share for option in item.options] == pytest.approx([0.5, 0.4, 0.075, 0.025])
    assert item.options[0].mean_rest == pytest.approx(2 / 3)
    assert item.options[1].mean_rest == pytest.approx(1 / 3)
    assert [option.mean_rest for option in item.options[2:]] == [None, None]
    assert [option.functioning for option in item.options] == [True, True, True, False]
    assert item.functioning_distractors == 2
    assert any("choose “D”" in flag for flag in item.flags)


def test_only_the_first_try_at_a_version_counts():
    """A second try changes nothing; a new version is another item."""
    one = Try(learner="a", item="bm.x.y", version=1, share=0.0)
    again = Try(learner="a", item="bm.x.y", version=1, share=1.0)
    changed = Try(learner="a", item="bm.x.y", version=2, share=1.0)

    assert first_tries([one, again, changed, changed]) == [one, changed]


@pytest.mark.parametrize(
    ("learners", "shown", "unstable"),
    [(9, False, None), (10, True, True), (29, True, True), (30, True, False)],
)
def test_nothing_is_said_about_fewer_than_ten_learners(learners, shown, unstable):
    """And below 30 numbers are called unstable."""
    sheet = np.tile(SHEET, (3, 1))[:learners]

    found = _analysis(sheet)

    assert bool(found.items) is shown
    assert found.too_few == (0 if shown else 4)
    assert "bm." not in str(found.as_json()) or shown
    assert all(item.unstable is unstable for item in found.items)


def test_reliability_of_few_complete_sheets_is_not_told():
    """Ten learners each, but only nine answered everything."""
    sheet = np.vstack([SHEET, SHEET])
    sheet[9:, 0] = np.nan
    sheet[:2, 0] = 1.0

    found = _analysis(np.vstack([sheet, [[1, np.nan, np.nan, np.nan]]]))

    assert len(found.items) == 4
    assert found.lessons[0].reliability is None


def test_time_and_certainty_are_means_of_ten_at_least():
    """Of eight right and two wrong answers neither certainty is told; the median time is."""
    found = _analysis(SHEET, seconds=12.0, certainty=2).items

    assert [item.median_s for item in found] == [12.0] * 4
    assert {item.certainty_right for item in found} == {None}
    many = _analysis(np.tile(SHEET, (5, 1)), certainty=3).items
    assert many[1].certainty_right == 3.0
    assert many[1].certainty_wrong == 3.0
    assert any("at least as sure" in flag for flag in many[1].flags)


def test_an_item_that_the_able_miss_is_asked_about():
    """A key that was turned around shows as negative discrimination."""
    sheet = np.tile(SHEET, (4, 1))
    sheet[:, 3] = 1 - sheet[:, 1]

    (item,) = [item for item in _analysis(sheet).items if item.item == "bm.D.x"]

    assert item.discrimination is not None
    assert item.discrimination < 0
    assert any("is the key right" in flag for flag in item.flags)


def test_a_good_item_raises_no_question():
    """Middling difficulty and positive discrimination."""
    assert _analysis(np.tile(SHEET, (4, 1))).items[2].flags == ()


def test_items_that_do_not_vary_have_no_correlation():
    """Everybody right: difficulty 1, no discrimination, no warning of a division by zero."""
    sheet = np.tile(SHEET, (4, 1))
    sheet[:, 0] = 1.0

    item = _analysis(sheet).items[0]

    assert (item.difficulty, item.discrimination) == (1.0, None)
    assert any("Almost all" in flag for flag in item.flags)
    assert kr20(np.ones((20, 4))) is None
    assert kr20(np.empty((0, 4))) is None
    assert kr20(np.ones((20, 1))) is None


def test_a_rest_score_needs_three_other_answers():
    """Fewer say too little of a learner."""
    shares = np.array([[1, 1, 1, 0], [1, 1, 0, np.nan], [np.nan, 1, 1, 1]], dtype=float)

    assert rest_scores(shares, 0) == pytest.approx([2 / 3, np.nan, np.nan], nan_ok=True)


@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, math.nan]), min_size=5, max_size=5), min_size=1, max_size=40
    ),
    st.randoms(),
)
def test_any_sheet_gives_numbers_in_range_whatever_the_order(sheet, random):
    """Gaps, parts of points, few learners; the order of learners changes nothing."""
    shares = np.array(sheet)
    order = list(range(len(sheet)))
    random.shuffle(order)
    mixed = shares[order]

    for column in range(5):
        rest, other = rest_scores(shares, column), rest_scores(mixed, column)
        r, d = correlation(shares[:, column], rest), upper_lower(shares[:, column], rest)
        assert r is None or -1 <= r <= 1
        assert d is None or -1 - 1e-9 <= d <= 1 + 1e-9
        assert d == pytest.approx(upper_lower(mixed[:, column], other), nan_ok=True)
        assert r == pytest.approx(correlation(mixed[:, column], other), abs=1e-9)
    found = kr20(shares)
    assert found is None or (found.value <= 1 + 1e-9 and found.standard_error >= 0)


def test_a_table_has_gaps_where_nothing_was_answered():
    """Rows and columns in alphabetical order."""
    tries = [
        Try(learner="b", item="bm.x.y", version=1, share=1.0),
        Try(learner="a", item="bm.x.z", version=1, share=0.5),
    ]

    table = table_of(tries)

    assert table.learners == ("a", "b")
    assert table.shares == pytest.approx(np.array([[np.nan, 0.5], [1.0, np.nan]]), nan_ok=True)
    assert analyze([], {}).items == ()
