"""What each person may do: a pure function of script, state and seat, the one source for pages, cards and media.

Rights never read the time. The only volatile input is who is aside. Nobody's rights depend on who asks for them,
on a name or on a connection: a chair keeps its rights while the person is away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import assert_never

from openbalint.protocol.commands import PersonId, Seat
from openbalint.protocol.scripts import Floor, Part, Phase, Picture, ReviewGroup
from openbalint.protocol.state import (
    LEADER_SEATS,
    RING_SEATS,
    CardsState,
    Person,
    Session,
    Status,
    back,
    going,
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
    SILENCED = "silenced"  # by a leader, for now
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


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is the same for everybody now; made once for a whole circle."""

    session: Session
    aside: tuple[PersonId | None, PersonId | None]
    phase: Phase | None  # None: nobody's rights depend on a phase now
    presenter: PersonId | None
    back: PersonId | None
    writing: bool
    signals: bool


def _moment(session: Session, volatile: Volatile) -> _Moment:
    if not going(session):
        return _Moment(session, (None, None), None, None, None, writing=False, signals=False)
    return _Moment(
        session,
        (volatile.aside, session.aside_leader),
        phase(session),
        presenter(session),
        back(session),
        writing=session.word.cards is CardsState.WRITING,
        signals=signals_are_open(session),
    )


def rights(session: Session, volatile: Volatile, person: PersonId) -> Rights:
    """What one person may do now; whom the session does not know may do nothing."""
    return _rights(_moment(session, volatile), person)


def grounds(session: Session, volatile: Volatile) -> tuple[object, ...]:
    """All that rights rest on: while these are the very same, so are the rights of everybody."""
    word = session.word
    return (
        session.status,
        session.script,
        session.place,
        session.people,
        session.told,
        session.silenced,
        session.aside_leader,
        volatile.aside,
        word.floor,
        word.holder,
        word.ring,
        word.cards,
        word.called_at,
    )


def all_rights(session: Session, volatile: Volatile) -> Mapping[PersonId, Rights]:
    """The rights of everybody the session knows."""
    moment = _moment(session, volatile)
    return {who: _rights(moment, who) for who in session.people}


def _rights(moment: _Moment, who: PersonId) -> Rights:
    has = _unsilenced(moment, who)
    if not has.speak or who not in moment.session.silenced:
        return has
    return replace(has, speak=False, voice=False, why=Why.SILENCED)


def _unsilenced(moment: _Moment, who: PersonId) -> Rights:
    session = moment.session
    known = session.people.get(who)
    if session.status is Status.CLOSED:
        return _CLOSED
    if known is None or not known.seated or session.status is Status.LOBBY:
        return _WAITING
    if moment.phase is None:
        return _ALL_SPEAK  # lingering
    if who in moment.aside:
        return _ASIDE
    if known.seat in RING_SEATS:
        speaks = session.status is Status.RUNNING and _in_group(moment.phase, who, known, moment.presenter)
        return _ALL_SPEAK if speaks else _RING
    if who == moment.back:
        return _back(session)
    return _ALL_SPEAK if session.status is Status.PAUSED else _in_circle(moment, moment.phase, who, known)


def _back(session: Session) -> Rights:
    """Hears and sees everybody; speaks only while called in."""
    called = session.word.called_at is not None
    picture = session.script.picture if session.script else Picture.SMALL
    return _right(called, True, _PICTURE[picture], False, False, False, False, None if called else Why.BACK)


def _in_circle(moment: _Moment, now: Phase, who: PersonId, person: Person) -> Rights:
    word = moment.session.word
    if person.seat in LEADER_SEATS and not presents_only(moment.session, who):
        voice = now.voices and not moment.writing and not word.ring  # in a round only on one's turn
        return _right(True, True, Camera.ALL, False, moment.writing, False, voice, None)
    why = _why_silent(moment, now, who, person)
    hand = (
        person.seat not in LEADER_SEATS
        and not moment.writing
        and (word.floor is Floor.OPEN or (word.floor is Floor.ASKED and who != moment.presenter))
    )
    voice = now.voices and why is None
    return _right(why is None, True, Camera.ALL, hand, moment.writing, moment.signals, voice, why)


def _why_silent(moment: _Moment, now: Phase, who: PersonId, person: Person) -> Why | None:
    """Why a person in the circle who does not lead may not speak now."""
    word = moment.session.word
    if moment.writing:
        return Why.CARDS
    match word.floor:
        case Floor.OPEN:
            return None
        case Floor.ASKED:
            return None if who in (word.holder, moment.presenter) else Why.ASKED
        case Floor.PRESENTER:
            return None if who == moment.presenter else Why.PRESENTER_FLOOR
        case Floor.LEADERS:
            return Why.LEADERS_FLOOR
        case Floor.ROUND:
            return None if word.ring and word.ring[0] == who else Why.ROUND
        case Floor.GROUP:
            return None if _in_group(now, who, person, moment.presenter) else Why.GROUP_FLOOR
        case _:
            assert_never(word.floor)


_NOBODY: frozenset[PersonId] = frozenset()


def speakers(session: Session, rights: Mapping[PersonId, Rights]) -> frozenset[PersonId]:
    """Who may speak while the clock of a phase runs."""
    if session.status is not Status.RUNNING:
        return _NOBODY
    return frozenset(who for who, has in rights.items() if has.speak)


def microphone_is_open(session: Session, rights: Mapping[PersonId, Rights], who: PersonId) -> bool:
    """Whether the microphone of somebody's device may be open: somebody who sits there may speak."""
    there = (who, *session.shared.get(who, ()))
    return who not in session.silenced and any(rights[one].speak for one in there if one in rights)


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


def _in_group(now: Phase, who: PersonId, person: Person, presenter_id: PersonId | None) -> bool:
    """Whether it is this person's group that has the word in a review."""
    if now.group is None:
        return False
    if now.group is ReviewGroup.PRESENTER:
        return who == presenter_id
    return person.seat in _GROUP_SEATS[now.group]
