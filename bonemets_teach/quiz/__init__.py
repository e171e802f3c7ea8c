"""Quiz items: loading, keys, grading, what the page may see, and the item-writing linter."""

from bonemets_teach.quiz.bank import Bank, Entry, load_bank
from bonemets_teach.quiz.grading import grade
from bonemets_teach.quiz.item import Item, MultipleResponse, Numeric, SingleBest
from bonemets_teach.quiz.outcome import Outcome
from bonemets_teach.quiz.presenting import public_view

__all__ = [
    "Bank", "Entry", "Item", "MultipleResponse", "Numeric", "Outcome", "SingleBest", "grade", "load_bank",
    "public_view",
]  # fmt: skip
