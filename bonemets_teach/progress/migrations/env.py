"""What Alembic runs: every step in the caller's transaction, its version noted where kernels look it up."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from bonemets_teach.progress.schema import set_meta
from bonemets_teach.progress.tables import metadata


def _note_version(ctx: MigrationContext, step: MigrationInfo, *_: Any, **__: Any) -> None:
    if ctx.connection is not None and step.up_revision_id is not None:
        set_meta(ctx.connection, "schema_version", step.up_revision_id)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    on_version_apply=_note_version,
)
with context.begin_transaction():
    context.run_migrations()
