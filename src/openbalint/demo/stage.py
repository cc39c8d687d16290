"""A whole session on a stage: simulated people and the real engine, with a clock that jumps from moment to moment.

Nobody waits here: an hour takes some seconds. So past meetings of the demonstration get logs as people would have made
them, and tests see whole sessions, with every refusal and every word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import heapq
from itertools import count
from random import Random

from openbalint.demo.book import Line
from openbalint.demo.mind import Deed, Drop, Mind, Say, Wishes, hear, think
from openbalint.protocol.commands import Command, Connect, Disconnect, PersonId, Plan, Tick
from openbalint.protocol.events import Event
from openbalint.protocol.refusals import RefusedError
from openbalint.protocol.session import FRESH, Room, audience_of, next_deadline, step, view
from openbalint.protocol.views import Audience, Status, View

LONGEST = timedelta(hours=6)  # no meeting takes longer; then something is wrong


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody on the stage. ``late``: so long after the others; None: does not come."""

    mind: Mind
    wishes: Wishes
    late: timedelta | None = timedelta()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line, when it began, and what its speaker saw."""

    at: datetime
    view: View
    by: PersonId
    line: Line


@dataclass(slots=True)
class Play:
    """What happened: the log, and beside it what a log never holds."""

    room: Room
    events: list[Event] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    refused: list[tuple[Command, str]] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        """Whether the session came to its end."""
        return self.room.session.status is Status.CLOSED


def play(actors: Iterable[Actor], *, planned_at: datetime, chance: Random) -> Play:
    """Let the actors come and do as they wish until the room is closed, or for six hours."""
    return _Stage({actor.mind.me: actor for actor in actors}, planned_at, chance).run()


@dataclass(frozen=True, slots=True, order=True)
class _Moment:
    at: datetime
    order: int
    person: PersonId | None = field(compare=False)  # None: the clock of the room
    arrives: bool = field(compare=False, default=False)


class _Stage:
    def __init__(self, actors: Mapping[PersonId, Actor], planned_at: datetime, chance: Random) -> None:
        self.actors = actors
        self.minds = {person: actor.mind for person, actor in actors.items()}
        self.present: set[PersonId] = set()
        self.chance = chance
        self.now = self.begin = planned_at
        self.play = Play(FRESH)
        self.agenda: list[_Moment] = []
        self.orders = count()
        self.wakes: dict[PersonId | None, datetime] = {}  # the only moment of each that still counts
        self.views: dict[Audience, tuple[Room, View]] = {}
        self._do(Plan(planned_at))

    def run(self) -> Play:
        for person, actor in self.actors.items():
            if actor.late is not None:
                seconds = self.chance.uniform(1, 12) / actor.mind.pace.speed
                self._note(self.now + actor.late + timedelta(seconds=seconds), person, arrives=True)
        while self.agenda and not self.play.closed and self.now - self.begin < LONGEST:
            self._live(heapq.heappop(self.agenda))
        return self.play

    def _note(self, at: datetime, person: PersonId | None, *, arrives: bool = False) -> None:
        heapq.heappush(self.agenda, _Moment(max(at, self.now), next(self.orders), person, arrives))

    def _wake(self, person: PersonId | None, at: datetime | None) -> None:
        if at and self.wakes.get(person) != at:
            self.wakes[person] = at
            self._note(at, person)

    def _live(self, moment: _Moment) -> None:
        if not moment.arrives:
            if self.wakes.get(moment.person) != moment.at:
                return
            del self.wakes[moment.person]
        self.now = moment.at
        if moment.person is None:
            changed = self._do(Tick())
        elif moment.arrives:
            changed = self._arrive(moment.person)
        else:
            changed = False
        self._look(self.present if changed or moment.person is None else {moment.person})

    def _arrive(self, person: PersonId) -> bool:
        self.present.add(person)
        player = self.actors[person].mind.player
        return self._do(Connect(person, player.seat, player.profession))

    def _do(self, command: Command) -> bool:
        """Whether the room is another one now."""
        before = self.play.room
        try:
            done = step(before, command, now=self.now, chance=self.chance)
        except RefusedError as refused:
            self.play.refused.append((command, refused.code))
            return False
        self.play.room = done.room
        self.play.events += done.events
        self._wake(None, next_deadline(done.room))
        return done.room != before

    def _look(self, people: Iterable[PersonId]) -> None:
        """Everybody named looks at the room. What somebody does makes all look again."""
        waiting = sorted(people)
        while waiting:
            person = waiting.pop(0)
            audience = audience_of(self.play.room, person)
            if audience is None or person not in self.present:
                continue
            seen = self._view(audience)
            deed = self._think(person, seen)
            if deed and self._act(deed, seen):
                waiting = sorted(self.present)

    def _view(self, audience: Audience) -> View:
        """As on the wire: made once for everybody in the audience, when the room has changed."""
        room, made = self.views.get(audience, (None, None))
        if made is None or room is not self.play.room:
            made = view(self.play.room, audience, now=self.now)
            self.views[audience] = (self.play.room, made)
        return made

    def _think(self, person: PersonId, seen: View) -> Deed | None:
        wishes = self.actors[person].wishes
        thought = think(self.minds[person], seen, wishes, now=self.now, chance=self.chance)
        self.minds[person] = thought.mind
        self._wake(person, thought.wake)
        return thought.deeds[0] if thought.deeds else None

    def _act(self, deed: Deed, seen: View) -> bool:
        """Whether others have something to see or hear."""
        if isinstance(deed, Say):
            self.play.spoken.append(Spoken(self.now, seen, deed.by, deed.line))
            for person in self.present - {deed.by}:
                self.minds[person] = hear(self.minds[person], deed.by, deed.line, self.now)
            return True
        if isinstance(deed, Drop):
            self.present.discard(deed.by)
            self._note(self.now + timedelta(seconds=deed.seconds), deed.by, arrives=True)
            return self._do(Disconnect(deed.by))
        return self._do(deed)
