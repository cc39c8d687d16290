"""The R script that repeats every number of an analysis and stops if one differs.

Base R alone. The functions are fixed (`repeat.R`); what was asked and what was found are written before and after them.
"""

from collections.abc import Iterator, Mapping
from importlib.resources import files
import math
import string

from openbalint.reports.analysis import Analysis, Rows
from openbalint.stats.analyze import ArmData
from openbalint.stats.results import AnalysisResult, ArmResult, OutcomeResult

DATA = "data.csv"
PLAIN = frozenset(string.ascii_letters + string.digits + string.punctuation + " ") - {'"', "\\"}
UTF8 = (
    'for (one in c("C.UTF-8", "en_US.UTF-8")) if (!l10n_info()[["UTF-8"]]) suppressWarnings(Sys.setlocale("LC_CTYPE", one))'
    "  # for names in any script"
)
Number = tuple[tuple[str, ...], float | None]


def r_script(analysis: Analysis) -> str:
    """The script. With single people it reads `data.csv` beside it; a printed table it holds itself."""
    numbers = [(" | ".join(path), value) for path, value in _numbers(analysis) if value is not None]
    parts = (
        _asked(analysis),
        files("openbalint.reports").joinpath("repeat.R").read_text("utf-8"),
        _done(analysis),
        "report <- c(\n" + ",\n".join(f"  {_text(name)} = {_number(value)}" for name, value in numbers) + "\n)",
        "marks <- c("
        + ", ".join(f"{_text(' | '.join(path))} = {_text(mark)}" for path, mark in _letters(analysis))
        + ")",
        "compare(report, marks)\n",
    )
    return "\n".join(parts)


def _asked(analysis: Analysis) -> str:
    plan = analysis.plan
    invented = "# The data are synthetic: the people in them are invented.\n" if analysis.synthetic else ""
    return (
        "# Repeats every number of the report in base R, and stops where one differs.\n"
        f"#   Rscript analysis.R{'' if analysis.summary else f'          (reads {DATA} in the folder in which it is run)'}\n"
        f"{invented}"
        f"{UTF8}\n"
        f"omnibus <- {_text(plan.omnibus)}; posthoc <- {_text(plan.posthoc)}; se <- {_text(plan.se)}; alpha <- {plan.alpha!r}\n"
        f"control <- {'NULL' if plan.control is None else _text(plan.control)}\n"
        f"arms <- {_texts(analysis.arms())}\n"
    )


def _done(analysis: Analysis) -> str:
    """The calls for these data."""
    lines = [
        "# ── these data ──────────────────────────────────────────────────────────────────────────────────────────",
        "",
    ]
    lines += _from_rows(analysis.rows) if analysis.rows else _from_summary(analysis.summary or {})
    return "\n".join([*lines, f"holm_of({_texts(list(analysis.result.outcomes))})", ""])


def _from_rows(rows: Rows) -> list[str]:
    lines = [
        f'data <- read.csv({_text(DATA)}, fileEncoding = "UTF-8-BOM", check.names = FALSE, colClasses = "character", na.strings = "")'
    ]
    for name, one in rows.outcomes.items():
        columns = ", ".join(_text(column) for column in (rows.arm, one.pre_column, one.post_column))
        lines.append(f"outcome({_text(name)}, from_rows(data, {columns}))")
    return lines + [
        f"make_up({_text(column)}, data[[{_text(column)}]], data[[{_text(rows.arm)}]])" for column in rows.composition
    ]


def _from_summary(summary: Mapping[str, Mapping[str, ArmData]]) -> list[str]:
    lines = []
    for name, arms in summary.items():
        rows = ",\n".join(f"  {_summary_row(arm, data)}" for arm, data in arms.items())
        lines.append(f"outcome({_text(name)}, from_summary(list(\n{rows})))")
    return lines


def _summary_row(arm: str, data: ArmData) -> str:
    pre, post, change = data.pairs.pre, data.post, data.change
    values = {
        "pre_mean": pre.mean,
        "pre_sd": pre.sd,
        "post_mean": post.mean,
        "post_sd": post.sd,
        "change_sd": change.sd,
    }
    return f"list(arm = {_text(arm)}, n = {pre.n}, " + ", ".join(f"{k} = {_number(v)}" for k, v in values.items()) + ")"


# ── the numbers of the report, each under its name ───────────────────────────────────────────────────────────────────


def _numbers(analysis: Analysis) -> Iterator[Number]:
    result: AnalysisResult = analysis.result
    for name, outcome in result.outcomes.items():
        for arm, found in outcome.arms.items():
            yield from _under((name, "arms", arm), _arm(found))
        yield from _under((name,), _tests(outcome))
        yield (name, "holm"), result.holm.get(name)
    for column, made in result.composition.items():
        tests = {
            "chi2": made.chi2,
            "df": made.df,
            "p": made.p,
            "min_expected": made.min_expected,
            "fisher_p": made.fisher_p,
        }
        yield from _under((column, "composition"), (((what,), value) for what, value in tests.items()))


def _under(path: tuple[str, ...], numbers: Iterator[Number]) -> Iterator[Number]:
    return ((path + rest, value) for rest, value in numbers)


def _arm(arm: ArmResult) -> Iterator[Number]:
    yield ("n",), arm.n
    for when, described in (("pre", arm.pre), ("post", arm.post), ("change", arm.change)):
        yield (when, "mean"), described.mean
        yield (when, "sd"), described.sd
    if t := arm.paired_t:
        yield from _named(("paired_t",), t=t.t, df=t.df, p=t.p, low=t.ci[0], high=t.ci[1])


def _tests(outcome: OutcomeResult) -> Iterator[Number]:
    test = outcome.omnibus
    yield from _named(("omnibus",), F=test.F, df1=test.df1, df2=test.df2, p=test.p, eta_squared=test.eta_squared, omega_squared=test.omega_squared)  # fmt: skip
    if w := outcome.welch:
        yield from _named(("welch",), F=w.F, df1=w.df1, df2=w.df2, p=w.p)
    if h := outcome.kruskal:
        yield from _named(("kruskal",), H=h.H, df=h.df, p=h.p)
    for pair in outcome.posthoc.pairs if outcome.posthoc else ():
        path = ("posthoc", pair.a, pair.b)
        yield from _named(path, difference=pair.difference, statistic=pair.statistic, span=pair.span, p=pair.p, p_adjusted=pair.p_adjusted)  # fmt: skip
    yield from _adjusted(outcome)
    for effect in outcome.effect_sizes:
        yield from _named(("effect", effect.on, effect.a, effect.b), g=effect.g, low=effect.ci[0], high=effect.ci[1])


def _adjusted(outcome: OutcomeResult) -> Iterator[Number]:
    if (found := outcome.ancova) is None:
        return
    yield from _named(("ancova",), F=found.F, df1=found.df1, df2=found.df2, p=found.p)
    for arm, mean in found.adjusted_means.items():
        yield from _named(("ancova", arm), mean=mean.mean, se=mean.se)
    for c in found.contrasts:
        yield from _named(("ancova", c.a, c.b), estimate=c.estimate, se=c.se, t=c.t, p=c.p, low=c.ci[0], high=c.ci[1])


def _named(path: tuple[str, ...], **values: float | None) -> Iterator[Number]:
    return (((*path, name), value) for name, value in values.items())


def _letters(analysis: Analysis) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, outcome in analysis.result.outcomes.items():
        if outcome.posthoc and outcome.posthoc.letters:
            for arm, letters in outcome.posthoc.letters.items():
                yield (name, "posthoc", "letters", arm), letters


# ── values as R writes them ──────────────────────────────────────────────────────────────────────────────────────────


def _text(value: str) -> str:
    """A string that R reads as the same characters, whatever they are."""
    return '"' + "".join(c if c in PLAIN else f"\\U{ord(c):08x}" for c in value) + '"'


def _texts(values: list[str]) -> str:
    return "c(" + ", ".join(map(_text, values)) + ")"


def _number(value: float) -> str:
    return "NA" if math.isnan(value) else repr(float(value))
