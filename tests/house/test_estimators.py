"""Every number of an analysis is one that R gives too: each estimator names the call, and the values of R are kept."""

import ast
from collections.abc import Iterator
import json
import re

from tests.house.repository import PACKAGE, ROOT, modules

REFERENCE = ROOT / "tests/stats/reference"
CALL = re.compile(r"\bR: `(?:\w+ <- )?(?:\w+::)?([\w.]+)\(")
TABLE = re.compile(r"^\| `(\w+)` \|.*\|.*\|$", re.MULTILINE)


PUT_TOGETHER = {"AnalysisResult", "Reliability"}  # of several estimators


def tops() -> Iterator[ast.stmt]:
    """What stands at the top of the modules of estimators."""
    return (node for _, tree in modules(below=PACKAGE / "stats") for node in tree.body)


def functions() -> Iterator[ast.FunctionDef]:
    """Public functions that take keywords alone, as an estimator does."""
    for node in tops():
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not node.args.args:
            yield node


def estimators() -> dict[str, str]:
    """Those that say which function of R agrees with them."""
    called = {function.name: CALL.search(ast.get_docstring(function) or "") for function in functions()}
    return {name: found[1] for name, found in called.items() if found}


def test_whatever_gives_a_result_names_its_call_of_r():
    results = {node.name for node in tops() if isinstance(node, ast.ClassDef)} - PUT_TOGETHER
    giving = {one.name for one in functions() if one.returns and ast.unparse(one.returns) in results}
    assert "oneway" in giving
    assert giving - set(estimators()) == set(), "Name the call in the docstring: R: `t.test(…)`."


def test_every_estimator_is_documented_and_no_other():
    text = (ROOT / "docs/statistics/estimators.md").read_text("utf-8")
    documented = TABLE.findall(text.split("## One function, one formula")[1].split("\n## ")[0])
    assert sorted(documented) == sorted(estimators()), (
        "One row: the formula, and the call of R that the docstring names."
    )


def test_every_estimator_has_values_of_r_that_a_test_compares_with():
    kept = json.loads((REFERENCE / "estimators.json").read_text("utf-8"))
    script = (REFERENCE / "estimators.R").read_text("utf-8")
    calls = " ".join(entry["call"] for entry in kept.values())
    lacking = [name for name, call in estimators().items() if f"{call}(" not in calls or f"{call}(" not in script]
    assert lacking == [], "Ask R in tests/stats/reference/estimators.R, and keep what it answers beside it."
    compared = set(re.findall(r"\bR\[\"(\w+)\"\]", (ROOT / "tests/stats/test_reference_values.py").read_text("utf-8")))
    assert set(kept) - compared == set(), "Compare with what R said in tests/stats/test_reference_values.py."
