"""`openbalint reset-link EMAIL`: a way back in for somebody who forgot the password, while no mail is sent."""

import argparse

from openbalint.cli import _options

HELP = "print an address that lets one person choose a new password"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who it is for."""
    parser.add_argument("email", help="the e-mail address of the account")


def run(args: argparse.Namespace) -> int:
    """Print the path of the link, which works once and not for long; 1 when nobody has this address."""
    from openbalint.cli import _django

    _django.setup()
    from django.utils import timezone

    from openbalint.accounts import actions

    path = actions.reset_link(args.email, now=timezone.now())
    if path is None:
        _options.complain(f"No account has the address {args.email}.")
        return 1
    _options.tell(path)
    return 0
