"""`openbalint condense`: keep the facts of meetings that are over, delete their logs."""

import argparse

from openbalint.cli import _options

HELP = "condense sessions that ended some days ago: the record stays, all events are deleted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How old a session must be."""
    parser.add_argument(
        "--older-than",
        type=int,
        default=7,
        metavar="DAYS",
        help="days since the session closed (7; a running OpenBalint does this by itself)",
    )


def run(args: argparse.Namespace) -> int:
    """Condense each session that is due, in a transaction of its own; running it again changes nothing."""
    from datetime import UTC, datetime

    from openbalint.cli import _django

    if args.older_than < 0:
        return _options.complain("--older-than counts days: please give 0 or more.")
    _django.setup()
    from openbalint.meetings.actions.sessions import condense
    from openbalint.meetings.queries.sessions import due_for_condensing

    now = datetime.now(UTC)
    done = [
        meeting for meeting in due_for_condensing(now=now, days=args.older_than) if condense(meeting, by=None, now=now)
    ]
    _options.tell(f"Condensed {len(done)} of the sessions that are over.")
    return 0
