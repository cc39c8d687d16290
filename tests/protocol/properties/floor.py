"""Properties: the floor."""

from openbalint.protocol import events as e
from openbalint.protocol.scripts import Floor, Part, Place, phase_at
from openbalint.protocol.session import Status
from openbalint.protocol.state import (
    LEADER_SEATS,
    RING_SEATS,
    CardsState,
    back,
    has_leader_seat,
    here,
    leads,
    phase,
    presenter,
)
from tests.protocol.properties.registry import events_of, named


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
        assert others - lost_leaders - called == {turn} - walk.truths.silenced


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


@named("a voice that is tapped could have been given")
def _(walk, moment):
    script = walk.session.script
    for event in events_of(moment):
        if isinstance(event, e.VoiceTicked):
            entered = [one for one in walk.log if isinstance(one, e.PhaseEntered) and one.part is Part.CASE]
            assert any(phase_at(script, _place(one)).voices for one in entered if one.case == event.case)
            told, giver = walk.session.told[event.case], event.person
            assert giver is None or walk.session.people[giver].seat not in RING_SEATS
            assert giver != told.presenter or any(one.voices and not one.out for one in script.case)


def _place(entered):
    return Place(entered.part, entered.case, entered.index)


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


@named("in a pause all in the circle may speak but a presenter who is back, and who is silenced")
def _(walk, moment):
    session = walk.session
    if session.status is Status.PAUSED:
        aside = {walk.room.volatile.aside, session.aside_leader}
        circle = {who for who, person in session.people.items() if person.seated and person.seat not in RING_SEATS}
        assert {who for who, has in walk.room.rights.items() if has.speak} == (
            circle - {back(session)} - aside - walk.truths.silenced
        )
        assert not any(has.hand or has.card or has.signal or has.voice for has in walk.room.rights.values())


@named("while cards are written the floor is the leaders'")
def _(walk, moment):
    session = walk.session
    if session.status is Status.RUNNING and session.word.cards is CardsState.WRITING:
        speakers = {who for who, has in walk.room.rights.items() if has.speak}
        assert all(session.people[who].seat in LEADER_SEATS or session.word.called_at for who in speakers)
