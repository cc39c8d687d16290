"""Logs of whole meetings, written event by event, and stored as the live room stores them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from openbalint.groups.scripts import from_body
from openbalint.meetings.actions.sessions import append, row_of
from openbalint.meetings.models import Meeting, StoredSession
from openbalint.protocol import events as e
from openbalint.protocol.commands import FigureCode, PersonId, Seat, SignalKind
from openbalint.protocol.scripts import Part, PhaseKind, Script

WENT = {"opening": 6, "call": 4, "telling": 13, "facts": 5, "silence": 3, "feelings": 16, "discussion": 28, "return": 9}
CLOSING = 6
VOICES = {"feelings": (2, 3, 2), "discussion": (2, 2, 3, 1, 4, 2, 2, 1)}  # figures in the order they are voiced


def a_whole_meeting(
    meeting: Meeting,
    seats: Mapping[PersonId, Seat],
    *,
    presenters: Sequence[PersonId],
    turns: Mapping[PersonId, Sequence[float]] | None = None,
    late: Mapping[PersonId, int] | None = None,
    pause: int = 0,
) -> datetime:
    """Let a meeting of one case or more happen and end; say when its room closed.

    ``turns``: seconds of speech, where sound is measured. ``late``: minutes. ``pause``: minutes in each discussion.
    """
    happened = list(
        a_log(meeting.planned_at, from_body(meeting.script), seats, presenters, turns or {}, late or {}, pause)
    )
    stored = StoredSession.objects.create(meeting=meeting)
    append([row_of(stored.pk, seq, event) for seq, event in enumerate(happened, 1)])
    return happened[-1].at


def a_meeting_nobody_began(meeting: Meeting, *, came: PersonId) -> None:
    """Somebody waits, nobody begins, and the clock closes the room."""
    StoredSession.objects.create(meeting=meeting)
    at = meeting.planned_at
    happened: list[e.Event] = [
        e.Planned(at, at),
        e.Arrived(at, came, Seat.MEMBER),
        e.Left(at, came),
        e.Closed(at + timedelta(hours=12)),
    ]
    append([row_of(meeting.pk, seq, event) for seq, event in enumerate(happened, 1)])


def a_log(
    at: datetime,
    script: Script,
    seats: Mapping[PersonId, Seat],
    presenters: Sequence[PersonId],
    turns: Mapping[PersonId, Sequence[float]],
    late: Mapping[PersonId, int],
    pause: int,
) -> Iterator[e.Event]:
    """The events of a whole meeting that begins ``at`` its time; facts as for `a_whole_meeting`."""
    yield e.Planned(at, at)
    in_time = [person for person in seats if person not in late]
    for person in in_time:
        yield e.Arrived(at, person, seats[person])
    yield e.Started(at, script, in_time[0])
    for person in in_time:
        yield e.Seated(at, person)
    yield e.PhaseEntered(at, Part.OPENING, 0, 0)
    for person, minutes in sorted(late.items(), key=lambda one: one[1]):
        yield e.Arrived(at + timedelta(minutes=minutes), person, seats[person])
        yield e.Seated(at + timedelta(minutes=minutes), person)
    at += timedelta(minutes=WENT["opening"])
    for number, presenter in enumerate(presenters, 1):
        if number > 1 and script.pause and script.pause.minutes:
            yield e.PhaseEntered(at, Part.BREAK, number - 1, 0)
            at += timedelta(minutes=script.pause.minutes)
        for event in _case(at, script, number, presenter, pause):
            at = event.at
            yield event
    yield e.SignalsCounted(at, {SignalKind.PUSHED: 2, SignalKind.MORE_SILENCE: 1})
    for person, spoken in turns.items():
        for seconds in spoken:
            yield e.TurnReported(at, person, seconds)
    yield e.PhaseEntered(at, Part.CLOSING, len(presenters), 0)
    at += timedelta(minutes=CLOSING)
    yield e.Ended(at)
    yield e.Closed(at + timedelta(minutes=1))


def _case(at: datetime, script: Script, number: int, presenter: PersonId, pause: int) -> Iterator[e.Event]:
    for index, phase in enumerate(script.case):
        if phase.kind is PhaseKind.TELLING:
            yield e.OfferSet(at, presenter, offered=True)
            yield e.PresenterNamed(at, presenter)
        yield e.PhaseEntered(at, Part.CASE, number, index)
        if phase.kind is PhaseKind.FACTS:
            for code in (FigureCode.MOTHER, FigureCode.CHILD, FigureCode.FATHER, FigureCode.NURSE):
                yield e.FigureAdded(at, code)
        for figure in VOICES.get(phase.kind, ()) if phase.voices else ():
            yield e.VoiceTicked(at, number, figure, None)
        if phase.kind is PhaseKind.DISCUSSION:
            yield e.SilenceSet(at, silent=True)
            yield e.SilenceSet(at, silent=False)
        if phase.kind is PhaseKind.DISCUSSION and pause:
            yield e.Paused(at, e.PauseReason.LEADER)
            at += timedelta(minutes=pause)
            yield e.Resumed(at)
        at += timedelta(minutes=WENT.get(phase.kind, phase.minutes))
    yield e.CueShown(at, None)


def ids(*people: UUID) -> list[PersonId]:
    """The ids of people as the session knows them."""
    return [str(person) for person in people]
