"""`openbalint audit`: can each number of a printed table come from the others?"""

import argparse
from pathlib import Path

from openbalint.cli import _output

HELP = "say which numbers of a printed table cannot be right, and what would mend them"
EXAMPLE = "  openbalint audit docs/examples/table1.csv --lang zh-hans"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, and how to answer."""
    parser.add_argument(
        "summary", type=Path, metavar="SUMMARY", help="the printed table as .csv, .xlsx or .sav, a row an arm"
    )
    _output.add_output(parser, ("text", "json"))
    _output.with_example(parser, EXAMPLE)


def run(args: argparse.Namespace) -> int:
    """0 when every number fits, 1 with findings, 2 when the file cannot be used."""
    # Inside, as all imports of a command: --help answers at once.
    from openbalint.reports.plain import audit_text
    from openbalint.stats.audit import audit
    from openbalint.stats.results import as_plain
    from openbalint.tables import TableError, read
    from openbalint.tables.language import translator
    from openbalint.tables.summary import printed_table

    gettext = translator(args.lang)
    try:
        with _output.progress(gettext("Checking the table …")):
            table = printed_table(read(args.summary, as_shown=True))
            result = audit(table)
    except TableError as error:
        return _output.tell_problems(error, gettext)
    answer = (
        _output.as_json(as_plain(result, gettext))
        if args.format == "json"
        else audit_text.text(result, table=table, file=args.summary.name, gettext=gettext)
    )
    return _output.deliver(answer, args.output, gettext) or int(bool(result.findings))
