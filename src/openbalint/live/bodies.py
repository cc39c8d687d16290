"""Views as bytes, written piece by piece: of what an audience saw last, only what has changed is written anew.

A view is some four kilobytes, and most commands change one or two of its fields. What is the same is compared, which is
cheap, since the protocol gives the very same objects for what has not changed (`protocol.kept`).
"""

from collections.abc import Callable, Mapping
import dataclasses
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from openbalint.live import wire
from openbalint.live.wire import Roster, Sound
from openbalint.protocol.commands import PersonId, Seat
from openbalint.protocol.views import Audience, LeadersView, SoundView, View

_encode = msgspec.json.Encoder().encode
_FIELDS = dataclasses.fields(View)
_NAMES = [field.name for field in _FIELDS]
_SOUND, _LEADERS = _NAMES.index("sound"), _NAMES.index("leaders")
_fields_of: Callable[[View], tuple[Any, ...]] = attrgetter(*_NAMES)
_Writer = Callable[[Any], bytes]


class Body:
    """What an audience of a room sees, without number and time."""

    __slots__ = ("_text", "_texts", "_values")

    def __init__(self) -> None:
        self._values: list[Any] = [_Writer] * len(_WRITERS)  # equal to nothing that is seen
        self._texts: list[bytes] = [b""] * len(_WRITERS)
        self._text = b""

    def of(self, view: View, roster: Roster, sound: Sound | None = None) -> bytes:
        """``"view":{…},"names":{…}``: the very object of last time where there is nothing new to see."""
        values = _values(view, roster, sound)
        pairs = enumerate(zip(values, self._values, strict=True))
        if others := [place for place, (value, last) in pairs if value is not last and value != last]:
            for place in others:
                self._texts[place] = _WRITERS[place](values[place])
            self._values, self._text = values, b"".join(self._texts)
        return self._text


def _values(view: View, roster: Roster, sound: Sound | None) -> list[Any]:
    """What each piece is written from: the fields of the view, the call, and the people whose names go with it."""
    leads = view.audience is Audience.LEADERS
    door = (view.leaders.waiting, view.leaders.stops) if view.leaders is not None else ((), ())
    people = (view.circle, view.ring, *door, roster.people if leads else ())
    call = "" if view.audience is Audience.SCREEN else roster.call
    values = [*_fields_of(view), call, (people, roster.names)]
    if sound is None:
        values[_SOUND] = None  # without a media server for this meeting there is nothing to say of its sound
    elif view.sound is not None:
        values[_SOUND] = (view.sound, sound.state, sound.entry, sound.differs if leads else ())
    if view.leaders is not None:
        values[_LEADERS] = (view.leaders, *((roster.not_presented, roster.people) if leads else ((), {})))
    return values


def _mirrored(value: Any, **edge: Any) -> bytes:
    """A part of the view with what the edge adds to it."""
    body = msgspec.convert(value, wire.MIRRORS[type(value)], from_attributes=True)
    for name, fact in edge.items():
        setattr(body, name, fact)
    return _encode(body)


def _write_sound(value: tuple[SoundView, wire.SoundState, int, tuple[PersonId, ...]] | None) -> bytes:
    if value is None:
        return b""
    return b',"sound":' + _mirrored(value[0], state=value[1], entry=value[2], differs=value[3])


def _write_leaders(value: tuple[LeadersView, tuple[PersonId, ...], dict[PersonId, Seat]] | None) -> bytes:
    if value is None:
        return b""
    return b',"leaders":' + _mirrored(value[0], not_presented=value[1], roster=value[2])


def _write_call(call: str) -> bytes:
    return b',"call":' + _encode(call) if call else b""


def _write_names(value: tuple[tuple[Any, ...], Mapping[PersonId, str]]) -> bytes:
    """The names of everybody in the view, and of nobody else."""
    (circle, ring, waiting, stops, roster), names = value
    seen = [one.person for one in (*circle, *ring, *(waiting or ()), *(stops or ()))]
    return b'},"names":' + _encode({person: names[person] for person in (*seen, *roster) if person in names})


def _writer(field: dataclasses.Field[Any], hint: Any) -> _Writer:
    """How a field of the view is written: not at all where it is at its default."""
    before = b'"view":{' if field is _FIELDS[0] else b","
    key, mirror, always = b'%b"%b":' % (before, field.name.encode()), wire.mirror(hint), wire.is_always_there(field)

    def write(value: Any) -> bytes:
        if not always and value == field.default:
            return b""
        return key + _encode(msgspec.convert(value, mirror, from_attributes=True))

    return write


_HINTS = get_type_hints(View)
_BESIDE: Mapping[str, _Writer] = {"sound": _write_sound, "leaders": _write_leaders}
_WRITERS = [_BESIDE.get(one.name) or _writer(one, _HINTS[one.name]) for one in _FIELDS] + [_write_call, _write_names]
