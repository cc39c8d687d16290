"""Faults that the properties of ``properties/typed.py`` must catch."""

from dataclasses import replace

from openbalint.protocol import (
    audiences,
    events as e,
    volatile as v,
)
from openbalint.protocol.decide import cards, moving
from tests.protocol.faults.planting import Fault, instead, nothing


def _log_who(right):
    def wrong(draft, command):
        right(draft, command)
        draft.emit(e.HandSet(draft.now, command.by, raised=False))

    return wrong


def _logs_text(right):
    def wrong(draft, command):
        right(draft, command)
        draft.emit(e.PresenterNamed(draft.now, command.text))

    return wrong


def _shows_cards(right):
    def wrong(room, *, counted):
        return replace(right(room, counted=counted), texts=tuple(room.volatile.cards.values()))

    return wrong


def _counts_twice(right):
    def wrong(draft):
        right(draft)
        if draft.events and isinstance(draft.events[-1], e.SignalsCounted):
            draft.emit(replace(draft.events[-1]))

    return wrong


FAULTS = (
    Fault("cards are shown unturned", "cards that are not turned are in no view", audiences, "_cards", _shows_cards),
    Fault("a card goes to the log", "no event holds a word that was typed", cards, "write_card", _logs_text),
    Fault(
        "signals are shown at once",
        "a signal is shown no sooner than three seconds after it was pressed",
        v,
        "SIGNAL_DELAY",
        instead((0.0, 1.0)),
    ),
    Fault(
        "signals are counted twice",
        "a phase's signals are counted once, when it ends",
        moving,
        "count_signals",
        _counts_twice,
    ),
    Fault(
        "signals are not counted", "a phase's signals are counted once, when it ends", moving, "count_signals", nothing
    ),
    Fault(
        "who needs to stop is logged",
        "who needs to stop is seen until a leader answers, and is never in the log",
        cards,
        "need_to_stop",
        _log_who,
    ),
)
