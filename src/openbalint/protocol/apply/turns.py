"""Turns and voices, and how somebody falls silent: laws of the floor that other events rest on."""

from dataclasses import replace
from typing import Any

from openbalint.protocol.commands import PersonId
from openbalint.protocol.scripts import Floor
from openbalint.protocol.state import Session, Word, here
from openbalint.protocol.ways import invitee


def turn_of(word: Word) -> PersonId | None:
    """Whose turn it is: in the round, or where the floor is asked."""
    return word.ring[0] if word.ring else word.holder


def fall_silent(session: Session, who: PersonId) -> Session:
    """Who is not here has no hand, no turn and no voice, and is not asked to step back."""
    word = session.word
    hands = tuple(person for person in word.hands if person != who)
    session = change_word(session, hands=hands, speaking=without_voice(word, who))
    if who == invitee(session):
        session = uninvite(session)
    return turn_over(session, who) if who == turn_of(word) else session


def uninvite(session: Session) -> Session:
    """The invitation to step back is dropped."""
    return change_word(session, invited=None, invited_at=None) if session.word.invited else session


def turn_over(session: Session, who: PersonId) -> Session:
    """The next has the turn."""
    word = replace(session.word, speaking=without_voice(session.word, who))
    if word.floor is Floor.ASKED:
        word = replace(word, holder=word.hands[0] if word.hands else None, hands=word.hands[1:])
    else:
        ring = word.ring[1:]
        while ring and not here(session, ring[0]):  # a lost one is skipped
            ring = ring[1:]
        word = replace(word, ring=ring, floor=Floor.ROUND if ring else Floor.OPEN)
    return replace(session, word=word)


def without_voice(word: Word, who: PersonId) -> dict[PersonId, int]:
    return {person: figure for person, figure in word.speaking.items() if person != who}


def change_word(session: Session, **changes: Any) -> Session:
    return replace(session, word=replace(session.word, **changes))
