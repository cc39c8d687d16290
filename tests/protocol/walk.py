"""A session that anybody may push in any direction, with truths that the engine does not keep for it.

The walk knows by itself who has a connection, how long the clock of a phase has run, how long the presenter has
listened, who has pressed what. The named properties of ``properties.py`` compare.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
import pickle
import random
from typing import Any

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.apply import EMPTY, apply
from openbalint.protocol.kept import Kept
from openbalint.protocol.scripts import Part, PhaseKind, Picture, Place, Script, index_of
from openbalint.protocol.session import FRESH, RefusedError, Room, Status, Step, fold, next_deadline, step
from openbalint.protocol.shipped import SHIPPED
from openbalint.protocol.state import Session, going, leader_is_here, leaders_here, phase
from tests.protocol.stage import NOON, with_phase
from tests.protocol.truths import Truths

LEADERS = ("lea", "cora")
MEMBERS = tuple(f"m{number:02}" for number in range(15))
GUESTS = ("gus",)
RING = ("oda", "ora", "tom")
EVERYBODY = (*LEADERS, *MEMBERS, *GUESTS, *RING)
SEATS = {
    "lea": c.Seat.LEADER,
    "cora": c.Seat.CO_LEADER,
    "gus": c.Seat.GUEST,
    "oda": c.Seat.OBSERVER,
    "ora": c.Seat.OBSERVER,
    "tom": c.Seat.TRAINER,
}

_NINETY = SHIPPED["balint-90"]
_WITHIN = with_phase(with_phase(_NINETY, PhaseKind.SILENCE, out=False), PhaseKind.FEELINGS, out=False)
SCRIPTS: dict[str, Script] = {
    **{
        code: SHIPPED[code]
        for code in (
            "balint-60",
            "balint-90",
            "balint-90-two",
            "balint-120-two",
            "training-90",
            "supervision-3",
            "supervision-5",
        )
    },
    "within": with_phase(_WITHIN, PhaseKind.DISCUSSION, out=False),
    "twice": replace(with_phase(_NINETY, PhaseKind.FEELINGS, out=False), picture=Picture.CLOSED),
    "reply": replace(_NINETY, reply=True, cases=2, picture=Picture.LEADERS),
}


def other_name(who: str) -> str:
    """Another id, that sorts elsewhere."""
    return f"{who[::-1]}-{who}"


def renamed(event: e.Event) -> e.Event:
    """The same fact, of people with other ids."""
    changed: dict[str, Any] = {f.name: _renamed(getattr(event, f.name)) for f in fields(event)}
    return replace(event, **changed)


def _renamed(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_renamed(item) for item in value)
    return other_name(value) if isinstance(value, str) and value in EVERYBODY else value


class PropertyError(AssertionError):
    """A named property does not hold."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name}: {said}")
        self.name = name


@dataclass
class Moment:
    """One command and what came of it."""

    before: Room
    command: c.Command
    now: datetime
    done: Step | None  # None: refused
    code: str | None


class Walk:
    def __init__(self, check=None) -> None:
        self.room: Room = FRESH
        self.now = NOON
        self.log: list[e.Event] = []
        self.folded: Session = EMPTY
        self.chance = random.Random(3)
        self.kept = Kept()
        self.truths = Truths()
        self.acts = 0
        self.check = check or (lambda walk, moment: None)

    @property
    def session(self) -> Session:
        return self.room.session

    def act(self, command: c.Command) -> Step | None:
        """One command; every property is asked about the moment."""
        self.acts += 1
        kept = self.room if self.acts % 7 == 0 else self.room.volatile  # the whole now and then: it is dear
        before, frozen = self.room, pickle.dumps(kept)
        done, code = None, None
        try:
            done = step(self.room, command, now=self.now, chance=self.chance)
        except RefusedError as refusal:
            code = refusal.code
            if pickle.dumps(kept) != frozen:
                raise PropertyError("a refusal changes nothing", repr(command)) from refusal
        else:
            self.room = done.room
            self._learn(before, command, done)
            self._learn_leaders()
        self.check(self, Moment(before, command, self.now, done, code))
        return done

    def pass_time(self, seconds: float) -> None:
        """The owner's timer sends a tick at each deadline, and the consequences come to rest."""
        until = self.now + timedelta(seconds=seconds)
        rounds = 0
        while (due := next_deadline(self.room)) is not None and due <= until:
            rounds += 1
            if rounds > 200:
                raise PropertyError("the clock's consequences come to rest", f"{due} again and again")
            self._run((max(due, self.now) - self.now).total_seconds())
            self.act(c.Tick())
        self._run((until - self.now).total_seconds())

    def crash(self, unowned: float) -> None:
        """The owner dies; another process folds the log and adopts the room."""
        since = self.now
        self.now += timedelta(seconds=unowned)
        self.room = Room(fold(self.log))
        truths = self.truths
        for who, there in truths.connected.items():
            if there and who not in truths.in_room:
                truths.gone_at[who] = self.now
            elif who in truths.gone_at:
                truths.gone_at[who] += timedelta(seconds=unowned)
        stood_still = timedelta(seconds=unowned)
        truths.deaf_at = {who: at + stood_still for who, at in truths.deaf_at.items() if who not in truths.in_room}
        for name in ("leaderless_at", "alone_until", "paused_at", "invited_at", "called_at"):
            if getattr(truths, name):
                setattr(truths, name, getattr(truths, name) + stood_still)
        truths.connected = dict.fromkeys(truths.connected, False)
        truths.stops, truths.pressed, truths.earliest, truths.cards = [], set(), [], {}
        self.act(c.Adopt(since))

    # ── truths ───────────────────────────────────────────────────────────────────────────────────────────────

    def _run(self, seconds: float) -> None:
        """Time passes over the session as it stands."""
        session, truths = self.session, self.truths
        self.now += timedelta(seconds=seconds)
        if truths.alone_until and session.status is Status.PAUSED:
            truths.alone_until += timedelta(seconds=seconds)
        if session.status is not Status.RUNNING or session.place is None:
            return
        truths.ran += seconds
        for one, has in self.room.rights.items():
            truths.could[session.entry, one] += seconds if has.speak else 0.0
        if session.place.part is Part.CASE and phase(session).out:
            self._listen(session.place.case, seconds)

    def _listen(self, case: int, seconds: float) -> None:
        truths = self.truths
        truths.out[case] += seconds
        who = truths.presenters[case]
        if truths.is_there(who) and (who in truths.in_room or who not in truths.deaf_at):
            truths.listened[case] += seconds
        elif who in truths.gone_at or who in truths.deaf_at:
            truths.gap += seconds

    def _end_gap(self, who: str) -> None:
        """Back within 20 s of hearing nothing, for whatever reasons: the gap was listening. Later: nothing of it was."""
        truths = self.truths
        since = [at for at in (truths.gone_at.pop(who, None), truths.deaf_at.get(who)) if at]
        place = self.session.place
        if place and truths.presenters.get(place.case) == who:
            if since and self.now - min(since) < timedelta(seconds=20):
                truths.listened[place.case] += truths.gap
            truths.gap = 0.0

    def _learn(self, before: Room, command: c.Command, done: Step) -> None:
        if before.session.status is not Status.CLOSED:
            self._learn_devices(before, command)
            self._learn_people(command)
        self._learn_sound(command)
        self._learn_volatile(before, command, done)
        for event in done.events:
            self.log.append(event)
            self.folded = apply(self.folded, event)
            self._learn_seat(event)
            self._learn_event(event)
            self._learn_deadlines(event)

    def _learn_devices(self, before: Room, command: c.Command) -> None:
        truths = self.truths
        match command:
            case c.Connect(person=who) if not truths.connected.get(who):
                self._end_gap(who)
                truths.hear_again(who)
                truths.connected[who] = True
            case c.Disconnect(person=who) if truths.connected.get(who):
                truths.connected[who] = False
                if who in truths.in_room:
                    truths.hear_again(who)
                elif not before.session.people[who].lost:
                    truths.gone_at[who] = self.now
            case _:
                pass

    def _learn_people(self, command: c.Command) -> None:
        truths = self.truths
        match command:
            case c.Leave(by=who) | c.Reseat(person=who, seat=None):
                truths.connected[who] = False
                truths.hear_again(who)
                truths.silenced.discard(who)
                truths.in_room.discard(who)
                truths.gone_at.pop(who, None)
                self._forget_gap(who)
            case c.TickIn(person=who):
                self._end_gap(who)
                truths.in_room.add(who)
                if not truths.connected.get(who):
                    truths.hear_again(who)
            case c.TickOut(person=who):
                truths.in_room.discard(who)
            case _:
                pass

    def _learn_hearing(self, who: str, *, hears: bool) -> None:
        """The sound is back within 20 s: the gap was listening."""
        if not hears:
            self.truths.deaf_at[who] = self.now
            return
        self._end_gap(who)
        self.truths.hear_again(who)

    def _forget_gap(self, who: str) -> None:
        place = self.session.place
        if place and self.truths.presenters.get(place.case) == who:
            self.truths.gap = 0.0

    def _learn_sound(self, command: c.Command) -> None:
        truths = self.truths
        match command:
            case c.ReportHearing(by=who, hears=hears) if hears is (who in truths.deaf_at):
                self._learn_hearing(who, hears=hears)
            case c.SetSilenced(person=who, silenced=silenced):
                (truths.silenced.add if silenced else truths.silenced.discard)(who)
            case _:
                pass

    def _learn_leaders(self) -> None:
        """After five minutes the rest of the phase is left, and the minutes of a closing that the assistant goes to."""
        truths, session = self.truths, self.session
        if leader_is_here(session):
            truths.leaderless_at = truths.alone_until = None
        if not going(session) or leader_is_here(session):
            return
        truths.leaderless_at = truths.leaderless_at or self.now
        if truths.alone_until is None and self.now - truths.leaderless_at >= timedelta(minutes=5):
            rest = timedelta(minutes=truths.length, seconds=-truths.ran)
            closing = timedelta(minutes=session.script.closing[0].minutes)
            truths.alone_until = self.now + max(rest, timedelta()) + closing

    def _learn_volatile(self, before: Room, command: c.Command, done: Step) -> None:
        truths = self.truths
        match command:
            case c.NeedToStop(by=who) if who not in truths.stops:
                truths.stops.append(who)
            case c.AnswerStop(person=who):
                truths.stops.remove(who)
            case c.SendSignal(by=who, kind=kind) if (who, kind) not in truths.pressed:
                truths.pressed.add((who, kind))
                truths.earliest.append((self.now + timedelta(seconds=3), kind))
            case c.WriteCard(by=who, text=text):
                truths.cards[who] = text
            case _:
                pass

    def _learn_deadlines(self, event: e.Event) -> None:
        truths = self.truths
        match event:
            case e.Paused(at):
                truths.paused_at = truths.paused_at or at
            case e.Resumed() | e.PhaseEntered() | e.Ended():
                truths.paused_at = None
            case e.Invited(at):
                truths.invited_at = at
            case e.CalledIn(at):
                truths.called_at = at
            case _:
                pass

    def _learn_seat(self, event: e.Event) -> None:
        truths = self.truths
        match event:
            case e.Seated(person=who):
                truths.sat.add(who)
            case e.Reseated(person=who, seat=c.Seat.LEADER | c.Seat.CO_LEADER):
                truths.silenced.discard(who)  # a leader is silenced by nobody
            case e.SentOut(person=who):  # nothing happens to somebody who is sent out already
                truths.sat.discard(who)
                truths.gone_at.pop(who, None)
                truths.hear_again(who)
                truths.silenced.discard(who)
                truths.in_room.discard(who)
                self._forget_gap(who)
            case _:
                pass

    def _learn_event(self, event: e.Event) -> None:
        truths = self.truths
        match event:
            case e.Lost(person=who):
                truths.waited.append(self.now - truths.gone_at.pop(who, self.now))
                self._forget_gap(who)
            case e.HearingLost(person=who):
                truths.waited.append(self.now - truths.deaf_at.get(who, self.now))
                truths.deaf.add(who)
                self._forget_gap(who)
            case e.PhaseEntered(case=case):
                truths.ran, truths.cards = 0.0, {}
                truths.length = phase(self.folded).minutes
                told = self.folded.told.get(case)
                if told:
                    truths.presenters.setdefault(case, told.presenter)
                truths.pressed = set()
            case e.Extended(minutes=minutes):
                truths.length = minutes
            case e.CardsOpened() | e.CardsTurned() | e.CardsPutAway():
                truths.cards = {}
            case e.Ended():
                truths.pressed, truths.cards = set(), {}
            case _:
                pass

    # ── getting somewhere ────────────────────────────────────────────────────────────────────────────────────

    def begin(self, script: Script, members: int, place: Place, presenter: str, *, cora: bool) -> None:
        """Everybody comes, the session starts and goes to a place by the ordinary commands."""
        for who in (*LEADERS[: 1 + cora], *MEMBERS[:members], *GUESTS, *RING):
            self.connect(who)
        self.act(c.Admit("lea", "gus"))  # in the lobby nobody is seated yet
        self.act(c.Admit("lea", "oda"))
        self.act(c.Start("lea", script))
        if place.case:
            self._to_case(script, place if place.part is Part.CASE else Place(Part.CASE, 1, 1), presenter)
        if place.part in (Part.BREAK, Part.CLOSING):
            self._go(Part.CLOSING if place.part is Part.CLOSING else Part.BREAK, place.case, 0)
            self._go(place.part, place.case, place.index)

    def _to_case(self, script: Script, place: Place, presenter: str) -> None:
        """Told by the way, and past the end of a first case into a second."""
        telling = index_of(script, PhaseKind.TELLING) or 0
        for number in range(1, place.case + 1):
            index = place.index if number == place.case else telling
            begins = Place(Part.CASE, number, 0)
            if telling and self.session.place != begins:
                self._go(Part.CASE, number, 0)
            self.act(c.SetOffer(presenter, presenter, offered=True))
            self.act(c.NamePresenter("lea", presenter))
            for at in [telling, index] if index > telling else [index]:
                self._go(Part.CASE, number, at)
            presenter = "m01"
        if self.session.word.invited:
            self.act(c.StepBackNow("lea", self.session.entry))

    def _go(self, part: Part, number: int, index: int) -> None:
        if self.session.place != Place(part, number, index):
            self.act(c.GoTo("lea", self.session.entry, part, number, index))

    def connect(self, who: str) -> None:
        self.act(c.Connect(who, SEATS.get(who, c.Seat.MEMBER)))

    def a_leader(self, n: int) -> str:
        """Somebody who leads now, else somebody who is asked in vain."""
        leading = leaders_here(self.session)
        return leading[n % len(leading)] if leading else LEADERS[n % 2]
