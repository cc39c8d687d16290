"""What the columns and codes of a table mean, in words: read from a .csv, or from the labels inside a .sav.

The file has the columns variable, label, value, value_label (others are passed over). A row without a value names the
column; a row with one names what that value means. Several rows may tell of one variable.
"""

from collections.abc import Mapping
import csv
from dataclasses import dataclass, field
import io

COLUMNS = ("variable", "label", "value", "value_label")


class CodebookError(ValueError):
    """The file is no codebook; `line` is where, `reason` what was expected there."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Codebook:
    """`labels[variable]` and `values[variable][value]`; what is not in it goes by its own name."""

    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, variable: str) -> str:
        """A variable in words, else its name with spaces: emotional_exhaustion becomes Emotional exhaustion."""
        return self.labels.get(variable) or _readable(variable)

    def value(self, variable: str, value: str) -> str:
        """A value in words, else as it stands in the table."""
        return self.values.get(variable, {}).get(value) or value

    @classmethod
    def from_csv(cls, content: bytes) -> "Codebook":
        """From the bytes of a UTF-8 file (with or without BOM); CodebookError where it cannot be understood."""
        try:
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        except UnicodeDecodeError as error:
            raise CodebookError(content[: error.start].count(b"\n") + 1, "text in UTF-8") from error
        lacking = [name for name in COLUMNS[:2] if name not in (rows.fieldnames or ())]
        if lacking:
            raise CodebookError(1, f"the columns {', '.join(COLUMNS)}; {', '.join(lacking)} is not there")
        return _gathered(rows)


def _gathered(rows: "csv.DictReader[str]") -> Codebook:
    labels: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for row in rows:
        variable, label, value, meaning = ((row.get(name) or "").strip() for name in COLUMNS)
        if not variable:
            raise CodebookError(rows.line_num, "the name of a variable in the first column")
        if label and labels.setdefault(variable, label) != label:
            raise CodebookError(rows.line_num, f"one label for {variable}")
        if value and meaning and values.setdefault(variable, {}).setdefault(value, meaning) != meaning:
            raise CodebookError(rows.line_num, f"one meaning for {value} of {variable}")
    return Codebook(labels, values)


def _readable(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
