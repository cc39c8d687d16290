"""How often the audit is right, measured on generated tables.

    python -m benchmarks.audit_rates [--seed 1] [--clean 1000] [--each 100] [--digits 300] [-o docs/statistics/audit-rates.md]

The generator (tests/stats/audit/) makes tables from raw answers and judges by these answers whether a break can
be seen. Run from the root of the repository.
"""

import argparse
from collections import Counter
from pathlib import Path
import sys
import time

import numpy as np

from openbalint.stats.audit import AuditResult, audit, read_table
from tests.stats.audit.breaks import KINDS, broken
from tests.stats.audit.generate import NUMBERS, Case, clean


def audited(case: Case, slowest: list[float]) -> AuditResult:
    """The audit of a case; the slowest call is kept, in CPU seconds."""
    start = time.process_time()
    result = audit(read_table(case.rows))
    slowest[0] = max(slowest[0], time.process_time() - start)
    return result


def is_right(case: Case, result: AuditResult) -> bool:
    """Is the broken cell among the findings, with its kind?"""
    found = {(f.outcome, f.arm, f.field, f.kind) for f in result.findings}
    return case.broken is not None and {(*cell, case.broken.kind) for cell in case.broken.cells} <= found


def strays(case: Case, result: AuditResult) -> bool:
    """Is anything found outside the broken row and its outcome's F, P and letters?"""
    cells = case.broken.cells if case.broken is not None else frozenset()
    outcomes, arms = {cell[0] for cell in cells}, {cell[1] for cell in cells}
    return any(f.outcome not in outcomes or (f.arm is not None and f.arm not in arms) for f in result.findings)


def one_digit_wrong(rng: np.random.Generator) -> tuple[Case, str, str, str]:
    """A clean table with one digit of one number replaced; and where."""
    case = clean(rng)
    row = case.rows[int(rng.integers(len(case.rows)))]
    field = str(rng.choice(NUMBERS))
    places = [i for i, character in enumerate(row[field]) if character.isdigit()]
    place = int(rng.choice(places))
    digit = str(rng.choice([d for d in "0123456789" if d != row[field][place]]))
    row[field] = row[field][:place] + digit + row[field][place + 1 :]
    return case, row["outcome"], row["arm"], field


def measure(seed: int, clean_tables: int, each: int, digits: int) -> str:
    """The report as Markdown lines."""
    rng, slowest = np.random.default_rng(seed), [0.0]
    false = sum(bool(audited(clean(rng), slowest).findings) for _ in range(clean_tables))
    lines = [f"Seed {seed}.", "", f"- clean tables with a finding: {false} of {clean_tables}"]
    rates, outside = {}, 0
    for kind in KINDS:
        cases = (broken(kind, rng) for _ in range(each))
        results = [(case, audited(case, slowest)) for case in cases]
        rates[kind] = sum(is_right(*result) for result in results) / each
        outside += sum(strays(*result) for result in results)
    lines.append(
        f"- broken tables judged right (cell and kind): {sum(rates.values()) / len(rates):.1%} of {each * len(KINDS)}"
    )
    lines.append(f"- broken tables with a finding elsewhere: {outside / each / len(KINDS):.1%}")
    seen: Counter[str] = Counter()
    for _ in range(digits):
        case, outcome, arm, field = one_digit_wrong(rng)
        findings = audited(case, slowest).findings
        at_cell = any((f.outcome, f.arm, f.field) == (outcome, arm, field) for f in findings)
        seen["cell" if at_cell else "elsewhere" if findings else "nothing"] += 1
    if digits:
        shares = ", ".join(f"{name} {seen[name] / digits:.0%}" for name in ("cell", "elsewhere", "nothing"))
        lines.append(f"- one wrong digit anywhere, no condition ({digits} tables): found at {shares}")
    lines.append(f"- slowest call: {slowest[0]:.2f} s of CPU time")
    lines += ["", "| kind | right |", "|---|---|", *(f"| {kind} | {rate:.0%} |" for kind, rate in rates.items()), ""]
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--clean", type=int, default=1000)
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--digits", type=int, default=300)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    call = f"python -m benchmarks.audit_rates --seed {' '.join(map(str, options.seed))} --clean {options.clean} --each {options.each} --digits {options.digits}"
    parts = [measure(seed, options.clean, options.each, options.digits) for seed in options.seed]
    report = "\n".join(
        ["# How often the audit is right", "", f"Made by `{call}`; see [audit.md](audit.md).", "", *parts]
    )
    if options.output:
        options.output.write_text(report)
    else:
        sys.stdout.write(report)


if __name__ == "__main__":
    main()
