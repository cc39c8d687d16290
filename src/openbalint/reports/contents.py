"""A report from beginning to end: in brief, data, results, methods, limits, sources."""

from collections.abc import Iterator
from datetime import date

from openbalint.reports.analysis import Analysis
from openbalint.reports.definitions import level, score_of
from openbalint.reports.document import Block, Column, Document, Group, Heading, Paragraph, Points, Table
from openbalint.reports.methods import Methods
from openbalint.reports.outcome_figures import Figures
from openbalint.reports.outcome_tables import Tables
from openbalint.reports.words import Cite, Inline, Ref, Words, number, p_value, plain, symbols
from openbalint.stats.results import OutcomeResult

ASSUMED = (0.01, 0.05, 0.10)


def contents(analysis: Analysis, words: Words, day: date) -> Document:
    """Everything that the report says."""
    tables = Tables(analysis, words)
    figures = Figures(analysis, words, tables, words.ugettext("Synthetic data") if analysis.synthetic else None)
    blocks = (
        *_brief(analysis, words),
        *_data(analysis, words, tables),
        *_results(analysis, words, tables, figures),
        *_methods(analysis, words),
        *_limits(analysis, words),
    )
    facts = (
        words.gettext("Data: %(file)s", file=analysis.file),
        words.gettext("Analysed on %(day)s", day=words.day(day)),
    )
    return Document(_title(analysis, words), facts, blocks, warning(analysis, words))


def warning(analysis: Analysis, words: Words) -> str | None:
    """What has to be said wherever these data are shown or handed on."""
    return words.ugettext("Synthetic data: invented people") if analysis.synthetic else None


def _title(analysis: Analysis, words: Words) -> str:
    if analysis.title:
        return analysis.title
    arms = words.listed([plain(analysis.arm(arm)) for arm in analysis.arms()])
    return words.ugettext("Comparison of %(count)s arms: %(arms)s", count=len(analysis.arms()), arms=arms)


# ── in brief ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _brief(analysis: Analysis, words: Words) -> Iterator[Block]:
    yield Heading(words.gettext("In brief"))
    if analysis.synthetic:
        yield Paragraph(
            words.gettext(
                "The people in these data are invented. They show how such a report looks, and say nothing of any treatment."
            )
        )
    yield Points(tuple(_finding(analysis, words, name, one) for name, one in analysis.result.outcomes.items()))
    yield Paragraph(
        words.gettext(
            "The numbers stand in %(a)s and %(b)s, with the people they are about.",
            a=(Ref("classical"),),
            b=(Ref("differences"),),
        )
    )


def _finding(analysis: Analysis, words: Words, name: str, outcome: OutcomeResult) -> Inline:
    """One outcome: whether the arms differ, in what, and which pairs."""
    test, label = outcome.omnibus, analysis.outcome(name)
    if test.F is None or test.p is None:
        return words.gettext("%(outcome)s: the arms could not be compared; the notes say why.", outcome=label)
    n = sum(test.n.values())
    numbers = symbols(f"*F*({test.df1}, {test.df2}) = {number(test.F, 3)}, *P*\u00a0{_equal(test.p)}, *n* = {n}")
    score = score_of(test.on, words)
    if test.p > analysis.plan.alpha:
        return words.gettext(
            "%(outcome)s: no difference between the arms in %(score)s is shown (%(numbers)s).",
            outcome=label, score=score, numbers=numbers,
        )  # fmt: skip
    first = words.gettext(
        "%(outcome)s: the arms differ in %(score)s (%(numbers)s).", outcome=label, score=score, numbers=numbers
    )
    pairs = [pair for pair in outcome.posthoc.pairs if pair.significant] if outcome.posthoc else []
    if not pairs:
        return first
    named = [
        words.gettext("%(a)s and %(b)s", a=analysis.arm(pair.a), b=analysis.arm(pair.b)) for pair in pairs
    ]  # fmt: skip
    return words.sentences([first, words.gettext("Pairs that differ: %(pairs)s.", pairs=words.listed(named))])


def _equal(p: float) -> str:
    shown = p_value(p)
    return shown if shown[0] in "<>" else f"= {shown}"


# ── data and results ─────────────────────────────────────────────────────────────────────────────────────────────────


def _data(analysis: Analysis, words: Words, tables: Tables) -> Iterator[Block]:
    yield Heading(words.gettext("Data"))
    if analysis.rows:
        yield Paragraph(
            words.gettext(
                "%(file)s holds %(rows)s people in %(arms)s arms (column %(arm)s); %(id)s names a person. %(table)s says who has which values.",
                file=analysis.file, rows=len(analysis.rows.ids), arms=len(analysis.arms()),
                arm=analysis.rows.arm, id=analysis.rows.id, table=(Ref("people"),),
            )
        )  # fmt: skip
    else:
        yield Paragraph(
            words.gettext(
                "%(file)s is a table of counts, means and SDs of %(arms)s arms; single people are not known.",
                file=analysis.file, arms=len(analysis.arms()),
            )
        )  # fmt: skip
    yield tables.people()
    if analysis.result.composition:
        yield tables.composition()


def _results(analysis: Analysis, words: Words, tables: Tables, figures: Figures) -> Iterator[Block]:
    outcomes = analysis.result.outcomes
    yield Heading(words.gettext("Results"))
    yield Heading(words.gettext("Before, after, change"), 2)
    yield tables.classical()
    yield Heading(words.gettext("Differences between the arms"), 2)
    if any(outcome.ancova for outcome in outcomes.values()):
        yield tables.adjusted_means()
    yield tables.differences()
    yield Heading(words.gettext("All tests"), 2)
    yield tables.omnibus()
    if pairwise := tables.pairwise():
        yield pairwise
    yield Heading(words.gettext("Pictures"), 2)
    yield Paragraph(figures.explained())
    for name, outcome in outcomes.items():
        if figure := figures.outcome(name, outcome):
            yield figure
    if effects := figures.effects():
        yield effects


# ── methods and limits ───────────────────────────────────────────────────────────────────────────────────────────────


def _methods(analysis: Analysis, words: Words) -> Iterator[Block]:
    yield Heading(words.gettext("Methods"))
    for paragraph in Methods(analysis, words).paragraphs():
        yield Paragraph(paragraph)


def _limits(analysis: Analysis, words: Words) -> Iterator[Block]:
    """What these numbers cannot say. People treated in one group share its fate: the usual blind spot of such trials."""
    yield Heading(words.gettext("What this analysis cannot tell"))
    size = max(found.n for outcome in analysis.result.outcomes.values() for found in outcome.arms.values())
    yield Paragraph(
        words.gettext(
            "All tests take people as independent of each other. Where an arm was treated together, its people resemble each other, and with one group an arm the treatment cannot be told from the group %(source)s.",
            source=(Cite("groups"),),
        )
    )
    if size > 1:
        yield _inflation(words, size)
    yield Paragraph(
        words.gettext("An interval that holds zero does not show that arms are alike; the %(level)s interval says which differences fit the data.", level=level(analysis))
    )  # fmt: skip


def _inflation(words: Words, size: int) -> Table:
    columns = (Column(words.gettext("Assumed intraclass correlation"), "left"), Column(words.gettext("Variance of the mean of one group of %(size)s, as a multiple", size=size)))  # fmt: skip
    rows = tuple((plain(f"{icc:.2f}"), plain(number(1 + (size - 1) * icc, 2))) for icc in ASSUMED)
    note = words.gettext("1 + (*m* − 1) × ICC with *m* = %(size)s; these data do not hold who met with whom, so the correlation is assumed, not estimated.", size=size)  # fmt: skip
    return Table(
        "inflation",
        words.gettext("If an arm was one group: how much larger its variance is"),
        columns,
        (Group(None, rows),),
        (note,),
    )
