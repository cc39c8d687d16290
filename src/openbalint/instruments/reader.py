"""Strict reading of parsed files: every value has a type, every key is known, and all problems are told at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
import math
import re
import tomllib
from typing import Any

from openbalint.instruments.definition import LANGUAGES, PERMISSIONS, Licence, Text
from openbalint.instruments.sentences import Sentence, gettext_noop
from openbalint.instruments.toml_lines import Lines, Path, place

IN_LINE = gettext_noop("%(file)s, line %(line)s: %(expected)s")
AT_KEY = gettext_noop("%(file)s, line %(line)s, %(key)s: %(expected)s")
NO_TOML = gettext_noop("This is not TOML: %(why)s.")
NO_UTF8 = gettext_noop("The file must be text in UTF-8.")
NEEDED = gettext_noop("This is needed and not there.")
UNKNOWN = gettext_noop("This is not known here. Known are: %(known)s.")
A_TABLE = gettext_noop("A table is expected.")
A_STRING = gettext_noop("Text in quotes is expected, and not empty.")
A_NUMBER = gettext_noop("A number is expected.")
A_COUNT = gettext_noop("A whole number, 0 or more, is expected.")
YES_OR_NO = gettext_noop("true or false is expected.")
A_DAY = gettext_noop("A day such as 2027-06-30 is expected, without quotes.")
A_LIST = gettext_noop("A list of texts is expected, each once.")
ONE_OF = gettext_noop("One of these is expected: %(known)s.")
NOT_A_NAME = gettext_noop("Small letters, digits and hyphens are expected, a letter first.")

NAME = re.compile(r"[a-z][a-z0-9-]*")
LINE_IN_TOML = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being used: the line, the key as people write it, and what was expected."""

    file: str
    line: int
    key: str
    expected: Sentence

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The problem as one line for people."""
        values = {"file": self.file, "line": self.line, "key": self.key, "expected": self.expected.text(translate)}
        return Sentence.of(AT_KEY if self.key else IN_LINE, **values).text(translate)


class DefinitionError(ValueError):
    """A file cannot be used; `problems` names everything that is wrong, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(problem.text() for problem in self.problems))


def parsed(data: bytes, file: str) -> tuple[dict[str, Any], Lines]:
    """A TOML file as dicts, and the lines of its keys. DefinitionError where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError([Problem(file, 1, "", Sentence(NO_UTF8))]) from None
    try:
        return tomllib.loads(text), Lines(text)
    except tomllib.TOMLDecodeError as error:
        found = LINE_IN_TOML.search(str(error))
        why = str(error).split(" (at ")[0]
        line = int(found[1]) if found else text.count("\n") + 1
        raise DefinitionError([Problem(file, line, "", Sentence.of(NO_TOML, why=why))]) from None


class Reader:
    """Typed access to the tables of one file."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.problems: list[Problem] = []

    def complain(self, path: Path, message: str, **values: object) -> None:
        """Note a problem at a key."""
        self.problems.append(Problem(self.file, self.lines.of(path), place(path), Sentence.of(message, **values)))

    def finish(self) -> None:
        """Raise DefinitionError if anything was wrong."""
        if self.problems:
            raise DefinitionError(self.problems)

    def table(self, value: object, path: Path, *, known: Sequence[str] | None = None) -> dict[str, Any]:
        """A table, with no key that is not `known`."""
        if not isinstance(value, dict):
            self.complain(path, A_TABLE)
            return {}
        for key in value if known is not None else ():
            if known is not None and key not in known:
                self.complain((*path, key), UNKNOWN, known=", ".join(known))
        return value

    def take(self, table: Mapping[str, Any], path: Path, key: str) -> Any:
        """A value that must be there; None, and a problem, where it is not."""
        if key not in table:
            self.complain((*path, key), NEEDED)
        return table.get(key)

    def part(self, table: Mapping[str, Any], path: Path, key: str) -> Any:
        """A table that must be there; an empty one, and a problem, where it is not."""
        value = self.take(table, path, key)
        return {} if value is None else value

    def string(self, table: Mapping[str, Any], path: Path, key: str) -> str:
        """A text that must be there."""
        value = self.take(table, path, key)
        if value is not None and not (isinstance(value, str) and value.strip()):
            self.complain((*path, key), A_STRING)
        return value if isinstance(value, str) else ""

    def maybe_string(self, table: Mapping[str, Any], path: Path, key: str) -> str | None:
        """A text that may be left out."""
        return self.string(table, path, key) if key in table else None

    def name(self, table: Mapping[str, Any], path: Path, key: str) -> str:
        """A name of small letters, digits and hyphens."""
        value = self.string(table, path, key)
        if value and not NAME.fullmatch(value):
            self.complain((*path, key), NOT_A_NAME)
        return value

    def number(self, value: object, path: Path) -> float:
        """A finite number; NaN, and a problem, where it is none."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.complain(path, A_NUMBER)
            return math.nan
        return float(value)

    def needed_number(self, table: Mapping[str, Any], path: Path, key: str) -> float:
        """A finite number that must be there."""
        value = self.take(table, path, key)
        return math.nan if value is None else self.number(value, (*path, key))

    def maybe_number(self, table: Mapping[str, Any], path: Path, key: str) -> float | None:
        """A finite number that may be left out."""
        return self.number(table[key], (*path, key)) if key in table else None

    def count(self, value: object, path: Path) -> int:
        """A whole number, 0 or more."""
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.complain(path, A_COUNT)
            return 0
        return value

    def needed_count(self, table: Mapping[str, Any], path: Path, key: str) -> int:
        """A whole number, 0 or more, that must be there."""
        value = self.take(table, path, key)
        return 0 if value is None else self.count(value, (*path, key))

    def yes(self, table: Mapping[str, Any], path: Path, key: str, *, otherwise: bool) -> bool:
        """true or false, which may be left out."""
        value = table.get(key, otherwise)
        if not isinstance(value, bool):
            self.complain((*path, key), YES_OR_NO)
        return bool(value)

    def one_of(self, table: Mapping[str, Any], path: Path, key: str, known: Sequence[str]) -> str:
        """One of a few words."""
        value = self.take(table, path, key)
        if value is not None and value not in known:
            self.complain((*path, key), ONE_OF, known=", ".join(known))
        return value if value in known else known[0]

    def strings(
        self, table: Mapping[str, Any], path: Path, key: str, known: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """A list of texts, each once, all of them known."""
        value = self.take(table, path, key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.complain((*path, key), A_LIST)
            return ()
        if len(set(value)) < len(value):
            self.complain((*path, key), A_LIST)
        for one in value:
            if known is not None and one not in known:
                self.complain((*path, key), ONE_OF, known=", ".join(known))
        return tuple(one for one in value if known is None or one in known)

    def text(self, value: object, path: Path) -> Text:
        """{language: text} in the languages that the product speaks."""
        table = self.table(value, path, known=LANGUAGES)
        return {language: self.string(table, path, language) for language in LANGUAGES if language in table}

    def licence(self, value: object, path: Path) -> Licence:
        """A licence with what it permits."""
        table = self.table(value, path, known=LICENCE)
        until = table.get("until")
        if until is not None and type(until) is not date:
            self.complain((*path, "until"), A_DAY)
        return Licence(
            name=self.string(table, path, "name"),
            holder=self.string(table, path, "holder"),
            terms=self.text(table.get("terms", {}), (*path, "terms")),
            permits=self.strings(table, path, "permits", PERMISSIONS),
            source=self.string(table, path, "source"),
            until=until if type(until) is date else None,
            licensee=self.maybe_string(table, path, "licensee"),
            administrations=self.count(table["administrations"], (*path, "administrations"))
            if "administrations" in table
            else None,
        )


LICENCE = ("name", "holder", "terms", "permits", "source", "until", "licensee", "administrations")
