"""`openbalint analyze`: what a trial found, by the tests of a protocol, with every definition stated."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
import sys
from typing import TYPE_CHECKING

from openbalint.cli import _output

if TYPE_CHECKING:
    from openbalint.reports.analysis import Analysis, Rows
    from openbalint.stats.analyze import Plan
    from openbalint.stats.audit import Table as PrintedTable
    from openbalint.tables import Table
    from openbalint.tables.codebook import Codebook

HELP = "compare the arms of a trial: change, adjusted differences, effect sizes, as a table or a report"
EXAMPLE = """  openbalint analyze docs/examples/seed_reconstruction.csv --id id --arm group --synthetic \\
      --outcome ee=emotional_exhaustion_pre:emotional_exhaustion_post
  openbalint analyze --summary docs/examples/table1.csv --format json"""
FORMATS = ("text", "json", "csv", "html", "docx", "pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data, the plan, and how to answer."""
    parser.add_argument(
        "data", nargs="?", type=Path, metavar="DATA", help="the people as .csv, .xlsx or .sav, a row each"
    )
    parser.add_argument("--summary", type=Path, metavar="FILE", help="a printed table instead of DATA, a row an arm")
    parser.add_argument("--id", metavar="COLUMN", help="the column that names each person once")
    parser.add_argument("--arm", metavar="COLUMN", help="the column that names the arm")
    parser.add_argument(
        "--outcome", action="append", default=[], type=_outcome, metavar="NAME=BEFORE:AFTER",
        help="an outcome and its two columns; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--composition",
        action="extend",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="columns to compare arms by counts",
    )
    plan = parser.add_argument_group("the plan")
    plan.add_argument(
        "--omnibus", choices=("change", "post", "ancova"), default="change", help="what F and pairs are on (change)"
    )
    plan.add_argument("--posthoc", choices=("snk", "tukey", "dunnett"), default="snk", help="test of the pairs (snk)")
    plan.add_argument("--control", metavar="ARM", help="the arm that Dunnett's test compares with")
    plan.add_argument(
        "--se",
        choices=("kramer", "harmonic"),
        default="kramer",
        help="standard error of SNK with unequal arms (kramer)",
    )
    plan.add_argument("--alpha", type=_alpha, default=0.05, metavar="ALPHA", help="level of tests and intervals (0.05)")
    told = parser.add_argument_group("the answer")
    told.add_argument(
        "--beside", type=Path, metavar="SUMMARY", help="put what a printed table says below each number (text only)"
    )
    told.add_argument("--synthetic", action="store_true", help="the people are invented; every page then says so")
    told.add_argument("--title", metavar="TEXT", help="title of the answer")
    told.add_argument("--codebook", type=Path, metavar="FILE", help="labels of columns and codes (.csv)")
    told.add_argument(
        "--bundle", type=Path, metavar="DIR", help="also write report, data, codebook and R script into this folder"
    )
    _output.add_output(parser, FORMATS)
    _output.with_example(parser, EXAMPLE)


def run(args: argparse.Namespace) -> int:
    """0 when done, 2 when the file or the question cannot be used; then nothing is written."""
    from openbalint.tables import TableError
    from openbalint.tables.language import translator

    gettext = translator(args.lang)
    if (message := _refusal(args)) is not None:
        print(gettext(message), file=sys.stderr)
        return 2
    try:
        with _output.progress(gettext("Analysing …")):
            analysis = _analysis(args, gettext)
            answer = _answer(analysis, args, gettext)
            status = _bundled(analysis, args, gettext)
    except TableError as error:
        return _output.tell_problems(error, gettext)
    except _output.NoAnswerError as error:
        print(error.note.text(gettext), file=sys.stderr)
        return 1
    return status or _output.deliver(answer, args.output, gettext)


def _outcome(text: str) -> tuple[str, str, str]:
    name, named, columns = text.partition("=")
    before, split, after = columns.partition(":")
    parts = (name.strip(), before.strip(), after.strip())
    if not (named and split and all(parts)):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=BEFORE:AFTER")
    return parts


def _alpha(text: str) -> float:
    try:
        alpha = float(text)
    except ValueError:
        alpha = 0.0
    if not 0 < alpha < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 0 and 1")
    return alpha


def _refusal(args: argparse.Namespace) -> str | None:
    """Why the question cannot be answered, before any file is read."""
    from openbalint.stats.notes import gettext_noop

    people = (args.data, args.id, args.arm, *args.outcome, *args.composition)
    names = [name for name, _, _ in args.outcome]
    if args.summary is not None and any(part is not None for part in people):
        return gettext_noop("A printed table (--summary) needs no DATA, --id, --arm, --outcome or --composition.")
    if args.summary is None and not (args.data and args.id and args.arm and args.outcome):
        return gettext_noop("Please give DATA, --id, --arm and one --outcome at least, or --summary.")
    if len(set(names)) < len(names) or len(set(args.composition)) < len(args.composition):
        return gettext_noop("Every outcome and every column of --composition may be named once.")
    if args.posthoc == "dunnett" and args.control is None:
        return gettext_noop("Dunnett's test compares with one arm: please name it with --control.")
    if args.beside is not None and args.format != "text":
        return gettext_noop("--beside goes with --format text.")
    return None


def _analysis(args: argparse.Namespace, gettext: _output.Translate) -> "Analysis":
    from openbalint.reports.analysis import Analysis
    from openbalint.stats.analyze import Plan, analyze, analyze_summary
    from openbalint.tables import read
    from openbalint.tables.codebook import Codebook
    from openbalint.tables.summary import summary_arms

    control = args.control if args.posthoc == "dunnett" else None
    plan = Plan(omnibus=args.omnibus, posthoc=args.posthoc, control=control, se=args.se, alpha=args.alpha)
    codebook = _codebook(args)
    if args.summary is not None:
        table = read(args.summary)
        arms = summary_arms(table)
        _check_control(table, {name for outcome in arms.values() for name in outcome}, plan)
        result = analyze_summary(outcomes=arms, plan=plan)
        return Analysis(
            args.summary.name, plan, result, summary=arms, synthetic=args.synthetic, codebook=codebook, title=args.title
        )
    table = read(args.data)
    rows = _rows(table, args)
    codebook = codebook if args.codebook is not None else Codebook(labels=table.titles)
    _check_control(table, set(rows.arms), plan)
    outcomes = {name: (measured.pre, measured.post) for name, measured in rows.outcomes.items()}
    result = analyze(arm=rows.arms, outcomes=outcomes, composition=rows.composition, plan=plan)
    return Analysis(
        args.data.name, plan, result, rows=rows, synthetic=args.synthetic, codebook=codebook, title=args.title
    )


def _rows(table: "Table", args: argparse.Namespace) -> "Rows":
    import numpy as np

    from openbalint.reports.analysis import Measured, Rows
    from openbalint.tables import Columns

    columns = Columns(table)
    ids, arms = columns.ids(args.id), columns.names(args.arm)
    outcomes = {
        name: Measured(before, np.array(columns.numbers(before)), after, np.array(columns.numbers(after)))
        for name, before, after in args.outcome
    }
    composition = {name: columns.categories(name) for name in args.composition}
    columns.finish()
    return Rows(args.id, ids, args.arm, arms, outcomes, composition)


def _check_control(table: "Table", arms: set[str], plan: "Plan") -> None:
    from openbalint.stats.notes import gettext_noop
    from openbalint.tables import Columns

    if plan.control is not None and plan.control not in arms:
        columns = Columns(table)
        message = gettext_noop("No arm is called %(control)s (--control). The arms are: %(arms)s.")
        columns.complain(None, None, "", message, control=plan.control, arms=", ".join(sorted(arms)))
        columns.finish()


def _codebook(args: argparse.Namespace) -> "Codebook":
    from openbalint.stats.notes import Note, gettext_noop
    from openbalint.tables import Problem, TableError
    from openbalint.tables.codebook import Codebook

    if args.codebook is None:
        return Codebook()
    try:
        return Codebook.from_csv(args.codebook.read_bytes())
    except (OSError, ValueError) as error:
        message = gettext_noop("This codebook cannot be used: %(reason)s")
        reason = error.strerror if isinstance(error, OSError) else error
        raise TableError([Problem(args.codebook.name, None, None, "", Note.of(message, reason=reason))]) from None


def _answer(analysis: "Analysis", args: argparse.Namespace, gettext: _output.Translate) -> str | bytes:
    from openbalint.stats.results import as_plain

    if args.format == "json":
        return _output.as_json(as_plain(analysis.result, gettext))
    if args.format == "csv":
        from openbalint.reports.plain import tidy

        return tidy.table(as_plain(analysis.result, gettext), sizes=_sizes(analysis))
    if args.format == "text":
        from openbalint.reports.plain import analysis_text

        return analysis_text.text(analysis, beside=_beside(args), gettext=gettext)
    from openbalint.reports.analysis import render
    from openbalint.reports.fonts import NoChineseFontError

    try:
        return render(analysis, format=args.format, language=args.lang, gettext=gettext, day=_today())
    except NoChineseFontError as error:
        raise _output.NoAnswerError(error.note) from None


def _beside(args: argparse.Namespace) -> "PrintedTable | None":
    from openbalint.tables import read
    from openbalint.tables.summary import printed_table

    return None if args.beside is None else printed_table(read(args.beside, as_shown=True))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _bundled(analysis: "Analysis", args: argparse.Namespace, gettext: _output.Translate) -> int:
    """Every file of the bundle, whole, once all of them are made."""
    if args.bundle is None:
        return 0
    from openbalint.reports.analysis import bundle

    files = bundle(analysis, language=args.lang, gettext=gettext, day=_today())
    return _output.deliver_all(files, args.bundle, gettext)


def _sizes(analysis: "Analysis") -> dict[str, int] | None:
    rows = analysis.rows
    return None if rows is None else {arm: list(rows.arms).count(arm) for arm in dict.fromkeys(rows.arms)}
