"""What each person may do: a pure function of script, state and seat, the one source for pages, cards and media.

Rights never read the time. The only volatile input is who is aside. Nobody's rights depend on who asks for them,
on a name or on a connection: a chair keeps its rights while the person is away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import assert_never

from openbalint.protocol.commands import PersonId, Seat
from openbalint.protocol.scripts import Floor, Part, Phase, Picture, ReviewGroup
from openbalint.protocol.state import (
    RING_SEATS,
    CardsState,
    Person,
    Session,
    Status,
    back,
    has_leader_seat,
    phase,
    presenter,
    presents_only,
)
from openbalint.protocol.volatile import Volatile


class Why(StrEnum):
    """Why somebody may not speak now: a stable code the page translates."""

    BACK = "back"  # stepped back: listens
    RING = "ring"  # observers and trainer are silent through the case
    LEADERS_FLOOR = "leaders-floor"
    PRESENTER_FLOOR = "presenter-floor"
    ASKED = "asked"  # another asks; a hand queues
    ROUND = "round"  # another's turn
    GROUP_FLOOR = "group-floor"  # review: another group's word
    CARDS = "cards"  # cards are being written
    ASIDE = "aside"
    WAITING = "waiting"
    CLOSED = "closed"


class Camera(StrEnum):
    """Who may see the picture."""

    ALL = "all"
    SMALL = "small"  # back: small, at the edge
    LEADERS = "leaders"  # back: leaders only
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything one person may do at this moment."""

    speak: bool = False
    hear: bool = False
    camera: Camera = Camera.NONE
    hand: bool = False
    card: bool = False
    signal: bool = False
    voice: bool = False  # take a person of the case now
    why: Why | None = None  # set exactly when speak is False


_right = lru_cache(maxsize=256)(Rights)  # few differ, many are asked for
_WAITING = Rights(why=Why.WAITING)
_CLOSED = Rights(why=Why.CLOSED)
_ASIDE = Rights(why=Why.ASIDE)
_ALL_SPEAK = Rights(speak=True, hear=True, camera=Camera.ALL)
_RING = Rights(hear=True, camera=Camera.ALL, why=Why.RING)
_PICTURE = {Picture.SMALL: Camera.SMALL, Picture.LEADERS: Camera.LEADERS, Picture.CLOSED: Camera.NONE}


def rights(session: Session, volatile: Volatile, person: PersonId) -> Rights:
    """What one person may do now; whom the session does not know may do nothing."""
    known = session.people.get(person)
    if known is None or not known.seated or session.status is Status.LOBBY:
        return _CLOSED if session.status is Status.CLOSED else _WAITING
    match session.status:
        case Status.CLOSED:
            return _CLOSED
        case Status.LINGERING:
            return _ALL_SPEAK
        case Status.PAUSED | Status.RUNNING:
            return _seated(session, volatile, person, known)
        case _:
            assert_never(session.status)


def all_rights(session: Session, volatile: Volatile) -> Mapping[PersonId, Rights]:
    """The rights of everybody the session knows."""
    return {who: rights(session, volatile, who) for who in session.people}


def _seated(session: Session, volatile: Volatile, who: PersonId, person: Person) -> Rights:
    if who in (volatile.aside, session.aside_leader):
        return _ASIDE
    now = phase(session)
    if person.seat in RING_SEATS:
        speaks = session.status is Status.RUNNING and _in_group(session, who, person, now)
        return _ALL_SPEAK if speaks else _RING
    if who == back(session):
        return _back(session)
    if session.status is Status.PAUSED:
        return _ALL_SPEAK
    return _in_circle(session, who, person, now)


def _back(session: Session) -> Rights:
    """Hears and sees everybody; speaks only while called in."""
    called = session.word.called_at is not None
    picture = session.script.picture if session.script else Picture.SMALL
    return _right(called, True, _PICTURE[picture], False, False, False, False, None if called else Why.BACK)


def _in_circle(session: Session, who: PersonId, person: Person, now: Phase) -> Rights:
    leader = has_leader_seat(session, who) and not presents_only(session, who)
    why = None if leader else _why_silent(session, who, person, now)
    writing = session.word.cards is CardsState.WRITING
    hand = not leader and not writing and _hands_exist(session, who)
    signal = not leader and signals_are_open(session)
    voice = now.voices and why is None and not writing and (not session.word.ring or session.word.ring[0] == who)
    return _right(why is None, True, Camera.ALL, hand, writing, signal, voice, why)


def _why_silent(session: Session, who: PersonId, person: Person, now: Phase) -> Why | None:
    """Why a person in the circle who does not lead may not speak now."""
    word = session.word
    if word.cards is CardsState.WRITING:
        return Why.CARDS
    match word.floor:
        case Floor.OPEN:
            return None
        case Floor.ASKED:
            return None if who in (word.holder, presenter(session)) else Why.ASKED
        case Floor.PRESENTER:
            return None if who == presenter(session) else Why.PRESENTER_FLOOR
        case Floor.LEADERS:
            return Why.LEADERS_FLOOR
        case Floor.ROUND:
            return None if word.ring and word.ring[0] == who else Why.ROUND
        case Floor.GROUP:
            return None if _in_group(session, who, person, now) else Why.GROUP_FLOOR
        case _:
            assert_never(word.floor)


def _hands_exist(session: Session, who: PersonId) -> bool:
    floor = session.word.floor
    return floor is Floor.OPEN or (floor is Floor.ASKED and who != presenter(session))


def signals_are_open(session: Session) -> bool:
    """After the opening, where the script has them, while the clock runs."""
    if session.script is None or session.place is None or session.status is not Status.RUNNING:
        return False
    return session.script.signals and session.place.part is not Part.OPENING and phase(session).signals


_GROUP_SEATS = {
    ReviewGroup.LEADER: frozenset({Seat.LEADER}),
    ReviewGroup.CO_LEADER: frozenset({Seat.CO_LEADER}),
    ReviewGroup.MEMBERS: frozenset({Seat.MEMBER, Seat.GUEST}),
    ReviewGroup.OBSERVERS: frozenset({Seat.OBSERVER}),
    ReviewGroup.TRAINER: frozenset({Seat.TRAINER}),
}


def _in_group(session: Session, who: PersonId, person: Person, now: Phase) -> bool:
    """Whether it is this person's group that has the word in a review."""
    if now.group is None:
        return False
    if now.group is ReviewGroup.PRESENTER:
        return who == presenter(session)
    return person.seat in _GROUP_SEATS[now.group]
