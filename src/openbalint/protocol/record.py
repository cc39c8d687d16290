"""What stays: the facts of the meeting, computed from its log alone (过程记录).

A record walks the log once more and watches the session between two events: which phase, who was connected, who
listened. It can be computed from every log, also from one that breaks off. It holds no words and passes no verdict.

Minutes of a phase are those of its running clock; pauses are told beside them. A person's gap of under 20 s without a
connection counts as being there, of a longer one nothing does; while the room had no owner no minutes count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from openbalint.protocol import events as e
from openbalint.protocol.apply import EMPTY, apply
from openbalint.protocol.commands import FigureCode, PersonId, Seat, SignalKind
from openbalint.protocol.deadlines import LOST
from openbalint.protocol.scripts import Method, Part, PhaseKind, Place, ReviewGroup, Script, phase_at
from openbalint.protocol.state import RING_SEATS, Case, Session, Status, back, going, letter, phase

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class PhaseRecord:
    """One phase as it went; one entered twice is there twice."""

    kind: PhaseKind
    part: Part
    case: int
    index: int
    group: ReviewGroup | None
    entered_at: datetime
    planned_minutes: int  # of the script
    minutes: float  # of the running clock
    paused_minutes: float
    speech: tuple[int, ...] | None = None  # seconds of each in the circle, sorted, without names; None: not measured


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A person of the case, and how often the group spoke as them."""

    figure: int
    code: FigureCode
    letter: str
    own: bool
    voices: int
    feelings: int = 0  # of the voices, those given in what we feel


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case that was told."""

    case: int
    presenter: PersonId
    told_at: datetime
    out_minutes: float  # out of the circle, running
    listened_minutes: float  # of these, with a connection or in the room
    figures: tuple[FigureRecord, ...]
    audible_seconds: int | None = None  # the presenter was heard while back and not called in; None: not measured


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody who was there. ``late_minutes`` against the planned beginning, else against the start; never below 0."""

    person: PersonId
    seat: Seat
    came_at: datetime
    seated_at: datetime | None  # None: waited and never sat
    in_room: bool
    late_minutes: float
    minutes: float  # seated and there, between start and end


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of one meeting."""

    script: str | None  # code; None: never started
    method: Method | None
    planned_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    minutes: float  # running, all phases
    paused_minutes: float
    phases: tuple[PhaseRecord, ...]
    cases: tuple[CaseRecord, ...]
    spread: tuple[float, ...] | None  # seconds of speech of those in the circle, sorted; None: not measured
    signals: Mapping[SignalKind, int]
    attendance: tuple[Attendance, ...]
    silences: int = 0  # moments of silence, beside the phase


@dataclass(frozen=True, slots=True)
class Turns:
    """One person's speech: for that person and the leaders, until the log is condensed.

    ``turns`` 0 beside seconds: they were not told apart.
    """

    turns: int
    seconds: float


def record(events: Iterable[e.Event], *, planned_at: datetime | None = None) -> Record:
    """The record of a log. ``planned_at`` overrides the planned beginning that the log may know."""
    walk = _Walk()
    for event in events:
        walk.pass_to(event)
    return walk.record(planned_at)


def turns(events: Iterable[e.Event]) -> Mapping[PersonId, Turns]:
    """Turns and seconds of each person who spoke."""
    number: Counter[PersonId] = Counter()
    seconds: defaultdict[PersonId, float] = defaultdict(float)
    for event in events:
        if isinstance(event, e.TurnReported):
            number[event.person] += 1
            seconds[event.person] += event.seconds
        elif isinstance(event, e.SpeechCounted):
            number.update(event.turns)
            for who, heard in event.seconds.items():
                seconds[who] += heard
    return {who: Turns(number[who], spoken) for who, spoken in seconds.items()}


def turns_by_chair(events: Sequence[e.Event]) -> Mapping[PersonId, Turns]:
    """Turns and seconds of everybody who ever sat, in the order of seating."""
    spoken = turns(events)
    sat = dict.fromkeys(event.person for event in events if isinstance(event, e.Seated))
    return {who: spoken.get(who, Turns(0, 0.0)) for who in sat}


@dataclass(slots=True)
class _Row:
    """A phase being walked through; seconds."""

    entered: e.PhaseEntered
    entry: int
    running: float = 0.0
    paused: float = 0.0
    speech: Mapping[PersonId, int] | None = None
    beyond: Mapping[PersonId, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Tally:
    """Seconds of one person; ``gap``: without a connection, counted only if it stays under 20 s."""

    sure: float = 0.0
    gap: float = 0.0

    def add(self, seconds: float, *, connected: bool) -> None:
        if connected:
            self.sure += seconds
        else:
            self.gap += seconds

    def close_gap(self, *, counts: bool) -> None:
        self.sure += self.gap if counts else 0.0
        self.gap = 0.0


@dataclass(slots=True)
class _Walk:
    session: Session = EMPTY
    rows: list[_Row] = field(default_factory=list)
    out: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    listened: dict[int, _Tally] = field(default_factory=dict)
    there: dict[PersonId, _Tally] = field(default_factory=dict)
    came: dict[PersonId, datetime] = field(default_factory=dict)
    looked_in: set[PersonId] = field(default_factory=set)  # who went again before it began
    sat: dict[PersonId, datetime] = field(default_factory=dict)
    in_room: set[PersonId] = field(default_factory=set)
    told_at: dict[int, datetime] = field(default_factory=dict)
    signals: Counter[SignalKind] = field(default_factory=Counter)
    spoken: defaultdict[PersonId, float] = field(default_factory=lambda: defaultdict(float))
    measured: bool = False
    felt: Counter[tuple[int, int]] = field(default_factory=Counter)  # voices in what we feel, by case and figure
    silences: int = 0

    def pass_to(self, event: e.Event) -> None:
        """The time up to an event, then the event."""
        last = self.session.last_at
        if last is not None and going(self.session):
            until = max(min(event.since, event.at), last) if isinstance(event, e.Adopted) else event.at
            self._watch((until - last).total_seconds())
        self._note(event)
        self.session = apply(self.session, event)
        for number in self.session.told.keys() - self.told_at.keys():
            self.told_at[number] = event.at

    def _watch(self, seconds: float) -> None:
        """How the session stood for so many seconds."""
        session = self.session
        running = session.status is Status.RUNNING
        if running:
            self.rows[-1].running += seconds
        else:
            self.rows[-1].paused += seconds
        for who, person in session.people.items():
            if person.seated and person.here:
                connected = person.connected or person.in_room
                self.there.setdefault(who, _Tally()).add(seconds, connected=connected)
        if running and session.place and session.place.part is Part.CASE:
            self._listen(session.place.case, seconds)

    def _listen(self, number: int, seconds: float) -> None:
        who = back(self.session)
        if who is None:
            return
        self.out[number] += seconds
        person = self.session.people[who]
        if person.here:
            connected = person.in_room or (person.connected and person.deaf_at is None)
            self.listened.setdefault(number, _Tally()).add(seconds, connected=connected)

    def _note(self, event: e.Event) -> None:
        match event:
            case e.PhaseEntered():
                self.rows.append(_Row(event, self.session.entry + 1))
            case e.Arrived(at, who) | e.Returned(at, who):
                self._come(who, at)
                self._end_gap(who, at)
            case e.Lost(person=who) | e.Left(person=who) | e.SentOut(person=who) | e.TickedOut(person=who):
                if self.session.status is Status.LOBBY:
                    self.looked_in.add(who)
                self._close_gaps(who)
            case e.HearingSet(at, who, True):
                self._close_listening(who, counts=self._was_short(who, at))
            case e.HearingLost(person=who):
                self._close_listening(who, counts=False)
            case e.TickedIn(at, who):
                self.in_room.add(who)
                self._end_gap(who, at)
            case e.Seated(at, who):
                self.sat.setdefault(who, at)
            case e.VoiceTaken(figure=figure):
                self._feel(figure)
            case e.VoiceTicked(case=number, figure=figure) if self.session.place and number == self.session.place.case:
                self._feel(figure)
            case e.SilenceSet(silent=True):
                self.silences += 1
            case e.SignalsCounted(counts=counts):
                self.signals.update(counts)
            case e.TurnReported(person=who, seconds=seconds):
                self.measured = True
                self.spoken[who] += seconds
            case e.SpeechCounted():
                self._count_speech(event)
            case _:
                pass

    def _come(self, who: PersonId, at: datetime) -> None:
        """Somebody is there: for the first time, or after having looked in before it began."""
        if who in self.looked_in:
            self.looked_in.discard(who)
            self.came[who] = at
        else:
            self.came.setdefault(who, at)

    def _count_speech(self, event: e.SpeechCounted) -> None:
        self.measured = True
        for who, seconds in event.seconds.items():
            self.spoken[who] += seconds
        for row in self.rows:
            if row.entry == event.entry:
                row.speech, row.beyond = event.seconds, event.beyond

    def _feel(self, figure: int) -> None:
        place = self.session.place
        if place and going(self.session) and phase(self.session).kind is PhaseKind.FEELINGS:
            self.felt[place.case, figure] += 1

    def _end_gap(self, who: PersonId, at: datetime) -> None:
        person = self.session.people.get(who)
        gone_at = person.gone_at if person else None
        if who in self.there:
            self.there[who].close_gap(counts=gone_at is not None and at - gone_at < LOST)
        self._close_listening(who, counts=self._was_short(who, at))

    def _was_short(self, who: PersonId, at: datetime) -> bool:
        """Whether somebody heard nothing for under 20 s, for want of sound, of a connection, or of one after the other."""
        person = self.session.people.get(who)
        since = [begin for begin in (person.gone_at, person.deaf_at) if begin] if person else []
        return bool(since) and at - min(since) < LOST

    def _close_gaps(self, who: PersonId) -> None:
        if who in self.there:
            self.there[who].close_gap(counts=False)
        self._close_listening(who, counts=False)

    def _close_listening(self, who: PersonId, *, counts: bool) -> None:
        for number, told in self.session.told.items():
            if told.presenter == who and number in self.listened:
                self.listened[number].close_gap(counts=counts)

    # ── written down ─────────────────────────────────────────────────────────────────────────────────────────

    def record(self, planned_at: datetime | None) -> Record:
        session, script = self.session, self.session.script
        planned = planned_at or session.planned_at
        return Record(
            script=script.code if script else None,
            method=script.method if script else None,
            planned_at=planned,
            started_at=session.started_at,
            ended_at=session.ended_at or session.closed_at,
            minutes=_minutes(sum(row.running for row in self.rows)),
            paused_minutes=_minutes(sum(row.paused for row in self.rows)),
            phases=tuple(self._phase(script, row) for row in self.rows) if script else (),
            cases=tuple(self._case(number, told) for number, told in sorted(session.told.items())),
            spread=self._spread() if self.measured else None,
            signals=dict(sorted(self.signals.items())),
            attendance=tuple(self._attendance(who, planned or session.started_at) for who in self.came),
            silences=self.silences,
        )

    def _phase(self, script: Script, row: _Row) -> PhaseRecord:
        at = row.entered
        item = phase_at(script, Place(at.part, at.case, at.index))
        return PhaseRecord(
            item.kind,
            at.part,
            at.case,
            at.index,
            item.group,
            at.at,
            item.minutes,
            _minutes(row.running),
            _minutes(row.paused),
            None if row.speech is None else self._in_circle(row.speech),
        )

    def _case(self, number: int, told: Case) -> CaseRecord:
        listened = self.listened.get(number, _Tally()).sure
        figures = tuple(
            FigureRecord(
                f.number, f.code, letter(told, f), f.number == told.own, f.voices, feelings=self.felt[number, f.number]
            )
            for f in told.figures
        )
        return CaseRecord(
            number,
            told.presenter,
            self.told_at[number],
            _minutes(self.out[number]),
            _minutes(listened),
            figures,
            self._audible(number, told.presenter),
        )

    def _audible(self, number: int, presenter: PersonId) -> int | None:
        """For how long the presenter was heard out of the circle without the right to: 0 where the silence was kept."""
        script = self.session.script
        out = [
            row
            for row in self.rows
            if script and row.entered.case == number and row.entered.part is Part.CASE
            if row.speech is not None and phase_at(script, Place(Part.CASE, number, row.entered.index)).out
        ]
        return sum(row.beyond.get(presenter, 0) for row in out) if out else None

    def _spread(self) -> tuple[float, ...]:
        return tuple(map(float, self._in_circle(self.spoken)))

    def _in_circle(self, seconds: Mapping[PersonId, Number]) -> tuple[Number, ...]:
        """Of everybody who sat in the circle, sorted, without names."""
        seats = {who: self.session.people[who].seat for who in self.sat}
        return tuple(sorted(seconds.get(who, 0) for who, seat in seats.items() if seat not in RING_SEATS))

    def _attendance(self, who: PersonId, reference: datetime | None) -> Attendance:
        came = self.came[who]
        late = max(came - reference, timedelta()) if reference else timedelta()
        return Attendance(
            who,
            self.session.people[who].seat,
            came,
            self.sat.get(who),
            who in self.in_room,
            _minutes(late.total_seconds()),
            _minutes(self.there.get(who, _Tally()).sure),
        )


def _minutes(seconds: float) -> float:
    """Minutes to the hundredth: a clock of people, not of machines."""
    return round(seconds / 60, 2)
