"""The properties of a session, by name. Each is asked about every moment of every walk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from openbalint.protocol import commands as c, events as e, ways
from openbalint.protocol.record import record
from openbalint.protocol.rights import Camera, Why, all_rights
from openbalint.protocol.scripts import Floor, Part, Picture, has_break, phase_at
from openbalint.protocol.session import RefusedError, Status, fold, next_deadline, rights, step, view
from openbalint.protocol.state import (
    LEADER_SEATS,
    RING_SEATS,
    CardsState,
    back,
    chairs_taken,
    going,
    has_leader_seat,
    here,
    holds_newcomers,
    in_span,
    leader_is_here,
    leaders_here,
    leads,
    phase,
    presenter,
)
from openbalint.protocol.table import CHANGES
from openbalint.protocol.views import Audience
from openbalint.protocol.volatile import NOTHING
from tests.protocol.walk import EVERYBODY, Moment, PropertyError, Walk, other_name, renamed

Property = Callable[[Walk, Moment], None]
PROPERTIES: dict[str, Property] = {}


def named(name: str) -> Callable[[Property], Property]:
    def register(check: Property) -> Property:
        PROPERTIES[name] = check
        return check

    return register


def check_all(walk: Walk, moment: Moment) -> None:
    for name in PROPERTIES:
        check_one(name)(walk, moment)


def check_one(name: str) -> Property:
    def check(walk: Walk, moment: Moment) -> None:
        try:
            PROPERTIES[name](walk, moment)
        except (AssertionError, RefusedError) as error:
            raise PropertyError(name, f"{error} after {moment.command}") from error

    return check


def events_of(moment: Moment) -> tuple[e.Event, ...]:
    return moment.done.events if moment.done else ()


def sender(moment: Moment) -> str | None:
    return getattr(moment.command, "by", None)


# ── the presenter ────────────────────────────────────────────────────────────────────────────────────────────


@named("a presenter who is back hears and sees, and speaks only when called in")
def _(walk, moment):
    session = walk.session
    who = back(session)
    if who is None or not session.people[who].seated or who in (walk.room.volatile.aside, session.aside_leader):
        return
    has = walk.room.rights[who]
    called = session.word.called_at is not None
    picture = {Picture.SMALL: Camera.SMALL, Picture.LEADERS: Camera.LEADERS, Picture.CLOSED: Camera.NONE}
    assert (has.hear, has.speak, has.camera) == (True, called, picture[session.script.picture])
    assert not (has.hand)
    assert not (has.card)
    assert not (has.signal)
    assert not (has.voice)
    assert has.why is (None if called else Why.BACK)
    assert who not in session.word.hands
    assert who not in session.word.speaking
    assert who not in session.word.ring
    assert not called or session.status is Status.RUNNING


@named("a presenter who is back can say: I need to stop")
def _(walk, moment):
    who = back(walk.session)
    if who and walk.session.people[who].connected:
        done = step(walk.room, c.NeedToStop(who), now=walk.now, chance=walk.chance)
        assert who in done.room.volatile.stops
        assert not done.events


@named("the presenter of a case stays the presenter of that case")
def _(walk, moment):
    told = {case: one.presenter for case, one in walk.session.told.items()}
    assert told == {case: who for case, who in walk.truths.presenters.items() if case in told}


@named("the group does not go on without the presenter")
def _(walk, moment):
    session = walk.session
    if session.status is Status.RUNNING and in_span(session):
        assert here(session, presenter(session))


@named("a lone leader is not named and does not begin to present")
def _(walk, moment):
    for event in events_of(moment):
        if isinstance(event, e.PresenterNamed) and event.person and has_leader_seat(walk.session, event.person):
            assert any(who != event.person for who in leaders_here(moment.before.session))


@named("a leader who presents gives no leader's command")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    if by and has_leader_seat(before, by) and by == presenter(before) and in_span(before) and moment.done:
        others = [who for who in leaders_here(before) if who != by]
        if others or phase(before).kind.value != "return":
            allowed = (c.Leave, c.SetHand, c.EndTurn, c.TakeVoice, c.DropVoice, c.NeedToStop, c.CheckOut, c.SendSignal)
            own = (c.SetCalledIn, c.PushBack, c.WriteCard, c.SetOffer)
            assert isinstance(moment.command, (*allowed, *own))


@named("calling in changes nobody else's rights")
def _(walk, moment):
    if any(isinstance(event, e.CalledIn | e.CallEnded) for event in events_of(moment)):
        who = presenter(moment.before.session)
        rest = {p: r for p, r in moment.before.rights.items() if p != who}
        if not isinstance(moment.command, c.Tick):
            assert rest == {p: r for p, r in walk.room.rights.items() if p != who}


@named("the next case's door is no back door to another presenter")
def _(walk, moment):
    for event in events_of(moment):
        if isinstance(event, e.PresenterNamed) and event.person:
            place = moment.before.session.place
            assert place.case not in moment.before.session.told or place.part is Part.BREAK or _supervised_end(moment)


def _supervised_end(moment):
    session = moment.before.session
    return session.script.method.value == "supervision" and session.place.index == len(session.script.case) - 1


# ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────


@named("while a leader is there, only leaders move")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    moved = [
        ev for ev in events_of(moment) if isinstance(ev, e.PhaseEntered | e.Ended | e.Resumed | e.CasesSet | e.Invited)
    ]
    if by and moved and leader_is_here(before) and before.status is not Status.LOBBY:
        invited = isinstance(moment.command, c.PushBack) and before.word.invited
        assert leads(before, by) or (invited and by in (presenter(before), before.named))


@named("two presses of one move are one move")
def _(walk, moment):
    entered = any(isinstance(event, e.PhaseEntered | e.Ended) for event in events_of(moment))
    if moment.done and entered and hasattr(moment.command, "entry"):
        again = refusal(walk, moment.command)
        assert again in {"stale", "not-now", "not-yours"}


@named("nobody is invited twice to step back")
def _(walk, moment):
    if moment.before.session.word.invited and isinstance(moment.command, c.Next):
        assert moment.done is None


@named("the step out of the circle needs an invitation")
def _(walk, moment):
    before, after = moment.before.session, walk.session
    if moment.done and back(after) and not back(before) and after.entry != before.entry:
        assert before.word.invited == after.place


def refusal(walk: Walk, command: c.Command) -> str | None:
    try:
        step(walk.room, command, now=walk.now, chance=walk.chance)
    except RefusedError as refused:
        return refused.code
    return None


@named("the closing can be reached from every phase and leads back")
def _(walk, moment):
    session = walk.session
    if not going(session) or session.place.part is Part.CLOSING:
        return
    leading = [who for who in leaders_here(session) if session.people[who].connected]
    if leading:
        case = ways.closing(session).case
        done = step(
            walk.room, c.GoTo(leading[0], session.entry, Part.CLOSING, case, 0), now=walk.now, chance=walk.chance
        )
        assert done.room.session.place.part is Part.CLOSING
        ways_back = ways.targets(done.room.session)
        home = session.place.case if session.place.case <= session.cases else case
        assert any(t.part is Part.CASE and t.case == home for t in ways_back) or not home
        assert home or any(t.part is Part.OPENING for t in ways_back)


@named("never into an earlier case, nor into the middle of another")
def _(walk, moment):
    at = moment.before.session.place
    for event in events_of(moment):
        if isinstance(event, e.PhaseEntered) and at:
            if event.part is Part.OPENING:
                assert not moment.before.session.told
                continue
            assert event.case >= min(at.case, walk.session.cases)
            assert event.case <= at.case or event.index == 0 or event.case == at.case


@named("a break of no minutes is skipped")
def _(walk, moment):
    place = walk.session.place
    assert not (place and place.part is Part.BREAK and not has_break(walk.session.script))


@named("a pause gives the rest of the time back exactly")
def _(walk, moment):
    clock, session = walk.session.clock, walk.session
    if clock is None or not going(session):
        return
    rest = clock.left if clock.ends_at is None else clock.ends_at - walk.now
    truth = timedelta(minutes=walk.truths.length, seconds=-walk.truths.ran)
    assert abs((rest - truth).total_seconds()) < 0.001


@named("an extension is one to sixty minutes more")
def _(walk, moment):
    for event in events_of(moment):
        if isinstance(event, e.Extended):
            assert 1 <= event.minutes - moment.before.session.clock.minutes <= 60


@named("the status changes only as the table says")
def _(walk, moment):
    way = (moment.before.session.status, walk.session.status)
    if moment.done and way[0] is not way[1]:
        assert type(moment.command) in CHANGES.get(way, ())


@named("nothing follows the end of the log")
def _(walk, moment):
    assert not (moment.before.session.status is Status.CLOSED and events_of(moment))


@named("the number of cases stays between those begun and five")
def _(walk, moment):
    session = walk.session
    if session.script:
        assert max([1, *session.told]) <= session.cases <= max(5, session.script.cases)


# ── the floor ────────────────────────────────────────────────────────────────────────────────────────────────


@named("who has the floor is not queued, and nobody queues twice")
def _(walk, moment):
    word = walk.session.word
    assert word.holder not in word.hands
    assert len(set(word.hands)) == len(word.hands)


@named("hands die with a round and with the phase")
def _(walk, moment):
    session = walk.session
    word = session.word
    if word.hands or word.holder:
        assert word.floor in (Floor.OPEN, Floor.ASKED)
        assert word.cards is not CardsState.WRITING
        assert word.holder is None or word.floor is Floor.ASKED
    if any(isinstance(event, e.PhaseEntered) for event in events_of(moment)):
        assert not word.hands
        assert not word.holder


@named("leaders never raise a hand, nor the presenter among the facts")
def _(walk, moment):
    session = walk.session
    hands = {*session.word.hands, session.word.holder} - {None}
    assert not any(has_leader_seat(session, who) for who in hands)
    assert session.word.floor is not Floor.ASKED or presenter(session) not in hands


@named("the first hand gets the floor by itself")
def _(walk, moment):
    word = walk.session.word
    assert not (word.floor is Floor.ASKED and word.hands and word.holder is None)


@named("who is lost has no turn, no hand and no voice")
def _(walk, moment):
    word = walk.session.word
    turn = word.ring[0] if word.ring else word.holder
    for who in {turn, *word.hands, *word.speaking} - {None}:
        assert here(walk.session, who)


@named("in a round only the one whose turn it is and the leaders may speak")
def _(walk, moment):
    session = walk.session
    if session.status is Status.RUNNING and session.word.floor is Floor.ROUND:
        turn = session.word.ring[0]
        others = {who for who, has in walk.room.rights.items() if has.speak and not leads(session, who)}
        lost_leaders = {who for who in others if has_leader_seat(session, who) and who != presenter(session)}
        called = {back(session)} if session.word.called_at else set()
        assert others - lost_leaders - called == {turn}


@named("a round goes round who is there, without leaders, once each")
def _(walk, moment):
    for event in events_of(moment):
        if isinstance(event, e.RoundStarted):
            session = moment.before.session
            assert len(set(event.ring)) == len(event.ring)
            assert all(here(session, who) and not leads(session, who) for who in event.ring)
            assert back(session) not in event.ring


@named("a voice ends with the turn, the phase and a pause")
def _(walk, moment):
    session, word = walk.session, walk.session.word
    if word.speaking:
        assert session.status is Status.RUNNING
        assert phase(session).voices
        assert word.floor is not Floor.ROUND or set(word.speaking) <= {word.ring[0]}


@named("a person of the case is there at most twice, and what is voiced stays")
def _(walk, moment):
    before = moment.before.session.told
    for case, told in walk.session.told.items():
        codes = [figure.code for figure in told.figures]
        assert all(codes.count(code) <= 2 for code in codes)
        kept = {figure.number for figure in told.figures}
        voiced = {f.number for f in before[case].figures if f.voices} if case in before else set()
        assert voiced | {told.own} <= kept


@named("observers and trainer are silent but in their own review and at the end")
def _(walk, moment):
    session = walk.session
    for who, person in session.people.items():
        if person.seat in RING_SEATS and walk.room.rights[who].speak:
            review = session.place and phase(session).group
            assert session.status is Status.LINGERING or (review and review.value.startswith(person.seat.value))


@named("in a pause all in the circle may speak but a presenter who is back")
def _(walk, moment):
    session = walk.session
    if session.status is Status.PAUSED:
        aside = {walk.room.volatile.aside, session.aside_leader}
        circle = {who for who, person in session.people.items() if person.seated and person.seat not in RING_SEATS}
        assert {who for who, has in walk.room.rights.items() if has.speak} == circle - {back(session)} - aside
        assert not any(has.hand or has.card or has.signal or has.voice for has in walk.room.rights.values())


@named("while cards are written the floor is the leaders'")
def _(walk, moment):
    session = walk.session
    if session.status is Status.RUNNING and session.word.cards is CardsState.WRITING:
        speakers = {who for who, has in walk.room.rights.items() if has.speak}
        assert all(session.people[who].seat in LEADER_SEATS or session.word.called_at for who in speakers)


# ── the door ─────────────────────────────────────────────────────────────────────────────────────────────────


@named("leaders are never held")
def _(walk, moment):
    session = walk.session
    if going(session):
        assert all(p.seated for p in session.people.values() if p.seat in LEADER_SEATS and p.here and not p.sent_out)


@named("the sixteenth chair is refused")
def _(walk, moment):
    seated = [event.person for event in events_of(moment) if isinstance(event, e.Seated)]
    circle = [who for who in seated if walk.session.people[who].seat not in RING_SEATS | LEADER_SEATS]
    assert not circle or chairs_taken(walk.session) <= 15


@named("who comes late waits for the case boundary")
def _(walk, moment):
    if isinstance(moment.command, c.Admit | c.TickIn | c.Start):
        return
    before = moment.before.session
    if holds_newcomers(before) and not any(isinstance(event, e.PhaseEntered) for event in events_of(moment)):
        seated = [event.person for event in events_of(moment) if isinstance(event, e.Seated)]
        assert all(walk.session.people[who].seat in LEADER_SEATS for who in seated)


@named("guests, observers and who was sent out come in by a hand that admits them")
def _(walk, moment):
    if isinstance(moment.command, c.Admit | c.TickIn):
        return
    for event in events_of(moment):
        if isinstance(event, e.Seated):
            person = moment.before.session.people.get(event.person) or walk.session.people[event.person]
            needs = person.seat in (c.Seat.GUEST, c.Seat.OBSERVER) or person.sent_out
            assert person.admitted or not needs


@named("the lock keeps newcomers out")
def _(walk, moment):
    before = moment.before.session
    if before.locked and not isinstance(moment.command, c.Admit | c.TickIn | c.SetLock):
        seated = [event.person for event in events_of(moment) if isinstance(event, e.Seated)]
        assert all(walk.session.people[w].seat in LEADER_SEATS or walk.session.people[w].admitted for w in seated)


@named("who has sat comes back at once, also through a lock")
def _(walk, moment):
    if isinstance(moment.command, c.Connect) and moment.command.person in walk.truths.sat and moment.done:
        person = walk.session.people[moment.command.person]
        assert (person.seated and person.here) or walk.session.status is Status.CLOSED


@named("who waits has no rights")
def _(walk, moment):
    session = walk.session
    for who, person in session.people.items():
        if not person.seated or session.status in (Status.LOBBY, Status.CLOSED):
            has = walk.room.rights[who]
            assert not (has.speak)
            assert not (has.hear)
            assert not (has.hand)
            assert not (has.card)
            assert not (has.signal)
            assert not (has.voice)
    assert not rights(session, walk.room.volatile, "eve").hear


@named("who is in the room without a device is never lost")
def _(walk, moment):
    assert not any(isinstance(event, e.Lost) and event.person in walk.truths.in_room for event in events_of(moment))
    assert all(walk.session.people[who].here for who in walk.truths.in_room if who in walk.session.people)


# ── leaders and assistant ────────────────────────────────────────────────────────────────────────────────────


@named("the lead is with a leader who is there, if there is one")
def _(walk, moment):
    session = walk.session
    if going(session) and leaders_here(session):
        assert session.lead in leaders_here(session)


@named("a lead does not come back by itself")
def _(walk, moment):
    before = moment.before.session
    if isinstance(moment.command, c.Connect) and before.lead in leaders_here(before) and going(before):
        assert walk.session.lead == before.lead


@named("the assistant, without a leader, pauses, admits, returns, closes and nothing else")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    if by and by == before.assistant and going(before) and not leader_is_here(before) and moment.done:
        moved = [event for event in moment.done.events if isinstance(event, e.PhaseEntered)]
        assert all(event.part is Part.CLOSING or event == _return(walk, event) for event in moved)
        assert not any(
            isinstance(event, e.Resumed | e.LockSet | e.SentOut | e.Extended) for event in moment.done.events
        )
        ended = any(isinstance(event, e.Ended) for event in moment.done.events)
        assert not ended or before.place.part is Part.CLOSING


def _return(walk, event):
    kind = phase_at(walk.session.script, ways.Place(event.part, event.case, event.index)).kind
    return event if kind.value == "return" else None


@named("the assistant cannot resume")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    if isinstance(moment.command, c.Resume) and moment.done:
        assert has_leader_seat(before, by)


@named("no session stays without a leader for ever")
def _(walk, moment):
    session = walk.session
    if going(session) and not leader_is_here(session):
        assert session.no_leader_at is not None
        assert next_deadline(walk.room) <= walk.now + timedelta(hours=5)
    if going(session) and leader_is_here(session):
        assert session.no_leader_at is None
        assert not session.left_alone


# ── what is typed and pressed ────────────────────────────────────────────────────────────────────────────────


@named("cards that are not turned are in no view")
def _(walk, moment):
    texts = [text for text in walk.truths.cards.values() if text]
    if texts and isinstance(moment.command, c.WriteCard):
        for audience in Audience:
            seen = view(walk.room, audience, now=walk.now)
            assert not any(text in repr(seen) for text in texts)
            assert seen.cards.written is None or audience is Audience.LEADERS


@named("no event holds a word that was typed")
def _(walk, moment):
    assert not any("typed:" in repr(event) for event in events_of(moment))


@named("a signal is shown no sooner than three seconds after it was pressed")
def _(walk, moment):
    for kind, count in walk.room.volatile.shown.items():
        ripe = sum(1 for due, pressed in walk.truths.earliest if pressed is kind and due <= walk.now)
        assert count <= ripe


@named("a phase's signals are counted once, when it ends")
def _(walk, moment):
    counted = [event for event in events_of(moment) if isinstance(event, e.SignalsCounted)]
    ended = any(isinstance(event, e.PhaseEntered | e.Ended) for event in events_of(moment))
    assert len(counted) <= 1
    assert ended or not counted
    if ended:
        pressed = moment.before.volatile.pressed
        truth = {kind: sum(1 for _, k in pressed if k is kind) for kind in {k for _, k in pressed}}
        assert (dict(counted[0].counts) if counted else {}) == truth
    if not ended and moment.done:
        assert walk.room.volatile.pressed == walk.truths.pressed


@named("who needs to stop is seen until a leader answers, and is never in the log")
def _(walk, moment):
    assert list(walk.room.volatile.stops) == walk.truths.stops or (
        walk.room.volatile.kept_until is None and walk.session.status is Status.CLOSED
    )
    if isinstance(moment.command, c.NeedToStop):
        assert not events_of(moment)


# ── views, replay, record ────────────────────────────────────────────────────────────────────────────────────


@named("the door tells no names")
def _(walk, moment):
    seen = view(walk.room, Audience.DOOR, now=walk.now)
    assert not any(f"'{who}'" in repr(seen) for who in EVERYBODY)


@named("only leaders see times, signals, check-outs and the reason of a pause")
def _(walk, moment):
    for audience in (Audience.CIRCLE, Audience.SCREEN, Audience.DOOR):
        assert view(walk.room, audience, now=walk.now).leaders is None
    part = view(walk.room, Audience.ASSISTANT, now=walk.now).leaders
    if part:
        alone = not leader_is_here(walk.session)
        assert part.times is part.signals is part.check_outs is part.line is part.pause_reason is None
        assert (part.stops is not None) is alone


@named("replaying the log gives the same session")
def _(walk, moment):
    assert walk.folded == walk.session


@named("rights follow the same people through renaming")
def _(walk, moment):
    if events_of(moment) and len(walk.log) % 23 == 0:
        session, aside = fold(map(renamed, walk.log)), walk.room.volatile.aside
        volatile = replace(NOTHING, aside=aside and other_name(aside))
        assert all_rights(session, volatile) == {other_name(who): has for who, has in walk.room.rights.items()}


@named("the record computes for every log")
def _(walk, moment):
    if events_of(moment) and len(walk.log) % 17 == 0:
        facts = record(walk.log)
        assert len(facts.phases) == sum(isinstance(event, e.PhaseEntered) for event in walk.log)
        assert {one.case for one in facts.cases} == set(walk.session.told)


@named("listened minutes are those with a connection, and no gap of twenty seconds is")
def _(walk, moment):
    if any(isinstance(event, e.PhaseEntered | e.Ended) for event in events_of(moment)):
        for one in record(walk.log).cases:
            assert abs(one.out_minutes * 60 - walk.truths.out[one.case]) < 1
            assert abs(one.listened_minutes * 60 - walk.truths.listened[one.case]) < 1
            assert one.listened_minutes <= one.out_minutes
