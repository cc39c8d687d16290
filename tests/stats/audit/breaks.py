"""Breaks: one known fault in a clean table.

A break is kept only if the other printed numbers can reveal it, which is judged here from the raw answers, never by asking
the auditor.
"""

from collections.abc import Callable
from itertools import combinations
import math

import numpy as np
from scipy import special

from tests.stats.audit.generate import Break, Case, clean, letters_of, rounded, written

KINDS = (
    "double-rounding", "sign-lost", "rows-swapped", "other-score", "letters-other-score", "letters-mismatch", "out-of-range", "grim",
    "grimmer", "t-mismatch", "p-mismatch", "sd-mismatch", "difference-mismatch", "f-mismatch", "p-zero",
)  # fmt: skip


def broken(kind: str, rng: np.random.Generator) -> Case:
    """A clean table with one revealable break of `kind`."""
    while True:
        case = clean(rng)
        places = [(o, a) for o in range(len(case.outcomes)) for a in range(len(case.outcomes[0].arms))]
        for o, a in rng.permutation(places)[:6]:
            case.broken = BREAKS[kind](case, int(o), int(a))
            if case.broken is not None:
                return case


def _found(case: Case, o: int, a: int | None, field: str, kind: str) -> Break:
    arm = None if a is None else case.outcomes[o].arms[a].name
    return Break(kind, frozenset({(case.outcomes[o].name, arm, field)}))


def _grid_texts(case: Case, o: int, a: int, field: str) -> Callable[..., bool]:
    """Can a text of this mean or SD come from whole-number answers, by search over all sums near it?"""
    arm = case.outcomes[o].arms[a]
    n, items, exact = len(arm.pre), arm.items, arm.exact()
    total = {"pre": arm.pre.sum(), "pos": arm.post.sum(), "d_m": 0, "d_s": (arm.pre - arm.post).sum()}[field[:3]]

    def fits(text: str, reach: float = 0.5) -> bool:
        unit = 10.0 ** -case.digits[field]
        low, high = float(text) - reach * unit - 1e-9, float(text) + reach * unit + 1e-9
        if field.endswith("_mean"):
            return math.floor(high * n * items) >= math.ceil(low * n * items)
        mean = field.replace("_sd", "_mean")
        sums = range(math.ceil((exact[mean] - unit) * n * items), math.floor((exact[mean] + unit) * n * items) + 1)
        for s in {*sums, int(total)}:
            first = max(low, 0) ** 2 * (n - 1) * items**2 + s * s / n
            last = high**2 * (n - 1) * items**2 + s * s / n
            start = math.ceil(first - 1e-6)
            start += (start - s) % 2
            if start <= last + 1e-6:
                return True
        return False

    return fits


def break_double_rounding(case: Case, o: int, a: int) -> Break | None:
    """A mean or SD rounded to one more digit, then again, that whole-number answers cannot give."""
    row, exact = case.row(o, a), case.outcomes[o].arms[a].exact()
    for field in case.rng.permutation(["pre_mean", "pre_sd", "post_mean", "post_sd", "d_mean", "d_sd"]):
        digits = case.digits[field]
        once = round(float(exact[field]) * 10 ** (digits + 1))
        if once % 10 != 5:
            continue
        text = f"{math.floor(once / 10 + 0.5 + 1e-9) / 10**digits:.{digits}f}"
        honest = {f"{math.floor(exact[field] * 10**digits + 0.5 + e) / 10**digits:.{digits}f}" for e in (-1e-7, 1e-7)}
        if text not in honest and not _grid_texts(case, o, a, field)(text):
            row[field] = text
            return _found(case, o, a, field, "double-rounding")
    return None


def break_sign_lost(case: Case, o: int, a: int) -> Break | None:
    """A minus sign left out."""
    row = case.row(o, a)
    if case.outcomes[o].arms[a].exact()["d_mean"] > -0.03 or not row["d_mean"].startswith("-"):
        return None
    row["d_mean"] = row["d_mean"].removeprefix("-")
    return _found(case, o, a, "d_mean", "sign-lost")


def break_rows_swapped(case: Case, o: int, _a: int) -> Break | None:
    """The F of two outcomes, at least a factor 2 apart on both scores."""
    other = (o + 1) % len(case.outcomes)
    if not _apart(case.outcomes[o].f(case.basis), case.outcomes[other].f(case.basis)):
        return None
    first, second = case.row(o, 0), case.row(other, 0)
    first["F"], second["F"] = second["F"], first["F"]
    return Break("rows-swapped", frozenset({(case.outcomes[i].name, None, "F") for i in (o, other)}))


def _apart(first: float, second: float) -> bool:
    return max(first, second) >= 2 * min(first, second) and max(first, second) > 0.5


def _other(basis: str) -> str:
    return "post" if basis == "change" else "change"


def break_other_score(case: Case, o: int, _a: int) -> Break | None:
    """F of the other score. With two outcomes and no named basis nobody could say which of the two is the stray."""
    if len(case.outcomes) < 3 and not case.named:
        return None
    value = case.outcomes[o].f(_other(case.basis))
    if not _apart(value, case.outcomes[o].f(case.basis)):
        return None
    case.row(o, 0)["F"] = rounded(value, case.digits["F"], case.rng)
    return _found(case, o, None, "F", "other-score")


def _with_letters(case: Case, o: int, letters: list[str], kind: str) -> Break:
    for a, text in enumerate(letters):
        case.row(o, a)["letters"] = text
    return _found(case, o, None, "letters", kind)


def break_letters_other_score(case: Case, o: int, _a: int) -> Break | None:
    """The letters of the other score, where both q tests are clear."""
    mine, clear = case.outcomes[o].q_test(case.basis, case.harmonic)
    other, clear_too = case.outcomes[o].q_test(_other(case.basis), case.harmonic)
    kramer = case.outcomes[o].q_test(case.basis, not case.harmonic)
    if mine == other or min(clear, clear_too, kramer[1]) < 0.06 or kramer[0] != mine:
        return None
    return _with_letters(case, o, other, "letters-other-score")


def break_letters_mismatch(case: Case, o: int, _a: int) -> Break | None:
    """Letters of neither score."""
    count = len(case.outcomes[o].arms)
    known, clear = [], math.inf
    for basis in ("change", "post"):
        for harmonic in (False, True):
            letters, close = case.outcomes[o].q_test(basis, harmonic)
            known.append(letters)
            clear = min(clear, close)
    pairs = list(combinations(range(count), 2))
    letters = letters_of(count, {pair for pair in pairs if case.rng.random() < 0.5})
    return None if clear < 0.06 or letters in known else _with_letters(case, o, letters, "letters-mismatch")


def break_out_of_range(case: Case, o: int, a: int) -> Break | None:
    """A mean above or below every answer, or an SD wider than the scale."""
    made, row = case.outcomes[o], case.row(o, a)
    field = str(case.rng.choice(["pre_mean", "post_mean", "pre_sd", "post_sd"]))
    width = made.high - made.low
    value = width * case.rng.uniform(0.62, 0.9) if field.endswith("_sd") else made.high + case.rng.uniform(0.05, 2)
    if field.endswith("_mean") and made.low > 0 and case.rng.random() < 0.3:
        value = made.low - case.rng.uniform(0.05, made.low)
    row[field] = f"{value:.2f}"
    return _found(case, o, a, field, "out-of-range")


def _off_grid(case: Case, o: int, a: int, fields: list[str], kind: str) -> Break | None:
    field, row = str(case.rng.choice(fields)), case.row(o, a)
    fits = _grid_texts(case, o, a, field)
    for shift in case.rng.permutation([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]):
        text = f"{float(row[field]) + shift / 100:.2f}"
        if float(text) > 0 and not fits(text, 0.56):
            row[field] = text
            return _found(case, o, a, field, kind)
    return None


def break_grim(case: Case, o: int, a: int) -> Break | None:
    """A mean that no whole-number answers give, even rounded twice."""
    return _off_grid(case, o, a, ["pre_mean", "post_mean"], "grim")


def break_grimmer(case: Case, o: int, a: int) -> Break | None:
    """An SD that no whole-number answers with such a mean give, even rounded twice."""
    return _off_grid(case, o, a, ["pre_sd", "post_sd"], "grimmer")


def break_t(case: Case, o: int, a: int) -> Break | None:
    """A t beyond what rounding of d and its SD allows, by a tenth of that and 0.02 more, with a P that has digits."""
    row, exact = case.row(o, a), case.outcomes[o].arms[a].exact()
    if row["p"].startswith("<") or abs(exact["d_mean"]) < 0.02 or exact["d_sd"] < 0.02:
        return None
    reach = abs(exact["t"]) * (0.005 / abs(exact["d_mean"]) + 0.005 / exact["d_sd"]) * 1.1 + 0.02
    new = exact["t"] + float(case.rng.choice([-1, 1])) * reach * case.rng.uniform(1, 4)
    p = float(2 * special.stdtr(len(case.outcomes[o].arms[a].pre) - 1, -abs(new)))
    if abs(p - exact["p"]) < 0.002 or new * exact["t"] < 0:
        return None
    row["t"] = rounded(new, case.digits["t"], case.rng)
    return _found(case, o, a, "t", "t-mismatch")


def break_p(case: Case, o: int, a: int) -> Break | None:
    """A P beyond what the rounding of t allows and 0.003 more."""
    row, arm = case.row(o, a), case.outcomes[o].arms[a]
    exact = arm.exact()
    half = 0.5 * 10.0 ** -case.digits["t"]
    low, high = (2 * special.stdtr(len(arm.pre) - 1, -max(abs(exact["t"]) + e, 0)) for e in (half, -half))
    new = (
        float(case.rng.uniform(0.001, 0.9))
        if case.rng.random() < 0.3
        else exact["p"] * float(case.rng.choice([0.4, 0.6, 1.5, 2.5]))
    )
    if low - 0.003 < new < high + 0.003 or not 0.0015 < new < 1:
        return None
    row["p"] = written("p", new, case)
    return _found(case, o, a, "p", "p-mismatch")


def break_d_sd(case: Case, o: int, a: int) -> Break | None:
    """An SD of the difference that t and P contradict."""
    row, arm = case.row(o, a), case.outcomes[o].arms[a]
    exact = arm.exact()
    if row["p"].startswith("<") or abs(exact["d_mean"]) < 0.02:
        return None
    new = exact["d_sd"] + float(case.rng.choice([-1, 1])) * case.rng.uniform(0.03, 0.2)
    t = abs(exact["d_mean"]) * math.sqrt(len(arm.pre)) / new if new > 0.02 else 0
    reach = abs(exact["t"]) * (0.005 / abs(exact["d_mean"]) + 0.005 / exact["d_sd"]) * 1.1 + 0.02
    text = f"{new:.2f}"
    if new <= 0.02 or abs(t - abs(exact["t"])) < reach or not _grid_texts(case, o, a, "d_sd")(text):
        return None
    row["d_sd"] = text
    return _found(case, o, a, "d_sd", "sd-mismatch")


def break_difference(case: Case, o: int, a: int) -> Break | None:
    """A difference that is not pre minus post."""
    row, exact = case.row(o, a), case.outcomes[o].arms[a].exact()
    new = exact["d_mean"] + float(case.rng.choice([-1, 1])) * case.rng.uniform(0.03, 0.3)
    text = rounded(new, 2, case.rng)
    known = (row["pre_mean"], row["post_mean"])
    lost = abs(float(text) + exact["d_mean"]) < 0.04
    if (
        lost
        or not _grid_texts(case, o, a, "d_mean")(text)
        or abs(abs(float(text)) - abs(float(known[0]) - float(known[1]))) < 0.025
    ):
        return None
    t = abs(float(text)) * math.sqrt(len(case.outcomes[o].arms[a].pre)) / exact["d_sd"]
    if abs(t - abs(exact["t"])) < 0.05 * abs(t) + 0.02:
        return None
    row["d_mean"] = text
    return _found(case, o, a, "d_mean", "difference-mismatch")


def break_f(case: Case, o: int, _a: int) -> Break | None:
    """An F a quarter or more away from the F of change, of post, and of every other outcome."""
    value = case.outcomes[o].f(case.basis) * float(case.rng.choice([0.3, 0.5, 0.7, 1.4, 2, 3])) + 0.3
    known = [made.f(basis) for made in case.outcomes for basis in ("change", "post")]
    if any(abs(value / f - 1) < 0.25 for f in known):
        return None
    case.row(o, 0)["F"] = rounded(value, case.digits["F"], case.rng)
    return _found(case, o, None, "F", "f-mismatch")


def break_p_zero(case: Case, o: int, a: int) -> Break | None:
    """A P printed as zero."""
    row = case.row(o, a)
    if case.outcomes[o].arms[a].exact()["p"] >= 0.0005:
        return None
    row["p"] = "0.000"
    return _found(case, o, a, "p", "p-zero")


BREAKS: dict[str, Callable[[Case, int, int], Break | None]] = {
    "double-rounding": break_double_rounding, "sign-lost": break_sign_lost, "rows-swapped": break_rows_swapped,
    "other-score": break_other_score, "letters-other-score": break_letters_other_score, "letters-mismatch": break_letters_mismatch,
    "out-of-range": break_out_of_range, "grim": break_grim, "grimmer": break_grimmer, "t-mismatch": break_t, "p-mismatch": break_p,
    "sd-mismatch": break_d_sd, "difference-mismatch": break_difference, "f-mismatch": break_f, "p-zero": break_p_zero,
}  # fmt: skip
