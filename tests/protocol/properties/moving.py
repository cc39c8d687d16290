"""Properties: moving."""

from datetime import timedelta

from openbalint.protocol import commands as c, events as e, ways
from openbalint.protocol.scripts import Part, PhaseKind, has_break, phase_at
from openbalint.protocol.session import Status, step
from openbalint.protocol.state import (
    back,
    circle,
    going,
    has_leader_seat,
    hears,
    leader_is_here,
    leaders_here,
    leads,
    presenter,
)
from openbalint.protocol.table import CHANGES
from tests.protocol.properties.registry import events_of, named, refusal, sender


@named("while a leader is there, only leaders move")
def _(walk, moment):
    by, before = sender(moment), moment.before.session
    moved = [
        ev for ev in events_of(moment) if isinstance(ev, e.PhaseEntered | e.Ended | e.Resumed | e.CasesSet | e.Invited)
    ]
    if by and moved and leader_is_here(before) and before.status is not Status.LOBBY:
        invited = isinstance(moment.command, c.PushBack) and before.word.invited
        assert leads(before, by) or (invited and by in (presenter(before), before.named))
    if by and moment.done and leader_is_here(before) and going(before):
        door = isinstance(moment.command, c.Admit) and by == before.assistant and before.assistant_door
        assert leads(before, by) or door or not isinstance(moment.command, _LEADERS_ALONE)


_LEADERS_ALONE = c.Pause | c.Extend | c.SetLock | c.HandOver | c.SendOut | c.Admit


@named("two presses of one move are one move")
def _(walk, moment):
    entered = any(isinstance(event, e.PhaseEntered | e.Ended) for event in events_of(moment))
    if moment.done and entered and hasattr(moment.command, "entry"):
        again = refusal(walk, moment.command)
        assert again in {"stale", "not-now", "not-yours", "not-found"}  # not-found: the stop has its answer
    if moment.done and isinstance(moment.command, c.Extend | c.SetCases) and not entered:
        assert not step(walk.room, moment.command, now=walk.now, chance=walk.chance).events


@named("nobody is invited twice to step back")
def _(walk, moment):
    if moment.before.session.word.invited and isinstance(moment.command, c.Next):
        assert moment.done is None


@named("the step out of the circle needs an invitation")
def _(walk, moment):
    before, after = moment.before.session, walk.session
    if moment.done and back(after) and not back(before) and after.entry != before.entry:
        assert before.word.invited == after.place


@named("the closing can be reached from every phase and leads back")
def _(walk, moment):
    session = walk.session
    if not going(session) or session.place.part is Part.CLOSING:
        return
    leading = _who_may_move(session)
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


@named("a further case that is planned can be reached")
def _(walk, moment):
    """With whom it takes: a leader, and somebody of the circle who offers a case."""
    session, before = walk.session, moment.before.session
    if (session.status, session.place, session.cases) == (before.status, before.place, before.cases):
        return
    further = ways.further_case(session) if going(session) else None
    leading = _who_may_move(session)
    willing = [who for who in circle(session) if _may_present(walk, who)]
    if further is None or not leading or not willing:
        return
    room = walk.room
    for command in (
        c.SetOffer(willing[0], willing[0], offered=True),
        c.NamePresenter(leading[0], willing[0]),
        c.GoTo(leading[0], session.entry, further.part, further.case, further.index),
    ):
        if isinstance(command, c.GoTo) or phase_at(session.script, further).kind is PhaseKind.TELLING:
            room = step(room, command, now=walk.now, chance=walk.chance).room
    assert room.session.place == further


def _who_may_move(session):
    return [who for who in leaders_here(session) if session.people[who].connected and who != session.aside_leader]


def _may_present(walk, who):
    person, session = walk.session.people[who], walk.session
    return person.connected and hears(person) and not has_leader_seat(session, who) and who != back(session)


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
