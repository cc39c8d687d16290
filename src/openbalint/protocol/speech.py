"""Speaking time: durations alone, counted once for each phase entry, when it is over.

Each device reports for how long and in how many turns it was heard in the phase so far (sums that only grow, by the
media server's list of who speaks). What counts is at most the time for which the person had the right to speak while the
clock ran; what was heard beyond that is kept apart, so that a record can say that a silence was kept. The last report of
a phase may be on its way when the next begins: the count waits some seconds for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from openbalint.protocol.commands import PersonId

SHORTEST_TURN = 2  # seconds of speech
GRACE = timedelta(seconds=5)  # after a phase, for the last reports


@dataclass(frozen=True, slots=True)
class Heard:
    """One phase entry. Seconds."""

    entry: int = 0
    said: Mapping[PersonId, tuple[float, int]] = field(default_factory=dict)  # last report of each device
    heard: Mapping[PersonId, float] = field(default_factory=dict)
    turns: Mapping[PersonId, int] = field(default_factory=dict)
    could: Mapping[PersonId, float] = field(default_factory=dict)  # with the right to speak, up to ``since``
    speakers: frozenset[PersonId] = frozenset()  # who may speak now
    since: datetime | None = None  # since when these

    def until(self, now: datetime) -> "Heard":
        """The same, with the time up to now."""
        if self.since is None or not self.speakers:
            return replace(self, since=now)
        more = (now - self.since).total_seconds()
        could = {**self.could, **{who: self.could.get(who, 0.0) + more for who in self.speakers}}
        return replace(self, could=could, since=now)


@dataclass(frozen=True, slots=True)
class Speech:
    """The phase under way, and the last one until it is counted: at ``due``, if any device has reported in it."""

    now: Heard = Heard()
    last: Heard = Heard()
    due: datetime | None = None


NO_SPEECH = Speech()


def watch(speech: Speech, entry: int, speakers: frozenset[PersonId], now: datetime) -> Speech:
    """Who may speak from now on. With another entry the one under way is the last, and waits for what is still to come."""
    heard = speech.now
    if heard.entry == entry:
        if heard.speakers == speakers:
            return speech
        return replace(speech, now=replace(heard.until(now), speakers=speakers))
    fresh = Heard(entry, speakers=speakers, since=now)
    if not heard.entry:
        return Speech(fresh, speech.last, speech.due)
    return Speech(fresh, replace(heard.until(now), speakers=frozenset()), now + GRACE if heard.said else None)


def report(heard: Heard, device: PersonId, who: PersonId | None, seconds: float, turns: int) -> Heard:
    """A device was heard for so long in all; what is new of it is ``who``'s. Less than before: a new page began."""
    before = heard.said.get(device, (0.0, 0))
    if seconds < before[0]:
        before = (0.0, 0)
    heard = replace(heard, said={**heard.said, device: (seconds, turns)})
    if who is None or seconds == before[0]:
        return heard
    return replace(
        heard,
        heard={**heard.heard, who: heard.heard.get(who, 0.0) + seconds - before[0]},
        turns={**heard.turns, who: heard.turns.get(who, 0) + max(turns - before[1], 0)},
    )


def counted(heard: Heard) -> tuple[dict[PersonId, int], dict[PersonId, int], dict[PersonId, int]]:
    """Whole seconds of speech, whole seconds heard beyond the right to speak, and turns (of those alone who have some)."""
    within = {who: round(min(said, heard.could.get(who, 0.0))) for who, said in sorted(heard.heard.items())}
    beyond = {who: int(said - heard.could.get(who, 0.0)) for who, said in sorted(heard.heard.items())}
    turns = {who: min(heard.turns[who], seconds // SHORTEST_TURN) for who, seconds in within.items()}
    return within, _some(beyond), _some(turns)


def _some(numbers: Mapping[PersonId, int]) -> dict[PersonId, int]:
    return {who: number for who, number in numbers.items() if number > 0}
