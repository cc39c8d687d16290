"""`openbalint instruments`: what there is, what it may be used for, and importing a licensed text."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from openbalint.cli import _instruments, _options, _output

if TYPE_CHECKING:
    from openbalint.instruments.definition import Definition
    from openbalint.instruments.library import Library

HELP = "list and show questionnaires; import the text of one under your own licence; export as FHIR"
EXAMPLE = """\
  openbalint instruments
  openbalint instruments gses@1995 --lang zh-hans
  openbalint instruments gses@1995 --fhir r5 -o gses.json
  openbalint instruments mbi-gs@16 --import items.csv --language zh-Hans \\
      --licence "Mind Garden, order 12345" --licensee "Example Hospital" --until 2027-06-30
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which instrument, and what to do with it."""
    _output.with_example(parser, EXAMPLE)
    parser.add_argument("instrument", nargs="?", metavar="NAME@VERSION", help="show this one; without it, list all")
    _output.add_output(parser, ("text", "json"))
    parser.add_argument("--fhir", choices=("r5", "r4b"), help="a FHIR Questionnaire; licensed text is withheld")
    _instruments.add_data(parser)
    group = parser.add_argument_group("importing a licensed text (a .toml says all of this by itself)")
    group.add_argument(
        "--import", dest="file", type=Path, metavar="FILE", help=".toml or .csv with the text; .json: FHIR"
    )
    group.add_argument("--replace", action="store_true", help="put it in the place of one imported before")
    group.add_argument("--language", choices=("en", "zh-Hans"), help="language of the text in a .csv")
    group.add_argument("--licence", metavar="TEXT", help="the licence, as on your order")
    group.add_argument("--licensee", metavar="NAME", help="who holds it")
    group.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="its last day, such as 2027-06-30")
    group.add_argument("--administrations", type=int, metavar="N", help="how many administrations were bought")


def run(args: argparse.Namespace) -> int:
    """List, show, export or import; 2 where the file or the question cannot be used, and then nothing is written."""
    from openbalint.cli import _instrument_import, _instrument_pages as pages
    from openbalint.instruments.reader import DefinitionError
    from openbalint.tables.language import translator

    gettext = translator(args.lang)
    try:
        if args.file:
            return _instrument_import.run(args, gettext)
        found = _instruments.library(args)
    except DefinitionError as error:
        return _output.tell_problems(error, gettext)
    if args.instrument is None:
        if args.fhir:
            return _options.complain(gettext("--fhir needs NAME@VERSION."))
        text = pages.listing_json(found) if args.format == "json" else pages.listing(found, args.lang)
        return _output.deliver(text, args.output, gettext)
    definition = _instruments.find(found, args.instrument, gettext)
    if definition is None:
        return 2
    return _output.deliver(_one(args, found, definition), args.output, gettext)


def _one(args: argparse.Namespace, found: "Library", definition: "Definition") -> str:
    from openbalint.cli import _instrument_pages as pages

    if args.fhir:
        return pages.questionnaire(definition, args.fhir)
    return pages.one_json(definition) if args.format == "json" else pages.page(found, definition, args.lang)
