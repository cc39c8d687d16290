"""What simulated members wish for: to offer, ask, feel aloud, speak as persons of the case, write, signal, go."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import Random
from typing import Final

from openbalint.demo import presenting
from openbalint.demo.book import CASES, FALLBACK, Case, Line, Lines
from openbalint.demo.cast import CAST
from openbalint.demo.mind import Deed, Drop, Mind, Say, Wish, always, chair, kind, may_speak
from openbalint.protocol.commands import (
    CheckOut,
    CheckOutMood,
    DropVoice,
    EndTurn,
    PersonId,
    SendSignal,
    SetHand,
    SetOffer,
    TakeVoice,
    WriteCard,
)
from openbalint.protocol.scripts import Floor, Method, PhaseKind
from openbalint.protocol.views import CardsState, FigureView, Status, View

PASSES: Final = 0.07  # how often a turn is passed
DRIFTS: Final = 0.5  # how often words leave the method, with --drift
AS_PERSONS: Final = 0.65  # how often somebody in the discussion speaks as a person of the case
CALM: Final = (CheckOutMood.CALM,) * 3 + (CheckOutMood.STIRRED,)
TALKS: Final = (PhaseKind.FEELINGS, PhaseKind.DISCUSSION)


def wishes(mind: Mind, view: View, now: datetime) -> tuple[Wish, ...]:
    """Everything that a member wishes for now."""
    if view.status in (Status.LOBBY, Status.PAUSED, Status.CLOSED) or chair(view, mind.me) is None:
        return ()
    parts = (_offers, _hands, _asks, _turns, _voices, _talks, _writes, _signals, _drops, _checks_out)
    return (
        *presenting.wishes(mind, view, now),
        *(wish for part in parts for wish in part(mind, view, now)),
    )


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def the_case(mind: Mind, view: View) -> Case:
    """The case that is told."""
    return mind.book.case_of(_key(mind, view.presenter))


def left(mind: Mind, *sections: Lines) -> Sequence[Line]:
    """Lines that nobody has said yet: of the first section that has any."""
    rests = ([line for line in section if line.en not in mind.said] for section in sections)
    return next((rest for rest in rests if rest), [])


def voice_lines(mind: Mind, view: View, figure: FigureView) -> Sequence[Line]:
    """What can still be said as a person of the case."""
    case, fallback = the_case(mind, view), mind.book.cases[FALLBACK]
    names = (*(("own",) if figure.own else ()), str(figure.code))
    found = [voices[name] for voices in (case.voices, fallback.voices) for name in names if name in voices]
    return left(mind, *found, fallback.voices["any"])


def one_of(mind: Mind, lines: Sequence[Line]) -> Callable[[Random], Deed]:
    """Say any of the lines."""
    return lambda chance: Say(mind.me, chance.choice(lines))


def _key(mind: Mind, person: PersonId | None) -> str | None:
    player = mind.circle.players.get(person) if person else None
    return player.key if player else None


# ── the way into a case ───────────────────────────────────────────────────────────────────────────────────────────────


def _offers(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if not _asks_for_cases(view):
        return
    if mind.me in view.offers:
        lines = left(mind, mind.book.case_of(mind.player.key).offer)
        if lines and may_speak(mind, view):
            yield Wish("offer-words", (1, 4), one_of(mind, lines), speech=True)
    elif _has_one(mind, view):
        yield Wish("offer", (6, 16), always(SetOffer(mind.me, mind.me, offered=True)))


def _asks_for_cases(view: View) -> bool:
    """In the call; in scripts without one, in the opening, a break and where a case is rounded off."""
    called = any(step.kind is PhaseKind.CALL for step in view.way)
    asking = (PhaseKind.CALL,) if called else (PhaseKind.OPENING, PhaseKind.BREAK, PhaseKind.CLARIFYING)
    return kind(view) in asking and view.naming and view.named is None


def _has_one(mind: Mind, view: View) -> bool:
    """Whoever has a case that is written; when these are told, somebody who has not presented yet."""
    tellers = {mind.book.cases[name].presenter for name in CASES}
    waiting = tellers - {_key(mind, person) for person in mind.presented}
    if mind.player.key in tellers or waiting:
        return mind.player.key in waiting
    others = [seat.person for seat in view.circle if seat.person not in mind.presented and seat.away is None]
    simulated = [person for person in others if person in mind.circle.players.keys() - mind.circle.visitors]
    members = [person for person in simulated if mind.circle.players[person].seat is mind.player.seat]
    return not view.offers and members[:1] == [mind.me]


def _hands(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    seat = chair(view, mind.me)
    if view.floor is not Floor.ASKED or seat is None or not seat.rights.hand or mind.me in view.queue:
        return
    waiting = len(view.queue) + (view.holder is not None)
    if waiting < min(3, len(_questions(mind, view))):
        yield Wish("hand", (4, 25), always(SetHand(mind.me, raised=True)), once=False)


def _asks(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if view.holder != mind.me or view.floor is not Floor.ASKED:
        return
    end = EndTurn(mind.me, view.entry, mind.me)
    lines = _questions(mind, view)
    if not mind.spoke_since("holder") and lines:
        yield Wish("ask", (1, 3), one_of(mind, lines), speech=True, once=False)
    else:
        answered = mind.last is not None and mind.last.by != mind.me
        yield Wish("asked", (2, 4) if answered else (11, 14), always(end), speech=answered, once=False)


def _questions(mind: Mind, view: View) -> Sequence[Line]:
    questions = left(mind, the_case(mind, view).questions)
    return [*_drifting(mind, PhaseKind.FACTS), *questions]


# ── speaking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _turns(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if view.round is None or view.round.turn != mind.me or view.floor is not Floor.ROUND:
        return
    end = EndTurn(mind.me, view.entry, mind.me)
    if mind.spoke_since("my-turn"):
        yield Wish("end-turn", (1, 3), always(end), speech=True, once=False)
        return
    sources = _sources(mind, view)

    def do(chance: Random) -> Deed:
        return end if sources.dry or chance.random() < PASSES else _words(mind, view, sources, chance)

    if "voice" not in mind.since:
        yield Wish("turn", (2, 6), do, speech=True, once=False)


def _voices(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    """Words of whoever has taken a voice; in the open floor the voice is then left again."""
    seat = chair(view, mind.me)
    figure = next((one for one in view.figures if seat and one.figure == seat.speaks_as), None)
    if figure is None or not may_speak(mind, view):
        return
    lines = voice_lines(mind, view, figure)
    if lines and not mind.spoke_since("voice"):
        yield Wish("voice", (1.5, 4), one_of(mind, lines), speech=True, once=False)
    elif view.floor is not Floor.ROUND:
        yield Wish("drop-voice", (1, 3), always(DropVoice(mind.me)), speech=True, once=False)


def _talks(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if view.floor is Floor.ROUND or "voice" in mind.since or not may_speak(mind, view):
        return
    if kind(view) in TALKS and view.floor is Floor.OPEN:
        yield from _back(mind)
        slow, sources = 1 + 0.35 * mind.spoken, _sources(mind, view)
        if not sources.dry:
            words = partial(_words, mind, view, sources)
            yield Wish("talk", (7 * slow, 36 * slow), words, speech=True, once=False)
    elif lines := _small_talk(mind, view):
        yield Wish("say", (3, 40), one_of(mind, lines), speech=True)


def _back(mind: Mind) -> Iterator[Wish]:
    """After the matching quiet line, whoever left the method comes back to it."""
    if mind.drifted and mind.drifted in mind.shown:
        lines = left(mind, (mind.book.drifts[mind.drifted].back,))
        if lines:
            yield Wish(f"back-{mind.drifted}", (2, 6), one_of(mind, lines), speech=True)


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where the next words in feelings and discussion may come from."""

    drifting: Sequence[Line]
    free: Sequence[Line]
    figures: Mapping[FigureView, int]  # persons of the case, with how much there is still to say as each

    @property
    def dry(self) -> bool:
        return not (self.drifting or self.free or self.figures)


def _sources(mind: Mind, view: View) -> _Sources:
    rest = {figure: len(voice_lines(mind, view, figure)) for figure in view.figures} if _may_voice(mind, view) else {}
    figures = {figure: lines for figure, lines in rest.items() if lines}
    return _Sources(_drifting(mind, kind(view)), _free(mind, view), figures)


def _words(mind: Mind, view: View, sources: _Sources, chance: Random) -> Deed:
    """Say something, or begin to speak as the person of the case with the most still to say."""
    if sources.drifting and chance.random() < DRIFTS:
        return Say(mind.me, chance.choice(sources.drifting))
    if sources.figures and (not sources.free or view.round or chance.random() < AS_PERSONS):
        figure = max(sources.figures, key=lambda one: sources.figures[one] + chance.random())
        return TakeVoice(mind.me, figure.figure)
    return Say(mind.me, chance.choice(sources.free or sources.drifting))


def _free(mind: Mind, view: View) -> Sequence[Line]:
    case, fallback = the_case(mind, view), mind.book.cases[FALLBACK]
    if view.method is Method.SUPERVISION:
        return left(mind, case.advice, fallback.advice)
    if kind(view) is PhaseKind.FEELINGS:
        return left(mind, case.feelings, fallback.feelings)
    return left(mind, case.discussion, fallback.discussion)


def _may_voice(mind: Mind, view: View) -> bool:
    seat = chair(view, mind.me)
    return kind(view) is PhaseKind.DISCUSSION and seat is not None and seat.rights.voice and seat.speaks_as is None


def _drifting(mind: Mind, now: PhaseKind | None) -> Sequence[Line]:
    """Words that leave the method in this person's way, unless its quiet line has been shown in this phase."""
    if not mind.circle.drift:
        return []
    codes = [code for code in mind.player.drifts if code not in mind.shown]
    asking = now is PhaseKind.FACTS
    return [
        line
        for code in codes
        if (str(code) == "questioning") is asking
        for line in left(mind, mind.book.drifts[code].lines)
    ]


def _small_talk(mind: Mind, view: View) -> Sequence[Line]:
    member, case = mind.book.frame.member, the_case(mind, view)
    name = mind.book.name_of(_key(mind, view.presenter))
    thanks = tuple(line for line in member["thanks"] if line.case in ("", name))
    presenting_now = view.presenter == mind.me
    sections: dict[PhaseKind | None, Lines] = {
        PhaseKind.OPENING: member["check_in"],
        PhaseKind.CALL: () if view.named or _has_one(mind, view) else member["case_none"],
        PhaseKind.SETTLE: case.settle,
        PhaseKind.CLARIFYING: () if presenting_now else case.advice,
        PhaseKind.CLOSING: () if presenting_now else thanks,
        PhaseKind.REVIEW: member["review_presenter" if presenting_now else "review"],
    }
    if view.status is Status.LINGERING:
        return left(mind, member["goodbye"])
    return left(mind, sections.get(kind(view), ()))


# ── without words ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _writes(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    seat = chair(view, mind.me)
    if view.cards.state is CardsState.WRITING and seat and seat.rights.card:
        cards = the_case(mind, view).cards
        line = cards[CAST.index(mind.player) % len(cards)]
        yield Wish("card", (4, 18), always(WriteCard(mind.me, f"{line.en} {line.zh}")))


def _signals(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    seat, signal = chair(view, mind.me), mind.player.signal
    once = "signal" not in mind.ever and kind(view) in TALKS
    if signal and once and view.signals_open and seat and seat.rights.signal:
        yield Wish("signal", (60, 200), always(SendSignal(mind.me, signal)))


def _drops(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    free = kind(view) is PhaseKind.FEELINGS and view.floor is Floor.OPEN
    if mind.player.drops and free and "drop" not in mind.ever:
        yield Wish("drop", (20, 60), always(Drop(mind.me, 9)))


def _checks_out(mind: Mind, view: View, now: datetime) -> Iterator[Wish]:
    if view.check_out_open:
        yield Wish("check-out", (10, 60), lambda chance: CheckOut(mind.me, chance.choice(CALM)))
