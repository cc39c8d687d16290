"""What a report consists of, before any format: text, numbered tables and numbered pictures.

A number that comes from a test can stand in a table only as `Tested`, which holds the test's `Definition`: which test, of
what, in whom, how many, how many missing. The table gathers the definitions of its cells and prints them below; so no test
is printed whose definition is not stated.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from typing import Literal

from openbalint.reports.svg import Canvas
from openbalint.reports.words import Cite, Inline, Ref, Run, Words, joined, plain

MARKS = "†‡§¶#"
Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a test is about. `people` names the analysis set; `n` and `missing` give a count for each arm;
    `missing` is None where the source, a printed table, does not tell."""

    test: Inline
    people: Inline
    outcome: str
    n: Mapping[str, int]
    missing: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Tested:
    """A number of a test as it is shown, with its definition."""

    shown: Inline
    definition: Definition


Cell = Inline | Tested


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; numbers stand to the right."""

    head: Inline
    align: Align = "right"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, with a line of their own above them if they have a name."""

    name: Inline | None
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of a row is its name. `notes` come after the definitions of its tests."""

    key: str
    title: Inline
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    notes: tuple[Inline, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for group in self.groups for row in group.rows):
            raise ValueError("every row needs as many cells as columns")


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture with what it shows in words, for those who do not see it."""

    canvas: Canvas
    alt: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures side by side under one number. What they show is defined as for a test."""

    key: str
    title: Inline
    panels: tuple[Panel, ...]
    definitions: tuple[Definition, ...]
    notes: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is below the title."""

    text: Inline
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Points:
    """A list, numbered or not."""

    items: tuple[Inline, ...]
    numbered: bool = False


Block = Heading | Paragraph | Points | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A report. `warning` is printed on every page and beside every table and picture (data that are invented)."""

    title: str
    facts: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    warning: str | None = None


# ── numbers are given in the order of the text ───────────────────────────────────────────────────────────────────────


class Numbering:
    """Labels of tables and figures, and numbers of sources, by first mention."""

    def __init__(self, document: Document, words: Words) -> None:
        self.words = words
        self.sources: list[str] = []
        tables, figures = count(1), count(1)
        self.labels: dict[str, str] = {}
        for block in document.blocks:
            if isinstance(block, Table):
                self.labels[block.key] = words.ugettext("Table %(number)s", number=next(tables))
            elif isinstance(block, Figure):
                self.labels[block.key] = words.ugettext("Figure %(number)s", number=next(figures))

    def runs(self, inline: Inline) -> Inline:
        """Text with numbers for sources and labels for tables."""
        pieces = (tuple(found) for _, found in groupby(inline, key=type))
        return tuple(run for found in pieces for run in self._resolved(found))

    def _resolved(self, pieces: Inline) -> Inline:
        cited = [self._number(piece.key) for piece in pieces if isinstance(piece, Cite)]
        if cited:
            return (Run(f"[{', '.join(map(str, cited))}]"),)
        return tuple(Run(self.labels[piece.key]) if isinstance(piece, Ref) else piece for piece in pieces)

    def _number(self, key: str) -> int:
        if key not in self.sources:
            self.sources.append(key)
        return self.sources.index(key) + 1

    def laid(self, table: Table) -> "LaidTable":
        """A table with its texts resolved. A head carries the mark of the test most of its column is of, a cell only another."""
        marks, width = marks_of(table), range(len(table.columns))
        rows = [row for group in table.groups for row in group.rows]
        tests = [Counter(cell.definition.test for row in rows if isinstance(cell := row[i], Tested)) for i in width]
        usual = [found.most_common(1)[0][0] if found else None for found in tests]
        heads = tuple(
            (*self.runs(column.head), *_mark(marks, test)) for column, test in zip(table.columns, usual, strict=True)
        )
        groups = tuple(
            (self.runs(group.name or ()), tuple(self._row(row, usual, marks) for row in group.rows))
            for group in table.groups
        )
        return LaidTable(self.labels[table.key], self.runs(table.title), heads, groups, self.notes(table))

    def _row(self, row: tuple[Cell, ...], usual: list[Inline | None], marks: dict[Inline, str]) -> tuple[Inline, ...]:
        return tuple(self._cell(cell, test, marks) for cell, test in zip(row, usual, strict=True))

    def _cell(self, cell: Cell, usual: Inline | None, marks: dict[Inline, str]) -> Inline:
        if not isinstance(cell, Tested):
            return self.runs(cell)
        test = cell.definition.test
        return (*self.runs(cell.shown), *([] if test == usual else _mark(marks, test)))

    def notes(self, block: Table | Figure) -> tuple[Inline, ...]:
        """What stands below a table or figure."""
        return tuple(self.runs(note) for note in (*statements(block, self.words), *block.notes))


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table ready to be set: texts only. Each group is its name and its rows."""

    label: str
    title: Inline
    heads: tuple[Inline, ...]
    groups: tuple[tuple[Inline, tuple[tuple[Inline, ...], ...]], ...]
    notes: tuple[Inline, ...]


def _mark(marks: dict[Inline, str], test: Inline | None) -> list[Run]:
    return [Run(marks[test], "sup")] if test in marks else []


def definitions_in(block: Table | Figure) -> tuple[Definition, ...]:
    """Every definition that a block depends on, once."""
    if isinstance(block, Figure):
        return block.definitions
    cells: Iterable[Cell] = (cell for group in block.groups for row in group.rows for cell in row)
    return tuple({id(cell.definition): cell.definition for cell in cells if isinstance(cell, Tested)}.values())


def marks_of(block: Table | Figure) -> dict[Inline, str]:
    """A mark for each test of a table; none where there is but one."""
    tests = list(dict.fromkeys(definition.test for definition in definitions_in(block)))
    if isinstance(block, Figure) or len(tests) < 2:
        return {}
    return {test: MARKS[i % len(MARKS)] * (1 + i // len(MARKS)) for i, test in enumerate(tests)}


def statements(block: Table | Figure, words: Words) -> list[Inline]:
    """Each test by its mark, then in whom, how many of each arm and how many missing: once for tests of the same people."""
    marks = marks_of(block)
    by_test: dict[Inline, list[Definition]] = {}
    for definition in definitions_in(block):
        by_test.setdefault(definition.test, []).append(definition)
    by_people: dict[Inline, list[Inline]] = {}
    for test, found in by_test.items():
        people = words.gettext("%(people)s, %(counts)s", people=found[0].people, counts=_counts(found, words))
        by_people.setdefault(people, []).append((*_mark(marks, test), *test))
    stop = "。" if words.chinese else ". "
    return [
        words.gettext(
            "%(tests)s: %(people)s.", tests=joined(tests, "；" if words.chinese else "; "), people=_lower(people, words)
        )
        if len(tests) == 1
        else (
            *joined(tests, stop),
            *plain(stop),
            *words.gettext("All of these: %(people)s.", people=_lower(people, words)),
        )
        for people, tests in by_people.items()
    ]


def _lower(inline: Inline, words: Words) -> Inline:
    """The same within a sentence: without its capital."""
    first = inline[0]
    if words.chinese or not isinstance(first, Run):
        return inline
    return (Run(first.text[:1].lower() + first.text[1:], first.style), *inline[1:])


def _counts(found: list[Definition], words: Words) -> Inline:
    """The counts once if all outcomes have the same, else by outcome."""
    counts = {definition.outcome: _count(definition, words) for definition in found}
    if len(set(counts.values())) == 1:
        return next(iter(counts.values()))
    arms = words.listed([plain(arm) for arm in found[0].n])
    parts = [
        words.gettext("%(outcome)s %(counts)s", outcome=definition.outcome, counts=_short(definition))
        for definition in found
    ]
    outcomes = joined(list(dict.fromkeys(parts)), "；" if words.chinese else "; ")
    return words.gettext("*n* (%(arms)s) + missing: %(outcomes)s", arms=arms, outcomes=outcomes)


def _short(definition: Definition) -> str:
    missing = "" if definition.missing is None else f" + {sum(definition.missing.values())}"
    return f"{sum(definition.n.values())} ({', '.join(map(str, definition.n.values()))}){missing}"


def _count(definition: Definition, words: Words) -> Inline:
    arms = words.listed([plain(f"{arm} {n}") for arm, n in definition.n.items()])
    total = sum(definition.n.values())
    if definition.missing is None:
        return words.gettext("*n* = %(total)s (%(arms)s), missing not told by the source", total=total, arms=arms)
    missing = sum(definition.missing.values())
    return words.gettext("*n* = %(total)s (%(arms)s), missing %(missing)s", total=total, arms=arms, missing=missing)
