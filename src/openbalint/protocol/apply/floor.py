"""The floor of the phase: hands, rounds, voices, cards, calling in."""

from typing import Any, assert_never

from openbalint.protocol import events as e
from openbalint.protocol.apply.case import count_voice
from openbalint.protocol.apply.turns import change_word, turn_over, uninvite, without_voice
from openbalint.protocol.commands import PersonId
from openbalint.protocol.scripts import Floor, Place
from openbalint.protocol.state import CardsState, Session

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
    | e.Uninvited
)


def on_the_floor(session: Session, event: _FloorEvent) -> Session:
    match event:
        case e.HandSet(person=who, raised=raised):
            return _hand(session, who, raised=raised)
        case e.TurnEnded(person=who):
            return turn_over(session, who)
        case e.VoiceTaken(person=who, figure=figure):
            session = change_word(session, speaking={**session.word.speaking, who: figure})
            return count_voice(session, session.place.case if session.place else 0, figure)
        case e.VoiceDropped(person=who):
            return change_word(session, speaking=without_voice(session.word, who))
        case e.VoiceTicked(case=case, figure=figure):
            return count_voice(session, case, figure)
        case e.RoundStarted(ring=ring):
            return change_word(session, floor=Floor.ROUND, ring=ring, hands=(), holder=None, speaking={})
        case e.FloorOpened():
            return change_word(
                session, floor=Floor.OPEN, ring=(), speaking={} if session.word.ring else session.word.speaking
            )
        case e.CalledIn(at):
            return change_word(session, called_at=at)
        case e.CallEnded():
            return change_word(session, called_at=None)
        case e.CueShown(code=code):
            return change_word(session, cue=code)
        case e.SilenceSet(silent=silent):
            return change_word(session, silent=silent)
        case e.CardsOpened():
            return _open_cards(session)
        case e.CardsTurned():
            return change_word(session, cards=CardsState.TURNED)
        case e.CardsPutAway():
            return change_word(session, cards=CardsState.NONE)
        case e.Invited(at, part, case, index):
            return change_word(session, invited=Place(part, case, index), invited_at=at)
        case e.Uninvited():
            return uninvite(session)
        case _:
            assert_never(event)


def _hand(session: Session, who: PersonId, *, raised: bool) -> Session:
    """The first hand gets the floor by itself when nobody has it."""
    word = session.word
    if raised and word.floor is Floor.ASKED and word.holder is None:
        return change_word(session, holder=who)
    others = tuple(person for person in word.hands if person != who)
    return change_word(session, hands=(*others, who) if raised else others)


def _open_cards(session: Session) -> Session:
    """The floor is the leaders' while cards are written: no round, hand or voice outlives that."""
    floor = Floor.OPEN if session.word.floor is Floor.ROUND else session.word.floor
    nobody: dict[str, Any] = {"ring": (), "hands": (), "holder": None, "speaking": {}}
    return change_word(session, cards=CardsState.WRITING, floor=floor, **nobody)
