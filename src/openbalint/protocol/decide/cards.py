"""What is typed or pressed for others' eyes: cards, signals, "I need to stop", the leaders' line, check-outs.

The log learns that cards were opened, turned and put away, and no more.
"""

from dataclasses import replace
from datetime import timedelta

from openbalint.protocol import commands as c, events as e, volatile as v
from openbalint.protocol.decide import moving
from openbalint.protocol.decide.draft import Draft, check
from openbalint.protocol.rights import rights
from openbalint.protocol.scripts import Part
from openbalint.protocol.state import CardsState, Status, going, leader_is_here, phase


def open_cards(draft: Draft) -> None:
    check(phase(draft.session).cards and draft.session.word.cards is CardsState.NONE, "not-now")
    if draft.session.word.called_at is not None:
        draft.emit(e.CallEnded(draft.now))
    draft.emit(e.CardsOpened(draft.now))


def turn_cards(draft: Draft) -> None:
    check(draft.session.word.cards is CardsState.WRITING, "not-now")
    draft.volatile = v.turn_cards(draft.volatile, draft.chance)
    draft.emit(e.CardsTurned(draft.now))


def put_cards_away(draft: Draft) -> None:
    check(draft.session.word.cards is not CardsState.NONE, "not-now")
    draft.emit(e.CardsPutAway(draft.now))


def write_card(draft: Draft, command: c.WriteCard) -> None:
    """One each, replaceable until turned; an empty one takes it back."""
    check(rights(draft.session, draft.volatile, command.by).card, "not-now")
    text = command.text.strip()
    check(len(text) <= v.CARD_LENGTH, "too-long")
    others = {who: card for who, card in draft.volatile.cards.items() if who != command.by}
    cards = {**others, command.by: text} if text else others
    draft.volatile = replace(draft.volatile, cards=cards)


def send_signal(draft: Draft, command: c.SendSignal) -> None:
    """Leaders see it some seconds later, so that it does not point at a speaker."""
    check(rights(draft.session, draft.volatile, command.by).signal, "not-now")
    due = draft.now + timedelta(seconds=draft.chance.uniform(*v.SIGNAL_DELAY))
    draft.volatile = v.press(draft.volatile, command.by, command.kind, due=due)


def need_to_stop(draft: Draft, command: c.NeedToStop) -> None:
    """Open to everybody in every phase; who presses while no leader is there is told so."""
    if command.by not in draft.volatile.stops:
        draft.volatile = replace(draft.volatile, stops=(*draft.volatile.stops, command.by))
    if not leader_is_here(draft.session):
        draft.note = "no-leader"


def answer_stop(draft: Draft, command: c.AnswerStop) -> None:
    """The ordinary command goes to the log, never with its cause."""
    check(command.person in draft.volatile.stops, "not-found")
    check(command.answer is c.StopAnswer.SEEN or command.entry == draft.session.entry, "stale")
    check(command.answer is c.StopAnswer.SEEN or going(draft.session), "not-now")
    stops = tuple(who for who in draft.volatile.stops if who != command.person)
    draft.volatile = replace(draft.volatile, stops=stops)
    match command.answer:
        case c.StopAnswer.PAUSE:
            if draft.session.status is Status.RUNNING:
                moving.pause(draft)
        case c.StopAnswer.BRING_BACK:
            moving.check_not_aside(draft.session, command.by)
            moving.bring_back(draft)
        case c.StopAnswer.END_CASE:
            moving.check_not_aside(draft.session, command.by)
            moving.end_case(draft)
        case c.StopAnswer.ASIDE:
            moving.go_aside(draft, command.person)
        case c.StopAnswer.SEEN:
            pass


def write_line(draft: Draft, command: c.WriteLine) -> None:
    """The leaders' private line: relayed, forgotten."""
    text = command.text.strip()
    check(text, "bad-value")
    check(len(text) <= v.LINE_LENGTH, "too-long")
    line = (*draft.volatile.line, (command.by, text))[-v.LINES_KEPT :]
    draft.volatile = replace(draft.volatile, line=line)


def check_out(draft: Draft, command: c.CheckOut) -> None:
    """One tap in the closing or while lingering; the last one counts."""
    place = draft.session.place
    closing = place is not None and place.part is Part.CLOSING
    check(closing or draft.session.status is Status.LINGERING, "not-now")
    draft.volatile = replace(draft.volatile, check_outs={**draft.volatile.check_outs, command.by: command.mood})
