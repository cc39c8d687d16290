"""A definition from its TOML file, strictly: a file that is accepted can be scored.

name = "gses"                                   # NAME@VERSION is how answers name it
version = "1995"
title = {en = "…", zh-Hans = "…"}
languages = ["en", "zh-Hans"]                   # the language versions that exist, with or without their text
source = "who made it, where it was published"
minutes = 3
reverse = ["q2"]                                # smallest + largest weight − weight; "not known": no scores
[licence]                                       # name, holder, permits, source, terms; until, licensee, administrations
[options.truth]
1 = {en = "not at all", zh-Hans = "完全不"}       # code = texts, and `weight` where it is another
[items]
q1 = {options = "truth", en = "…", zh-Hans = "…"}
age = {kind = "number", low = 16, high = 99, whole = true}
note = {kind = "text"}
[scales.total]
title = {en = "…"}
items = ["q1", "q2"]
method = "mean"                                 # or "sum", times `factor`
range = [1, 4]                                  # checked against what the items give
missing = {at_most = 1, then = "prorate", source = "…"}     # or {at_most = 0, then = "no-score", …}
"""

from collections.abc import Mapping
import math
import re
from typing import Any, cast

from openbalint.instruments.definition import (
    LANGUAGES,
    Cutoff,
    Definition,
    Item,
    Kind,
    Method,
    Missing,
    Norm,
    Notice,
    Option,
    Reliability,
    Remedy,
    Scale,
    Text,
)
from openbalint.instruments.reader import Reader, parsed
from openbalint.instruments.sentences import gettext_noop
from openbalint.instruments.toml_lines import Lines, Path

NOT_AN_ID = gettext_noop("An id begins with a letter and holds letters, digits and underscores.")
NOT_A_VERSION = gettext_noop("A version holds small letters, digits, dots and hyphens.")
NO_ITEMS = gettext_noop("At least one item is expected.")
TWO_OPTIONS = gettext_noop("At least two options are expected, none with the same weight as all others.")
NO_OPTIONS = gettext_noop("A choice needs options, and there are none.")
LOW_HIGH = gettext_noop("low must be smaller than high.")
NO_WEIGHT = gettext_noop("Each answer of %(item)s needs a weight to be scored.")
HAS_NO_NUMBER = gettext_noop("%(item)s is a text and cannot be scored.")
NO_BOUNDS = gettext_noop("%(item)s needs low and high to be scored.")
RANGE = gettext_noop("The items give a range from %(low)s to %(high)s.")
TWO_NUMBERS = gettext_noop("Two numbers are expected: the smallest and the largest score.")
TOO_MANY_MISSING = gettext_noop("At least one item must be answered, so at most %(most)s may be missing.")
REMEDY = gettext_noop("Where items may be missing the rule is “prorate”, where none may it is “no-score”.")
SOME_TEXT = gettext_noop("The text in %(language)s is there for some and not here: write all of it or none.")
NOT_A_LANGUAGE = gettext_noop("There is text in %(language)s, which is not among the languages.")
ABOVE_0 = gettext_noop("A number above 0 is expected.")

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
VERSION = re.compile(r"[a-z0-9][a-z0-9.-]*")
NOT_KNOWN = "not known"
DEFINITION = (
    "name", "version", "title", "languages", "source", "minutes", "caution", "reverse", "licence", "instruction", "options",
    "items", "scales",
)  # fmt: skip
ITEM = ("kind", "options", "low", "high", "whole", "unit", *LANGUAGES)
SCALE = (
    "title", "items", "method", "factor", "range", "missing", "higher", "reliability", "norms", "cutoffs",
)  # fmt: skip


def from_toml(data: bytes, file: str, *, imported: bool = False) -> Definition:
    """The definition in a file. DefinitionError names every problem with its line."""
    raw, lines = parsed(data, file)
    return from_tables(raw, file, lines, imported=imported)


def from_tables(raw: Mapping[str, Any], file: str, lines: Lines, *, imported: bool = False) -> Definition:
    """The definition in tables that were read already, whatever they were written in."""
    read = Reader(file, lines)
    definition = _definition(read, read.table(raw, (), known=DEFINITION), imported=imported)
    read.finish()
    return definition


def _definition(read: Reader, raw: Mapping[str, Any], *, imported: bool) -> Definition:
    languages = read.strings(raw, (), "languages", LANGUAGES)
    version = read.string(raw, (), "version")
    if version and not VERSION.fullmatch(version):
        read.complain(("version",), NOT_A_VERSION)
    items = _items(read, raw)
    source, licence = read.string(raw, (), "source"), read.licence(read.part(raw, (), "licence"), ("licence",))
    minutes, texts = read.maybe_number(raw, (), "minutes"), _languages_with_text(read, items, languages)
    if minutes is not None and minutes <= 0:
        read.complain(("minutes",), ABOVE_0)
    return Definition(
        name=read.name(raw, (), "name"),
        version=version,
        title=read.text(read.part(raw, (), "title"), ("title",)),
        source=source,
        licence=licence,
        languages=languages,
        items=tuple(items.values()),
        scales=tuple(_scale(read, name, table, items) for name, table in _named(read, raw, "scales")),
        instruction=read.text(raw.get("instruction", {}), ("instruction",)),
        minutes=minutes,
        caution=read.text(raw["caution"], ("caution",)) if "caution" in raw else None,
        notices={language: Notice(licence, source, imported) for language in texts},
        key_known=raw.get("reverse") != NOT_KNOWN,
    )


def _named(read: Reader, raw: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
    """The entries of a table, whose names must be ids."""
    table = read.table(raw.get(key, {}), (key,))
    for name in table:
        if not ID.fullmatch(name):
            read.complain((key, name), NOT_AN_ID)
    return list(table.items())


# ── items ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _items(read: Reader, raw: Mapping[str, Any]) -> dict[str, Item]:
    options = {name: _options(read, name, table) for name, table in _named(read, raw, "options")}
    found = _named(read, raw, "items")
    if not found:
        read.complain(("items",), NO_ITEMS)
    told = raw.get("reverse", NOT_KNOWN) != NOT_KNOWN
    reverse = read.strings(raw, (), "reverse", [name for name, _ in found]) if told else ()
    items = {name: _item(read, name, table, options, reverse=name in reverse) for name, table in found}
    for name in reverse:
        _can_be_scored(read, items[name], ("reverse",))
    return items


def _options(read: Reader, name: str, value: object) -> tuple[Option, ...]:
    path: Path = ("options", name)
    found = tuple(_option(read, path, code, table) for code, table in read.table(value, path).items())
    if len(found) < 2 or len({option.weight for option in found} - {None}) == 1:
        read.complain(path, TWO_OPTIONS)
    return found


def _option(read: Reader, path: Path, code: str, value: object) -> Option:
    place: Path = (*path, code)
    table = read.table(value, place, known=("weight", *LANGUAGES))
    weight = read.maybe_number(table, place, "weight") if "weight" in table else _as_weight(code)
    return Option(code, weight, _texts(read, table, place))


def _as_weight(code: str) -> float | None:
    """What a code counts that says so itself; a name counts nothing."""
    try:
        return float(code)
    except ValueError:
        return None


def _item(read: Reader, name: str, value: object, options: Mapping[str, tuple[Option, ...]], *, reverse: bool) -> Item:
    path: Path = ("items", name)
    table = read.table(value, path, known=ITEM)
    kind = cast("Kind", read.one_of({"kind": "choice", **table}, path, "kind", ("choice", "number", "text")))
    text = _texts(read, table, path)
    if kind == "choice":
        if not options:
            read.complain((*path, "options"), NO_OPTIONS)
            return Item(name, kind, text)
        chosen = read.one_of(table, path, "options", tuple(options))
        return Item(name, kind, text, chosen, options.get(chosen, ()), reverse=reverse)
    if kind == "text":
        return Item(name, kind, text)
    low, high = read.maybe_number(table, path, "low"), read.maybe_number(table, path, "high")
    bounds = (-math.inf if low is None else low, math.inf if high is None else high)
    if bounds[0] >= bounds[1]:
        read.complain(path, LOW_HIGH)
    whole = read.yes(table, path, "whole", otherwise=True)
    unit = read.text(table["unit"], (*path, "unit")) if "unit" in table else None
    return Item(name, kind, text, low=bounds[0], high=bounds[1], whole=whole, unit=unit, reverse=reverse)


def _texts(read: Reader, table: Mapping[str, Any], path: Path) -> Text:
    return read.text({language: table[language] for language in LANGUAGES if language in table}, path)


def _languages_with_text(read: Reader, items: Mapping[str, Item], languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in which every item has its text; a language with gaps is a problem."""
    found = [language for language in LANGUAGES if any(language in item.text for item in items.values())]
    for language in found:
        if language not in languages:
            read.complain(("languages",), NOT_A_LANGUAGE, language=language)
        for item in items.values():
            if language not in item.text:
                read.complain(("items", item.id), SOME_TEXT, language=language)
    return tuple(found)


# ── scales ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _can_be_scored(read: Reader, item: Item, path: Path) -> bool:
    if item.kind == "text":
        read.complain(path, HAS_NO_NUMBER, item=item.id)
    elif any(option.weight is None for option in item.options):
        read.complain(path, NO_WEIGHT, item=item.id)
    elif item.kind == "number" and not all(map(math.isfinite, item.range)):
        read.complain(path, NO_BOUNDS, item=item.id)
    else:
        return bool(item.options) or item.kind == "number"
    return False


def _scale(read: Reader, name: str, value: object, items: Mapping[str, Item]) -> Scale:
    path: Path = ("scales", name)
    table = read.table(value, path, known=SCALE)
    chosen = read.strings(table, path, "items", tuple(items))
    if table.get("items") == []:
        read.complain((*path, "items"), NO_ITEMS)
    method = cast("Method", read.one_of(table, path, "method", ("mean", "sum")))
    factor = read.number(table.get("factor", 1), (*path, "factor"))
    if factor <= 0:
        read.complain((*path, "factor"), ABOVE_0)
    scored = [items[one] for one in chosen if _can_be_scored(read, items[one], (*path, "items"))]
    low, high = _range(read, table, path, scored, method, factor)
    return Scale(
        id=name,
        title=read.text(read.part(table, path, "title"), (*path, "title")),
        items=chosen,
        method=method,
        low=low,
        high=high,
        missing=_missing(read, read.part(table, path, "missing"), (*path, "missing"), len(chosen)),
        higher=read.text(table.get("higher", {}), (*path, "higher")),
        factor=factor,
        reliability=tuple(_reliability(read, one, at) for one, at in _list(read, table, path, "reliability")),
        norms=tuple(_norm(read, one, at) for one, at in _list(read, table, path, "norms")),
        cutoffs=tuple(_cutoff(read, one, at) for one, at in _list(read, table, path, "cutoffs")),
    )


def _range(
    read: Reader, table: Mapping[str, Any], path: Path, scored: list[Item], method: Method, factor: float
) -> tuple[float, float]:
    """The declared range, which must be the one that the items give."""
    place, value = (*path, "range"), read.take(table, path, "range")
    if not isinstance(value, list) or len(value) != 2:
        read.complain(place, TWO_NUMBERS)
        return math.nan, math.nan
    low, high = (read.number(one, place) for one in value)
    share = factor / (len(scored) or 1) if method == "mean" else factor
    given = [math.fsum(item.range[end] for item in scored) * share for end in (0, 1)]
    if scored and not all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip((low, high), given, strict=True)):
        read.complain(place, RANGE, low=f"{given[0]:g}", high=f"{given[1]:g}")
    return low, high


def _missing(read: Reader, value: object, path: Path, items: int) -> Missing:
    table = read.table(value, path, known=("at_most", "then", "source"))
    at_most = read.needed_count(table, path, "at_most")
    then = cast("Remedy", read.one_of(table, path, "then", ("prorate", "no-score")))
    if at_most and at_most >= items:
        read.complain((*path, "at_most"), TOO_MANY_MISSING, most=items - 1)
    if (at_most > 0) != (then == "prorate"):
        read.complain((*path, "then"), REMEDY)
    return Missing(at_most, then, read.string(table, path, "source"))


def _list(read: Reader, table: Mapping[str, Any], path: Path, key: str) -> list[tuple[dict[str, Any], Path]]:
    value = table.get(key, [])
    entries = value if isinstance(value, list) else [value]
    return [(read.table(one, (*path, key, place)), (*path, key, place)) for place, one in enumerate(entries)]


def _reliability(read: Reader, value: object, path: Path) -> Reliability:
    table = read.table(value, path, known=("coefficient", "value", "sample", "source"))
    coefficient, sample, source = (read.string(table, path, key) for key in ("coefficient", "sample", "source"))
    return Reliability(coefficient, read.needed_number(table, path, "value"), sample, source)


def _norm(read: Reader, value: object, path: Path) -> Norm:
    table = read.table(value, path, known=("sample", "mean", "sd", "n", "source"))
    n = read.count(table["n"], (*path, "n")) if "n" in table else None
    mean, sd = read.maybe_number(table, path, "mean"), read.maybe_number(table, path, "sd")
    return Norm(read.string(table, path, "sample"), mean, sd, n, read.string(table, path, "source"))


def _cutoff(read: Reader, value: object, path: Path) -> Cutoff:
    table = read.table(value, path, known=("at_most", "at_least", "means", "source"))
    means = read.text(read.part(table, path, "means"), (*path, "means"))
    at_most, at_least = (read.maybe_number(table, path, key) for key in ("at_most", "at_least"))
    return Cutoff(at_most, at_least, means, read.string(table, path, "source"))
