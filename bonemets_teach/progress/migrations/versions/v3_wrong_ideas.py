"""Version 3: the wrong ideas that an answer showed, since some of them only the grading can tell."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column
from sqlalchemy.dialects.postgresql import JSONB

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the column; it stays empty for older answers."""
    op.add_column("attempt", Column("misconceptions", JSON().with_variant(JSONB(), "postgresql")))
