"""What the course states and on what it rests: claims, facts to teach, glossary."""

from __future__ import annotations

from bonemets_teach.evidence.checking import problems
from bonemets_teach.evidence.claims import Claim, claims, find_claim, sources
from bonemets_teach.evidence.facts import Fact, facts, taught
from bonemets_teach.evidence.glossary import Term, glossary, terms_in
from bonemets_teach.evidence.problem import ContentProblem

__all__ = [
    "Claim",
    "ContentProblem",
    "Fact",
    "Term",
    "claims",
    "facts",
    "find_claim",
    "glossary",
    "problems",
    "sources",
    "taught",
    "terms_in",
]
