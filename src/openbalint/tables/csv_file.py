"""Text files: UTF-8 with or without a byte order mark, or GB18030; comma, semicolon or tab."""

import codecs
import csv
import io

from openbalint.stats.notes import Note, gettext_noop
from openbalint.tables.table import Problem, TableError

SEPARATORS = (",", ";", "\t")
MOST_CHARACTERS = 10_000_000

NOT_DECODED = gettext_noop("The text is neither UTF-8 nor GB18030. Please save the file as “CSV UTF-8”.")
NOT_SPLIT = gettext_noop("The text cannot be split into cells here; a quotation mark may be missing.")


def rows(data: bytes, *, name: str) -> list[list[str]]:
    """The cells of a text file, the header first; a blank line is a row without cells."""
    text = _decoded(data, name)
    separator = max(SEPARATORS, key=lambda each: len(_header(text, each)))
    csv.field_size_limit(MOST_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[list[str]] = []
    try:
        found.extend(reader)
    except csv.Error:
        raise TableError([Problem(name, len(found) + 1, None, "", Note(NOT_SPLIT))]) from None
    return found


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TableError([Problem(name, None, None, "", Note(NOT_DECODED))])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError([Problem(name, None, None, "", Note(NOT_DECODED))])


def _header(text: str, separator: str) -> list[str]:
    """The first line that has text, split; a quotation mark that never closes splits nothing."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next((line for line in lines if any(cell.strip() for cell in line)), [])
    except csv.Error:
        return []
