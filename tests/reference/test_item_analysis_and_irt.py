"""Classical statistics order items as a two-parameter model of item response theory does.

Reference: `mirt` 1.2.0, marginal maximum likelihood of the 2PL on the same answers. Both look at the same thing in
different units, so ranks are compared: on 600 simulated learners and 16 items they agree to 0.95 (difficulty) and
0.9 (discrimination, which also depends on how far an item lies from the middle).
"""

from __future__ import annotations

import mirt
import numpy as np
import pytest
from scipy.stats import spearmanr

from bonemets_teach.quiz.analysis import KnownItem, Try, analyze


@pytest.fixture(scope="module")
def answers():
    """Return rights and wrongs of simulated learners."""
    rng = np.random.default_rng(20261122)
    slopes, places = rng.uniform(0.5, 2.5, 16), rng.uniform(-1.2, 1.2, 16)
    skill = rng.normal(size=(600, 1))
    return (rng.random((600, 16)) < 1 / (1 + np.exp(-slopes * (skill - places)))).astype(int)


def test_ranks_agree_with_a_two_parameter_model(answers):
    """Hard items are hard in both, sharp items sharp in both."""
    fitted = mirt.coef(mirt.fit_mirt(answers, "2PL", compute_standard_errors=False).model)
    tries = [
        Try(learner=f"{row:04}", item=f"bm.item.n{column:02}", version=1, share=float(right))
        for (row, column), right in np.ndenumerate(answers)
    ]
    known = {
        (f"bm.item.n{column:02}", 1): KnownItem(title="", lesson="l", options={}, keys=frozenset())
        for column in range(16)
    }

    found = analyze(tries, known).items

    assert spearmanr([item.difficulty for item in found], -fitted["difficulty"]).statistic > 0.95
    assert spearmanr([item.discrimination for item in found], fitted["discrimination"]).statistic > 0.9
    assert spearmanr([item.upper_lower for item in found], fitted["discrimination"]).statistic > 0.8


def test_difficulties_are_those_of_mirt(answers):
    """The mean of each item, to the last digit."""
    tries = [
        Try(learner=f"{row:04}", item=f"bm.item.n{column:02}", version=1, share=float(right))
        for (row, column), right in np.ndenumerate(answers)
    ]

    found = [item.difficulty for item in analyze(tries, {}).items]

    assert found == pytest.approx(mirt.itemstats(answers).mean, abs=1e-12)
