"""Write `frontend/src/room/wire.ts` from the protocol and the wire: `python tools/wire_types.py` (or `make types`).

With `--check` nothing is written and the exit status says whether the file is fresh.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
import dataclasses
from datetime import datetime
from enum import StrEnum
import inspect
from pathlib import Path
import re
import sys
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from openbalint.live import wire
from openbalint.protocol.refusals import REFUSALS
from openbalint.protocol.scripts import Cue
from openbalint.protocol.views import Audience, View

TARGET = Path(__file__).resolve().parent.parent / "frontend" / "src" / "room" / "wire.ts"
LINE = 120  # as in biome.json
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", datetime: "Instant", NoneType: "null"}

HEAD = """\
// Made by tools/wire_types.py from the protocol. Do not edit: change the protocol, then run `make types`.
// A field with `?` is left out where it has its default: nothing, false, 0, an empty list, or what its comment says.

/** A human being, as a random UUID. */
export type PersonId = string;
/** A moment: ISO 8601, UTC, with Z. */
export type Instant = string;
"""
TAIL = """\
/** What a client sends after hello: `n` counts 1, 2, … in this tab, and a resend keeps its number. */
export type Numbered = Command & { n: number };
export interface Hello {
  /** Random id of the tab, 16 to 40 of A-Z a-z 0-9 _ - */
  hello: string;
}

/** The whole view of one's audience. A lower `v` than the last is dropped; a new connection begins anew. */
export interface ViewFrame {
  view: View;
  v: number;
  now: Instant;
  names: Record<PersonId, string>;
}
/** At a fixed rate, whatever happens: the connection lives. */
export interface BeatFrame {
  now: Instant;
}
/** Once, after hello. `you` is null on the big screen. */
export interface YouFrame {
  you: PersonId | null;
  captions: boolean;
}
export interface OkFrame {
  ok: number;
  note?: Note;
}
/** Refused; `no` is 0 for a frame that could not be read. */
export interface NoFrame {
  no: number;
  code: Refusal;
}
/** In the demonstration only. */
export interface CaptionFrame {
  caption: { person: PersonId; text: { en: string; zh: string } };
}
/** A leader asks this person kindly to close the microphone. */
export interface AskedFrame {
  asked: "mute";
}
/** Said before a close. "again": come back with a new ticket. */
export interface ByeFrame {
  bye: Bye;
}
export type ServerFrame = ViewFrame | BeatFrame | YouFrame | OkFrame | NoFrame | CaptionFrame | AskedFrame | ByeFrame;
"""


def type_name(hint: Any) -> str:
    """A Python type as TypeScript says it."""
    if hint in PLAIN:
        return PLAIN[hint]
    arguments = [type_name(argument) for argument in get_args(hint) if argument is not Ellipsis]
    match get_origin(hint):
        case None:
            return str(hint.__name__)
        case origin if origin in (UnionType, Union):
            return " | ".join(arguments)
        case origin if origin is tuple:
            return f"{arguments[0]}[]"
        case origin if issubclass(origin, Mapping):
            return f"Record<{arguments[0]}, {arguments[1]}>" if arguments[0] == "string" else (
                f"Partial<Record<{arguments[0]}, {arguments[1]}>>"
            )  # fmt: skip
    raise TypeError(hint)


def named(hints: Iterable[Any]) -> Iterator[type]:
    """Every enumeration and dataclass that the hints lead to, each after those it needs."""
    for hint in hints:
        yield from named(get_args(hint))
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            yield from named(get_type_hints(hint).values())
            yield hint
        elif inspect.isclass(hint) and issubclass(hint, StrEnum):
            yield hint


def plural(name: str) -> str:
    """`FigureCode` as the name of a constant: FIGURE_CODES."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
    return words if words.endswith("S") else f"{words}S"


def constants(name: str, values: Sequence[str], doc: str) -> str:
    """A list of words and the type of one of them."""
    words = [f'"{value}"' for value in values]
    constant = plural(name)
    line = f"export const {constant} = [{', '.join(words)}] as const;"
    if len(line) > LINE:
        line = f"export const {constant} = [\n  " + ",\n  ".join(words) + ",\n] as const;"
    return f"/** {doc} */\n{line}\nexport type {name} = (typeof {constant})[number];\n"


def default_note(default: Any) -> str:
    """What is meant by a field that is left out, where it is neither nothing, false, zero nor empty."""
    return f" // left out: {str(default).lower()}" if default else ""


def interface(kind: type[Any]) -> str:
    """A dataclass of the view. What the edge adds comes last."""
    hints, lines = get_type_hints(kind), []
    for field in dataclasses.fields(kind):
        always = field.default is dataclasses.MISSING or (
            dataclasses.is_dataclass(field.default) and kind in wire.MIRRORS
        )
        hint = hints[field.name]
        if field.default is None:
            hint = Union[tuple(argument for argument in get_args(hint) if argument is not NoneType)]  # noqa: UP007
        note = "" if always else default_note(field.default)
        lines.append(f"  {field.name}{'' if always else '?'}: {type_name(hint)};{note}")
    lines += [f"  {name}?: {type_name(hint)};" for name, hint, _ in wire.EDGE_VIEW_FIELDS.get(kind, ())]
    doc = inspect.getdoc(kind) or ""
    return f"/** {' '.join(doc.split())} */\nexport interface {kind.__name__} {{\n" + "\n".join(lines) + "\n}\n"


def command_type(tag: str, kind: type[Any]) -> str:
    """One member of the union of commands."""
    hints = get_type_hints(kind)
    fields = [
        f"{field.name}{'' if field.default is dataclasses.MISSING else '?'}: {type_name(hints[field.name])}"
        for field in wire.client_fields(kind)
    ]
    return "  | { " + "; ".join([f'do: "{tag}"', *fields]) + " }"


def wire_ts() -> str:
    """The whole file."""
    hints = [
        hint
        for kind in wire.COMMANDS.values()
        for hint in (get_type_hints(kind)[f.name] for f in wire.client_fields(kind))
    ]
    edge = [hint for added in wire.EDGE_VIEW_FIELDS.values() for _, hint, _ in added]
    kinds = dict.fromkeys((*named([View]), *named(edge), *named(hints), Audience, Cue))
    parts = [HEAD]
    for kind in kinds:
        if issubclass(kind, StrEnum):
            parts.append(
                constants(kind.__name__, [str(word) for word in kind], " ".join((inspect.getdoc(kind) or "").split()))
            )
        else:
            parts.append(interface(kind))
    parts.append(constants("Refusal", [*REFUSALS, *wire.WIRE_REFUSALS], "Why something was refused."))
    parts.append(constants("Note", wire.NOTES, "What an acknowledgement may add."))
    parts.append(constants("Bye", wire.BYES, "Why a connection is closed."))
    commands = [command_type(tag, kind) for tag, kind in wire.COMMANDS.items()]
    commands.append('  | { do: "caption"; text: { en: string; zh: string } }')
    parts.append("/** What a person may ask. */\nexport type Command =\n" + "\n".join(commands) + ";\n")
    return "\n".join([*parts, TAIL])


def main(arguments: Sequence[str]) -> int:
    """Write the file, or say whether it is fresh."""
    made = wire_ts()
    if "--check" in arguments:
        return 0 if TARGET.exists() and TARGET.read_text("utf-8") == made else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
