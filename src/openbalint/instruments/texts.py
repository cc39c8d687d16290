"""The text of one language of one version, apart from the definition: shipped with its own notice, or imported.

    instrument = "mbi-gs@16"                        # whose text this is
    language = "zh-Hans"
    source = "where this text was taken from"
    instruction = "…"
    [licence]                                       # as in a definition; an imported text names the licensee as well
    [options.frequency]
    0 = "…"
    [items]
    mbi1 = "…"

`reverse = ["mbi5"]`, before the licence, brings the key along; it then counts instead of the one in the definition.

A licence holder may bring a CSV instead, with the columns item and text (or 编号 and 题目), and reverse (反向) for the key,
where whatever stands in a row reverses its item; the licence is told beside it.
"""

from collections.abc import Iterable, Mapping
import csv
from dataclasses import dataclass, replace
from datetime import date
import io
import json
from typing import Any

from openbalint.instruments.definition import LANGUAGES, Definition, Item, Licence, Notice, Option, Text
from openbalint.instruments.reader import DefinitionError, Problem, Reader, parsed
from openbalint.instruments.sentences import Sentence, gettext_noop
from openbalint.instruments.toml_lines import Lines, Path

ENDED = gettext_noop("The licence of this text ended on %(until)s.")
NO_LICENSEE = gettext_noop("An imported text names who holds the licence.")
OTHER = gettext_noop("This text is for %(found)s, not for %(wanted)s.")
NO_LANGUAGE = gettext_noop("%(instrument)s exists in these languages: %(known)s.")
NO_ITEM = gettext_noop("%(instrument)s has no such item. Its items are: %(known)s.")
NO_OPTION = gettext_noop("%(instrument)s has no such answer here. Known are: %(known)s.")
LACKS = gettext_noop("The text of these is not there: %(items)s.")
COLUMNS = gettext_noop("The first row names the columns: item and text, and reverse if you have the key.")
TWICE = gettext_noop("This item has a text in line %(first)s already.")
EMPTY = gettext_noop("Each row holds an item and its text.")

PACK = ("instrument", "language", "source", "instruction", "reverse", "licence", "options", "items")
HEADERS = {"item": "item", "编号": "item", "text": "text", "题目": "text", "reverse": "reverse", "反向": "reverse"}


class LicenceEndedError(ValueError):
    """The licence of a text has ended; `sentence` says when."""

    def __init__(self, until: date) -> None:
        self.sentence = Sentence.of(ENDED, until=until.isoformat())
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True)
class TextPack:
    """The text of an instrument in one language; `reverse` is its key, None where it came without."""

    instrument: str
    language: str
    notice: Notice
    instruction: str
    items: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    reverse: tuple[str, ...] | None = None


def from_toml(data: bytes, file: str, *, imported: bool) -> TextPack:
    """The text in a TOML file. DefinitionError names every problem with its line."""
    raw, lines = parsed(data, file)
    read = Reader(file, lines)
    read.table(raw, (), known=PACK)
    licence = read.licence(read.part(raw, (), "licence"), ("licence",))
    if imported and licence.licensee is None:
        read.complain(("licence", "licensee"), NO_LICENSEE)
    options = read.table(raw.get("options", {}), ("options",))
    pack = TextPack(
        instrument=read.string(raw, (), "instrument"),
        language=read.one_of(raw, (), "language", LANGUAGES),
        notice=Notice(licence, read.string(raw, (), "source"), imported),
        instruction=read.maybe_string(raw, (), "instruction") or "",
        items=_strings(read, read.part(raw, (), "items"), ("items",)),
        options={name: _strings(read, table, ("options", name)) for name, table in options.items()},
        reverse=read.strings(raw, (), "reverse") if "reverse" in raw else None,
    )
    read.finish()
    return pack


def from_csv(data: bytes, file: str, *, definition: Definition, language: str, licence: Licence) -> TextPack:
    """The text in a CSV of items and texts, imported under a licence. DefinitionError names every problem."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    except UnicodeDecodeError:
        rows = list(csv.reader(io.StringIO(data.decode("gb18030", errors="replace"))))
    problems: list[Problem] = []
    items = _rows(rows, file, problems)
    if problems:
        raise DefinitionError(problems)
    notice = Notice(licence, file, imported=True)
    texts = {item: text for item, (_, text, _) in items.items()}
    turned = tuple(item for item, (_, _, reverse) in items.items() if reverse)
    pack = TextPack(definition.key, language, notice, "", texts, {}, turned if _has_key(rows) else None)
    _check(definition, pack, file, {("items", item): line for item, (line, _, _) in items.items()})
    return pack


def _names(row: Iterable[str]) -> list[str]:
    return [HEADERS.get(cell.strip().lower(), cell.strip()) for cell in row]


def _has_key(rows: Iterable[list[str]]) -> bool:
    return "reverse" in _names(next((row for row in rows if any(row)), []))


def _rows(rows: Iterable[list[str]], file: str, problems: list[Problem]) -> dict[str, tuple[int, str, str]]:
    """Item → its line, its text, and what says that it is reversed."""
    numbered = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1) if any(row)]
    names = _names(numbered[0][1]) if numbered else []
    if sorted(names) not in (["item", "text"], ["item", "reverse", "text"]):
        problems.append(Problem(file, 1, "", Sentence(COLUMNS)))
        return {}
    found: dict[str, tuple[int, str, str]] = {}
    for number, row in numbered[1:]:
        cells = dict(zip(names, row, strict=False))
        item, text = cells.get("item", ""), cells.get("text", "")
        if len(row) != len(names) or not (item and text):
            problems.append(Problem(file, number, item, Sentence(EMPTY)))
        elif item in found:
            problems.append(Problem(file, number, item, Sentence.of(TWICE, first=found[item][0])))
        else:
            found[item] = number, text, cells.get("reverse", "")
    return found


def _strings(read: Reader, value: object, path: Path) -> dict[str, str]:
    table: dict[str, Any] = read.table(value, path)
    return {key: read.string(table, path, key) for key in table}


def to_toml(pack: TextPack) -> str:
    """The file from which `from_toml` reads the same text."""
    licence = pack.notice.licence
    head = {"instrument": pack.instrument, "language": pack.language, "source": pack.notice.source}
    terms = {
        "name": licence.name,
        "holder": licence.holder,
        "source": licence.source,
        "licensee": licence.licensee or "",
    }
    lines = [f"{key} = {_quoted(value)}" for key, value in head.items()]
    lines += [f"instruction = {_quoted(pack.instruction)}"] if pack.instruction else []
    lines += [] if pack.reverse is None else [f"reverse = [{', '.join(map(_quoted, pack.reverse))}]"]
    lines += ["", "[licence]", *(f"{key} = {_quoted(value)}" for key, value in terms.items())]
    lines.append(f"permits = [{', '.join(map(_quoted, licence.permits))}]")
    lines += [f"until = {licence.until.isoformat()}"] if licence.until else []
    lines += [f"administrations = {licence.administrations}"] if licence.administrations is not None else []
    lines += ["", "[licence.terms]", *(f"{key} = {_quoted(value)}" for key, value in licence.terms.items())]
    for name, table in pack.options.items():
        lines += ["", f"[options.{name}]", *(f"{code} = {_quoted(text)}" for code, text in table.items())]
    lines += ["", "[items]", *(f"{item} = {_quoted(text)}" for item, text in pack.items.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the one control character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# ── a text and the definition it belongs to ───────────────────────────────────────────────────────────────────────────


def check(definition: Definition, pack: TextPack, data: bytes, file: str) -> None:
    """Whether a text from a TOML file is that of a definition, whole. DefinitionError names every problem."""
    lines = Lines(data.decode("utf-8-sig"))
    paths: list[Path] = [("instrument",), ("language",), *(("items", item) for item in pack.items)]
    paths += [("options", name, code) for name, table in pack.options.items() for code in table]
    _check(definition, pack, file, {path: lines.of(path) for path in [*paths, ("items",)]})


def _check(definition: Definition, pack: TextPack, file: str, lines: Mapping[Path, int]) -> None:
    problems = [
        Problem(file, lines.get(path, 1), ".".join(map(str, path)), sentence)
        for path, sentence in _faults(definition, pack)
    ]
    if problems:
        raise DefinitionError(problems)


def _faults(definition: Definition, pack: TextPack) -> Iterable[tuple[Path, Sentence]]:
    known = [item.id for item in definition.items]
    if pack.instrument != definition.key:
        yield ("instrument",), Sentence.of(OTHER, found=pack.instrument, wanted=definition.key)
    if pack.language not in definition.languages:
        languages = ", ".join(definition.languages)
        yield ("language",), Sentence.of(NO_LANGUAGE, instrument=definition.key, known=languages)
    named: list[tuple[Path, str]] = [(("items", item), item) for item in pack.items]
    for path, item in [*named, *((("reverse",), item) for item in pack.reverse or ())]:
        if item not in known:
            yield path, Sentence.of(NO_ITEM, instrument=definition.key, known=", ".join(known))
    if lacking := [item for item in known if item not in pack.items]:
        yield ("items",), Sentence.of(LACKS, items=", ".join(lacking))
    codes = {item.option_set: [option.code for option in item.options] for item in definition.items}
    for name, table in pack.options.items():
        for code in table:
            if code not in codes.get(name, []):
                known_here = ", ".join(codes.get(name, codes))
                yield ("options", name, code), Sentence.of(NO_OPTION, instrument=definition.key, known=known_here)


def with_text(definition: Definition, pack: TextPack, *, today: date) -> Definition:
    """The definition with a text put in. LicenceEndedError where its last day has passed."""
    licence = pack.notice.licence
    if licence.until is not None and licence.has_ended(today):
        raise LicenceEndedError(licence.until)
    return replace(
        definition,
        items=tuple(_item(item, pack) for item in definition.items),
        instruction=_plus(definition.instruction, pack.language, pack.instruction),
        notices={**(definition.notices or {}), pack.language: pack.notice},
        key_known=definition.key_known or pack.reverse is not None,
    )


def _item(item: Item, pack: TextPack) -> Item:
    written = pack.options.get(item.option_set, {})
    options = tuple(_option(option, pack.language, written) for option in item.options)
    reverse = item.reverse if pack.reverse is None else item.id in pack.reverse
    return replace(item, text=_plus(item.text, pack.language, pack.items[item.id]), options=options, reverse=reverse)


def _option(option: Option, language: str, written: Mapping[str, str]) -> Option:
    return replace(option, text=_plus(option.text, language, written.get(option.code, "")))


def _plus(text: Text, language: str, added: str) -> Text:
    return {**text, language: added} if added else text
