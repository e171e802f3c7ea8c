"""Item analysis: what the answers of many learners say about the questions."""

from __future__ import annotations

from bonemets_teach.quiz.analysis.item_statistics import ItemStatistics, KnownItem, OptionStatistics
from bonemets_teach.quiz.analysis.report import Analysis, analyze
from bonemets_teach.quiz.analysis.tries import Gap, Try

__all__ = ["Analysis", "Gap", "ItemStatistics", "KnownItem", "OptionStatistics", "Try", "analyze"]
