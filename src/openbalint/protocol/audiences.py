"""Who sees what: the privacy filter. Everything that leaves the engine for people's eyes leaves here.

Which audience a person has follows from the state at every step. A view is built up from what the audience may see;
nothing is built and then taken away. What only leaders see is in ``View.leaders``.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from openbalint.protocol import ways
from openbalint.protocol.commands import FigureCode, PersonId
from openbalint.protocol.kept import Grounds, Kept
from openbalint.protocol.leaders import figures_of, leaders_part, where_it_is
from openbalint.protocol.rights import Rights, microphone_is_open, signals_are_open
from openbalint.protocol.room import Room
from openbalint.protocol.scripts import (
    Floor,
    Method,
    Part,
    Phase,
    PhaseKind,
    Place,
    Script,
    block,
    is_response,
)
from openbalint.protocol.state import (
    Case,
    Person,
    Session,
    Status,
    assists,
    back,
    case,
    circle,
    going,
    has_leader_seat,
    holds_newcomers,
    in_case,
    leader_is_here,
    outer_ring,
    phase,
    presenter,
    presenter_here,
    presents_only,
    speaking_at,
)
from openbalint.protocol.views import (
    Audience,
    Away,
    CardsState,
    CardsView,
    DoorStage,
    PhaseView,
    RoundView,
    SeatView,
    SharedView,
    SoundView,
    View,
)

_NO_RIGHTS = Rights()


def audience_of(room: Room, person: PersonId) -> Audience | None:
    """Which view somebody gets now; None: nothing (gone, unknown, or all is over)."""
    session = room.session
    known = session.people.get(person)
    if known is None:
        return None
    if session.status is Status.CLOSED:  # also who was lost at the end: the leaders' view is for when they are back
        keeps = room.volatile.kept_until is not None and known.seated and has_leader_seat(session, person)
        return Audience.LEADERS if keeps else None
    if not (known.connected or known.here):
        return None
    if not known.seated:
        lobby = session.status is Status.LOBBY
        return Audience.LEADERS if lobby and has_leader_seat(session, person) else Audience.DOOR
    if has_leader_seat(session, person):
        return Audience.CIRCLE if presents_only(session, person) else Audience.LEADERS
    return Audience.ASSISTANT if assists(session, person) else Audience.CIRCLE


def audiences(room: Room, kept: Kept) -> Mapping[PersonId, Audience]:
    """`audience_of` everybody who has one. ``kept``: of former views of this room, to save work."""
    session = room.session
    grounds = (*where_it_is(session), session.people, session.assistant, room.volatile.kept_until)
    return kept.on(grounds, _audiences, room)


def _audiences(room: Room) -> Mapping[PersonId, Audience]:
    of_all = ((who, audience_of(room, who)) for who in room.session.people)
    return {who: audience for who, audience in of_all if audience is not None}


def view(room: Room, audience: Audience, *, now: datetime, kept: Kept | None = None) -> View:
    """The whole of what an audience sees. ``kept``: of former views of this room, to save work."""
    session, kept = room.session, kept or Kept()
    if audience is Audience.DOOR:
        return _door(session)
    over = audience is Audience.SCREEN and session.status is Status.CLOSED  # nothing is left on the wall
    if session.script is None or session.place is None or over:
        return View(audience, _seq(session, audience), session.status, leaders=leaders_part(room, audience, now, kept))
    if audience is Audience.SCREEN:
        return _screen(room, session.script, session.place)
    return _inside(room, audience, session.script, session.place, now, kept)


def _seq(session: Session, audience: Audience) -> int:
    """How many events there are, for leaders: to the others it would tell that something happened which they do not see."""
    return session.seq if audience is Audience.LEADERS else 0


# ── outside ──────────────────────────────────────────────────────────────────────────────────────────────────


def _door(session: Session) -> View:
    """Where the group is, and no more: no names, no counts, not even of events."""
    status = Status.RUNNING if going(session) else session.status
    return View(
        Audience.DOOR,
        seq=0,
        status=status,
        leader_here=leader_is_here(session),  # so that "I need to stop" can say who will see it
        locked=session.locked,
        stage=_stage(session),
        held=going(session) and holds_newcomers(session),
        begins=session.planned_at if status is Status.LOBBY else None,
    )


def _stage(session: Session) -> DoorStage:
    if not going(session):
        return DoorStage(session.status.value)
    if back(session) is not None:
        return DoorStage.OUT
    now = phase(session)
    if now.kind in (PhaseKind.OPENING, PhaseKind.CALL):
        return DoorStage.OPEN
    if now.kind is PhaseKind.BREAK:
        return DoorStage.BREAK
    return DoorStage.CASE if in_case(session) else DoorStage.CLOSING


def _screen(room: Room, script: Script, place: Place) -> View:
    """The big screen in the room: the phase and the chairs."""
    session = room.session
    way, now = _strip(session, script, place)
    circle, ring = _chairs(room, bare=True)
    return View(
        Audience.SCREEN,
        0,
        session.status,
        method=script.method,
        case=place.case,
        way=way,
        now=now,
        circle=circle,
        ring=ring,
        back=back(session) is not None,
        silent=session.word.silent,
        dim=_dim(session),
        place=_place(script, case(session)),
    )


# ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────


def _inside(room: Room, audience: Audience, script: Script, place: Place, now: datetime, kept: Kept) -> View:
    session = room.session
    told, counted = case(session), audience is Audience.LEADERS
    return View(
        audience,
        _seq(session, audience),
        session.status,
        **kept.on((session, room.volatile, room.rights), _for_all, room, script, place, kept),
        figures=figures_of(script, told, counted=counted),
        cards=_cards(room, counted=counted),
        leaders=leaders_part(room, audience, now, kept),
    )


def _for_all(room: Room, script: Script, place: Place, kept: Kept) -> dict[str, Any]:
    """What everybody inside sees alike, by the fields of the view."""
    session, word, where = room.session, room.session.word, where_it_is(room.session)
    here = (session.people, session.chairs, session.lead, session.assistant, session.assistant_door, session.locked)
    grounds = (*where, *here, session.entry, session.named, session.offers)
    circle, ring = kept.on((*where, *_who(room)), _chairs, room)
    return {
        **kept.on(grounds, _standing, session, script, place),
        "floor": word.floor if session.status is Status.RUNNING else None,
        "circle": circle,
        "ring": ring,
        "invited": word.invited is not None,
        "called_in": word.called_at is not None,
        "silent": word.silent,
        "dim": _dim(session),
        "holder": word.holder,
        "queue": word.hands,
        "round": _round(word.ring),
        "cue": word.cue,
        "cue_words": next((one.cue for one in script.interventions if one.code is word.cue), None),
        "sound": kept.on(_who(room), _sound, room),
    }


def _standing(session: Session, script: Script, place: Place) -> dict[str, Any]:
    """What stays while people speak: the phase, the case, and who is there."""
    told, (way, now), running = case(session), _strip(session, script, place), session.status is Status.RUNNING
    return {
        "method": script.method,
        "entry": session.entry,
        "case": place.case,
        "way": way,
        "now": now,
        "floors": _floors(script, phase(session)),
        "presenter": told.presenter if told else session.named,
        "named": session.named,
        "back": back(session) is not None,
        "presenter_here": told is None or presenter_here(session, place.case),
        "place": _place(script, told),
        "offers": session.offers,
        "naming": ways.naming_is_open(session),
        "signals_open": signals_are_open(session),
        "check_out_open": session.status is Status.LINGERING or (going(session) and place.part is Part.CLOSING),
        "assistant": session.assistant,
        "assistant_door": session.assistant_door,
        "leader_here": leader_is_here(session),
        "locked": session.locked,
        "may_voice": running and phase(session).voices,
    }


def _who(room: Room) -> Grounds:
    """What the people of a view rest on, beside where the session is."""
    session, volatile = room.session, room.volatile
    seats = (session.people, session.chairs, session.lead, session.aside_leader, session.silenced, session.shared)
    spoken = (room.rights, session.word.speaking, volatile.aside, volatile.around, volatile.shared_speakers)
    return (*seats, *spoken)


def _sound(room: Room) -> SoundView:
    """Who does not hear, who is silenced, which microphones are shared. Who has gone is not named."""
    session, rights, marked = room.session, room.rights, room.volatile.shared_speakers
    there = {who for who, person in session.people.items() if person.seated and person.here}
    return SoundView(
        cannot_hear=tuple(who for who in session.chairs if who in there and _is_deaf(session.people[who])),
        silenced=tuple(who for who in session.silenced if who in there),
        shared=tuple(
            SharedView(who, people, speaking_at(session, marked, who), microphone_is_open(session, rights, who))
            for who, people in session.shared.items()
            if who in there
        ),
        around={who: said for who, said in room.volatile.around.items() if who in there},
    )


def _is_deaf(person: Person) -> bool:
    """The device answers, and has no sound; of one that does not answer it is told that it is away."""
    return person.connected and person.deaf_at is not None


def _floors(script: Script, now: Phase) -> tuple[Floor, ...]:
    """What the leaders may make of the phase; where the script lets the group reply, the return can be opened."""
    replies = script.reply and now.kind is PhaseKind.RETURN and Floor.OPEN not in now.floors
    return (*now.floors, Floor.OPEN) if replies else now.floors


def _dim(session: Session) -> bool:
    return going(session) and (session.word.silent or phase(session).kind is PhaseKind.SILENCE)


def _strip(session: Session, script: Script, place: Place) -> tuple[tuple[PhaseView, ...], int | None]:
    """The opening before the first case, the present case, the closing; and where we are. How many cases follow is not told."""
    number = place.case + 1 if place.part in (Part.OPENING, Part.BREAK) else place.case
    follows = number <= session.cases  # in a break the further case may have been dropped
    steps: list[PhaseView] = []
    if number <= 1:
        steps += [_step(script, item, Part.OPENING, 0, index) for index, item in enumerate(script.opening)]
    if place.part is Part.BREAK and script.pause:
        steps.append(_step(script, script.pause, Part.BREAK, place.case, 0))
    if number and follows:
        cases = max(session.cases, 2) if place.part is Part.CASE and place.index >= len(script.case) else session.cases
        steps += [_step(script, item, Part.CASE, number, index) for index, item in enumerate(block(script, cases))]
    closing = number if follows and place.part is not Part.CLOSING else place.case
    steps += [_step(script, item, Part.CLOSING, closing, index) for index, item in enumerate(script.closing)]
    now = (place.part, place.case, place.index)
    return tuple(steps), next((i for i, step in enumerate(steps) if (step.part, step.case, step.index) == now), None)


def _step(script: Script, item: Phase, part: Part, number: int, index: int) -> PhaseView:
    return PhaseView(item.kind, part, number, index, item.out, item.group, item.cue, is_response(script, item))


def _chairs(room: Room, *, bare: bool = False) -> tuple[tuple[SeatView, ...], tuple[SeatView, ...]]:
    """The chairs of circle and outer ring; ``bare``: without rights, figures and who leads."""
    return _row(room, circle(room.session), bare=bare), _row(room, outer_ring(room.session), bare=bare)


def _row(room: Room, people: Iterable[PersonId], *, bare: bool) -> tuple[SeatView, ...]:
    session, volatile, rights = room.session, room.volatile, room.rights
    out, presents = back(session), presenter(session)
    aside = (volatile.aside, session.aside_leader)
    speaking = session.word.speaking if not bare else {}
    return tuple(
        SeatView(
            who,
            person.seat,
            _NO_RIGHTS if bare else rights[who],
            Away.ASIDE if who in aside and person.here and not bare else _away(person),
            who == out,
            person.in_room,
            speaking.get(who),
            who in speaking,
            who == session.lead and not bare,
            who == presents,
        )
        for who, person in ((who, session.people[who]) for who in people)
    )


def _away(person: Person) -> Away | None:
    if person.in_room:
        return None
    if person.lost:
        return Away.LEFT if person.left else Away.LOST
    return None if person.connected else Away.RECONNECTING


def _round(ring: tuple[PersonId, ...]) -> RoundView | None:
    return RoundView(ring, ring[0], ring[1] if len(ring) > 1 else None) if ring else None


def _place(script: Script, told: Case | None) -> FigureCode | None:
    """What the presenter's empty place is called."""
    if told is None or script.method is not Method.BALINT:
        return None
    return next((f.code for f in told.figures if f.number == told.own), None)


def _cards(room: Room, *, counted: bool) -> CardsView:
    """Unturned texts are in no view; how many there are is in the leaders'."""
    state, volatile = room.session.word.cards, room.volatile
    texts = volatile.turned if state is CardsState.TURNED else ()
    written = len(volatile.cards) if counted and state is CardsState.WRITING else None
    return CardsView(state, texts, written)
