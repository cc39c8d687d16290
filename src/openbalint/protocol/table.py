"""The whole protocol at a glance: who may ask what, when. The diagram and the table in the docs are drawn from here.

A row is a command, a column a status of the session. What else a command needs (the phase, the entry number, the person
named) is decided in ``decide``; nobody who is not in this table gets that far.
"""

from collections.abc import Mapping
from enum import StrEnum

from openbalint.protocol import commands as c
from openbalint.protocol.commands import PersonId
from openbalint.protocol.state import RING_SEATS, Session, Status, assists, leader_is_here, leads
from openbalint.protocol.ways import invitee


class Who(StrEnum):
    """Whose a command can be."""

    LEADERS = "leaders"  # every leader who is there and does not present
    ALONE = "assistant without a leader"
    DOOR = "assistant with the door"
    PRESENTER = "presenter"
    CIRCLE = "circle"
    SEATED = "anyone seated"
    WAITING = "anyone waiting"
    OWNER = "owner"
    CLOCK = "clock"


Row = frozenset[Who]
LEADERS: Row = frozenset({Who.LEADERS})
LEADERS_OR_ALONE: Row = frozenset({Who.LEADERS, Who.ALONE})
DOOR: Row = frozenset({Who.LEADERS, Who.ALONE, Who.DOOR})
PRESENTER: Row = frozenset({Who.PRESENTER})
LEADERS_OR_PRESENTER: Row = frozenset({Who.LEADERS, Who.PRESENTER})
CIRCLE: Row = frozenset({Who.CIRCLE})
SEATED: Row = frozenset({Who.SEATED})
ANYONE: Row = frozenset({Who.SEATED, Who.WAITING})
OWNER: Row = frozenset({Who.OWNER})
CLOCK: Row = frozenset({Who.CLOCK})

_ALWAYS: Mapping[type[c.Command], Row] = {
    c.Connect: OWNER,
    c.Disconnect: OWNER,
    c.Reseat: OWNER,
    c.Adopt: OWNER,
    c.Plan: OWNER,
    c.CallOff: OWNER,
    c.Tick: CLOCK,
    c.Leave: ANYONE,
}
_UNTIL_CLOSED: Mapping[type[c.Command], Row] = {
    **_ALWAYS,
    c.NeedToStop: ANYONE,
    c.AnswerStop: LEADERS,
    c.ReportAround: ANYONE,
    c.WriteLine: LEADERS,
}
_GOING: Mapping[type[c.Command], Row] = {
    **_UNTIL_CLOSED,
    c.Next: LEADERS,
    c.GoTo: LEADERS_OR_ALONE,
    c.EndCase: LEADERS,
    c.End: LEADERS_OR_ALONE,
    c.Extend: LEADERS,
    c.SetCases: LEADERS,
    c.ShowCue: LEADERS,
    c.SetOffer: CIRCLE,
    c.NamePresenter: LEADERS,
    c.AddFigure: LEADERS,
    c.RemoveFigure: LEADERS,
    c.TickVoice: LEADERS,
    c.Admit: DOOR,
    c.SendOut: LEADERS,
    c.TickIn: LEADERS,
    c.TickOut: LEADERS,
    c.SetLock: LEADERS,
    c.SetAssistant: LEADERS,
    c.SetDoor: LEADERS,
    c.HandOver: LEADERS,
    c.CheckOut: SEATED,
    c.SetSilenced: LEADERS,
    c.AskMute: LEADERS,
    c.SetShared: LEADERS,
    c.SetSharedSpeaker: LEADERS,
    c.ReportHearing: SEATED,
    c.ReportSpeech: SEATED,
}

ALLOWED: Mapping[Status, Mapping[type[c.Command], Row]] = {
    Status.LOBBY: {
        **_UNTIL_CLOSED,
        c.Start: LEADERS,
        c.Admit: LEADERS,
        c.SendOut: LEADERS,
        c.TickIn: LEADERS,
        c.TickOut: LEADERS,
        c.End: LEADERS,
    },
    Status.RUNNING: {
        **_GOING,
        c.PushBack: PRESENTER,
        c.StepBackNow: LEADERS,
        c.Pause: LEADERS_OR_ALONE,
        c.SetSilence: LEADERS,
        c.StartRound: LEADERS,
        c.OpenFloor: LEADERS,
        c.EndTurn: CIRCLE,
        c.SetHand: CIRCLE,
        c.SetCalledIn: LEADERS_OR_PRESENTER,
        c.TakeVoice: CIRCLE,
        c.DropVoice: CIRCLE,
        c.OpenCards: LEADERS,
        c.TurnCards: LEADERS,
        c.PutCardsAway: LEADERS,
        c.WriteCard: CIRCLE,
        c.SendSignal: CIRCLE,
    },
    Status.PAUSED: {**_GOING, c.Resume: LEADERS},
    Status.LINGERING: {
        **_UNTIL_CLOSED,
        c.End: LEADERS,
        c.TickVoice: LEADERS,
        c.TickOut: LEADERS,
        c.CheckOut: SEATED,
        c.SetSilenced: LEADERS,
        c.AskMute: LEADERS,
        c.ReportHearing: SEATED,
        c.ReportSpeech: SEATED,
    },
    Status.CLOSED: _ALWAYS,
}

# Which command can lead from one status to another; a command that is not here leaves the status alone.
CHANGES: Mapping[tuple[Status, Status], tuple[type[c.Command], ...]] = {
    (Status.LOBBY, Status.RUNNING): (c.Start,),
    (Status.LOBBY, Status.CLOSED): (c.End, c.CallOff, c.Tick),
    (Status.RUNNING, Status.PAUSED): (c.Pause, c.AnswerStop, c.Leave, c.SendOut, c.Reseat, c.TickOut, c.Tick),
    (Status.PAUSED, Status.RUNNING): (c.Resume, c.Next, c.GoTo, c.EndCase, c.SetCases, c.AnswerStop, c.Tick),
    (Status.RUNNING, Status.LINGERING): (c.End, c.Next, c.Tick),
    (Status.PAUSED, Status.LINGERING): (c.End, c.Next, c.Tick),
    (Status.RUNNING, Status.CLOSED): (c.Tick,),
    (Status.PAUSED, Status.CLOSED): (c.Tick,),
    (Status.LINGERING, Status.CLOSED): (c.End, c.Tick),
}


def is_allowed(session: Session, row: Row, by: PersonId) -> bool:
    """Whether a person is one of those a row names."""
    return any(_is(session, who, by) for who in row)


def _is(session: Session, who: Who, by: PersonId) -> bool:
    person = session.people[by]
    match who:
        case Who.LEADERS:
            return leads(session, by)
        case Who.ALONE:
            return assists(session, by) and not leader_is_here(session)
        case Who.DOOR:
            return assists(session, by) and session.assistant_door
        case Who.PRESENTER:
            return by == invitee(session)
        case Who.CIRCLE:
            return person.seated and person.seat not in RING_SEATS
        case Who.SEATED:
            return person.seated
        case Who.WAITING:
            return not person.seated
        case Who.OWNER | Who.CLOCK:
            return False
