"""Rules of a random walk: what people press on the floor, with cards and signals, and at the door."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import Part
from openbalint.protocol.session import Session, Status
from openbalint.protocol.state import CardsState, phase
from tests.protocol.walk import EVERYBODY, LEADERS, MEMBERS, SEATS, Walk

people = st.sampled_from(EVERYBODY)
members = st.sampled_from(MEMBERS)
leaders = st.integers(0, 3)
numbers = st.integers(0, 99)
figures = st.integers(1, 4)
rarely = st.integers(0, 3).map(lambda n: n == 3)


class Presses(RuleBasedStateMachine):
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

    # ── the floor ────────────────────────────────────────────────────────────────────────────────────────────

    @rule(n=leaders, first=members, turns=st.integers(0, 5), voice=st.booleans(), hand=people)
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

    @rule(n=leaders, first=members, lost=numbers)
    def a_round_in_which_somebody_is_lost(self, n, first, lost):
        self.walk.act(c.StartRound(self.walk.a_leader(n), self.entry, first))
        ring = self.session.word.ring
        if len(ring) > 1:
            self.walk.act(c.Disconnect(ring[lost % len(ring)]))
            self.walk.pass_time(21)
        for _ in ring:
            self._pass_turn(voice=False)

    @rule(n=leaders)
    def open_floor(self, n):
        self.walk.act(c.OpenFloor(self.walk.a_leader(n), self.entry))

    @rule(by=people, who=people)
    def end_turn(self, by, who):
        turn = self.session.word.ring[0] if self.session.word.ring else self.session.word.holder
        self.walk.act(c.EndTurn(by, self.entry, turn or who))

    @rule(hands=st.lists(people, min_size=1, max_size=4), raised=st.sampled_from([True, True, False]))
    def hands(self, hands, raised):
        for who in hands:
            self.walk.act(c.SetHand(who, raised))

    @rule(n=leaders, called=st.booleans())
    def call_in(self, n, called):
        self.walk.act(c.SetCalledIn(self.walk.a_leader(n), self.entry, called))

    @rule(n=leaders, silent=st.booleans())
    def moment_of_silence(self, n, silent):
        self.walk.act(c.SetSilence(self.walk.a_leader(n), self.entry, silent))

    @rule(n=leaders, code=st.sampled_from([c.FigureCode.MOTHER, c.FigureCode.DOCTOR, c.FigureCode.CHILD]))
    def add_figure(self, n, code):
        self.walk.act(c.AddFigure(self.walk.a_leader(n), code))

    @rule(n=leaders, figure=figures)
    def remove_figure(self, n, figure):
        self.walk.act(c.RemoveFigure(self.walk.a_leader(n), figure))

    @rule(who=people, figure=figures)
    def take_voice(self, who, figure):
        turn = self.session.word.ring[0] if self.session.word.ring else who
        self.walk.act(c.TakeVoice(turn, figure))

    @rule(who=people)
    def drop_voice(self, who):
        self.walk.act(c.DropVoice(who))

    @rule(n=leaders, number=st.integers(1, 2), figure=figures, who=st.none() | members)
    def tick_voice(self, n, number, figure, who):
        self.walk.act(c.TickVoice(self.walk.a_leader(n), number, figure, who))

    # ── cards, signals, stops ────────────────────────────────────────────────────────────────────────────────

    @precondition(lambda self: self.runs() and phase(self.session).cards)
    @rule(n=leaders, writers=st.lists(people, max_size=4))
    def cards(self, n, writers):
        by = self.walk.a_leader(n)
        if self.session.word.cards is CardsState.TURNED:
            self.walk.act(c.PutCardsAway(by, self.entry))
        elif self.session.word.cards is CardsState.WRITING and not writers:
            self.walk.act(c.TurnCards(by, self.entry))
        else:
            self.walk.act(c.OpenCards(by, self.entry))
        for who in writers:
            self.walk.act(c.WriteCard(who, f"typed:{who}"))

    @rule(who=people, kind=st.sampled_from(c.SignalKind), gone=st.sampled_from([0.5, 2, 9]))
    def signal(self, who, kind, gone):
        self.walk.act(c.SendSignal(who, kind))
        self.walk.pass_time(gone)

    @rule(who=people)
    def need_to_stop(self, who):
        self.walk.act(c.NeedToStop(who))

    @rule(n=leaders, answer=st.sampled_from(c.StopAnswer))
    def answer_stop(self, n, answer):
        for who in self.walk.truths.stops[:1]:
            self.walk.act(c.AnswerStop(self.walk.a_leader(n), who, answer, self.entry))

    @rule(n=leaders)
    def write_line(self, n):
        self.walk.act(c.WriteLine(self.walk.a_leader(n), "typed:line"))

    @rule(who=people, mood=st.sampled_from(c.CheckOutMood))
    def check_out(self, who, mood):
        self.walk.act(c.CheckOut(who, mood))

    # ── the door ─────────────────────────────────────────────────────────────────────────────────────────────

    @rule(n=leaders, who=people)
    def admit(self, n, who):
        self.walk.act(c.Admit(self.walk.a_leader(n), who))

    @rule(n=leaders, who=people, now=rarely)
    def send_out(self, n, who, now):
        if not now:
            return
        self.walk.act(c.SendOut(self.walk.a_leader(n), who))

    @rule(n=leaders, locked=st.booleans(), now=rarely)
    def lock(self, n, locked, now):
        if not now:
            return
        self.walk.act(c.SetLock(self.walk.a_leader(n), locked))

    @rule(n=leaders, who=numbers)
    def somebody_new_comes_to_a_locked_door(self, n, who):
        new = [one for one in (*LEADERS, *MEMBERS) if one not in self.session.people]
        self.walk.act(c.SetLock(self.walk.a_leader(n), locked=True))
        if new:
            self.walk.connect(new[who % min(len(new), 3)])

    @rule(n=leaders, who=people, sleeps=st.booleans())
    def in_the_room(self, n, who, sleeps):
        by = self.walk.a_leader(n)
        self.walk.act(c.TickIn(by, who, SEATS.get(who, c.Seat.MEMBER)))
        self.walk.act(c.SetOffer(by, who, offered=True))
        self.walk.act(c.NamePresenter(by, who))
        self.walk.act(c.TickVoice(by, 1, 1, who))
        if sleeps:  # a phone that comes along and goes dark
            self.walk.act(c.Disconnect(who))
            self.walk.pass_time(21)

    @rule(n=leaders, who=people, now=rarely)
    def out_of_the_room(self, n, who, now):
        if not now:
            return
        self.walk.act(c.TickOut(self.walk.a_leader(n), who))

    @rule(n=leaders, who=st.none() | people, door=st.booleans())
    def assistant(self, n, who, door):
        self.walk.act(c.SetAssistant(self.walk.a_leader(n), who))
        self.walk.act(c.SetDoor(self.walk.a_leader(n), door))

    @rule(n=leaders, who=people)
    def hand_over(self, n, who):
        self.walk.act(c.HandOver(self.walk.a_leader(n), who))

    @rule(by=people, who=people, code=st.sampled_from(c.CueCode), n=numbers)
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
            c.ReportTurn(who, float(n)),
        )
        self.walk.act(commands[n % len(commands)])
