"""Files of answers: read for one instrument, every fault told; and their scores as CSV and JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
import csv
from dataclasses import dataclass
import io
from pathlib import Path

from openbalint.cli._instrument_pages import scale_facts
from openbalint.instruments.definition import Definition, Item
from openbalint.instruments.scoring import ScaleScore, accepts, score
from openbalint.instruments.sentences import Sentence
from openbalint.tables import Columns, Table, read as read_table


def gettext_noop(message: str) -> str:
    """Mark `message` for the catalogues."""
    return message


NO_ITEM = gettext_noop(
    "%(instrument)s has no such item. Its items are: %(items)s. Other columns come along with --keep."
)
NO_COLUMN = gettext_noop("The column of this item is not there.")
ITEM_AS_ID = gettext_noop("This column is named twice: as an item, with --id or with --keep.")
NOT_AN_OPTION = gettext_noop("One of %(codes)s is expected, or an empty cell where it is missing.")
NOT_IN_RANGE = gettext_noop("A number from %(low)s to %(high)s is expected, or an empty cell where it is missing.")
NOT_WHOLE_IN_RANGE = gettext_noop(
    "A whole number from %(low)s to %(high)s is expected, or an empty cell where it is missing."
)
NO_SCORE = gettext_noop("%(id)s, %(scale)s: %(reason)s")


@dataclass(frozen=True, slots=True)
class Row:
    """One person: the id, the columns that come along, and {item: answer}."""

    id: str
    kept: tuple[str, ...]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scored:
    """One person with the scores."""

    row: Row
    scores: tuple[ScaleScore, ...]


def read(path: Path, definition: Definition, *, id_column: str, keep: Sequence[str]) -> list[Row]:
    """The rows of a file. TableError names every wrong column, doubled id and answer out of range at once."""
    table = read_table(path)
    columns = Columns(table)
    ids = columns.ids(id_column)
    kept = [columns.categories(name) for name in keep]
    _check_columns(table, columns, definition, {id_column, *keep})
    here = [item for item in definition.items if item.id in table.columns]
    _check_answers(table, columns, here)
    columns.finish()
    answers = [table.column(item.id) for item in here]
    return [
        Row(
            person,
            tuple(one[place] or "" for one in kept),
            {item.id: texts[place] for item, texts in zip(here, answers, strict=True)},
        )
        for place, person in enumerate(ids)
    ]


def _check_columns(table: Table, columns: Columns, definition: Definition, others: set[str]) -> None:
    items = {item.id: item for item in definition.items}
    for name in table.columns:
        if name not in items and name not in others:
            columns.complain(None, name, "", NO_ITEM, instrument=definition.key, items=", ".join(items))
    for name, item in items.items():
        if name in others:
            columns.complain(None, name, "", ITEM_AS_ID)
        elif name not in table.columns and item.kind != "text":
            columns.complain(None, name, "", NO_COLUMN)


def _check_answers(table: Table, columns: Columns, items: Iterable[Item]) -> None:
    for item in items:
        for number, text in zip(table.numbers, table.column(item.id), strict=True):
            if not accepts(item, text):
                expected, values = _expected(item)
                columns.complain(number, item.id, text, expected, **values)


def _expected(item: Item) -> tuple[str, dict[str, str]]:
    if item.kind == "choice":
        return NOT_AN_OPTION, {"codes": ", ".join(option.code for option in item.options)}
    bounds = {"low": f"{item.low:g}", "high": f"{item.high:g}"}
    return (NOT_WHOLE_IN_RANGE if item.whole else NOT_IN_RANGE), bounds


def score_all(definition: Definition, rows: Iterable[Row]) -> list[Scored]:
    """Every person's scores."""
    return [Scored(row, score(definition, row.answers)) for row in rows]


def as_csv(definition: Definition, scored: Iterable[Scored], *, id_column: str, keep: Sequence[str]) -> str:
    """A row a person: for each scale its value, items answered, whether prorated (1 or 0), and why there is none."""
    parts = ("", "_answered", "_prorated", "_reason")
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([id_column, *keep, *(scale.id + part for scale in definition.scales for part in parts)])
    for one in scored:
        cells = [cell for found in one.scores for cell in _cells(found)]
        rows.writerow([one.row.id, *one.row.kept, *cells])
    return out.getvalue()


def _cells(found: ScaleScore) -> tuple[str, ...]:
    value = "" if found.value is None else repr(found.value).removesuffix(".0")
    return value, str(found.answered), str(int(found.prorated)), found.reason.code if found.reason else ""


def plain(
    definition: Definition, scored: Iterable[Scored], gettext: Callable[[str], str], *, keep: Sequence[str]
) -> dict[str, object]:
    """What the JSON holds: scales with their rules, a list of people with their scores, and a sentence for each score that is not there."""
    people, notes = [], []
    for one in scored:
        people.append(
            {
                "id": one.row.id,
                **({"kept": dict(zip(keep, one.row.kept, strict=True))} if keep else {}),
                "scores": {found.scale: _plain(found, gettext) for found in one.scores},
            }
        )
        for found in one.scores:
            if found.reason:
                values = {"id": one.row.id, "scale": found.scale, "reason": found.reason.sentence.text(gettext)}
                notes.append(Sentence.of(NO_SCORE, **values).text(gettext))
    return {
        "instrument": definition.name,
        "version": definition.version,
        "scales": {scale.id: scale_facts(scale) for scale in definition.scales},
        "people": people,
        "notes": notes,
    }


def _plain(found: ScaleScore, gettext: Callable[[str], str]) -> dict[str, object]:
    reason = found.reason and {"code": found.reason.code, "sentence": found.reason.sentence.text(gettext)}
    return {
        "value": found.value,
        "answered": found.answered,
        "of": found.of,
        "prorated": found.prorated,
        "reason": reason,
    }
