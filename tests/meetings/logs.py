"""A session that was played in memory, and its events, for tests of what is stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import random
from typing import Any
from uuid import UUID

from openbalint.protocol import commands as c
from openbalint.protocol.events import Event
from openbalint.protocol.session import FRESH, Room, step
from openbalint.protocol.shipped import SHIPPED

BEGIN = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)


class Play:
    """Commands, a minute apart; the events are kept."""

    def __init__(self, begin: datetime) -> None:
        self.room: Room = FRESH
        self.events: list[Event] = []
        self.now = begin

    def do(self, *commands: c.Command) -> None:
        """Play some commands."""
        for command in commands:
            made = step(self.room, self._of_now(command), now=self.now, chance=random.Random(1))
            self.room = made.room
            self.events.extend(made.events)
            self.now += timedelta(minutes=1)

    def _of_now(self, command: Any) -> c.Command:
        """The command as it is pressed in the phase entry of now."""
        pressed: c.Command = replace(command, entry=self.room.session.entry) if hasattr(command, "entry") else command
        return pressed


def short_session(lea: UUID, ann: UUID, bob: UUID, *, begin: datetime = BEGIN) -> list[Event]:
    """Lea leads, Ann presents, Bob speaks as the mother; closed."""
    play, lead, who = Play(begin), str(lea), str(ann)
    play.do(
        c.Plan(begin),
        c.Connect(lead, c.Seat.LEADER),
        c.Connect(who, c.Seat.MEMBER),
        c.Connect(str(bob), c.Seat.MEMBER),
        c.Start(lead, SHIPPED["balint-60"]),
        c.Next(lead, 0),
        c.SetOffer(who, who, offered=True),
        c.NamePresenter(lead, who),
        c.Next(lead, 0),
        c.AddFigure(lead, c.FigureCode.MOTHER),
        c.Next(lead, 0),
        c.Next(lead, 0),
        c.StepBackNow(lead, 0),
        c.Next(lead, 0),
        c.TakeVoice(str(bob), 2),
        c.SendSignal(str(bob), c.SignalKind.HURT),
        c.Next(lead, 0),
        c.Next(lead, 0),
        c.Next(lead, 0),
        c.End(lead, 0),
        c.End(lead, 0),
    )
    return play.events
