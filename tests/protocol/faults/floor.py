"""Faults that the properties of ``properties/floor.py`` must catch."""

from dataclasses import replace

from openbalint.protocol import (
    apply as applying,
    events as e,
    rights as granting,
)
from openbalint.protocol.apply import clock as apply_clock, floor as apply_floor, people as apply_people, turns
from openbalint.protocol.decide import figures, floor
from openbalint.protocol.rights import Rights
from openbalint.protocol.state import Session
from tests.protocol.faults.planting import Fault, instead, nothing


def _voice_outlives_pause(right):
    def wrong(session, event):
        done = right(session, event)
        return replace(done, word=replace(done.word, speaking=session.word.speaking))

    return wrong


def _no_hands_cleared(right):
    def wrong(session: Session, event: e.RoundStarted) -> Session:
        done = right(session, event)
        if isinstance(event, e.RoundStarted):
            return replace(done, word=replace(done.word, hands=session.word.hands))
        return done

    return wrong


def _voice_outlives_turn(right):
    def wrong(session: Session, who: str) -> Session:
        done = right(session, who)
        return replace(done, word=replace(done.word, speaking=session.word.speaking))

    return wrong


def _asker_is_queued(right):
    def wrong(session, who, *, raised):
        done = right(session, who, raised=raised)
        return replace(done, word=replace(done.word, hands=(*done.word.hands, who))) if raised else done

    return wrong


def _queues_every_hand(right):
    def wrong(session, who, *, raised):
        others = tuple(person for person in session.word.hands if person != who)
        hands = (*others, who) if raised else others
        return replace(session, word=replace(session.word, hands=hands))

    return wrong


def _voices_from_the_beginning(right):
    def wrong(session, event):
        done = right(session, event)
        return replace(done, told={number: replace(told, voices=True) for number, told in done.told.items()})

    return wrong


FAULTS = (
    Fault(
        "who has the floor is queued",
        "who has the floor is not queued, and nobody queues twice",
        apply_floor,
        "_hand",
        _asker_is_queued,
    ),
    Fault(
        "a round does not clear hands",
        "hands die with a round and with the phase",
        applying,
        "on_the_floor",
        _no_hands_cleared,
    ),
    Fault(
        "anybody raises a hand",
        "leaders never raise a hand, nor the presenter among the facts",
        floor,
        "rights",
        instead(lambda session, volatile, who: Rights(hand=True)),
    ),
    Fault(
        "a lost turn-holder keeps the turn",
        "who is lost has no turn, no hand and no voice",
        apply_people,
        "fall_silent",
        instead(lambda session, who: session),
    ),
    Fault(
        "a lost one gets the turn",
        "who is lost has no turn, no hand and no voice",
        turns,
        "here",
        instead(lambda session, who: True),
    ),
    Fault(
        "the round lets all speak",
        "in a round only the one whose turn it is and the leaders may speak",
        granting,
        "_why_silent",
        nothing,
    ),
    Fault(
        "the ring has leaders",
        "a round goes round who is there, without leaders, once each",
        floor,
        "leads",
        instead(lambda session, who: False),
    ),
    Fault(
        "a voice outlives the turn",
        "a voice ends with the turn, the phase and a pause",
        apply_floor,
        "turn_over",
        _voice_outlives_turn,
    ),
    Fault(
        "a voice outlives a pause",
        "a voice ends with the turn, the phase and a pause",
        apply_clock,
        "_pause",
        _voice_outlives_pause,
    ),
    Fault(
        "anybody's voice is tapped",
        "a voice that is tapped could have been given",
        figures,
        "_check_giver",
        nothing,
    ),
    Fault(
        "a voice is tapped before anybody speaks as another",
        "a voice that is tapped could have been given",
        apply_clock,
        "_enter",
        _voices_from_the_beginning,
    ),
    Fault(
        "a third mother",
        "a person of the case is there at most twice, and what is voiced stays",
        figures,
        "MOST_OF_A_CODE",
        instead(9),
    ),
    Fault(
        "observers speak",
        "observers and trainer are silent but in their own review and at the end",
        granting,
        "RING_SEATS",
        instead(frozenset()),
    ),
    Fault(
        "who is back speaks in a pause",
        "in a pause all in the circle may speak but a presenter who is back, and who is silenced",
        granting,
        "back",
        instead(lambda session: None),
    ),
    Fault(
        "all speak while cards are written",
        "while cards are written the floor is the leaders'",
        granting,
        "_why_silent",
        nothing,
    ),
    Fault(
        "the first hand waits for nobody",
        "the first hand gets the floor by itself",
        apply_floor,
        "_hand",
        _queues_every_hand,
    ),
)
