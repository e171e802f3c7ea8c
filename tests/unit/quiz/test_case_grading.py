"""Cases in steps, script concordance, words and polls: points, feedback, and answers that can't be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz import Item, grade, public_view
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.free_text import normal_form
from bonemets_teach.quiz.presenting import outcome_view
from bonemets_teach.quiz.presenting_cases import panel_banner
from bonemets_teach.quiz.script_concordance import bimodal

Make = Callable[..., Item]
FULL = {"suspect": ["MSCC"], "test": ["mri", "dexa"], "after": ["surgeon"]}


@pytest.mark.parametrize(
    ("changes", "score", "correct"),
    [
        ({}, 3.0, True),
        ({"suspect": ["compresion  Medular"]}, 3.0, True),
        ({"test": ["mri"]}, 2.5, False),
        ({"suspect": ["slipped disc"], "test": ["mri"]}, 1.5, False),
        ({"suspect": ["stroke"], "test": ["clinic"], "after": ["derm"]}, 0.0, False),
        ({"test": ["mri", "wait"]}, 0.0, False),
    ],
)
def test_a_case_gives_the_mean_share_of_its_features(
    item: Make, changes: Any, score: float, correct: Any
) -> None:
    """Each step counts the same; a choice that would harm the patient costs the whole case."""
    outcome = grade(item("key_feature"), FULL | changes)

    assert (outcome.score, outcome.correct) == (score, correct)


def test_a_killer_may_cost_its_step_alone(item: Make) -> None:
    """The author decides how fatal an error is."""
    case = item("key_feature", scoring={"killer": "step", "points": 3})

    assert grade(case, FULL | {"test": ["mri", "wait"]}).score == 2.0


def test_a_case_names_wrong_ideas_and_says_why_of_every_choice(item: Make, catalog: Catalog) -> None:
    """Menus and written answers alike, with the texts of all steps."""
    case = item("key_feature")
    outcome = grade(case, {"suspect": ["disc herniation"], "test": ["clinic", "mri"], "after": ["derm"]})
    steps = outcome_view(case, outcome, catalog)["steps"]

    assert outcome.misconceptions == ("normal-film-excludes-metastasis", "scan-shows-tumor-cells")
    assert [len(step["choices"]) for step in steps] == [2, 4, 3]
    assert all(choice["why"] for step in steps for choice in step["choices"])
    assert steps[0]["choices"][1]["written"] == "disc herniation"
    assert "REVEALED-TWO" in steps[1]["stem"]


def test_the_stored_answer_grades_to_the_same(item: Make) -> None:
    """What the log keeps brings the same outcome again."""
    for kind, response in [("key_feature", FULL), ("short_text", "RANKL"), ("poll", "b")]:
        outcome = grade(item(kind), response)
        assert grade(item(kind), outcome.response) == outcome


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (None, "in each step"),
        ([], "in each step"),
        ({"suspect": ["MSCC"]}, "step 2 of 3 has no answer"),
        (FULL | {"moon": ["x"]}, "in each step"),
        (FULL | {"test": ["mri", "dexa", "clinic"]}, "at most 2 and 3 were given"),
        (FULL | {"test": ["moon"]}, "not one of this step's options"),
        (FULL | {"test": []}, "nothing is chosen"),
        (FULL | {"test": [["mri"]]}, "not one of this step's options"),
        (FULL | {"suspect": ["  "]}, "nothing is written"),
        (FULL | {"suspect": ["a stroke", "MSCC"]}, "at most 1 and 2"),
        (FULL | {"suspect": ["x" * 10_000]}, "too long"),
        (FULL | {"suspect": [7]}, "must be words"),
    ],
)
def test_an_answer_that_can_not_be_one_is_refused(item: Make, response: Any, words: str) -> None:
    """In words, never by an error of Python."""
    with pytest.raises(ParameterError, match=words):
        grade(item("key_feature"), response)


def test_the_same_answer_written_twice_counts_once(item: Make) -> None:
    """Spelling variants of one answer don't use up the choices."""
    assert grade(item("key_feature"), FULL | {"suspect": ["cord-compression", "Cord compression"]}).correct


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"fall": -1, "second": 1, "split": 0}, 2.0),
        ({"fall": -2, "second": 1, "split": 2}, 1.3333),
        ({"fall": 0, "second": 0, "split": -1}, 0.0),
    ],
)
def test_concordance_compares_with_the_panel(item: Make, given: Any, score: float) -> None:
    """Votes for the answer over votes for the most frequent one; a split row does not count."""
    outcome = grade(item("script_concordance"), given)

    assert outcome.score == score
    assert outcome.panel[2].share is None


def test_concordance_without_a_panel_scores_nothing_and_says_so(item: Make) -> None:
    """No experts, no key: neither right nor wrong, whatever is answered."""
    bare = item("script_concordance", panel=None, panel_source=None)
    outcome = grade(bare, {"fall": 2, "second": -2, "split": 0})
    view = public_view(bare, "x")

    assert (outcome.correct, outcome.max_score, view["points"]) == (None, 0.0, 0)
    assert view["banner"].startswith("No panel of experts has voted")


def test_a_small_panel_is_flagged_and_a_large_one_is_not(item: Make, raw: Any) -> None:
    """The banner tells how many voted."""
    one = raw("script_concordance")["panel"][0]["votes"]
    many = [{"member": f"m{n}", "votes": one} for n in range(12)]

    assert "4 experts voted" in panel_banner(item("script_concordance"))  # type: ignore[arg-type]
    assert "unreliable" in panel_banner(item("script_concordance"))  # type: ignore[arg-type]
    assert "unreliable" not in panel_banner(item("script_concordance", panel=many))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "split"),
    [
        ([0, 5, 0, 5, 0], True),
        ([4, 1, 0, 1, 6], True),
        ([1, 6, 3, 1, 0], False),
        ([0, 4, 4, 4, 0], False),
        ([0, 1, 0, 8, 1], False),
        ([2, 2, 2, 2, 2], False),
    ],
)
def test_a_split_panel_is_told_from_one_that_is_only_unsure(counts: list[int], split: bool) -> None:
    """Two camps with a valley between them, each at least half as strong as the other."""
    assert bimodal(counts) is split


@pytest.mark.parametrize("value", [True, 1.0, "1", 3, None])
def test_a_rating_outside_the_scale_is_refused(item: Make, value: Any) -> None:
    """Only the five whole numbers are answers."""
    with pytest.raises(ParameterError, match="whole number from -2 to"):
        grade(item("script_concordance"), {"fall": value, "second": 0, "split": 0})


def test_a_row_without_a_rating_is_refused(item: Make) -> None:
    """The learner hears how many are open."""
    with pytest.raises(ParameterError, match="2 of 3 rows"):
        grade(item("script_concordance"), {"fall": 1})


@pytest.mark.parametrize(
    ("text", "correct", "message"),
    [
        ("accepted tgf beta", True, "FEEDBACK-RIGHT"),
        ("  The ACCEPTED–TGFβ. ", True, "FEEDBACK-RIGHT"),
        ("Factor de crecimiento transformante β", True, "FEEDBACK-RIGHT"),
        ("RANK-ligand", False, "FEEDBACK-RANKL"),
        ("insulin", False, "FEEDBACK-WRONG"),
    ],
)
def test_words_are_compared_without_marks_and_accents(
    item: Make, text: str, correct: Any, message: str
) -> None:
    """Known wrong answers get words of their own."""
    outcome = grade(item("short_text"), text)

    assert (outcome.correct, outcome.message.split(":")[0]) == (correct, message)


@pytest.mark.parametrize("text", ["", " \n\t", "...", "\u200b", None, 7, ["a"], "x" * 121, "x" * 10_000])
def test_no_words_or_too_many_are_refused(item: Make, text: Any) -> None:
    """An empty box and a novel are no answers."""
    with pytest.raises(ParameterError):
        grade(item("short_text"), text)


def test_what_was_written_is_kept_on_one_line(item: Make) -> None:
    """Control characters and line breaks are not stored."""
    assert grade(item("short_text"), "a\x00b\r\n c\u202ed").response == "a b c d"


@pytest.mark.parametrize(
    ("one", "other"), [("Ödem", "odem"), ("α-1", "Alpha 1"), ("ﬁbula", "fibula"), ("An X", "x")]
)
def test_spellings_of_the_same_word_meet(one: str, other: str) -> None:
    """Accents, ligatures, Greek letters and articles don't matter."""
    assert normal_form(one) == normal_form(other)


def test_a_poll_is_neither_right_nor_wrong(item: Make, catalog: Catalog) -> None:
    """Nobody gains or loses points by an opinion."""
    poll = item("poll")
    outcome = grade(poll, "b")

    assert (outcome.correct, outcome.score, outcome.max_score) == (None, 0.0, 0.0)
    assert outcome_view(poll, outcome, catalog)["correct"] is None
    for wrong in (None, ["b"], "z", 1):
        with pytest.raises(ParameterError):
            grade(poll, wrong)
