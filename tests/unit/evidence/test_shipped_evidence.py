"""The evidence that is shipped is whole, in American spelling, and says what was checked."""

from __future__ import annotations

import re

import pytest

from bonemets_teach.content import assets_folder
from bonemets_teach.errors import ContentError
from bonemets_teach.evidence import claims, facts, find_claim, glossary, problems, sources, taught, terms_in

BRITISH = re.compile(
    r"tumour|aemia|remodell|metastasis(?:e|ing)|randomis|stabilis|oedema|oestro|orthopaed|favour"
)


def test_the_shipped_folder_has_no_problem() -> None:
    """Every claim, fact and term follows the rules."""
    assert [str(problem) for problem in problems(assets_folder() / "evidence")] == []


def test_everything_is_there() -> None:
    """The numbers of claims, facts and terms do not shrink unnoticed."""
    assert len(claims()) >= 161
    assert len(facts()) == 237
    assert len(glossary()) >= 45
    assert set(taught()) <= set(facts())


def test_what_a_learner_reads_is_american() -> None:
    """No British spelling in claims, notes, facts and terms; titles of papers stay as they are."""
    shown = [f"{claim.key} {claim.claim} {claim.note} {claim.numbers}" for claim in claims().values()]
    shown += [f"{fact.topic} {fact.fact} {fact.status}" for fact in facts().values()]
    shown += [f"{term.term} {term.also} {term.short}" for term in glossary().values()]
    assert [text for text in shown if BRITISH.search(text.lower())] == []


def test_a_partly_checked_claim_says_which_part() -> None:
    """A partly verified claim has a note."""
    vague = [
        key for key, claim in claims().items() if claim.confidence == "partly-verified" and not claim.note
    ]
    assert vague == []


def test_a_recalled_claim_is_marked_as_unchecked() -> None:
    """The page can tell what nobody has looked up."""
    assert not find_claim("rose_criterion").is_checked
    assert "not yet checked" in find_claim("rose_criterion").confidence_words
    assert find_claim("bone_island").is_checked


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("bone_island", "mean_HU_cutoff", 885),
        ("l1_attenuation_age", "hu_below_30_years", 226),
        ("komarova_model", "a1", 3),
        ("komarova_model", "g21", -0.5),
        ("vicious_cycle", "loop", ["PTHrP", "RANKL/OPG ratio", "osteoclast", "TGF-beta + IGF", "tumor"]),
    ],
)
def test_published_numbers(key: str, name: str, value: object) -> None:
    """Numbers that lessons and models rely on are those of the source."""
    assert find_claim(key).numbers[name] == value


def test_links_lead_to_the_source() -> None:
    """DOIs and PubMed Central ids of the citation become addresses."""
    assert find_claim("bone_island").links == ("https://doi.org/10.2214/AJR.15.15559",)
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC5340132/" in find_claim("sclerostin_load").links


def test_sources_are_listed_once_in_order() -> None:
    """Repeated keys give one source, at the place of the first mention."""
    keys = ["rankl_opg", "coupling", "rankl_opg"]
    assert [claim.key for claim in sources(keys)] == ["rankl_opg", "coupling"]


def test_an_unknown_claim_is_named() -> None:
    """The message repeats the key and says where to add it."""
    with pytest.raises(ContentError, match="no claim “no_such_key”"):
        sources(["no_such_key"])


def test_terms_are_found_as_whole_words() -> None:
    """Abbreviations and plurals count, parts of words do not."""
    found = {term.id for term in terms_in("Osteoclasts obey RANKL; see the CT. A ctenophore ranks.")}
    assert {"osteoclast", "rankl", "ct"} <= found
    assert "rank" not in {term.id for term in terms_in("a francrank")}


def test_a_superseded_fact_says_what_holds_now() -> None:
    """Fact F177 named two cells; the third is what holds now."""
    assert not facts()["F177"].is_current
    assert "osteocyte" in facts()["F177"].holds_now
    assert facts()["F004"].holds_now == facts()["F004"].fact
