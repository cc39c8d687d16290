"""What a simulated co-leader wishes for: the door, the persons of the case, the signals, a word on the leaders' line.

A co-leader never moves a phase, also when the lead has come over because the leader was lost: it is handed back.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from openbalint.demo.book import Line
from openbalint.demo.members import the_case
from openbalint.demo.mind import Mind, Say, Wish, always, chair, kind, may_speak
from openbalint.protocol.commands import (
    AddFigure,
    Admit,
    AnswerStop,
    FigureCode,
    HandOver,
    Seat,
    StopAnswer,
    WriteLine,
)
from openbalint.protocol.scripts import Method, PhaseKind
from openbalint.protocol.views import Audience, LeadersView, Status, View

CASE: Final = (PhaseKind.TELLING, PhaseKind.FACTS, PhaseKind.SILENCE, PhaseKind.FEELINGS, PhaseKind.DISCUSSION)


def wishes(mind: Mind, view: View, now: datetime) -> tuple[Wish, ...]:
    """Everything that a co-leader wishes for now."""
    if view.audience is not Audience.LEADERS or view.leaders is None or view.status is Status.CLOSED:
        return ()
    parts = (_admits, _gives_back, _adds, _reads_signals, _reminds, _goes_aside, _reviews)
    return tuple(wish for part in parts for wish in part(mind, view, view.leaders))


def _admits(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    """Whoever waits and is not held for coming late."""
    for waiting in leaders.waiting or ():
        if not waiting.late and not waiting.away and view.status is not Status.LOBBY:
            yield Wish(f"admit-{waiting.person}", (3, 8), always(Admit(mind.me, waiting.person)), once=False)


def _gives_back(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    seat = chair(view, mind.me)
    leader = next((one.person for one in view.circle if one.seat is Seat.LEADER and one.away is None), None)
    if seat and seat.lead and leader and view.status is not Status.LOBBY:
        yield Wish("give-back", (2, 4), always(HandOver(mind.me, leader)), once=False)


def _adds(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    """Persons of the case as they come up in the telling; the rest once the questions begin."""
    if kind(view) not in CASE or view.method is Method.SUPERVISION or not view.presenter:
        return
    there = {figure.code for figure in view.figures}
    for code in _wanted(mind, view):
        if code not in there:
            yield Wish(f"figure-{code}", (3, 9), always(AddFigure(mind.me, code)))


def _wanted(mind: Mind, view: View) -> Sequence[FigureCode]:
    case = the_case(mind, view)
    if kind(view) is not PhaseKind.TELLING:
        return case.figures
    return [code for line in case.telling if line.en in mind.said for code in line.adds]


def _reads_signals(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    count = sum((leaders.signals or {}).values())
    if count:
        yield _line(mind, f"signal-{count}", mind.book.frame.co_leader["signal"][0], (2, 6))


def _reminds(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    if kind(view) is PhaseKind.OPENING and "greeting" not in mind.ever:
        yield _line(mind, "greeting", mind.book.frame.co_leader["line"][0], (8, 14))
    if kind(view) is PhaseKind.DISCUSSION and any(figure.voices == 0 for figure in view.figures):
        yield _line(mind, "unvoiced", mind.book.frame.co_leader["unvoiced"][0], (300, 360))


def _goes_aside(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    """With the visitor who needs to stop, where the leader is simulated too."""
    simulated = mind.circle.players.keys() - mind.circle.visitors
    if leaders.stops and any(mind.circle.players[person].seat is Seat.LEADER for person in simulated):
        answer = AnswerStop(mind.me, leaders.stops[0].person, StopAnswer.ASIDE, view.entry)
        yield Wish("aside", (3, 6), always(answer), once=False, patient=True)


def _reviews(mind: Mind, view: View, leaders: LeadersView) -> Iterator[Wish]:
    line = mind.book.frame.co_leader["review"][0]
    if kind(view) is PhaseKind.REVIEW and may_speak(mind, view) and line.en not in mind.said:
        yield Wish("review", (3, 8), always(Say(mind.me, line)), speech=True)


def _line(mind: Mind, name: str, line: Line, wait: tuple[float, float]) -> Wish:
    return Wish(name, wait, always(WriteLine(mind.me, f"{line.en} · {line.zh}")))
