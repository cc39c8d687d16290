"""What people type or press for others' eyes: in the memory of the room's owner, never in the log, lost with the process.

Cards, signals before they are counted, who needs to stop, who is aside, the leaders' line, check-outs, who speaks at a
shared microphone, seconds of speech before their phase is over.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from openbalint.protocol import events as e
from openbalint.protocol.commands import Around, CheckOutMood, PersonId, SignalKind
from openbalint.protocol.speech import NO_SPEECH, Speech
from openbalint.protocol.state import LEADER_SEATS, RING_SEATS

_Said = TypeVar("_Said")
CARD_LENGTH = 200  # characters
LINE_LENGTH = 300
LINES_KEPT = 30
SIGNAL_DELAY = (3.0, 8.0)  # seconds, drawn: so that a signal does not point at a speaker
KEPT = timedelta(minutes=15)  # the leaders' view after the end


class Chance(Protocol):
    """What the engine asks of a random generator; ``random.Random`` has it."""

    def uniform(self, a: float, b: float, /) -> float: ...

    def shuffle(self, x: list[str], /) -> None: ...


@dataclass(frozen=True, slots=True)
class Volatile:
    """All that a restart forgets."""

    cards: Mapping[PersonId, str] = field(default_factory=dict)  # unturned
    turned: tuple[str, ...] = ()
    pressed: frozenset[tuple[PersonId, SignalKind]] = frozenset()  # in this phase entry
    pending: tuple[tuple[datetime, SignalKind], ...] = ()  # pressed, not shown yet
    shown: Mapping[SignalKind, int] = field(default_factory=dict)
    stops: tuple[PersonId, ...] = ()
    aside: PersonId | None = None
    line: tuple[tuple[PersonId, str], ...] = ()
    check_outs: Mapping[PersonId, CheckOutMood] = field(default_factory=dict)
    kept_until: datetime | None = None  # set when the session closes
    around: Mapping[PersonId, Around] = field(default_factory=dict)
    shared_speakers: Mapping[PersonId, PersonId] = field(default_factory=dict)  # who speaks at whose device
    speech: Speech = NO_SPEECH


NOTHING = Volatile()


def follow(volatile: Volatile, event: e.Event) -> Volatile:
    """What an event makes forgotten."""
    match event:
        case e.PhaseEntered() | e.Ended():
            return replace(volatile, cards={}, turned=(), pressed=frozenset(), shown={}, aside=None)
        case e.CardsOpened() | e.CardsPutAway():
            return replace(volatile, cards={}, turned=())
        case e.Resumed():
            return replace(volatile, aside=None) if volatile.aside else volatile
        case e.Left(person=who) if who in volatile.around:
            return replace(volatile, around=_without(volatile.around, who))
        case e.SentOut(person=who):
            return replace(volatile, around=_without(volatile.around, who), cards=_without(volatile.cards, who))
        case e.Reseated(person=who, seat=seat):
            line = () if seat in LEADER_SEATS else volatile.line  # written for those who led then
            cards = _without(volatile.cards, who) if seat in RING_SEATS else volatile.cards
            return replace(volatile, line=line, cards=cards)
        case e.SharedSet(person=who) if who in volatile.shared_speakers:
            marked = {device: one for device, one in volatile.shared_speakers.items() if device != who}
            return replace(volatile, shared_speakers=marked)
        case e.Closed(at):
            return replace(volatile, cards={}, turned=(), pressed=frozenset(), aside=None, kept_until=at + KEPT)
        case _:
            return volatile


def _without(of: Mapping[PersonId, _Said], who: PersonId) -> Mapping[PersonId, _Said]:
    return {one: what for one, what in of.items() if one != who} if who in of else of


def counts(volatile: Volatile) -> dict[SignalKind, int]:
    """How often each signal was pressed in this phase entry, shown or not."""
    return dict(sorted(Counter(kind for _, kind in volatile.pressed).items()))


def press(volatile: Volatile, who: PersonId, kind: SignalKind, *, due: datetime) -> Volatile:
    """A signal on its way to the leaders; a second of the same kind in the same phase entry is nothing."""
    if (who, kind) in volatile.pressed:
        return volatile
    pending = tuple(sorted((*volatile.pending, (due, kind))))
    return replace(volatile, pressed=volatile.pressed | {(who, kind)}, pending=pending)


def show_due(volatile: Volatile, now: datetime) -> Volatile:
    """Signals whose delay is over come into the leaders' view."""
    due = [kind for at, kind in volatile.pending if at <= now]
    if not due:
        return volatile
    shown = Counter(volatile.shown) + Counter(due)
    return replace(volatile, pending=volatile.pending[len(due) :], shown=dict(sorted(shown.items())))


def turn_cards(volatile: Volatile, chance: Chance) -> Volatile:
    """Turned over together, in an order that tells nothing."""
    texts = sorted(volatile.cards.values())
    chance.shuffle(texts)
    return replace(volatile, cards={}, turned=tuple(texts))
