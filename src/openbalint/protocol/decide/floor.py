"""Who takes the word: rounds, hands, turns, calling in, the moment of silence, the quiet line."""

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.apply.turns import turn_of
from openbalint.protocol.commands import PersonId
from openbalint.protocol.decide.draft import Draft, check
from openbalint.protocol.rights import rights
from openbalint.protocol.scripts import Floor, PhaseKind
from openbalint.protocol.state import CardsState, Session, Status, back, circle, here, leads, phase


def start_round(draft: Draft, command: c.StartRound) -> None:
    """Round the circle from the picked seat, without leaders and without a presenter who is back."""
    word = draft.session.word
    check(Floor.ROUND in phase(draft.session).floors and word.floor is Floor.OPEN, "not-now")
    check(word.cards is not CardsState.WRITING, "not-now")
    ring = ring_from(draft.session, command.first)
    check(ring, "not-found")
    draft.emit(e.RoundStarted(draft.now, ring))


def ring_from(session: Session, first: PersonId) -> tuple[PersonId, ...]:
    """Those present in chair order from a seat; empty if that seat has no turn."""
    out = back(session)
    chairs = [who for who in circle(session) if here(session, who) and not leads(session, who) and who != out]
    if first not in chairs:
        return ()
    at = chairs.index(first)
    return (*chairs[at:], *chairs[:at])


def open_floor(draft: Draft) -> None:
    """Break a round off, or let the group reply in the return where the script has it."""
    word, script = draft.session.word, draft.session.script
    replies = script is not None and script.reply and phase(draft.session).kind is PhaseKind.RETURN
    check(word.floor is Floor.ROUND or (replies and word.floor is Floor.PRESENTER), "not-now")
    draft.emit(e.FloorOpened(draft.now))


def end_turn(draft: Draft, command: c.EndTurn) -> None:
    """Pass, finish or move on: one command, and it names whose turn it ends."""
    check(command.by == command.person or leads(draft.session, command.by), "not-yours")
    turn = turn_of(draft.session.word)
    check(turn is not None, "not-now")
    check(turn == command.person, "stale")
    draft.emit(e.TurnEnded(draft.now, command.person))


def set_hand(draft: Draft, command: c.SetHand) -> None:
    """A hand is an aid where the floor is open and a place in the queue where it is asked."""
    word = draft.session.word
    if not command.raised:
        if command.by == word.holder:
            draft.emit(e.TurnEnded(draft.now, command.by))
        elif command.by in word.hands:
            draft.emit(e.HandSet(draft.now, command.by, raised=False))
        return
    check(rights(draft.session, draft.volatile, command.by).hand, "not-now")
    if command.by != word.holder and command.by not in word.hands:
        draft.emit(e.HandSet(draft.now, command.by, raised=True))


def set_called_in(draft: Draft, command: c.SetCalledIn) -> None:
    """A leader calls the presenter who is back in for one sentence; either of them ends it."""
    called = draft.session.word.called_at is not None
    if not command.called:
        if called:
            draft.emit(e.CallEnded(draft.now))
        return
    check(leads(draft.session, command.by), "not-yours")
    who = back(draft.session)
    check(who is not None and draft.session.status is Status.RUNNING, "not-now")
    check(draft.session.word.cards is not CardsState.WRITING, "not-now")
    if not called:
        draft.emit(e.CalledIn(draft.now))


def set_silence(draft: Draft, command: c.SetSilence) -> None:
    if draft.session.word.silent != command.silent:
        draft.emit(e.SilenceSet(draft.now, command.silent))


def show_cue(draft: Draft, command: c.ShowCue) -> None:
    if draft.session.word.cue != command.code:
        draft.emit(e.CueShown(draft.now, command.code))
