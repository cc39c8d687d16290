"""`openbalint serve`: pages and live sessions in one process on one port."""

import argparse

from openbalint.cli import _options

HELP = "run OpenBalint: pages and live sessions in one process"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    _options.add_address(parser)


def run(args: argparse.Namespace) -> int:
    """Migrate, collect static files, say where to begin, serve."""
    if reason := _options.refusal(args.host):
        return _options.complain(reason)
    from openbalint.cli import _django

    _django.setup()
    _django.migrate()
    _django.collect_static()
    from openbalint.accounts import actions
    from openbalint.cli import _server

    first = actions.first_start_path()

    def announce(origin: str) -> None:
        _options.tell(f"OpenBalint answers on {origin}/ (stop with Ctrl-C)")
        if first:
            _options.tell(f"Nobody leads here yet. Open this once to make the first leader: {origin}{first}")

    return _server.run(args.host, args.port, announce=announce, live=True)
