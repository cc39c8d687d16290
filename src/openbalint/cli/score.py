"""`openbalint score`: the scales of an instrument from a file of answers."""

import argparse
from pathlib import Path

from openbalint.cli import _instruments, _options, _output

HELP = "score a file of answers: one row a person, one column an item"
EXAMPLE = """\
  openbalint score gses@1995 answers.csv
  openbalint score mbi-gs@15-zh answers.xlsx --id code --keep group --format json -o scores.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which instrument, which file, and the form of the result."""
    _output.with_example(parser, EXAMPLE)
    parser.add_argument("instrument", metavar="NAME@VERSION", help="as `openbalint instruments` lists it")
    parser.add_argument(
        "answers",
        type=Path,
        metavar="ANSWERS",
        help=".csv, .xlsx or .sav; empty cells are missing; .json: FHIR QuestionnaireResponses",
    )
    parser.add_argument("--id", default="id", metavar="COLUMN", help="column that names the person (id)")
    parser.add_argument(
        "--keep", action="append", default=[], metavar="COLUMN", help="column to take along; may be given several times"
    )
    _output.add_output(parser, ("csv", "json"))
    _instruments.add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Score every row, or tell all that is wrong with the file and write nothing."""
    from openbalint.cli import _answers, _responses
    from openbalint.instruments.reader import DefinitionError
    from openbalint.tables import TableError
    from openbalint.tables.language import translator

    gettext = translator(args.lang)
    if args.answers.suffix.lower() == ".json" and args.keep:
        return _options.complain(gettext("--keep is for tables; FHIR has no other columns."))
    try:
        definition = _instruments.find(_instruments.library(args), args.instrument, gettext)
        if definition is None:
            return 2
        with _output.progress(gettext("Scoring …")):
            if args.answers.suffix.lower() == ".json":
                rows = _responses.read(args.answers, definition)
            else:
                rows = _answers.read(args.answers, definition, id_column=args.id, keep=args.keep)
            scored = _answers.score_all(definition, rows)
    except (DefinitionError, TableError) as error:
        return _output.tell_problems(error, gettext)
    if args.format == "json":
        text = _output.as_json(_answers.plain(definition, scored, gettext, keep=args.keep))
    else:
        text = _answers.as_csv(definition, scored, id_column=args.id, keep=args.keep)
    return _output.deliver(text, args.output, gettext)
