"""The line of every key in a TOML file, which the parser does not tell.

A line opens a table (`[a.b]`, `[[a.b]]`) or begins with `key =`; what stands inside inline tables and arrays is found at
the line where its key begins. Multi-line strings are skipped.
"""

from collections import Counter
import re

Path = tuple[str | int, ...]

PART = r"\"[^\"]*\"|'[^']*'|[\w-]+"
TABLE = re.compile(rf"\s*(\[\[?)\s*((?:{PART})(?:\s*\.\s*(?:{PART}))*)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(rf"\s*((?:{PART})(?:\s*\.\s*(?:{PART}))*)\s*=(.*)$", re.DOTALL)
LONG = ('"""', "'''")


class Lines:
    """Where each key of one file stands."""

    def __init__(self, text: str) -> None:
        self._at: dict[Path, int] = {}
        table: Path = ()
        seen: Counter[Path] = Counter()
        closing = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if closing:
                closing = "" if closing in line else closing
            elif found := TABLE.match(line):
                table = _parts(found[2])
                if found[1] == "[[":
                    seen[table] += 1
                    table = (*table, seen[table] - 1)
                self._at.setdefault(table, number)
            elif found := KEY.match(line):
                self._at.setdefault((*table, *_parts(found[1])), number)
                closing = next((mark for mark in LONG if found[2].count(mark) == 1), "")

    def of(self, path: Path) -> int:
        """The line of a key, or of the nearest key around it; 1 for the file as a whole."""
        while path and path not in self._at:
            path = path[:-1]
        return self._at.get(path, 1)


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(PART, dotted))


def place(path: Path) -> str:
    """A key as people write it: `scales.total.items`."""
    return ".".join(str(part) for part in path)
