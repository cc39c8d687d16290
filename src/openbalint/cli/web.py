"""`openbalint web`: pages alone, for sites that run several processes on PostgreSQL and Valkey."""

import argparse

from openbalint.cli import _options

HELP = "run the pages alone (sites on PostgreSQL and Valkey; live sessions run as `openbalint live`)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    _options.add_address(parser)


def run(args: argparse.Namespace) -> int:
    """Serve pages; the database is brought up to date by `openbalint migrate`, once for all processes."""
    if reason := _options.refusal(args.host):
        return _options.complain(reason)
    from openbalint.cli import _django

    _django.setup()
    if reason := _django.cannot_be_apart("web"):
        return _options.complain(reason)
    _django.collect_static()
    from openbalint.cli import _server

    return _server.run(
        args.host, args.port, announce=lambda origin: _options.tell(f"Pages answer on {origin}/"), live=False
    )
