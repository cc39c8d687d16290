"""What the clock sets off. One ``Tick`` does all that is due, and its consequences come to rest."""

from openbalint.protocol import events as e, volatile as v, ways
from openbalint.protocol.deadlines import CALLED_IN, LINGERING, LOST, STEP_BACK, limit_at, takes_over_at
from openbalint.protocol.decide import moving, sound
from openbalint.protocol.decide.consequences import settle
from openbalint.protocol.decide.draft import Draft
from openbalint.protocol.scripts import Part, Place
from openbalint.protocol.state import CardsState, Session, Status, going, leader_is_here, presenter_here


def tick(draft: Draft) -> None:
    """Every deadline that has come, in the order in which one may lead to another."""
    draft.volatile = v.show_due(draft.volatile, draft.now)
    if draft.volatile.kept_until and draft.volatile.kept_until <= draft.now:
        draft.volatile = v.NOTHING
    if draft.session.status is Status.CLOSED:
        return
    if draft.volatile.speech.due and draft.volatile.speech.due <= draft.now:
        sound.count_speech(draft)
    _lose(draft)
    limit = limit_at(draft.session)
    if limit and limit <= draft.now:
        _stop_everything(draft)
    elif going(draft.session):
        _end_waiting(draft)
        _leave_alone(draft)
    elif draft.session.lingering_since and draft.session.lingering_since + LINGERING <= draft.now:
        moving.close(draft)


def _lose(draft: Draft) -> None:
    """20 s without a connection, or without sound; turns, the lead and the presenter's pause follow."""
    for who, person in tuple(draft.session.people.items()):
        if person.gone_at and person.gone_at + LOST <= draft.now:
            draft.emit(e.Lost(draft.now, who))
        if person.deaf_at and not person.deaf and person.deaf_at + LOST <= draft.now:
            draft.emit(e.HearingLost(draft.now, who))
    settle(draft)


def _stop_everything(draft: Draft) -> None:
    """A lobby or a session that everybody forgot."""
    if going(draft.session):
        moving.end(draft)
    moving.close(draft)


def _end_waiting(draft: Draft) -> None:
    """The invited presenter's chair moves out; who was called in listens again."""
    word = draft.session.word
    if word.invited and word.invited_at and word.invited_at + STEP_BACK <= draft.now:
        moving.enter(draft, word.invited)
    if draft.session.word.called_at and draft.session.word.called_at + CALLED_IN <= draft.now:
        draft.emit(e.CallEnded(draft.now))


def _leave_alone(draft: Draft) -> None:
    """Five minutes without a leader: to the return or the closing, and the end with its minutes."""
    alone = takes_over_at(draft.session)
    if alone and alone <= draft.now:
        target = _haven(draft.session)
        if target != draft.session.place:
            moving.enter(draft, target)
        else:
            _speak_again(draft)
        if not leader_is_here(draft.session):  # in the return a leader who presented may lead again
            draft.emit(e.LeftAlone(draft.now))
    clock = draft.session.clock
    if draft.session.left_alone and clock and clock.ends_at and clock.ends_at <= draft.now:
        moving.end(draft)


def _speak_again(draft: Draft) -> None:
    """The phase that people are in already is theirs: no pause, and no cards for which only leaders may speak."""
    if draft.session.status is Status.PAUSED:
        draft.emit(e.Resumed(draft.now))
    if draft.session.word.cards is CardsState.WRITING:
        draft.emit(e.CardsPutAway(draft.now))


def _haven(session: Session) -> Place:
    """The return, if the presenter is there and has not returned yet; else the closing."""
    _, place = ways.whereabouts(session)
    home = ways.homecoming(session)
    if home and place.case in session.told and place.index <= home.index and presenter_here(session, place.case):
        return home
    return place if place.part is Part.CLOSING else ways.closing(session)
