"""What a simulated leader wishes for: every phase at its pace, a little patience with the visitor, and the frame.

The leader goes by the view that leaders get, moves on when a phase has had its time or has said what it had to say, and
waits for a visitor who presents, whose turn it is, or who needs to stop.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openbalint.demo import presenting
from openbalint.demo.book import CASES
from openbalint.demo.members import the_case
from openbalint.demo.mind import Mind, Say, Wish, always, here, kind, may_speak
from openbalint.protocol.commands import (
    AnswerStop,
    End,
    EndCase,
    EndTurn,
    NamePresenter,
    Next,
    OpenCards,
    PersonId,
    PutCardsAway,
    Resume,
    Seat,
    SetCalledIn,
    SetSilence,
    ShowCue,
    Start,
    StartRound,
    StopAnswer,
    TurnCards,
)
from openbalint.protocol.scripts import Floor, Method, PhaseKind, Script
from openbalint.protocol.views import Audience, CardsState, LeadersView, Status, View

VISITOR_TELLS: Final = 0.4  # part of the minutes that a visitor gets to tell and to respond: nobody hears it here
QUIET: Final = 40.0  # seconds without a word after which a phase has said what it had to say
ENOUGH: Final[Mapping[PhaseKind, float]] = {  # part of the minutes that a phase lasts even when all are quiet
    PhaseKind.OPENING: 0.5,
    PhaseKind.FACTS: 0.4,
    PhaseKind.FEELINGS: 0.6,
    PhaseKind.DISCUSSION: 0.6,
    PhaseKind.CLARIFYING: 0.5,
    PhaseKind.SETTLE: 0.5,
    PhaseKind.REVIEW: 0.3,
    PhaseKind.CLOSING: 0.7,
}


@dataclass(frozen=True, slots=True)
class Leading:
    """A simulated leader of one meeting. ``script`` is what the edge would put into *start*."""

    script: Script

    def __call__(self, mind: Mind, view: View, now: datetime) -> tuple[Wish, ...]:
        """Everything that the leader wishes for now; a look at the clock, at least."""
        if view.audience is not Audience.LEADERS or view.leaders is None:
            return ()
        if view.status is Status.LOBBY:
            return tuple(self._starts(mind, view))
        if view.status is Status.PAUSED:
            return tuple(_resumes(mind, view, view.leaders))
        parts = (_speaks, _names, _cards, _rounds, _silence, _calls_in, _drift, _stops, _moves, _ends)
        return (*(wish for part in parts for wish in part(mind, view, now)), Wish("look", (4, 5), None, once=False))

    def _starts(self, mind: Mind, view: View) -> Iterator[Wish]:
        """When most of the group is there, and the visitor, if one is expected."""
        come = [person for person in mind.circle.players if here(view, person)]
        visitor_is_here = all(here(view, person) for person in mind.circle.visitors)
        if visitor_is_here and len(come) >= min(9, len(mind.circle.players)):
            yield Wish("start", (6, 10), always(Start(mind.me, self.script)))


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _speaks(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """The frame's words, one after the other, with the group's words between."""
    special, lines = _special(view), mind.book.frame.leader
    if special:
        name, line = f"words-{special}", lines[special][0]
    else:
        word = str(kind(view))
        supervised = f"supervision_{word}" if view.method is Method.SUPERVISION else word
        section = lines.get(supervised, lines.get(word, ()))
        if kind(view) is PhaseKind.TELLING and view.presenter in mind.circle.visitors:
            section += lines["wait_presenter"]
        if mind.spoken >= len(section):
            return
        name, line = f"words-{mind.spoken}", section[mind.spoken]
    if may_speak(mind, view):
        soon = bool(special) or mind.spoken == 0
        yield Wish(name, (1.5, 3) if soon else (25, 50), always(Say(mind.me, line)), speech=True)


def _special(view: View) -> str:
    """Words that belong to a moment rather than to a phase."""
    if view.status is Status.LINGERING:
        return "goodbye"
    if view.invited:
        return "invite"
    if view.called_in:
        return "call_in"
    if view.cards.state is CardsState.WRITING:
        return "cards"
    return "named" if kind(view) is PhaseKind.CALL and view.named else ""


def _drift(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """The matching quiet line, its words, and later the phase's own line again."""
    begun = mind.since.get("phase", now)
    last = mind.last if mind.last and mind.last.start >= begun else None
    code = mind.book.drift_of(last.line.en) if last else None
    if code and view.cue is not code:
        yield Wish(f"cue-{code}", (2, 5), always(ShowCue(mind.me, code)))
    if view.cue:
        words = mind.book.frame.leader_drift.get(view.cue)
        if words and may_speak(mind, view):
            yield Wish(f"cue-words-{view.cue}", (0.5, 1.5), always(Say(mind.me, words)), speech=True)
        yield Wish("cue-off", (30, 40), always(ShowCue(mind.me, None)), once=False)


# ── the case ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _names(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """Name who presents: the visitor first, who gets a while to think it over."""
    if view.named or not view.offers or not _leads_into_telling(view):
        return
    decided = mind.presented.union(view.offers)
    may_still = any(here(view, person) for person in mind.circle.visitors - decided)
    chosen = min(view.offers, key=lambda person: _preference(mind, person))
    yield Wish("name", (25, 30) if may_still else (4, 8), always(NamePresenter(mind.me, chosen)), patient=may_still)


def _preference(mind: Mind, person: PersonId) -> int:
    if person in mind.circle.visitors:
        return len(CASES) + 1 if person in mind.presented else -1
    names = [mind.book.cases[name].presenter for name in CASES]
    key = mind.circle.players[person].key if person in mind.circle.players else ""
    return names.index(key) if key in names else len(CASES)


def _calls_in(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """Once a case, a simulated presenter is called in for a sentence."""
    simulated = view.presenter is not None and view.presenter not in mind.circle.visitors and view.presenter_here
    late = kind(view) is PhaseKind.DISCUSSION and _part(mind, view, now) >= 0.7
    if view.back and simulated and late and not view.round and not view.called_in:
        yield Wish("call-in", (2, 6), always(SetCalledIn(mind.me, view.entry, called=True)), speech=True)


def _cards(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """Cards in the silence: open after its half, turn, put away."""
    if view.cards.state is CardsState.WRITING:
        yield Wish("turn-cards", (25, 32), always(TurnCards(mind.me, view.entry)), patient=True)
    elif view.cards.state is CardsState.TURNED:
        yield Wish("cards-away", (25, 32), always(PutCardsAway(mind.me, view.entry)), patient=True)
    elif kind(view) is PhaseKind.SILENCE and _part(mind, view, now) >= 0.5:
        yield Wish("open-cards", (1, 3), always(OpenCards(mind.me, view.entry)))


def _rounds(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """One round in feelings, one in the discussion; whoever's turn or floor it is gets patience, not for ever."""
    taker = view.round.turn if view.round and view.floor is Floor.ROUND else view.holder
    if taker in mind.circle.visitors:
        end = EndTurn(mind.me, view.entry, taker)
        words = mind.book.frame.leader["turn"][0]
        if may_speak(mind, view):
            yield Wish("words-turn", (34, 38), always(Say(mind.me, words)), patient=True)
        yield Wish("on", (40, 50), always(end), once=False, patient=True)
    waits = {PhaseKind.FEELINGS: (5.0, 9.0), PhaseKind.DISCUSSION: (40.0, 60.0)}.get(kind(view) or PhaseKind.BREAK)
    first = _after_presenter(mind, view)
    if waits and first and Floor.ROUND in view.floors and view.floor is Floor.OPEN and "words-0" in mind.done:
        yield Wish("round", waits, always(StartRound(mind.me, view.entry, first)))


def _after_presenter(mind: Mind, view: View) -> PersonId | None:
    """The seat from which a round begins: the first member after the presenter."""
    people = [seat.person for seat in view.circle]
    start = people.index(view.presenter) + 1 if view.presenter in people else 0
    order = [*view.circle[start:], *view.circle[:start]]
    members = (seat for seat in order if seat.seat is Seat.MEMBER and seat.person != view.presenter)
    return next((seat.person for seat in members if seat.away is None), None)


def _silence(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """A moment of silence in the middle of the discussion."""
    if view.silent:
        off = SetSilence(mind.me, view.entry, silent=False)
        yield Wish("silence-off", (12, 16), always(off), once=False)
    elif kind(view) is PhaseKind.DISCUSSION and not view.round and _part(mind, view, now) >= 0.5:
        yield Wish("silence-on", (2, 6), always(SetSilence(mind.me, view.entry, silent=True)), speech=True)


# ── stops and pauses ──────────────────────────────────────────────────────────────────────────────────────────────────


def _stops(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """Whoever needs to stop gets a pause; with a co-leader there, the co-leader goes aside with the person."""
    stops = view.leaders.stops if view.leaders and view.leaders.stops else ()
    alone = not any(seat.seat is Seat.CO_LEADER and seat.away is None for seat in view.circle)
    if stops and alone:
        answer = AnswerStop(mind.me, stops[0].person, StopAnswer.PAUSE, view.entry)
        yield Wish("stop", (2, 4), always(answer), once=False, patient=True)


def _resumes(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    before, after = mind.book.frame.leader["stop"]
    if leaders.pause_reason != "presenter" and may_speak(mind, view):
        yield Wish("stop-words", (1, 2), always(Say(mind.me, before)), speech=True)
    if leaders.pause_reason == "presenter" and not view.presenter_here:
        yield Wish("end-case", (120, 150), always(EndCase(mind.me, view.entry)), once=False, patient=True)
        return
    wait = (3.0, 6.0) if leaders.pause_reason == "presenter" else (40.0, 50.0)
    yield Wish("resume", wait, always(Resume(mind.me, view.entry)), once=False, patient=True)
    if wait[0] > 3 and may_speak(mind, view):
        yield Wish("resume-words", (34, 38), always(Say(mind.me, after)), patient=True)


# ── moving ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _moves(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if view.status is Status.RUNNING and not view.invited and _is_done(mind, view, now):
        yield Wish("next", (1.5, 4), always(Next(mind.me, view.entry)), speech=True, once=False)


def _ends(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if view.status is Status.LINGERING:
        yield Wish("end", (40, 45), always(End(mind.me, view.entry)), patient=True)


def _part(mind: Mind, view: View, now: datetime) -> float:
    """Which part of its minutes the phase has lasted; more than 1 when it is over time."""
    now_kind = kind(view)
    planned = mind.pace.planned(now_kind) if now_kind else timedelta(minutes=1)
    return (now - mind.since.get("phase", now)) / planned


def _is_done(mind: Mind, view: View, now: datetime) -> bool:
    """Whether the phase has had its time, or has said what it had to say."""
    part, phase = _part(mind, view, now), kind(view)
    if view.round or view.cards.state is not CardsState.NONE or view.silent or view.called_in:
        return False
    if _leads_into_telling(view) and view.named is None:
        return False
    if phase is PhaseKind.CALL:
        return "words-named" in mind.done
    if phase in (PhaseKind.TELLING, PhaseKind.RETURN):
        return _has_told(mind, view, part)
    if phase is PhaseKind.FACTS and (view.holder or view.queue):
        return part >= 1.4
    quiet = mind.quiet_for(now) >= mind.pace.span(QUIET)
    return part >= 1 or (quiet and part >= ENOUGH.get(phase or PhaseKind.BREAK, 1))


def _leads_into_telling(view: View) -> bool:
    """Whether *next* begins a telling, so that who presents must be named first."""
    following = view.leaders.next if view.leaders else None
    return following is not None and following.kind is PhaseKind.TELLING


def _has_told(mind: Mind, view: View, part: float) -> bool:
    if view.presenter in mind.circle.visitors:
        return part >= VISITOR_TELLS
    case = the_case(mind, view)
    finished = presenting.told if kind(view) is PhaseKind.TELLING else presenting.responded
    return finished(mind, case) or part >= 1.5
