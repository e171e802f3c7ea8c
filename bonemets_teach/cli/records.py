"""``bonemets-teach records``: the records of all learners, for the staff of a course."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    records = commands.add_parser("records", help="export, purge, rebuild or erase the records of a course")
    actions = records.add_subparsers(title="actions", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="write the records of all learners under pseudonyms")
    export.add_argument(
        "--format", choices=("csv", "json", "xapi"), default="csv", help="default %(default)s"
    )
    export.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a new file; csv is a zip of tables"
    )
    export.set_defaults(run=_export)
    purge = actions.add_parser("purge", help="delete old records")
    purge.add_argument(
        "--older-than", type=int, metavar="DAYS", help="age in days (default: the course's retention)"
    )
    purge.add_argument("--dry-run", action="store_true", help="only count what would be deleted")
    purge.set_defaults(run=_purge)
    retention = actions.add_parser("retention", help="tell or set how many days records are kept")
    retention.add_argument("days", type=int, nargs="?", help="new number of days")
    retention.set_defaults(run=_retention)
    rebuild = actions.add_parser("rebuild", help="make sessions and review cards anew from the log")
    rebuild.set_defaults(run=_rebuild)
    erase = actions.add_parser("erase", help="delete everything of one learner for good")
    erase.add_argument("learner", help="the learner's id, as in the learner's own export")
    erase.set_defaults(run=_erase)
    for action in (export, purge, retention, rebuild, erase):
        action.add_argument(
            "--data", type=Path, help="folder of the records (default: the user's data folder)"
        )
        action.add_argument(
            "--database",
            metavar="URL",
            help="PostgreSQL database (default: BONEMETS_DATABASE_URL, else none)",
        )


def _export(options: argparse.Namespace) -> int:
    from bonemets_teach.progress.office import open_office  # noqa: PLC0415 - other commands do not need it

    with open_office() as office:
        counts = office.export(options.format, options.out)
    print(f"bonemets-teach: {_words(counts)} written to {options.out}, under pseudonyms")
    return 0


def _purge(options: argparse.Namespace) -> int:
    from bonemets_teach.progress.office import open_office  # noqa: PLC0415 - other commands do not need it

    with open_office() as office:
        counts = office.purge(options.older_than, dry_run=options.dry_run)
    done = "would be deleted" if options.dry_run else "deleted"
    print(f"bonemets-teach: {_words({f'{name} rows': count for name, count in counts.items()})} {done}")
    return 0


def _retention(options: argparse.Namespace) -> int:
    from bonemets_teach.progress.office import open_office  # noqa: PLC0415 - other commands do not need it

    with open_office() as office:
        if options.days is not None:
            office.retention_days = options.days
        days = office.retention_days
    print(f"bonemets-teach: records are kept {days} days; records purge deletes older ones")
    return 0


def _rebuild(_options: argparse.Namespace) -> int:
    from bonemets_teach.progress.office import open_office  # noqa: PLC0415 - other commands do not need it

    with open_office() as office:
        made = office.rebuild()
    print(f"bonemets-teach: made anew: {_words(made)}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    from bonemets_teach.progress.office import open_office  # noqa: PLC0415 - other commands do not need it

    with open_office() as office:
        count = office.erase(options.learner)
    print(f"bonemets-teach: {count} records and the identity were deleted")
    return 0


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())
