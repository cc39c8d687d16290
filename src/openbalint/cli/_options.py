"""What several verbs share before anything heavy is imported."""

import argparse
import os
import sys

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def add_address(parser: argparse.ArgumentParser) -> None:
    """The options --host and --port."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine alone)")
    parser.add_argument("--port", default=8000, type=int, help="port to listen on (8000; 0 takes a free one)")


def refusal(host: str) -> str | None:
    """Why a server must not listen on this address, if it must not."""
    if host in LOOPBACK or os.environ.get("OPENBALINT_HOSTS", "").strip():
        return None
    return (
        f"--host {host} opens OpenBalint to other machines. Please set OPENBALINT_HOSTS to the names people will type."
    )


def tell(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


def complain(line: str) -> int:
    """Tell why nothing was done, and give the exit status for being asked wrongly."""
    print(line, file=sys.stderr, flush=True)
    return 2
