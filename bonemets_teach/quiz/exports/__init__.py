"""The question bank in the formats of other programs, each in a module of its own."""

from __future__ import annotations

from bonemets_teach.quiz.exports.formats import FORMATS, Format, export_items, export_questions
from bonemets_teach.quiz.exports.report import Export, Loss, Losses

__all__ = ["FORMATS", "Export", "Format", "Loss", "Losses", "export_items", "export_questions"]
