"""Data with their codebook, as .csv, .sav and Parquet: names, labels and meanings of codes travel with the numbers.

The .csv is UTF-8 with a BOM, so that Excel reads it as such; its codebook is a file beside it. In .sav a text variable whose
values have labels becomes numbers 1, 2, … with value labels, as SPSS wants factors; the codebook tells which is which.
"""

from collections.abc import Mapping, Sequence
import csv
from dataclasses import dataclass, field
from datetime import date
import io
import json
from pathlib import Path
import re
import tempfile

BOM = "\ufeff"
CODEBOOK = ("variable", "label", "value", "value_label", "sav_variable", "sav_value", "type", "n", "missing", "note")
MOST_BYTES = 64  # of an SPSS name
MADE = slice(92, 109)  # where a .sav says when it was made: 9 bytes of date, 8 of time


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its values (None for missing; all numbers, or all texts), its label, and what its values mean."""

    name: str
    label: str
    values: Sequence[float | str | None]
    meanings: Mapping[str, str] = field(default_factory=dict)

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return all(value is None or isinstance(value, float) for value in self.values)

    def codes(self) -> dict[str, float]:
        """The numbers that stand for its values in a .sav: themselves if they are numbers, else those with a meaning first."""
        if not self.meanings or self.numeric:
            return {}
        seen = [value for value in dict.fromkeys(self.values) if isinstance(value, str)]
        if all(map(_is_number, seen)):
            return {value: float(value) for value in seen}
        order = [*(value for value in self.meanings if value in seen), *(v for v in seen if v not in self.meanings)]
        return {value: float(i) for i, value in enumerate(order, 1)}


@dataclass(frozen=True, slots=True)
class Dataset:
    """Columns of one length. `title` and `note` (that the data are invented, say) go into every file that can hold them.

    `outcomes` are labels of names that are no columns; only the codebook has them.
    """

    variables: tuple[Variable, ...]
    title: str = ""
    note: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)


def csv_bytes(data: Dataset) -> bytes:
    """The table alone, its numbers with as many figures as they need."""
    rows = zip(*(variable.values for variable in data.variables), strict=True)
    return _csv([variable.name for variable in data.variables], [[_shown(value) for value in row] for row in rows])


def codebook_bytes(data: Dataset) -> bytes:
    """What each variable and value means; `Codebook.from_csv` reads it again."""
    names, rows = sav_names(data), []
    for variable, sav in zip(data.variables, names, strict=True):
        known = sum(value is not None for value in variable.values)
        kind = "number" if variable.numeric else "text"
        missing = len(variable.values) - known
        rows.append([variable.name, variable.label, "", "", sav, "", kind, str(known), str(missing), data.note])
        codes = variable.codes()
        values = codes or variable.meanings
        for value in values:
            code = _shown(codes[value]) if codes else value
            rows.append([variable.name, "", value, variable.meanings.get(value, value), sav, code, "", "", "", ""])
    names_alone = {name: label for name, label in data.outcomes.items() if name not in {v.name for v in data.variables}}
    rows += [[name, label, "", "", "", "", "outcome", "", "", data.note] for name, label in names_alone.items()]
    return _csv(list(CODEBOOK), rows)


def _csv(heads: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return (BOM + text.getvalue()).encode("utf-8")


def _shown(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


# ── Parquet ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def parquet_bytes(data: Dataset) -> bytes:
    """Columns with label and meanings as metadata of each field (`label`, `values` as JSON), title and note of the file."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only this format needs it
    from pyarrow import parquet  # noqa: PLC0415

    fields, arrays = [], []
    for variable in data.variables:
        kind = pa.float64() if variable.numeric else pa.string()
        told = {"label": variable.label}
        if variable.meanings:
            told["values"] = json.dumps(dict(variable.meanings), ensure_ascii=False)
        fields.append(pa.field(variable.name, kind, metadata=told))
        arrays.append(pa.array(list(variable.values), type=kind))
    schema = pa.schema(fields, metadata={"title": data.title, "note": data.note})
    made = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), made)
    return made.getvalue()


# ── SPSS ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def sav_bytes(data: Dataset, *, day: date) -> bytes:
    """An SPSS file with variable and value labels; the same data of the same day give the same bytes."""
    import pandas  # noqa: PLC0415 - heavy, and only this format needs it
    import pyreadstat  # noqa: PLC0415

    names = sav_names(data)
    columns = {sav: _sav_values(variable) for sav, variable in zip(names, data.variables, strict=True)}
    labels: dict[str, str | None] = {sav: variable.label for sav, variable in zip(names, data.variables, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            pandas.DataFrame(columns), path, file_label=_cut(data.note or data.title), column_labels=labels,
            note=[line for line in (data.title, data.note) if line] or None,
            variable_value_labels={sav: found for sav, v in zip(names, data.variables, strict=True) if (found := _sav_labels(v))},
            variable_measure={sav: _measure(v) for sav, v in zip(names, data.variables, strict=True)},
        )  # fmt: skip
        made = bytearray(path.read_bytes())
    made[MADE] = f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}00:00:00".encode("ascii")
    return bytes(made)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sav_names(data: Dataset) -> list[str]:
    """A name for each variable that SPSS takes: letters of any script, digits, _ . @ # $; no two that differ in case alone."""
    taken: dict[str, None] = {}
    names = []
    for variable in data.variables:
        name = _cut(re.sub(r"[^\w.@#$]", "_", variable.name).rstrip("."))
        if not name or not (name[0].isalpha() or name[0] == "@"):
            name = _cut(f"v{name}")
        number, wanted = 2, name
        while name.casefold() in taken:
            name, number = f"{_cut(wanted, MOST_BYTES - 4)}_{number}", number + 1
        taken[name.casefold()] = None
        names.append(name)
    return names


def _cut(text: str, size: int = MOST_BYTES) -> str:
    return text.encode("utf-8")[:size].decode("utf-8", "ignore")


def _sav_values(variable: Variable) -> list[float | str | None]:
    codes = variable.codes()
    if codes:
        return [codes[value] if isinstance(value, str) else None for value in variable.values]
    return list(variable.values)


def _sav_labels(variable: Variable) -> dict[float | int, str]:
    codes = variable.codes()
    if codes:
        return {code: variable.meanings.get(value, value) for value, code in codes.items()}
    return {float(value): meaning for value, meaning in variable.meanings.items() if _is_number(value)}


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _measure(variable: Variable) -> str:
    return "scale" if variable.numeric and not variable.meanings else "nominal"
