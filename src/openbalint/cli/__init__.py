"""The command `openbalint VERB`: one module a verb, found by name and imported only when it is asked for.

A verb's module has

    HELP = "What it does, as one line."
    def add_arguments(parser: argparse.ArgumentParser) -> None: ...
    def run(args: argparse.Namespace) -> int: ...      # 0 when done, 1 when not, 2 when asked wrongly

and imports inside functions, so that `--help` answers at once. `reset_link.py` is the verb `reset-link`.
A name that begins with an underscore is no verb. A verb that needs Django calls `cli._django.setup()` first.
"""

import argparse
from collections.abc import Sequence
import importlib
from pathlib import Path
import sys
from types import ModuleType

from openbalint import __version__
from openbalint.cli import _extras


def verbs() -> tuple[str, ...]:
    """Every verb, from the names of the modules beside this one; nothing is imported."""
    names = (path.stem for path in Path(__file__).parent.glob("*.py"))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_")))


def load(verb: str) -> ModuleType:
    """The module of a verb."""
    return importlib.import_module(f"openbalint.cli.{verb.replace('-', '_')}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit status."""
    asked = list(sys.argv[1:] if argv is None else argv)
    verb = next((word for word in asked if not word.startswith("-")), "")
    parser = argparse.ArgumentParser(prog="openbalint", description="Balint groups live in the browser.")
    parser.add_argument("--version", action="version", version=f"openbalint {__version__}")
    known = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in (verb,) if verb in verbs() else verbs():
        module = load(name)
        module.add_arguments(known.add_parser(name, help=module.HELP, description=module.HELP))
    args = parser.parse_args(asked)
    return _run(load(args.verb), args)


def _run(module: ModuleType, args: argparse.Namespace) -> int:
    """A setting that cannot be used, or a package that is missing, is told as a sentence; Ctrl-C ends quietly."""
    try:
        return int(module.run(args))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 2


def _sentence(error: Exception) -> str | None:
    """What the error tells the operator, judged without importing Django for verbs that do not use it."""
    if isinstance(error, ModuleNotFoundError):
        return _extras.missing(error)
    exceptions = sys.modules.get("django.core.exceptions")
    return str(error) if exceptions and isinstance(error, exceptions.ImproperlyConfigured) else None
