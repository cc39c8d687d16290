"""Rules of a random walk: what people press on the floor, with cards and signals, and at the door."""

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import CueCode, Part
from openbalint.protocol.session import Session, Status
from openbalint.protocol.state import CardsState, case, phase
from tests.protocol.drawing import between, either, maybe, one_of, press, rarely, several
from tests.protocol.walk import EVERYBODY, LEADERS, MEMBERS, RING, SEATS, Walk

people = one_of(EVERYBODY)
members = one_of(MEMBERS)
leaders = between(0, 3)
numbers = between(0, 99)
figures = between(1, 4)


class Presses:
    """One session a run; ``Sessions`` begins it and moves it."""

    walk: Walk

    @property
    def session(self) -> Session:
        return self.walk.session

    @property
    def entry(self) -> int:
        return self.session.entry

    def runs(self) -> bool:
        return self.session.status is Status.RUNNING

    # ── the group ────────────────────────────────────────────────────────────────────────────────────────────

    @press(who=members, seat=maybe(one_of(c.Seat)))
    def another_seat(self, who, seat):
        """Given, or the person let go, while a hand is up; and all is as it was."""
        self.walk.act(c.SetHand(who, raised=True))
        self.walk.act(c.Reseat(who, seat))
        self.walk.connect(who)
        self.walk.act(c.Reseat(who, c.Seat.MEMBER))

    @press(who=one_of(("m04", "cora")), n=leaders, now=rarely)
    def sent_out_or_let_go_and_a_leader_after_all(self, who, n, now):
        if not now:
            return
        self.walk.act(c.SendOut(self.walk.a_leader(n), who))
        self.walk.act(c.Reseat(who, None) if who == "cora" else c.Reseat(who, c.Seat.CO_LEADER))
        self.walk.act(c.Connect(who, c.Seat.CO_LEADER))
        if who != "cora":
            self.walk.act(c.Reseat(who, c.Seat.MEMBER))

    # ── the floor ────────────────────────────────────────────────────────────────────────────────────────────

    @press(n=leaders, first=members, turns=between(0, 5), voice=either, hand=people)
    def a_round(self, n, first, turns, voice, hand):
        self.walk.act(c.SetHand(hand, raised=True))
        self.walk.act(c.StartRound(self.walk.a_leader(n), self.entry, first))
        for _ in range(turns):
            self._pass_turn(voice)

    def _pass_turn(self, voice):
        if self.session.word.ring:
            who = self.session.word.ring[0]
            if voice:
                self.walk.act(c.TakeVoice(who, 1))
            self.walk.act(c.EndTurn(who, self.entry, who))

    @press(n=leaders, first=members, lost=numbers)
    def a_round_in_which_somebody_is_lost(self, n, first, lost):
        self.walk.act(c.StartRound(self.walk.a_leader(n), self.entry, first))
        ring = self.session.word.ring
        if len(ring) > 1:
            self.walk.act(c.Disconnect(ring[lost % len(ring)]))
            self.walk.pass_time(21)
        for _ in ring:
            self._pass_turn(voice=False)

    @press(n=leaders)
    def open_floor(self, n):
        self.walk.act(c.OpenFloor(self.walk.a_leader(n), self.entry))

    @press(by=people, who=people)
    def end_turn(self, by, who):
        turn = self.session.word.ring[0] if self.session.word.ring else self.session.word.holder
        self.walk.act(c.EndTurn(by, self.entry, turn or who))

    @press(hands=several(people, 1, 4), raised=one_of([True, True, False]))
    def hands(self, hands, raised):
        for who in hands:
            self.walk.act(c.SetHand(who, raised))
        if self.session.word.holder:  # taps once more, out of impatience
            self.walk.act(c.SetHand(self.session.word.holder, raised))

    @press(n=leaders, called=either)
    def call_in(self, n, called):
        self.walk.act(c.SetCalledIn(self.walk.a_leader(n), self.entry, called))

    @press(n=leaders, silent=either)
    def moment_of_silence(self, n, silent):
        self.walk.act(c.SetSilence(self.walk.a_leader(n), self.entry, silent))

    @press(n=leaders, code=one_of([c.FigureCode.MOTHER, c.FigureCode.DOCTOR, c.FigureCode.CHILD]), times=between(1, 3))
    def add_figure(self, n, code, times):
        for _ in range(times):
            self.walk.act(c.AddFigure(self.walk.a_leader(n), code))

    @press(n=leaders, figure=figures)
    def remove_figure(self, n, figure):
        self.walk.act(c.RemoveFigure(self.walk.a_leader(n), figure))

    @press(who=people, figure=figures)
    def take_voice(self, who, figure):
        turn = self.session.word.ring[0] if self.session.word.ring else who
        self.walk.act(c.TakeVoice(turn, figure))

    @press(who=people)
    def drop_voice(self, who):
        self.walk.act(c.DropVoice(who))

    @press(n=leaders, number=between(1, 2), figure=figures, who=maybe(people), presents=rarely)
    def tick_voice(self, n, number, figure, who, presents):
        """For the outer ring too, and for the presenter."""
        told = self.session.told.get(number)
        who = told.presenter if told and presents else who
        if who in RING or (told and who == told.presenter):
            self.walk.act(c.TickIn(self.walk.a_leader(n), who, SEATS.get(who, c.Seat.MEMBER)))
        self.walk.act(c.TickVoice(self.walk.a_leader(n), number, figure, who))

    # ── cards, signals, stops ────────────────────────────────────────────────────────────────────────────────

    @press(n=leaders, writers=several(people, 0, 4))
    def cards(self, n, writers):
        if not (self.runs() and phase(self.session).cards):
            return
        by = self.walk.a_leader(n)
        if self.session.word.cards is CardsState.TURNED:
            self.walk.act(c.PutCardsAway(by, self.entry))
        elif self.session.word.cards is CardsState.WRITING and not writers:
            self.walk.act(c.TurnCards(by, self.entry))
        else:
            self.walk.act(c.OpenCards(by, self.entry))
        for who in writers:
            self.walk.act(c.WriteCard(who, f"typed:{who}"))

    @press(who=people, kind=one_of(c.SignalKind), gone=one_of([0.5, 2, 9]))
    def signal(self, who, kind, gone):
        self.walk.act(c.SendSignal(who, kind))
        self.walk.pass_time(gone)

    @press(who=people)
    def need_to_stop(self, who):
        self.walk.act(c.NeedToStop(who))

    @press(n=leaders, answer=one_of(c.StopAnswer))
    def answer_stop(self, n, answer):
        for who in self.walk.truths.stops[:1]:
            self.walk.act(c.AnswerStop(self.walk.a_leader(n), who, answer, self.entry))

    @press(n=leaders, who=people, moves=one_of(("next", "resume", "end-case", "bring-back", "back")), now=either)
    def aside(self, n, who, moves, now):
        """And the leader who is there tries to go on."""
        if not now:
            return
        self.walk.act(c.NeedToStop(who))
        self.walk.act(c.AnswerStop(self.walk.a_leader(n), who, c.StopAnswer.ASIDE, self.entry))
        by, place = self.session.aside_leader, self.session.place
        if by is None or place is None:
            return
        self.walk.act(c.NeedToStop("m02"))
        match moves:
            case "next":
                self.walk.act(c.Next(by, self.entry))
            case "resume":
                self.walk.act(c.Resume(by, self.entry))
            case "end-case" | "bring-back":
                self.walk.act(c.AnswerStop(by, "m02", c.StopAnswer(moves), self.entry))
            case _:
                self.walk.act(c.GoTo(by, self.entry, place.part, place.case, 0))
        self.walk.act(c.Resume(self.walk.a_leader(n), self.entry))

    @press(n=leaders)
    def write_line(self, n):
        self.walk.act(c.WriteLine(self.walk.a_leader(n), "typed:line"))

    @press(who=people, mood=one_of(c.CheckOutMood))
    def check_out(self, who, mood):
        self.walk.act(c.CheckOut(who, mood))

    # ── sound ────────────────────────────────────────────────────────────────────────────────────────────────

    @press(n=leaders, who=people, silenced=either)
    def silence_somebody(self, n, who, silenced):
        """A presenter tries it too: who presents leads nobody, also a leader."""
        told = case(self.session)
        for by in (self.walk.a_leader(n), *((told.presenter,) if told else ())):
            self.walk.act(c.SetSilenced(by, who, silenced))
        self.walk.act(c.AskMute(self.walk.a_leader(n + 1), who))

    @press(who=people, presents=either, hears=one_of([False, False, True]), gone=one_of([0.5, 19, 21]))
    def sound_is_lost(self, who, presents, hears, gone):
        told = case(self.session)
        who = told.presenter if told and presents else who
        self.walk.act(c.ReportHearing(who, hears))
        self.walk.pass_time(gone)

    @press(who=people, speakers=several(people, 1, 4), seconds=one_of([1.0, 9.5, 40.0, 500.0]), late=either)
    def speech_is_heard(self, who, speakers, seconds, late):
        for one in speakers:
            self.walk.act(c.ReportSpeech(one, self.entry - late, seconds, turns=7))
        self.walk.act(c.ReportAround(who, c.Around.ALONE))

    @press(n=leaders, device=people, beside=several(people, 1, 3), marked=numbers)
    def share_a_microphone(self, n, device, beside, marked):
        by = self.walk.a_leader(n)
        for who in beside:
            self.walk.act(c.TickIn(by, who, SEATS.get(who, c.Seat.MEMBER)))
        self.walk.act(c.SetShared(by, device, tuple(beside)))
        self.walk.act(c.SetSharedSpeaker(by, device, (device, *beside)[marked % (len(beside) + 1)]))

    # ── the door ─────────────────────────────────────────────────────────────────────────────────────────────

    @press(n=leaders, who=people)
    def admit(self, n, who):
        self.walk.act(c.Admit(self.walk.a_leader(n), who))

    @press(n=leaders, who=people, now=rarely)
    def send_out(self, n, who, now):
        if not now:
            return
        self.walk.act(c.SendOut(self.walk.a_leader(n), who))

    @press(n=leaders, locked=either, now=rarely)
    def lock(self, n, locked, now):
        if not now:
            return
        self.walk.act(c.SetLock(self.walk.a_leader(n), locked))

    @press(n=leaders, who=numbers)
    def somebody_new_comes_to_a_locked_door(self, n, who):
        """A leader who is still missing, before anybody else."""
        new = [one for one in (*LEADERS, *MEMBERS) if one not in self.session.people]
        self.walk.connect(LEADERS[0])
        self.walk.act(c.SetLock(self.walk.a_leader(n), locked=True))
        if new:
            self.walk.connect(new[0] if new[0] in LEADERS else new[who % min(len(new), 3)])

    @press(n=leaders, who=people, sleeps=either)
    def in_the_room(self, n, who, sleeps):
        by = self.walk.a_leader(n)
        self.walk.act(c.TickIn(by, who, SEATS.get(who, c.Seat.MEMBER)))
        self.walk.act(c.SetOffer(by, who, offered=True))
        self.walk.act(c.NamePresenter(by, who))
        self.walk.act(c.TickVoice(by, 1, 1, who))
        if sleeps:  # a phone that comes along and goes dark
            self.walk.act(c.Disconnect(who))
            self.walk.pass_time(21)

    @press(n=leaders, who=people, now=rarely)
    def out_of_the_room(self, n, who, now):
        if not now:
            return
        self.walk.act(c.TickOut(self.walk.a_leader(n), who))

    @press(n=leaders, who=maybe(people), door=either)
    def assistant(self, n, who, door):
        self.walk.act(c.SetAssistant(self.walk.a_leader(n), who))
        self.walk.act(c.SetDoor(self.walk.a_leader(n), door))

    @press(n=leaders, who=people)
    def hand_over(self, n, who):
        self.walk.act(c.HandOver(self.walk.a_leader(n), who))

    @press(by=people, who=people, code=one_of(CueCode), n=numbers)
    def anybody_presses_anything(self, by, who, code, n):
        entry = self.entry - (n % 3 == 2)
        commands = (
            c.Next(by, entry),
            c.Pause(by, entry),
            c.Resume(by, entry),
            c.End(by, entry),
            c.Extend(by, entry, n),
            c.SetLock(by, locked=True),
            c.Admit(by, who),
            c.SendOut(by, who),
            c.ShowCue(by, code),
            c.StartRound(by, entry, who),
            c.OpenFloor(by, entry),
            c.StepBackNow(by, entry),
            c.SetCalledIn(by, entry, called=bool(n % 2)),
            c.NamePresenter(by, who),
            c.OpenCards(by, entry),
            c.TurnCards(by, entry),
            c.HandOver(by, who),
            c.SetCases(by, entry, n % 7),
            c.EndCase(by, entry),
            c.GoTo(by, entry, Part.CASE, n % 3, n % 9),
        )
        self.walk.act(commands[n % len(commands)])
