"""An event happens to a session. No choices here: what the log says has been decided.

Some laws are no events of their own, since they follow from one: hands die with the phase, the next asker follows the
last, a lost turn-holder is skipped, a voice ends with the turn. They stand here, once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Any, assert_never

from openbalint.protocol import events as e
from openbalint.protocol.commands import PersonId
from openbalint.protocol.scripts import Floor, PhaseKind, Place, phase_at
from openbalint.protocol.state import (
    CardsState,
    Case,
    Clock,
    Figure,
    Person,
    Session,
    Status,
    Word,
    going,
    here,
    leader_is_here,
)

EMPTY = Session()


def fold(events: Iterable[e.Event]) -> Session:
    """The session that a log makes."""
    return reduce(apply, events, EMPTY)


def apply(session: Session, event: e.Event) -> Session:
    """The session after one event."""
    after = _happen(session, event)
    after = replace(after, seq=session.seq + 1, last_at=event.at, first_at=session.first_at or event.at)
    return _watch_leaders(after, event.at) if isinstance(event, _MOVES_LEADERS) else after


def _happen(session: Session, event: e.Event) -> Session:
    match event:
        case e.HandSet() | e.TurnEnded() | e.VoiceTaken() | e.VoiceDropped() | e.VoiceTicked():
            return _on_the_floor(session, event)
        case e.RoundStarted() | e.FloorOpened() | e.CalledIn() | e.CallEnded() | e.CueShown() | e.SilenceSet():
            return _on_the_floor(session, event)
        case e.CardsOpened() | e.CardsTurned() | e.CardsPutAway() | e.Invited():
            return _on_the_floor(session, event)
        case e.Arrived() | e.Returned() | e.Disconnected() | e.Lost() | e.Left() | e.TickedIn() | e.TickedOut():
            return _on_presence(session, event)
        case e.Admitted() | e.Seated() | e.SentOut() | e.LockSet() | e.AssistantNamed() | e.DoorSet() | e.LeadPassed():
            return _at_the_door(session, event)
        case e.PhaseEntered() | e.Paused() | e.Resumed() | e.Extended() | e.CasesSet() | e.Started() | e.Ended():
            return _on_the_clock(session, event)
        case e.Adopted() | e.Planned() | e.LeftAlone() | e.Closed():
            return _on_the_clock(session, event)
        case e.OfferSet() | e.PresenterNamed() | e.FigureAdded() | e.FigureRemoved():
            return _on_the_case(session, event)
        case e.SignalsCounted() | e.TurnReported():
            return session
        case _:
            assert_never(event)


# ── who is there ─────────────────────────────────────────────────────────────────────────────────────────────

_PresenceEvent = e.Arrived | e.Returned | e.Disconnected | e.Lost | e.Left | e.TickedIn | e.TickedOut


def _on_presence(session: Session, event: _PresenceEvent) -> Session:
    match event:
        case e.Arrived(person=who):
            return _with_person(session, who, _arrived(session.people.get(who), event))
        case e.Returned(person=who):
            return _change(session, who, connected=True, gone_at=None, lost=False, left=False)
        case e.Disconnected(at, who):
            waits = None if session.people[who].in_room or session.people[who].lost else at
            return _change(session, who, connected=False, gone_at=waits)
        case e.Lost(person=who):
            return _silence(_change(session, who, gone_at=None, lost=True), who)
        case e.Left(person=who):
            gone = _change(session, who, connected=False, gone_at=None, lost=True, left=True, in_room=False)
            return _silence(gone, who)
        case e.TickedIn(person=who):
            present = {"in_room": True, "admitted": True, "sent_out": False, "lost": False, "left": False}
            return _change(session, who, gone_at=None, **present)
        case e.TickedOut(person=who):
            return _ticked_out(session, who)
        case _:
            assert_never(event)


def _arrived(known: Person | None, event: e.Arrived) -> Person:
    person = known or Person(event.seat, event.profession)
    lost = not event.device and not person.in_room and (known is None or person.lost)
    return replace(
        person,
        seat=event.seat,
        profession=event.profession,
        connected=event.device or (known is not None and person.connected),
        gone_at=None if event.device else person.gone_at,
        lost=lost,
        left=False,
    )


def _ticked_out(session: Session, who: PersonId) -> Session:
    if session.people[who].connected:
        return _change(session, who, in_room=False)
    return _silence(_change(session, who, in_room=False, lost=True, left=True), who)


def _with_person(session: Session, who: PersonId, person: Person) -> Session:
    return replace(session, people={**session.people, who: person})


def _change(session: Session, who: PersonId, **changes: Any) -> Session:
    return _with_person(session, who, replace(session.people[who], **changes))


def _silence(session: Session, who: PersonId) -> Session:
    """Who is not here has no hand, no turn and no voice."""
    word = session.word
    speaking = {person: figure for person, figure in word.speaking.items() if person != who}
    hands = tuple(person for person in word.hands if person != who)
    session = replace(session, word=replace(word, hands=hands, speaking=speaking))
    return _turn_over(session, who) if who == turn_of(word) else session


def turn_of(word: Word) -> PersonId | None:
    """Whose turn it is: in the round, or where the floor is asked."""
    return word.ring[0] if word.ring else word.holder


# ── the door, and who leads ──────────────────────────────────────────────────────────────────────────────────

_DoorEvent = e.Admitted | e.Seated | e.SentOut | e.LockSet | e.AssistantNamed | e.DoorSet | e.LeadPassed


def _at_the_door(session: Session, event: _DoorEvent) -> Session:
    match event:
        case e.Admitted(person=who):
            return _change(session, who, admitted=True, sent_out=False)
        case e.Seated(person=who):
            session = _change(session, who, seated=True, sent_out=False)
            return session if who in session.chairs else replace(session, chairs=(*session.chairs, who))
        case e.SentOut(person=who):
            return _sent_out(session, who)
        case e.LockSet(locked=locked):
            return replace(session, locked=locked)
        case e.AssistantNamed(person=whom):
            return replace(session, assistant=whom, assistant_door=False)
        case e.DoorSet(to_assistant=given):
            return replace(session, assistant_door=given)
        case e.LeadPassed(person=who):
            return replace(session, lead=who)
        case _:
            assert_never(event)


def _sent_out(session: Session, who: PersonId) -> Session:
    session = _change(session, who, seated=False, admitted=False, sent_out=True, in_room=False)
    if not session.people[who].connected:
        session = _change(session, who, lost=True, gone_at=None)
    assists = session.assistant == who
    return replace(
        _silence(session, who),
        named=None if session.named == who else session.named,
        offers=tuple(person for person in session.offers if person != who),
        assistant=None if assists else session.assistant,
        assistant_door=session.assistant_door and not assists,
    )


# ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────

_ClockEvent = (
    e.PhaseEntered
    | e.Paused
    | e.Resumed
    | e.Extended
    | e.CasesSet
    | e.Started
    | e.Ended
    | e.Adopted
    | e.Planned
    | e.LeftAlone
    | e.Closed
)


def _on_the_clock(session: Session, event: _ClockEvent) -> Session:
    match event:
        case e.PhaseEntered():
            return _enter(session, event)
        case e.Paused():
            return _pause(session, event)
        case e.Resumed(at):
            return _resume(session, at)
        case e.Extended(minutes=minutes):
            return _extend(session, minutes)
        case e.CasesSet(cases=cases):
            return replace(session, cases=cases)
        case e.Started(at, script, lead):
            return replace(session, script=script, cases=script.cases, lead=lead, started_at=at)
        case e.Ended(at):
            return replace(session, status=Status.LINGERING, ended_at=at, word=Word(), **_NO_PAUSE, **_LED)
        case e.Adopted():
            return _adopt(session, event)
        case e.Planned(planned_at=planned_at):
            return replace(session, planned_at=planned_at)
        case e.LeftAlone():
            return replace(session, left_alone=True)
        case e.Closed(at):
            return replace(session, status=Status.CLOSED, closed_at=at, word=Word())
        case _:
            assert_never(event)


_NO_PAUSE: dict[str, Any] = {"pause": None, "aside_leader": None}
_LED: dict[str, Any] = {"no_leader_at": None, "left_alone": False}


def _enter(session: Session, event: e.PhaseEntered) -> Session:
    if session.script is None:
        raise LookupError("a phase before the start")
    place = Place(event.part, event.case, event.index)
    phase = phase_at(session.script, place)
    session = replace(
        session,
        status=Status.RUNNING,
        place=place,
        entry=session.entry + 1,
        clock=Clock(phase.minutes, event.at, event.at + timedelta(minutes=phase.minutes)),
        word=Word(floor=next((floor for floor in phase.floors if floor is not Floor.ROUND), Floor.OPEN)),
        **_NO_PAUSE,
    )
    return _begin_case(session) if phase.kind is PhaseKind.TELLING and place.case not in session.told else session


def _begin_case(session: Session) -> Session:
    """Telling fixes the presenter; their profession names the empty place."""
    if session.named is None or session.place is None:
        raise LookupError("a case without a presenter")
    own = Figure(1, session.people[session.named].profession)
    told = Case(session.named, own=1, figures=(own,), last_number=1)
    return replace(session, told={**session.told, session.place.case: told}, named=None, offers=())


def _clock(session: Session) -> Clock:
    if session.clock is None:
        raise LookupError("no clock before the start")
    return session.clock


def _pause(session: Session, event: e.Paused) -> Session:
    session = replace(session, pause=event.reason, aside_leader=event.leader)
    if not leader_is_here(session):
        session = replace(session, no_leader_at=event.at, left_alone=False)
    clock = _clock(session)
    if clock.ends_at is None:
        return session
    return replace(
        session,
        status=Status.PAUSED,
        clock=replace(clock, ends_at=None, left=clock.ends_at - event.at),
        word=replace(session.word, invited=None, invited_at=None, called_at=None, silent=False, speaking={}),
    )


def _resume(session: Session, at: datetime) -> Session:
    clock = _clock(session)
    clock = replace(clock, ends_at=at + (clock.left or timedelta()), left=None)
    return replace(session, status=Status.RUNNING, clock=clock, **_NO_PAUSE)


def _extend(session: Session, minutes: int) -> Session:
    clock = _clock(session)
    more = timedelta(minutes=minutes - clock.minutes)
    ends_at = None if clock.ends_at is None else clock.ends_at + more
    left = None if clock.left is None else clock.left + more
    return replace(session, clock=replace(clock, minutes=minutes, ends_at=ends_at, left=left))


def _adopt(session: Session, event: e.Adopted) -> Session:
    """All devices are gone since; phase clock and open deadlines stood still between."""
    gap = max(event.at - max(event.since, session.last_at or event.since), timedelta())
    people = {who: _unplugged(person, event.at, gap) for who, person in session.people.items()}
    word = replace(
        session.word,
        called_at=_later(session.word.called_at, gap),
        invited_at=_later(session.word.invited_at, gap),
    )
    clock = session.clock and replace(session.clock, ends_at=_later(session.clock.ends_at, gap))
    return replace(
        session,
        people=people,
        word=word,
        clock=clock,
        no_leader_at=_later(session.no_leader_at, gap),
        ended_at=_later(session.ended_at, gap),
    )


def _later(at: datetime | None, gap: timedelta) -> datetime | None:
    return None if at is None else at + gap


def _unplugged(person: Person, at: datetime, gap: timedelta) -> Person:
    if person.connected:
        return replace(person, connected=False, gone_at=None if person.in_room else at)
    return replace(person, gone_at=_later(person.gone_at, gap))


# ── the floor ────────────────────────────────────────────────────────────────────────────────────────────────

_FloorEvent = (
    e.HandSet
    | e.TurnEnded
    | e.VoiceTaken
    | e.VoiceDropped
    | e.VoiceTicked
    | e.RoundStarted
    | e.FloorOpened
    | e.CalledIn
    | e.CallEnded
    | e.CueShown
    | e.SilenceSet
    | e.CardsOpened
    | e.CardsTurned
    | e.CardsPutAway
    | e.Invited
)


def _on_the_floor(session: Session, event: _FloorEvent) -> Session:
    match event:
        case e.HandSet(person=who, raised=raised):
            return _hand(session, who, raised=raised)
        case e.TurnEnded(person=who):
            return _turn_over(session, who)
        case e.VoiceTaken(person=who, figure=figure):
            session = _word(session, speaking={**session.word.speaking, who: figure})
            return _count_voice(session, session.place.case if session.place else 0, figure)
        case e.VoiceDropped(person=who):
            return _word(session, speaking=_without(session.word, who))
        case e.VoiceTicked(case=case, figure=figure):
            return _count_voice(session, case, figure)
        case e.RoundStarted(ring=ring):
            return _word(session, floor=Floor.ROUND, ring=ring, hands=(), holder=None, speaking={})
        case e.FloorOpened():
            return _word(
                session, floor=Floor.OPEN, ring=(), speaking={} if session.word.ring else session.word.speaking
            )
        case e.CalledIn(at):
            return _word(session, called_at=at)
        case e.CallEnded():
            return _word(session, called_at=None)
        case e.CueShown(code=code):
            return _word(session, cue=code)
        case e.SilenceSet(silent=silent):
            return _word(session, silent=silent)
        case e.CardsOpened():
            return _open_cards(session)
        case e.CardsTurned():
            return _word(session, cards=CardsState.TURNED)
        case e.CardsPutAway():
            return _word(session, cards=CardsState.NONE)
        case e.Invited(at, part, case, index):
            return _word(session, invited=Place(part, case, index), invited_at=at)
        case _:
            assert_never(event)


def _word(session: Session, **changes: Any) -> Session:
    return replace(session, word=replace(session.word, **changes))


def _without(word: Word, who: PersonId) -> dict[PersonId, int]:
    return {person: figure for person, figure in word.speaking.items() if person != who}


def _hand(session: Session, who: PersonId, *, raised: bool) -> Session:
    """The first hand gets the floor by itself when nobody has it."""
    word = session.word
    if raised and word.floor is Floor.ASKED and word.holder is None:
        return _word(session, holder=who)
    others = tuple(person for person in word.hands if person != who)
    return _word(session, hands=(*others, who) if raised else others)


def _turn_over(session: Session, who: PersonId) -> Session:
    word = replace(session.word, speaking=_without(session.word, who))
    if word.floor is Floor.ASKED:
        word = replace(word, holder=word.hands[0] if word.hands else None, hands=word.hands[1:])
    else:
        ring = word.ring[1:]
        while ring and not here(session, ring[0]):  # a lost one is skipped
            ring = ring[1:]
        word = replace(word, ring=ring, floor=Floor.ROUND if ring else Floor.OPEN)
    return replace(session, word=word)


def _open_cards(session: Session) -> Session:
    """The floor is the leaders' while cards are written: no round, hand or voice outlives that."""
    floor = Floor.OPEN if session.word.floor is Floor.ROUND else session.word.floor
    nobody: dict[str, Any] = {"ring": (), "hands": (), "holder": None, "speaking": {}}
    return _word(session, cards=CardsState.WRITING, floor=floor, **nobody)


# ── the case ─────────────────────────────────────────────────────────────────────────────────────────────────


def _on_the_case(session: Session, event: e.OfferSet | e.PresenterNamed | e.FigureAdded | e.FigureRemoved) -> Session:
    match event:
        case e.OfferSet(person=who, offered=offered):
            others = tuple(person for person in session.offers if person != who)
            named = None if session.named == who and not offered else session.named
            return replace(session, offers=(*others, who) if offered else others, named=named)
        case e.PresenterNamed(person=whom):
            return replace(session, named=whom)
        case e.FigureAdded(code=code):
            number, told = _present_case(session)
            figures = (*told.figures, Figure(told.last_number + 1, code))
            return _tell(session, number, replace(told, figures=figures, last_number=told.last_number + 1))
        case e.FigureRemoved(figure=gone):
            number, told = _present_case(session)
            return _tell(session, number, replace(told, figures=tuple(f for f in told.figures if f.number != gone)))
        case _:
            assert_never(event)


def _present_case(session: Session) -> tuple[int, Case]:
    number = session.place.case if session.place else 0
    return number, session.told[number]


def _tell(session: Session, number: int, told: Case) -> Session:
    return replace(session, told={**session.told, number: told})


def _count_voice(session: Session, number: int, figure: int) -> Session:
    told = session.told[number]
    figures = tuple(replace(f, voices=f.voices + 1) if f.number == figure else f for f in told.figures)
    return _tell(session, number, replace(told, figures=figures))


# ── leaders ──────────────────────────────────────────────────────────────────────────────────────────────────

_MOVES_LEADERS = (
    e.Arrived,
    e.Returned,
    e.Lost,
    e.Left,
    e.TickedIn,
    e.TickedOut,
    e.Seated,
    e.SentOut,
    e.PhaseEntered,
    e.Resumed,
)


def _watch_leaders(session: Session, at: datetime) -> Session:
    """Since when nobody leads; a leader's coming back cancels the clock's end."""
    if not going(session):
        return session
    if leader_is_here(session):
        return replace(session, **_LED) if session.no_leader_at or session.left_alone else session
    return session if session.no_leader_at else replace(session, no_leader_at=at)
