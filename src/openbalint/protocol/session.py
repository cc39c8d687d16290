"""The live session: commands in, events and effects out.

A step is pure: time comes in as ``now``, chance as a generator; what the outside world must do comes out as an effect.
``decide`` turns a command into events, ``apply`` turns events into the session; a refusal changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from openbalint.protocol import commands as c
from openbalint.protocol.apply import fold
from openbalint.protocol.audiences import audience_of, audiences, view
from openbalint.protocol.deadlines import next_deadline
from openbalint.protocol.decide import Draft, check, decide
from openbalint.protocol.effects import ApplyRights, AskToMute, CloseRoom, Effect
from openbalint.protocol.events import Event
from openbalint.protocol.kept import all_same
from openbalint.protocol.refusals import REFUSALS, RefusedError
from openbalint.protocol.rights import all_rights, grounds, rights, speakers
from openbalint.protocol.room import Room
from openbalint.protocol.speech import watch
from openbalint.protocol.state import Session, Status
from openbalint.protocol.table import ALLOWED, is_allowed
from openbalint.protocol.volatile import Chance, Volatile

__all__ = [
    "FRESH",
    "REFUSALS",
    "Chance",
    "RefusedError",
    "Room",
    "Session",
    "Status",
    "Step",
    "Volatile",
    "audience_of",
    "audiences",
    "fold",
    "next_deadline",
    "rights",
    "step",
    "view",
]

FRESH = Room(Session())
_ANY_ENTRY = c.AnswerStop | c.ReportSpeech  # these decide by themselves whether they come too late
_Report = c.OwnerCommand | c.ClockCommand


@dataclass(frozen=True, slots=True)
class Step:
    """What one command did. ``note`` is told to the sender with the acknowledgement: ``no-leader``."""

    room: Room
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    note: str | None = None


def step(room: Room, command: c.Command, *, now: datetime, chance: Chance) -> Step:
    """Answer one command, or raise ``RefusedError`` and change nothing. Time never runs backwards."""
    session = room.session
    _check_allowed(session, command)
    draft = Draft(room, max(now, session.last_at) if session.last_at else now, chance)
    decide(draft, command)
    after = _room_after(room, draft)
    return Step(after, tuple(draft.events), tuple(_effects(room, after, draft.asked)), draft.note)


def _check_allowed(session: Session, command: c.Command) -> None:
    if isinstance(command, _Report):  # the owner and the clock are believed in every state
        return
    row = ALLOWED[session.status].get(type(command))
    person = session.people.get(command.by)
    if person is None:
        raise RefusedError("not-found")
    check(row is not None, "not-now")
    if session.status is Status.CLOSED or row is None:
        return
    check(person.connected, "not-here")
    check(is_allowed(session, row, command.by), "not-yours")
    check(getattr(command, "entry", session.entry) == session.entry or isinstance(command, _ANY_ENTRY), "stale")


def _room_after(room: Room, draft: Draft) -> Room:
    """With the same grounds the rights are the same, and so is who may speak."""
    unmoved = all_same(grounds(room.session, room.volatile), grounds(draft.session, draft.volatile))
    if room.cached is not None and unmoved:
        return Room(draft.session, draft.volatile, room.cached)
    rights = all_rights(draft.session, draft.volatile)
    speaking = speakers(draft.session, rights)
    volatile = replace(draft.volatile, speech=watch(draft.volatile.speech, draft.session.entry, speaking, draft.now))
    return Room(draft.session, volatile, rights)


def _effects(before: Room, after: Room, asked: c.PersonId | None) -> Iterator[Effect]:
    """The difference of two wishes, so that no command can forget to silence somebody."""
    if before.rights != after.rights:
        yield ApplyRights(after.rights)
    if after.session.status is Status.CLOSED and before.session.status is not Status.CLOSED:
        yield CloseRoom()
    if asked is not None:
        yield AskToMute(asked)
