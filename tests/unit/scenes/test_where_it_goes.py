"""The scene of the skeleton."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.evidence import claims
from bonemets_teach.scenes._skeleton_bones import LAYERS
from bonemets_teach.scenes._where_result import span
from bonemets_teach.scenes._where_shares import OTHERS, PRIMARIES, SITES
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.scenes.scene import Look
from bonemets_teach.scenes.where_it_goes import WhereItGoes

SCENE = WhereItGoes()
SHOWN = ("sites", "share", "type", "time")

REACHES = {
    "most-often": {"primary": "myeloma", "show": "share"},
    "no-number": {"primary": "kidney", "show": "sites"},
    "blastic": {"primary": "prostate", "show": "type"},
    "half": {"primary": "breast", "show": "time", "years": 0.7},
}


def compute(**state: object):
    """Return the result of a partial state."""
    full, notes = SCENE.complete(state)
    assert not notes
    return SCENE.compute(full)


@pytest.mark.parametrize("primary", PRIMARIES)
@pytest.mark.parametrize("show", SHOWN)
def test_every_view_of_every_primary_gives_finite_numbers(primary: str, show: str):
    """No number is missing or infinite, and none is a share above 100 %."""
    numbers = SCENE.quantities(compute(primary=primary, show=show))
    assert all(np.isfinite(number) for number in numbers.values())
    assert all(0 <= number <= 100 for name, number in numbers.items() if name.endswith("_percent"))


def test_every_share_names_a_claim_of_the_evidence():
    """Each number in the table leads to a source."""
    shares = [share for primary in PRIMARIES.values() for share in primary.sites.values()]
    shares += [primary.involved for primary in PRIMARIES.values()] + list(OTHERS.values())
    assert {share.claim for share in shares} <= set(claims()) & set(SCENE.claims)


def test_shares_of_bone_involvement_are_those_of_the_evidence():
    """The table of primaries repeats its claim."""
    percent = claims()["incidence_by_primary"].numbers["percent"]
    for name, primary in PRIMARIES.items():
        assert percent[{"kidney": "renal"}.get(name, name)] == [primary.involved.low, primary.involved.high]


@pytest.mark.parametrize(
    ("primary", "claim", "field"),
    [("breast", "site_percent_breast", "percent"), ("lung", "site_percent_lung", "percent")],
)
def test_site_shares_are_those_of_the_evidence(primary: str, claim: str, field: str):
    """The table of sites repeats its claim."""
    percent = claims()[claim].numbers[field]
    own = {
        {"shoulder": "shoulder_girdle"}.get(site, site): share.low
        for site, share in PRIMARIES[primary].sites.items()
    }
    assert own == percent


def test_a_share_that_is_not_published_is_borrowed_and_said_to_be():
    """Kidney cancer has no site shares: those of all primaries stand in, in words too."""
    result = compute(primary="kidney")
    assert result.own == []
    assert {entry.origin for entry in result.sites.values()} == {"others", "none"}
    assert "of all primaries together" in SCENE.describe(result)
    assert "no site shares found" in SCENE.describe(result)


def test_shares_of_deposits_are_not_mixed_with_shares_of_patients():
    """Thyroid cancer, counted in deposits, borrows nothing."""
    result = compute(primary="thyroid")
    assert "others" not in {entry.origin for entry in result.sites.values()}
    assert "share of deposits" in SCENE.describe(result).lower()


@pytest.mark.parametrize("primary", PRIMARIES)
def test_the_words_hold_every_shown_share(primary: str):
    """Whatever is written beside the skeleton stands in the description."""
    result = compute(primary=primary)
    words = SCENE.describe(result)
    for entry in result.sites.values():
        if entry.share is not None:
            assert f"{SITES[entry.site].lower()} {span(entry.share)}" in words


def test_the_words_hold_the_table_beside_the_skeleton():
    """Tables of all primaries are read out, and no two presets say the same."""
    share, kind = (SCENE.describe(compute(primary="lung", show=show)) for show in ("share", "type"))
    for primary in PRIMARIES.values():
        assert f"{primary.label.lower()} {span(primary.involved)}" in share
        assert primary.label.lower() in kind
    words = [SCENE.describe(SCENE.compute(SCENE.complete(preset.state)[0])) for preset in SCENE.presets]
    assert len(set(words)) == len(words)


def test_every_bone_of_the_drawing_is_a_site_or_rare():
    """No bone is drawn that the table does not know."""
    assert {site for site, _ in LAYERS} == set(SITES) - {"spine"} | {"forearm_hand", "leg_foot"}


def test_a_higher_share_has_a_stronger_color():
    """In breast cancer the pelvis is farther from the ground color than the skull."""
    artists = SCENE.build(Figure(), Look())
    SCENE.update(artists, compute(primary="breast"))
    bones = dict(artists.skeleton.bones)
    ground = np.array(bones["leg_foot"].get_facecolor())
    far = {site: np.abs(np.array(bones[site].get_facecolor()) - ground).sum() for site in ("pelvis", "skull")}
    assert far["pelvis"] > far["skull"] > 0


@pytest.mark.parametrize("narrow", [False, True])
def test_axes_stay_and_one_panel_is_shown(narrow: bool):
    """Each view shows its own panel, and no limits move."""
    figure = Figure()
    artists = SCENE.build(figure, Look(narrow=narrow))
    before = [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]
    for show in SHOWN:
        SCENE.update(artists, compute(primary="prostate", show=show))
        assert [name for name, panel in artists.panels.items() if panel.axes.get_visible()] == [show]
    assert before == [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]


def test_every_axis_of_numbers_names_its_unit():
    """Percent or years stand in brackets."""
    artists = SCENE.build(Figure(), Look())
    for name in ("sites", "share", "time"):
        assert re.search(r"\[(%|years)\]", artists.panels[name].axes.get_xlabel())


def test_swapping_views_gives_the_same_picture_again():
    """A panel that was kept as pixels looks as at its first drawing."""
    renderer = FigureRenderer(SCENE, Look())
    first = renderer.png(compute(show="sites"))
    renderer.png(compute(show="time"))
    assert first == renderer.png(compute(show="sites"))


@pytest.mark.parametrize("task", SCENE.tasks, ids=lambda task: task.id)
def test_every_task_can_be_done(task):
    """A goal is open at the start and reached in a known state; a prediction has an answer among its options."""
    start, _ = SCENE.complete(task.state)
    result = SCENE.compute(start)
    if task.prediction is not None:
        answer = task.prediction.answer(result)
        assert 0 <= answer < len(task.prediction.options)
        assert task.prediction.explain(result)
    if task.goal is not None:
        assert not task.goal(start, result)
        end, _ = SCENE.complete(REACHES[task.id])
        assert task.goal(end, SCENE.compute(end))


def test_timing_follows_the_published_course():
    """At the published times the curve holds the published shares."""
    percent = claims()["cumulative_incidence_solid"].numbers["percent"]
    for name, years in (("1y", 1.0), ("2y", 2.0), ("5y", 5.0), ("10y", 10.0)):
        assert compute(years=years).cumulative_percent == pytest.approx(percent[name])
