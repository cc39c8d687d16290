"""`openbalint reliability`: how well the items of a scale hang together."""

import argparse
from pathlib import Path

from openbalint.cli import _output

HELP = "Cronbach's alpha and McDonald's omega of a scale, with intervals and what each item adds"
EXAMPLE = "  openbalint reliability docs/examples/items.csv --items a,b,c,d,e --reverse d --min 0 --max 6"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The answers, which columns are the items, and how to answer."""
    parser.add_argument("data", type=Path, metavar="ITEMS", help="answers as .csv, .xlsx or .sav, a row a person")
    parser.add_argument("--items", required=True, metavar="A,B,C", help="the columns that are the items of the scale")
    parser.add_argument(
        "--reverse", default="", metavar="A,C", help="items asked the other way round (needs --min and --max)"
    )
    parser.add_argument("--min", type=float, metavar="LOW", help="the smallest answer possible")
    parser.add_argument("--max", type=float, metavar="HIGH", help="the largest answer possible")
    _output.add_output(parser, ("text", "json"))
    _output.with_example(parser, EXAMPLE)


def run(args: argparse.Namespace) -> int:
    """0 when done, 2 when the file or the question cannot be used."""
    from openbalint.reports.plain import reliability_text
    from openbalint.stats.reliability import reliability
    from openbalint.stats.results import as_plain
    from openbalint.tables import TableError, read
    from openbalint.tables.items import Scale, item_answers
    from openbalint.tables.language import translator

    gettext = translator(args.lang)
    scale = Scale(_names(args.items), _names(args.reverse), args.min, args.max)
    try:
        with _output.progress(gettext("Reading the answers …")):
            answers = item_answers(read(args.data), scale)
            result = reliability(names=scale.items, answers=answers, reverse=scale.reverse, bounds=scale.bounds)
    except TableError as error:
        return _output.tell_problems(error, gettext)
    answer = (
        _output.as_json(as_plain(result, gettext))
        if args.format == "json"
        else reliability_text.text(result, file=args.data.name, gettext=gettext)
    )
    return _output.deliver(answer, args.output, gettext)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
