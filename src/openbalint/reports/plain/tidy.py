"""The answer of `openbalint analyze` as one long table: a row a number, with the people it is about."""

from collections.abc import Iterator, Mapping, Sequence
import csv
import io

COLUMNS = ("outcome", "part", "on", "arm", "a", "b", "quantity", "value", "n", "missing")
SCORES = ("pre", "post", "change")
Row = dict[str, object]


def table(answer: object, *, sizes: Mapping[str, int] | None) -> str:
    """The plain answer (the JSON's dicts) as CSV, numbers unrounded, '' where the JSON has null.

    `sizes` counts the rows of each arm in the file, so that `missing` is known; None for a summary table.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(_mapping(answer), sizes))
    return file.getvalue()


def _rows(answer: Mapping[str, object], sizes: Mapping[str, int] | None) -> Iterator[Row]:
    for name, outcome in _mapping(answer["outcomes"]).items():
        found = _mapping(outcome)
        yield from ({"outcome": name} | row | _people(row, found, sizes) for row in _outcome(found))
    for name, p in _mapping(answer["holm"]).items():
        yield {"outcome": name, "part": "holm", "quantity": "p", "value": p}
    for name, made_up in _mapping(answer["composition"]).items():
        yield from ({"outcome": name, "part": "composition"} | row for row in _made_up(_mapping(made_up)))


def _people(row: Row, outcome: Mapping[str, object], sizes: Mapping[str, int] | None) -> Row:
    """The `n` behind a number, and how many rows of these arms are not in it."""
    if row["part"] == "notes":
        return {}
    omnibus = _mapping(outcome["omnibus"])
    pairs = {arm: _count(_mapping(found)["n"]) for arm, found in _mapping(outcome["arms"]).items()}
    everyone = {arm: _count(n) for arm, n in _mapping(omnibus["n"]).items()}
    counts = everyone if omnibus["on"] == "post" and row["on"] == "post" and row["part"] != "arms" else pairs
    arms = [str(row[key]) for key in ("arm", "a", "b") if key in row] or list(counts)
    n = sum(counts[arm] for arm in arms)
    return {"n": n} if sizes is None else {"n": n, "missing": sum(sizes[arm] for arm in arms) - n}


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _outcome(outcome: Mapping[str, object]) -> Iterator[Row]:
    basis = _mapping(outcome["omnibus"])["on"]
    for arm, found in _mapping(outcome["arms"]).items():
        yield from ({"part": "arms", "arm": arm} | row for row in _arm(_mapping(found)))
    for part in ("omnibus", "welch", "kruskal"):
        yield from ({"part": part, "on": basis} | row for row in _flat(_mapping(outcome[part])))
    posthoc = _mapping(outcome["posthoc"])
    yield from (
        {"part": "posthoc", "on": basis} | row
        for row in _flat({k: posthoc[k] for k in ("method", "se") if k in posthoc})
    )
    yield from ({"part": "posthoc", "on": basis} | row for row in _each(posthoc.get("pairs")))
    for arm, letters in _mapping(posthoc.get("letters")).items():
        yield {"part": "posthoc", "on": basis, "arm": arm, "quantity": "letters", "value": letters}
    ancova = _mapping(outcome["ancova"])
    for arm, mean in _mapping(ancova.get("adjusted_means")).items():
        yield from ({"part": "adjusted_means", "on": "ancova", "arm": arm} | row for row in _flat(_mapping(mean)))
    yield from ({"part": "contrasts", "on": "ancova"} | row for row in _each(ancova.get("contrasts")))
    rest = {key: value for key, value in ancova.items() if key not in ("adjusted_means", "contrasts")}
    yield from ({"part": "ancova", "on": "ancova"} | row for row in _flat(rest))
    yield from ({"part": "effect_sizes"} | row for row in _each(outcome["effect_sizes"]))
    yield from ({"part": "notes", "quantity": "note", "value": note} for note in _sequence(outcome["notes"]))


def _arm(found: Mapping[str, object]) -> Iterator[Row]:
    yield {"on": "change", "quantity": "n", "value": found["n"]}
    for score in SCORES:
        yield from ({"on": score} | row for row in _flat(_mapping(found[score])))
    yield from ({"part": "paired_t", "on": "change"} | row for row in _flat(_mapping(found["paired_t"])))


def _made_up(found: Mapping[str, object]) -> Iterator[Row]:
    for arm, counts in _mapping(found["table"]).items():
        yield from ({"arm": arm, "a": value, "quantity": "count", "value": n} for value, n in _mapping(counts).items())
    yield from _flat({key: value for key, value in found.items() if key not in ("table", "notes")})
    yield from ({"quantity": "note", "value": note} for note in _sequence(found["notes"]))


def _each(entries: object) -> Iterator[Row]:
    """Comparisons of two arms."""
    for entry in _sequence(entries):
        place = {key: value for key, value in _mapping(entry).items() if key in ("a", "b", "on")}
        yield from (place | row for row in _flat({k: v for k, v in _mapping(entry).items() if k not in place}))


def _flat(found: Mapping[str, object]) -> Iterator[Row]:
    """A row a number; the two ends of an interval apart, counts by arm with their arm."""
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield from ({"arm": arm, "quantity": key, "value": each} for arm, each in value.items())
        elif key == "ci":
            low, high = value if isinstance(value, list) else (None, None)
            yield from ({"quantity": name, "value": end} for name, end in (("ci_low", low), ("ci_high", high)))
        elif key != "on":
            yield {"quantity": key, "value": value}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
