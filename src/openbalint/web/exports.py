"""A record as a file: one long table for spreadsheets, one tree for programs. Facts only, in stable English codes.

People are named, because leaders may know who came; ids stay inside.
"""

from collections.abc import Iterator
import csv
import io
from typing import Any, Final

import msgspec

from openbalint.protocol.record import Record
from openbalint.web.record import Names, name_of

COLUMNS: Final = ("part", "case", "what", "who", "value", "unit")
BOM: Final = "\ufeff"  # so that spreadsheets read UTF-8
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int | float


def table(record: Record, *, names: Names) -> str:
    """The facts as CSV, one fact a line, with the byte order mark that spreadsheets look for."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for row in _rows(record, names))
    return out.getvalue()


def tree(record: Record, *, names: Names) -> dict[str, Any]:
    """The facts as JSON has them: the record with names in the place of ids."""
    facts: dict[str, Any] = msgspec.to_builtins(record, order="deterministic")
    for case in facts["cases"]:
        case["presenter"] = name_of(case["presenter"], names)
    for one in facts["attendance"]:
        one["person"] = name_of(one["person"], names)
    return facts


def _rows(record: Record, names: Names) -> Iterator[tuple[Cell, ...]]:
    yield from _whole(record)
    for phase in record.phases:
        of = str(phase.kind) if phase.group is None else f"{phase.kind}-{phase.group}"
        yield "phase", phase.case, of, "", phase.planned_minutes, "minutes announced"
        yield "phase", phase.case, of, "", phase.minutes, "minutes"
        yield "phase", phase.case, of, "", phase.paused_minutes, "minutes paused"
    for case in record.cases:
        yield "case", case.case, "presenter", name_of(case.presenter, names), 1, "times"
        yield "case", case.case, "out-of-the-circle", "", case.out_minutes, "minutes"
        yield "case", case.case, "listened", "", case.listened_minutes, "minutes"
        for figure in case.figures:
            of = f"{figure.code}{f'-{figure.letter}' if figure.letter else ''}"
            yield "figure", case.case, of, "", figure.voices, "voices"
            yield "figure", case.case, of, "", figure.feelings, "voices in feelings"
    for place, seconds in enumerate(record.spread or (), 1):
        yield "spread", "", f"person-{place}", "", round(seconds), "seconds"
    for kind, count in record.signals.items():
        yield "signal", "", str(kind), "", count, "times"
    for one in record.attendance:
        who = name_of(one.person, names)
        yield "attendance", "", str(one.seat), who, one.minutes, "minutes"
        yield "attendance", "", str(one.seat), who, one.late_minutes, "minutes late"


def _whole(record: Record) -> Iterator[tuple[Cell, ...]]:
    times = (("planned", record.planned_at), ("started", record.started_at), ("ended", record.ended_at))
    for what, at in times:
        if at is not None:
            yield "meeting", "", what, "", at.isoformat(timespec="seconds"), "time"
    yield "meeting", "", "script", "", record.script or "", "code"
    yield "meeting", "", "length", "", record.minutes, "minutes"
    yield "meeting", "", "paused", "", record.paused_minutes, "minutes"
    yield "meeting", "", "moments-of-silence", "", record.silences, "times"


def _safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
