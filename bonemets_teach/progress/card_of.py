"""The card that follows from the reviews of one item: the projection behind the table of cards."""

from __future__ import annotations

from collections.abc import Sequence

from bonemets_teach.progress.review_event import Card, ReviewEvent

__all__ = ["card_of"]


def card_of(reviews: Sequence[ReviewEvent]) -> Card:
    """Fold the reviews of one item by one learner into its card.

    Parameters
    ----------
    reviews : sequence of ReviewEvent
        Oldest first, at least one.

    Returns
    -------
    card : Card
        State and due date of FSRS; the same reviews always give the same card.
    """
    # Imported here: the log is in every kernel, the scheduler only where cards are made.
    import fsrs  # noqa: PLC0415

    from bonemets_teach.progress.review import scheduler  # noqa: PLC0415

    schedule, first = scheduler(), reviews[0]
    card = fsrs.Card(card_id=1, due=first.reviewed_at)
    for review in reviews:
        card, _ = schedule.review_card(card, fsrs.Rating(review.rating), review.reviewed_at)
    return Card(
        learner_id=first.learner_id, item_id=first.item_id, state=dict(card.to_dict()), due_at=card.due
    )
