"""Version 2: reviews and cards, sessions, what was asked, tombstones, retention, audit."""

from __future__ import annotations

import hashlib

from alembic import op
from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from bonemets_teach.progress.migrations.append_only import statements

revision = "2"
down_revision = "1"

_MOMENT = DateTime(timezone=True)
_JSON = JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the new tables and columns; learners erased earlier get their tombstones."""
    for column in (
        Column("session_id", String(36)),
        Column("seq_no", Integer),
        Column("cbm_mark", Float),
        Column("item_sha256", String(64)),
    ):
        op.add_column("attempt", column)
    _make_reviews()
    _make_sessions()
    _make_records_of_the_course()
    _bury_the_erased()
    dialect = op.get_bind().dialect.name
    for table, erasable in (("review_event", True), ("item_version", False), ("audit", False)):
        for statement in statements(dialect, table, erasable=erasable):
            op.execute(statement)


def _make_reviews() -> None:
    op.create_table(
        "review_event",
        Column("review_id", String(36), primary_key=True),
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), nullable=False),
        Column("item_id", String(200), nullable=False),
        Column("rating", SmallInteger, nullable=False),
        Column("attempt_id", String(36)),
        Column("duration_ms", Integer),
        Column("reviewed_at", _MOMENT, nullable=False),
        Column("received_at", _MOMENT, nullable=False),
    )
    op.create_index("review_by_learner", "review_event", ["learner_id", "item_id", "reviewed_at"])
    op.create_table(
        "card",
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), primary_key=True),
        Column("item_id", String(200), primary_key=True),
        Column("state", _JSON, nullable=False),
        Column("due_at", _MOMENT, nullable=False),
    )
    op.create_index("card_by_due", "card", ["learner_id", "due_at"])


def _make_sessions() -> None:
    op.create_table(
        "session",
        Column("session_id", String(36), primary_key=True),
        Column("learner_id", String(36), ForeignKey("learner.learner_id"), nullable=False),
        Column("lesson_id", String(200), nullable=False),
        Column("kind", String(10), nullable=False),
        Column("plan", _JSON),
        Column("result", _JSON),
        Column("started_at", _MOMENT, nullable=False),
        Column("ended_at", _MOMENT),
    )
    op.create_index("ix_session_learner_id", "session", ["learner_id"])
    op.create_table(
        "item_version",
        Column("item_id", String(200), primary_key=True),
        Column("version", Integer, primary_key=True),
        Column("sha256", String(64), primary_key=True),
        Column("type", String(200), nullable=False),
        Column("content", Text, nullable=False),
        Column("first_asked_at", _MOMENT, nullable=False),
    )


def _make_records_of_the_course() -> None:
    op.create_table(
        "course",
        Column("course_id", String(40), primary_key=True),
        Column("retention_days", Integer, nullable=False),
    )
    op.create_table(
        "audit",
        Column("audit_id", String(36), primary_key=True),
        Column("at", _MOMENT, nullable=False),
        Column("actor", String(20), nullable=False),
        Column("action", String(20), nullable=False),
        Column("subject", String(64), nullable=False),
        Column("note", String(200), nullable=False),
    )
    op.create_table(
        "tombstone",
        Column("learner_sha256", String(64), primary_key=True),
        Column("erased_at", _MOMENT, nullable=False),
    )


def _bury_the_erased() -> None:
    connection = op.get_bind()
    learner = Table("learner", MetaData(), autoload_with=connection)
    tombstone = Table("tombstone", MetaData(), autoload_with=connection)
    erased = connection.execute(
        select(learner.c.learner_id, learner.c.erased_at).where(learner.c.erased_at.is_not(None))
    )
    for learner_id, erased_at in erased.all():
        digest = hashlib.sha256(learner_id.encode()).hexdigest()
        connection.execute(tombstone.insert().values(learner_sha256=digest, erased_at=erased_at))
