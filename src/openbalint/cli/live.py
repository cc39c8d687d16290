"""`openbalint live`: live sessions alone, for sites that run several processes on PostgreSQL and Valkey."""

import argparse

from openbalint.cli import _options

HELP = "run the live sessions alone (sites on PostgreSQL and Valkey; pages run as `openbalint web`)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    _options.add_address(parser)
    parser.set_defaults(port=8001)


def run(args: argparse.Namespace) -> int:
    """Serve web sockets under /ws/."""
    if reason := _options.refusal(args.host):
        return _options.complain(reason)
    from openbalint.cli import _django

    _django.setup()
    if reason := _django.cannot_be_apart("live"):
        return _options.complain(reason)
    from openbalint.live import server

    server.run(args.host, args.port)
    return 0
