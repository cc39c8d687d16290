"""Where an installation keeps what it imported, and the library with it; neither Django nor settings are read."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
import os
from pathlib import Path
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openbalint.instruments.definition import Definition
    from openbalint.instruments.library import Library

FOLDER = "instruments"


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option --data."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="data folder (OPENBALINT_DATA, else ./openbalint-data)"
    )


def folder(args: argparse.Namespace) -> Path:
    """Where imported instruments are; it need not exist."""
    data = args.data or Path(os.environ.get("OPENBALINT_DATA") or "openbalint-data")
    return Path(data) / FOLDER


def today() -> date:
    """The day by this machine's clock and time zone."""
    return datetime.now().astimezone().date()


def library(args: argparse.Namespace) -> "Library":
    """What ships and what was imported. DefinitionError where an imported file cannot be used."""
    from openbalint.instruments import library as instruments

    kept = [path for path in sorted(folder(args).glob("*")) if path.suffix in {".toml", ".json"}]
    files = [(path.name, path.read_bytes()) for path in kept]
    return instruments.with_imports(files, today=today())


def find(found: "Library", key: str, gettext: Callable[[str], str]) -> "Definition | None":
    """The definition with this NAME@VERSION; where there is none, stderr says which there are."""
    if key in found.definitions:
        return found.definitions[key]
    near = [one for one in found.definitions if one.split("@")[0] == key.split("@", maxsplit=1)[0]]
    sentence = gettext("There is no instrument %(key)s. There are: %(known)s.")
    print(sentence % {"key": key, "known": ", ".join(near or found.definitions)}, file=sys.stderr)
    return None
