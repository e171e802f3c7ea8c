"""Version 4: no insert writes over a record, not even one that asks to replace."""

from __future__ import annotations

from typing import Final

from alembic import op

from bonemets_teach.progress.migrations.append_only import no_replacing

revision = "4"
down_revision = "3"

_KEYS: Final = {
    "attempt": ["attempt_id"],
    "event": ["event_id"],
    "review_event": ["review_id"],
    "item_version": ["item_id", "version", "sha256"],
}


def upgrade() -> None:
    """Add the triggers."""
    for table, keys in _KEYS.items():
        for statement in no_replacing(op.get_bind().dialect.name, table, keys):
            op.execute(statement)
