"""What travels between browser and server: one JSON text frame each way, and the bytes of a frame.

A client first says hello with the random id of its tab, then sends numbered commands: ``{"n": 7, "do": "set-hand",
"raised": true}``. ``do`` is the kebab-case name of a command of the protocol, the fields are the command's own, without
who asks (the connection knows) and without what the edge puts in (script, seat). The server answers ``{"ok": 7}`` after
the commit or ``{"no": 7, "code": …}``, and sends everybody the whole view of their audience, numbered by ``v``.

The commands and views themselves are the protocol's dataclasses; what is here only derives their form on the wire, so a
new field needs no line in this file. ``tools/wire_types.py`` writes the same for the browser.
"""

from collections.abc import Mapping, Sequence
import dataclasses
from datetime import datetime
from enum import StrEnum
import functools
import operator
import re
import types
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from openbalint.protocol import commands
from openbalint.protocol.commands import PersonCommand, PersonId, Seat
from openbalint.protocol.views import LeadersView, SoundView, View

MAX_FRAME = 4096  # bytes a client may send in one message
WIRE_REFUSALS = ("bad-frame", "too-large", "too-fast", "unavailable")  # beside the protocol's own
TAB = r"^[A-Za-z0-9_-]{16,40}$"
NOTES = ("no-leader",)  # what an acknowledgement may add: nobody is there who leads
# Why a socket is closed. "again": come back with a new ticket; "anew": load the page again, which comes back with one.
BYES = ("elsewhere", "gone", "closed", "again", "anew")
TEXT, CLOSE, PING = 0x81, 0x88, 0x89  # first byte of an unfragmented frame


class BadFrameError(Exception):
    """A frame that cannot be read. It carries no part of the frame: what people typed must not reach a log."""


# ── client to server ──────────────────────────────────────────────────────────────────────────────────────────────────

# Fields that the edge puts in, so that no client can choose them.
EDGE_FIELDS: Mapping[type, frozenset[str]] = {
    commands.Start: frozenset({"script"}),
    commands.TickIn: frozenset({"seat", "profession"}),
}
COMMANDS: Mapping[str, type[Any]] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower(): kind for kind in get_args(PersonCommand)
}


def client_fields(kind: type[Any]) -> list[dataclasses.Field[Any]]:
    """The fields of a command that a client gives."""
    kept = frozenset({"by"}) | EDGE_FIELDS.get(kind, frozenset())
    return [field for field in dataclasses.fields(kind) if field.name not in kept]


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first frame: the random id of the tab, by which resent commands are known."""

    hello: Annotated[str, msgspec.Meta(pattern=TAB)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A caption of the demonstration, in both languages."""

    en: Annotated[str, msgspec.Meta(max_length=300)]
    zh: Annotated[str, msgspec.Meta(max_length=300)]


Number = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class Caption(msgspec.Struct, frozen=True, tag_field="do", tag="caption", forbid_unknown_fields=True):
    """Words of a simulated person, relayed and forgotten: in the demonstration only."""

    n: Number
    text: Words


def _struct(tag: str, kind: type[Any]) -> type[msgspec.Struct]:
    hints = get_type_hints(kind)
    fields = [("n", Number)] + [
        (field.name, hints[field.name], field.default) if field.default is not dataclasses.MISSING
        else (field.name, hints[field.name])
        for field in client_fields(kind)
    ]  # fmt: skip
    return msgspec.defstruct(
        kind.__name__, fields, frozen=True, tag_field="do", tag=tag, forbid_unknown_fields=True, module=__name__
    )


_KINDS: Mapping[type[msgspec.Struct], type[Any]] = {_struct(tag, kind): kind for tag, kind in COMMANDS.items()}
_command = msgspec.json.Decoder(Union[(Caption, *_KINDS)])
_hello = msgspec.json.Decoder(Hello)


class _Numbered(msgspec.Struct):
    n: Number


_number = msgspec.json.Decoder(_Numbered)


def _decode(decoder: msgspec.json.Decoder[Any], payload: bytes) -> Any:
    try:
        return decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadFrameError from None


def read_hello(payload: bytes) -> str:
    """The tab's id, or BadFrameError."""
    tab: str = _decode(_hello, payload).hello
    return tab


def read_command(payload: bytes) -> tuple[int, Any]:
    """Number and asked thing of a frame (see `command`), or BadFrameError."""
    asked = _decode(_command, payload)
    return asked.n, asked


def number_of(payload: bytes) -> int:
    """The number of a frame, for an answer to what is not read further; 0 if it has none."""
    try:
        return int(_decode(_number, payload).n)
    except BadFrameError:
        return 0


def kind_of(asked: Any) -> type[Any]:
    """The class of the protocol's command; a caption's is its own."""
    return _KINDS.get(type(asked), type(asked))


def command(asked: Any, by: PersonId, **edge: Any) -> Any:
    """The protocol's command for what ``by`` asked; ``edge`` gives the fields that no client chooses."""
    kind = kind_of(asked)
    given = {name: getattr(asked, name) for name in asked.__struct_fields__ if name != "n"}
    return kind(by=by, **given, **edge)


# ── server to client ──────────────────────────────────────────────────────────────────────────────────────────────────


def mirror(hint: Any) -> Any:
    """The hint with every dataclass replaced by a struct of the same fields that leaves out what is at its default."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint not in MIRRORS:
            MIRRORS[hint] = _mirror(hint)
        return MIRRORS[hint]
    arguments = tuple(mirror(argument) for argument in get_args(hint))
    origin = get_origin(hint)
    if origin in (UnionType, Union):
        return functools.reduce(operator.or_, arguments)
    if origin is tuple:
        return types.GenericAlias(tuple, arguments)
    if origin is not None and issubclass(origin, Mapping):
        return types.GenericAlias(dict, arguments)
    return hint


def is_always_there(field: dataclasses.Field[Any]) -> bool:
    """Whether a field of a view is on the wire also where it is at its default."""
    return field.default is dataclasses.MISSING or dataclasses.is_dataclass(field.default)


def _mirror(kind: type[Any]) -> type[msgspec.Struct]:
    hints = get_type_hints(kind)
    fields: list[Any] = []
    for field in dataclasses.fields(kind):
        hint = mirror(hints[field.name])
        fields.append((field.name, hint) if is_always_there(field) else (field.name, hint, field.default))
    fields += EDGE_VIEW_FIELDS.get(kind, ())
    return msgspec.defstruct(kind.__name__, fields, kw_only=True, omit_defaults=True, module=__name__)


class SoundState(StrEnum):
    """Whether the media server answers."""

    OK = "ok"
    AWAY = "away"


# What ``meetings`` and ``media`` add to a view: it is not the session's.
EDGE_VIEW_FIELDS: Mapping[type, Sequence[tuple[str, Any, Any]]] = {
    View: (("call", str, ""),),  # address of a call elsewhere; not on the big screen
    SoundView: (
        ("state", SoundState, SoundState.OK),
        ("entry", int, 0),  # rises when everybody must fetch a new token
        ("differs", tuple[PersonId, ...], ()),  # leaders only: whose enforced right is not yet the one they have
    ),
    LeadersView: (
        ("not_presented", tuple[PersonId, ...], ()),  # members who have not presented in this group yet
        ("roster", dict[PersonId, Seat], {}),  # everybody who has a seat here, for attendance by tapping
    ),
}
MIRRORS: dict[type, type[msgspec.Struct]] = {}
mirror(View)
_encode = msgspec.json.Encoder().encode


@dataclasses.dataclass(frozen=True, slots=True)
class Roster:
    """What a room knows of its people and their call beside the session."""

    names: Mapping[PersonId, str]
    people: Mapping[PersonId, Seat] = dataclasses.field(default_factory=dict)
    not_presented: tuple[PersonId, ...] = ()
    call: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Sound:
    """What a room knows of its sound beside the session. ``differs`` is for leaders."""

    state: SoundState
    entry: int
    differs: tuple[PersonId, ...] = ()


def frame(payload: bytes, first: int = TEXT) -> bytes:
    """One unmasked frame of the server: the bytes are the same for every socket, so they are built once."""
    return _head(len(payload), first) + payload


def _head(size: int, first: int) -> bytes:
    if size < 126:
        return bytes((first, size))
    if size < 1 << 16:
        return bytes((first, 126)) + size.to_bytes(2, "big")
    return bytes((first, 127)) + size.to_bytes(8, "big")


def view_tail(v: int, now: datetime) -> bytes:
    """How the views of all audiences end."""
    return b',"v":%d,"now":%b}' % (v, _encode(now))


def view_frame(body: bytes, tail: bytes) -> bytes:
    """The frame that everybody of an audience gets: ``{"view": …, "names": …, "v": 41, "now": …}``."""
    return b"".join((_head(len(body) + len(tail) + 1, TEXT), b"{", body, tail))  # one copy of the body


def ok(number: int, note: str | None = None) -> bytes:
    """The command is accepted, and if it is for the log it is committed. ``note``: one of `NOTES`."""
    return frame(_encode({"ok": number, "note": note}) if note else b'{"ok":%d}' % number)


def no(number: int, code: str) -> bytes:
    """The command is refused and changed nothing; number 0: a frame that could not be read."""
    return frame(_encode({"no": number, "code": code}))


def you(person: PersonId | None, *, captions: bool) -> bytes:
    """Who this connection is (None: the big screen), and whether captions exist: once, after hello."""
    return frame(_encode({"you": person, "captions": captions}))


def beat(now: datetime) -> bytes:
    """A ping, and beside it what the page can see of one: so both sides notice a connection that died in silence."""
    return frame(_encode({"now": now})) + frame(b"", PING)


def asked_to_mute() -> bytes:
    """A leader asks kindly to close the microphone."""
    return frame(b'{"asked":"mute"}')


def bye(word: str) -> bytes:
    """What the client does after the close that follows: one of `BYES`."""
    return frame(_encode({"bye": word}))


def caption(person: PersonId, text: Words) -> bytes:
    """Words of a simulated person, in the demonstration."""
    return frame(_encode({"caption": {"person": person, "text": text}}))


def close(code: int) -> bytes:
    """A closing frame."""
    return frame(code.to_bytes(2, "big"), CLOSE)
