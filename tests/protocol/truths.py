"""What a random walk knows by itself, beside the engine: the named properties compare."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from openbalint.protocol import commands as c


@dataclass
class Truths:
    """What the walk knows by itself."""

    connected: dict[str, bool] = field(default_factory=dict)
    gone_at: dict[str, datetime] = field(default_factory=dict)
    in_room: set[str] = field(default_factory=set)
    sat: set[str] = field(default_factory=set)  # seated and not sent out
    ran: float = 0.0  # seconds that the clock of this phase has run
    length: int = 0  # minutes it was given
    listened: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))  # seconds, by case
    out: defaultdict[int, float] = field(
        default_factory=lambda: defaultdict(float)
    )  # seconds out of the circle and running, by case
    gap: float = 0.0  # listened without a connection: counts if it stays under 20 s
    presenters: dict[int, str] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    pressed: set[tuple[str, c.SignalKind]] = field(default_factory=set)  # in this phase entry
    earliest: list[tuple[datetime, c.SignalKind]] = field(default_factory=list)
    cards: dict[str, str] = field(default_factory=dict)
    silenced: set[str] = field(default_factory=set)
    deaf_at: dict[str, datetime] = field(default_factory=dict)  # a page that loads again says nothing else meanwhile
    deaf: set[str] = field(default_factory=set)  # for 20 s
    could: defaultdict[tuple[int, str], float] = field(default_factory=lambda: defaultdict(float))  # by entry
    counted: list[int] = field(default_factory=list)  # entries whose speech is in the log

    leaderless_at: datetime | None = None
    alone_until: datetime | None = None  # since five minutes: when the session has ended at the latest
    paused_at: datetime | None = None
    invited_at: datetime | None = None
    called_at: datetime | None = None
    waited: list[timedelta] = field(default_factory=list)  # from a loss until it was one, in order

    def hear_again(self, who: str) -> None:
        self.deaf_at.pop(who, None)
        self.deaf.discard(who)

    def is_there(self, who: str) -> bool:
        return self.connected.get(who, False) or who in self.in_room
