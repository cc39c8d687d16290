"""A meeting's record as leaders read it: its facts in words, with names, and the drawings beside their tables.

The record itself has ids and numbers only; names are looked up when it is shown. There is no verdict in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext, ngettext, pgettext

from openbalint.protocol.commands import PersonId, SignalKind
from openbalint.protocol.record import Attendance, CaseRecord, PhaseRecord, Record, Turns
from openbalint.protocol.scripts import (
    Method,
    Part,
    Phase,
    PhaseKind,
    Place,
    Script,
    announced_minutes,
    phase_at,
    steps_back,
)
from openbalint.protocol.state import LEADER_SEATS, RING_SEATS
from openbalint.web import drawings, labels
from openbalint.web.drawings import Bar, Dot, Spread, Timeline

Names = Mapping[PersonId, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the few numbers at the top."""

    name: str
    value: str
    more: str


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase of the way: announced beside what it was, in minutes, and both as lengths of a drawing 300 wide."""

    name: str
    case: int  # 0 where there is one case only, or none
    announced: int
    went: int
    out: bool
    width: float
    mark: float
    spoken: str = ""  # how long people spoke, all together; empty: not measured
    spread: str = ""  # of it, the least and the most of one person; once for each time the phase was entered


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A person of the case and its voices."""

    name: str
    voices: int
    feelings: int  # of the voices, those in what we feel
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The persons of one case."""

    title: str
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who came. Minutes; ``late`` 0 for who came in time; ``waited``: never sat."""

    name: str
    seat: str
    presented: bool
    waited: bool
    there: int
    late: int


@dataclass(frozen=True, slots=True)
class TurnsRow:
    """How much somebody spoke. ``turns`` None: they were not told apart."""

    name: str
    seat: str
    turns: int | None
    spoken: str


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A kind of signal and how often it was sent."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Everything that stands on the page."""

    facts: tuple[Fact, ...]
    timeline: Timeline
    paused: int  # minutes that the timeline leaves out
    has_begun: bool
    phases: tuple[PhaseRow, ...]
    cases: tuple[CaseRows, ...]  # none where nobody speaks as a person of the case
    spread: Spread | None  # None: nothing was measured
    spread_words: str
    signals: tuple[SignalRow, ...]  # none where the script has no signals
    people: tuple[PersonRow, ...]

    @property
    def has_speech(self) -> bool:
        """Whether speech was measured in some phase."""
        return any(row.spoken for row in self.phases)

    @property
    def has_feelings(self) -> bool:
        """Whether the two kinds of dots have to be told apart."""
        return any(figure.feelings for case in self.cases for figure in case.figures)

    @property
    def people_are_few(self) -> bool:
        """Whether the column of people is the shorter one, which takes the signals too."""
        figures = sum(len(case.figures) + bool(case.title) for case in self.cases)
        return len(self.people) < figures + (5 if self.spread else 2)


def page(record: Record, script: Script, *, names: Names, could_come: int) -> RecordPage:
    """The page of a record. ``script`` is the meeting's own copy; ``could_come`` how many belonged to the group."""
    return RecordPage(
        facts=tuple(_facts(record, script, names=names, could_come=could_come)),
        timeline=_timeline(record, script),
        paused=round(record.paused_minutes),
        has_begun=record.started_at is not None,
        phases=tuple(_phases(record, script)),
        cases=tuple(_case(case, alone=len(record.cases) == 1) for case in record.cases) if _has_voices(script) else (),
        spread=drawings.spread(record.spread) if record.spread else None,
        spread_words=pgettext("list", ", ").join(str(round(seconds / 60)) for seconds in record.spread or ()),
        signals=tuple(_signals(record)) if script.signals else (),
        people=tuple(people(record, names)),
    )


def name_of(person: PersonId, names: Names) -> str:
    """The name of somebody; whoever has been deleted has none."""
    return names.get(person) or gettext("somebody")


def spoken(seconds: float) -> str:
    """How long somebody spoke."""
    if seconds < 60:
        return gettext("%(seconds)s seconds") % {"seconds": round(seconds)}
    return ngettext("%(n)s minute", "%(n)s minutes", round(seconds / 60)) % {"n": round(seconds / 60)}


def phase_name(phase: PhaseRecord, script: Script) -> str:
    """The full name of a phase that was gone through."""
    return labels.phase(_of(phase, script), script)


def is_out(phase: PhaseRecord, script: Script) -> bool:
    """Whether the presenter was out of the circle."""
    return _of(phase, script).out


def _of(phase: PhaseRecord, script: Script) -> Phase:
    return phase_at(script, Place(phase.part, phase.case, phase.index))


def people(record: Record, names: Names) -> Iterator[PersonRow]:
    """Who was there, in the order of arrival."""
    presenters = {case.presenter for case in record.cases}
    for one in record.attendance:
        yield PersonRow(
            name=name_of(one.person, names),
            seat=str(labels.SEATS[one.seat]),
            presented=one.person in presenters,
            waited=one.seated_at is None,
            there=round(one.minutes),
            late=round(one.late_minutes),
        )


def turns(record: Record, known: Mapping[PersonId, Turns], names: Names) -> tuple[TurnsRow, ...]:
    """How much each person spoke, in the order of the chairs: the circle, then the outer ring. No part of the record."""
    seats = {one.person: one.seat for one in record.attendance}
    return tuple(
        TurnsRow(
            name=name_of(who, names),
            seat=str(labels.SEATS[seats[who]]),
            turns=None if one.seconds and not one.turns else one.turns,
            spoken=_clock(round(one.seconds)),
        )
        for who, one in sorted(known.items(), key=lambda one: seats[one[0]] in RING_SEATS)
    )


def came(record: Record, could_come: int) -> str:
    """How many sat in the circle, of those who belonged to the group."""
    circle = _circle(record)
    return f"{len(circle)} / {max(could_come, len(circle))}"


def presented(record: Record, names: Names) -> str:
    """The names of those who presented a case; empty for nobody."""
    return _and([name_of(case.presenter, names) for case in record.cases])


def _circle(record: Record) -> list[Attendance]:
    return [one for one in record.attendance if one.seated_at and one.seat not in RING_SEATS]


def _facts(record: Record, script: Script, *, names: Names, could_come: int) -> Iterator[Fact]:
    announced = gettext("announced: %(minutes)d") % {"minutes": announced_minutes(script)}
    yield Fact(gettext("Length"), _min(record.minutes + record.paused_minutes), announced)
    yield Fact(gettext("Came"), came(record, could_come), _lateness(_circle(record)))
    count = ngettext("one case", "%(n)s cases", len(record.cases)) % {"n": len(record.cases)}
    who = presented(record, names) or gettext("nobody")
    yield Fact(gettext("Presented"), who, count if record.cases else gettext("no case"))
    leaders = sorted(
        (one for one in record.attendance if one.seat in LEADER_SEATS), key=lambda one: one.seat, reverse=True
    )
    led = [name_of(one.person, names) for one in leaders]
    with_others = gettext("with %(names)s") % {"names": _and(led[1:])} if led[1:] else ""
    yield Fact(gettext("Led by"), led[0] if led else gettext("nobody"), with_others)
    if steps_back(script):
        listened = sum(case.listened_minutes for case in record.cases)
        out = sum(case.out_minutes for case in record.cases)
        of = gettext("of %(minutes)s min outside the circle") % {"minutes": round(out)}
        heard = [case.audible_seconds for case in record.cases if case.audible_seconds is not None]
        if heard:
            of = gettext("%(of)s; heard there: %(seconds)s s") % {"of": of, "seconds": sum(heard)}
        yield Fact(gettext("Presenter listened"), _min(listened), of)
    if script.method is Method.BALINT:
        silent = sum(phase.minutes for phase in record.phases if phase.kind is PhaseKind.SILENCE)
        moments = ngettext("and one moment", "and %(n)s moments", record.silences) % {"n": record.silences}
        yield Fact(gettext("Silence"), _min(silent), moments if record.silences else "")


def _min(minutes: float) -> str:
    return gettext("%(minutes)s min") % {"minutes": round(minutes)}


def _and(names: Sequence[str]) -> str:
    return pgettext("list", ", ").join(dict.fromkeys(names))


def _lateness(came: Sequence[Attendance]) -> str:
    late = [round(one.late_minutes) for one in came if round(one.late_minutes) > 0]
    if not late:
        return gettext("all in time")
    if len(late) == 1:
        return gettext("one %(minutes)s min late") % {"minutes": late[0]}
    return gettext("%(people)s late, at most %(minutes)s min") % {"people": len(late), "minutes": max(late)}


def _timeline(record: Record, script: Script) -> Timeline:
    bars = [
        Bar(
            name=labels.short_phase(_of(phase, script), script),
            minutes=phase.minutes,
            out=is_out(phase, script),
            case=phase.case,
        )
        for phase in record.phases
    ]
    return drawings.timeline(
        bars,
        [phase.minutes for phase in _way(script)],
        listened={case.case: _listened(case, alone=len(record.cases) == 1) for case in record.cases},
        unit=pgettext("minutes", "min"),
    )


def _listened(case: CaseRecord, *, alone: bool) -> str:
    said = {"minutes": round(case.listened_minutes)}
    if alone:
        return gettext("the presenter listened outside the circle: %(minutes)s min") % said
    return gettext("listened: %(minutes)s min") % said


def _way(script: Script) -> Iterator[Phase]:
    """The phases of a whole meeting as announced, all cases in turn."""
    yield from script.opening
    for number in range(1, script.cases + 1):
        yield from script.case
        if script.pause and number < script.cases:
            yield script.pause
    yield from script.closing


def _phases(record: Record, script: Script) -> Iterator[PhaseRow]:
    """A phase that was entered again counts once, with all its minutes."""
    several = len(record.cases) > 1
    places = groupby(sorted(record.phases, key=_place), key=_place)
    again = [tuple(entries) for _, entries in places]
    went = [sum(entry.minutes for entry in entries) for entries in again]
    longest = max([*(entries[0].planned_minutes for entries in again), *went, 1.0])
    for entries, minutes in zip(again, went, strict=True):
        phase = entries[0]
        yield PhaseRow(
            name=phase_name(phase, script),
            case=phase.case if several and phase.part is Part.CASE else 0,
            announced=phase.planned_minutes,
            went=round(minutes),
            out=is_out(phase, script),
            width=drawings.share(minutes, longest),
            mark=drawings.share(phase.planned_minutes, longest),
            spoken=_clock(sum(sum(entry.speech or ()) for entry in entries)) if _measured(entries) else "",
            spread="; ".join(
                f"{_clock(min(entry.speech))}–{_clock(max(entry.speech))}" for entry in entries if entry.speech
            ),
        )


def _measured(entries: Sequence[PhaseRecord]) -> bool:
    return any(entry.speech is not None for entry in entries)


def _clock(seconds: int) -> str:
    """A duration as minutes and seconds: 3:07."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _place(phase: PhaseRecord) -> tuple[int, int, int]:
    parts = {Part.OPENING: 0, Part.CASE: 1, Part.BREAK: 1, Part.CLOSING: 2}
    in_case = 1 if phase.part is Part.BREAK else 0
    return parts[phase.part], phase.case * 2 + in_case if parts[phase.part] == 1 else 0, phase.index


def _signals(record: Record) -> Iterator[SignalRow]:
    """Every kind, the most frequent first."""
    for kind in sorted(SignalKind, key=lambda kind: -record.signals.get(kind, 0)):
        yield SignalRow(str(labels.SIGNALS[kind]), record.signals.get(kind, 0))


def _has_voices(script: Script) -> bool:
    return any(phase.voices for phase in script.case)


def _case(case: CaseRecord, *, alone: bool) -> CaseRows:
    return CaseRows(
        title="" if alone else gettext("Case %(number)s") % {"number": case.case},
        figures=tuple(
            FigureRow(
                name=labels.figure(figure.code, letter=figure.letter, own=figure.own),
                voices=figure.voices,
                feelings=figure.feelings,
                dots=drawings.voices(figure.voices, light=figure.feelings),
            )
            for figure in sorted(case.figures, key=lambda figure: -figure.voices)
        ),
    )
