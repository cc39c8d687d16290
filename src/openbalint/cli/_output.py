"""What the commands that judge numbers share: language, output, problems of a file, progress. No Django, no settings."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
import json
from pathlib import Path
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openbalint.instruments.reader import DefinitionError
    from openbalint.stats.notes import Note
    from openbalint.tables import TableError

Translate = Callable[[str], str]
PATIENCE = 1.0
"""Seconds after which people are told what takes so long."""


class NoAnswerError(Exception):
    """The question is fine and this machine cannot answer it; `note` says what to do."""

    def __init__(self, note: "Note") -> None:
        self.note = note
        super().__init__(str(note))


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option --lang."""
    parser.add_argument("--lang", choices=("en", "zh-hans"), default="en", help="language of sentences (en)")


def add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """The options --format, -o and --lang; the first format is the default."""
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"what the answer looks like ({formats[0]})"
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write the answer here, once it is whole, instead of printing it",
    )
    add_language(parser)


def with_example(parser: argparse.ArgumentParser, example: str) -> None:
    """End the help with an example that runs."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"example:\n{example}"


def tell_problems(error: "TableError | DefinitionError", gettext: Translate) -> int:
    """Every problem of a file on a line of its own; the exit status for bad input."""
    for problem in error.problems:
        print(problem.text(gettext), file=sys.stderr)
    return 2


def as_json(plain: object) -> str:
    """Strict JSON: no NaN, no Infinity, numbers as they are."""
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def deliver(answer: str | bytes, output: Path | None, gettext: Translate) -> int:
    """Print the answer, or write it whole; the exit status."""
    data = answer.encode() if isinstance(answer, str) else answer
    if output is not None:
        return deliver_all({output.name: data}, output.parent, gettext)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return 0


def deliver_all(files: Mapping[str, bytes], folder: Path, gettext: Translate) -> int:
    """Write several files into a folder, which is made if need be; the exit status."""
    from openbalint.stats.notes import Note, gettext_noop
    from openbalint.tables.writing import write_whole

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_whole(folder / name, data)
    except OSError as error:
        message = gettext_noop("%(folder)s cannot be written to (%(reason)s). Please choose another place.")
        print(Note.of(message, folder=folder, reason=error.strerror or "").text(gettext), file=sys.stderr)
        return 2
    return 0


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say on stderr what is being done if it takes longer than PATIENCE, and then now and again."""
    over = threading.Event()

    def tell() -> None:
        waited, pause = 0.0, PATIENCE
        while not over.wait(pause):
            waited += pause
            print(f"{doing} {waited:.0f} s", file=sys.stderr, flush=True)
            pause = 5.0

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
