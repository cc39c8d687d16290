"""Only `actions` writes, and views find nothing by themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.repository import PACKAGE, modules, place

WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES |= {f"a{name}" for name in WRITES}
MANAGERS = {"objects", "_default_manager"}
BUILDERS = {"filter", "exclude", "all", "order_by", "annotate", "select_related", "prefetch_related", "values_list"}
QUERYSETS = {*MANAGERS, *BUILDERS, "select_for_update"}
EDGES = ("cli", "config", "demo", "live", "media", "web")
PURE = {"protocol", "instruments", "stats", "timetable", "tables", "reports"}  # these have no database to write to
SQL = {"actions", "queries", "triggers"}  # where a raw statement may stand


def may_write(path: Path) -> bool:
    """Whether the module is an app's `actions`, one file or a folder of them."""
    return "actions" in path.relative_to(PACKAGE).with_suffix("").parts


def chain(node: ast.expr) -> Iterator[str]:
    """The names in `Group.objects.filter(…)`, from the last to the first."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            yield node.attr
            node = node.value
        else:
            node = node.func


def writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Calls that change the database."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in WRITES or (name in {"update", "aupdate"} and QUERYSETS & set(chain(node.func.value))):
                yield node.lineno, name


def test_only_actions_write_to_the_database():
    found = [
        f"{place(path, line)} calls .{name}()"
        for path, tree in modules()
        if not may_write(path) and path.relative_to(PACKAGE).parts[0] not in PURE
        for line, name in writes(tree)
    ]
    assert found == [], "Write through a function in the app's actions.py: guards, one transaction, one audit line."


def test_raw_statements_stand_in_actions_queries_and_triggers():
    found = [
        place(path, node.lineno)
        for path, tree in modules()
        if not SQL & set(path.relative_to(PACKAGE).with_suffix("").parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cursor"
    ]
    assert found == [], "Put the statement into the app's actions (it writes) or queries (it reads)."


def asks(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Places where a model is asked; an empty answer asks nothing."""
    for node in ast.walk(tree):
        manager = node.value if isinstance(node, ast.Attribute) and node.attr != "none" else None
        if isinstance(manager, ast.Attribute) and manager.attr in MANAGERS:
            yield manager.lineno, manager.attr


def builds(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Calls that make a query out of another."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BUILDERS:
            yield node.lineno, node.func.attr


def test_edges_ask_queries_never_a_model():
    found = [
        f"{place(path, line)} asks .{name}"
        for edge in EDGES
        for path, tree in modules(below=PACKAGE / edge)
        for line, name in asks(tree)
    ]
    assert found == [], "Ask the app's queries, or web/access.py, which answers “not found” to strangers."


def test_pages_show_what_queries_found_and_narrow_nothing_down():
    found = [
        f"{place(path, line)} calls .{name}()"
        for path, tree in modules(below=PACKAGE / "web")
        if path.name != "access.py"
        for line, name in builds(tree)
    ]
    assert found == [], "Give the query of the app an argument, or a name of its own."


def test_the_rule_sees_what_it_should_see():
    source = "user.save()\nGroup.objects.filter(id=1).update(name='x')\n{}.update(a=1)\nGroup.objects.create()\n"
    assert [name for _, name in writes(ast.parse(source))] == ["save", "update", "create"]
    assert [name for _, name in asks(ast.parse(source))] == ["objects", "objects"]
    assert [name for _, name in builds(ast.parse(source))] == ["filter"]
