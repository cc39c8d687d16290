"""Random people press random buttons while the clock moves and connections drop.

A run starts at a drawn phase of a drawn script: from a fresh lobby most runs never start, and rounds, cards and further
cases hardly come. Beside plain presses there are directed ones for what chance seldom does: no leader, a crash of the
owner, people in the room, going backwards.
"""

from random import Random

from openbalint.protocol import commands as c, ways
from openbalint.protocol.scripts import Part, PhaseKind, Place, block, has_break, phase_at
from openbalint.protocol.session import Status
from openbalint.protocol.state import before_telling, case, going
from tests.protocol.drawing import between, do_press, either, one_of, press, presses, rarely, several
from tests.protocol.pressing import Presses, leaders, members, numbers, people
from tests.protocol.walk import EVERYBODY, LEADERS, SCRIPTS, Walk

seconds = one_of([0.5, 2, 5, 10, 15, 19, 21, 40, 61, 130, 301, 700])


def _places(script):
    yield Place(Part.OPENING, 0, 0)
    yield from (Place(Part.CASE, 1, index) for index in range(len(script.case)))
    yield Place(Part.CLOSING, 0, 0)
    yield from (Place(Part.CLOSING, 1, index) for index in range(1, len(script.closing)))
    if script.cases > 1:
        yield from (Place(Part.CASE, 2, index) for index in range(len(script.case)))
        yield from [Place(Part.BREAK, 1, 0)] * (3 if has_break(script) else 0)


SECOND = 2  # case
STARTS = [(code, place) for code, script in SCRIPTS.items() for place in _places(script)]


def starts(*kinds: PhaseKind) -> list[tuple[str, Place]]:
    """The starts at phases of these kinds, in a first case."""
    return [(code, at) for code, at in STARTS if at.case < SECOND and phase_at(SCRIPTS[code], at).kind in kinds]


# Left to itself chance would rarely sit where people speak, so each group of phases has walks of its own.
GROUPS = {
    "before the case": starts(PhaseKind.OPENING, PhaseKind.CALL),
    "telling and facts": starts(PhaseKind.TELLING, PhaseKind.FACTS),
    "silence": starts(PhaseKind.SILENCE),
    "feelings": starts(PhaseKind.FEELINGS),
    "discussion": starts(PhaseKind.DISCUSSION, PhaseKind.CLARIFYING),
    "return and after": starts(PhaseKind.RETURN, PhaseKind.SETTLE, PhaseKind.CLOSING, PhaseKind.REVIEW),
    "between cases and in the second": [
        *starts(PhaseKind.BREAK),
        *((code, place) for code, place in STARTS if place.case == SECOND),
    ],
}


ASSISTANCE = ("pause", "resume", "return", "closing", "anywhere", "end", "lock", "admit")


class Sessions(Presses):
    """One session a run."""

    def __init__(self, check=None) -> None:
        self.walk = Walk(check)

    def begin(self, places, chance):
        """Somewhere, with so many members, and now and then with the co-leader late."""
        code, place = one_of(places)(chance)
        presenter = one_of(("m00", "m00", "m02", "cora"))(chance)
        late = presenter != "cora" and rarely(chance)
        self.walk.begin(SCRIPTS[code], between(4, 15)(chance), place, presenter, cora=not late)

    # ── presence ─────────────────────────────────────────────────────────────────────────────────────────────

    @press(who=people, gone=seconds)
    def drop_and_come_back(self, who, gone):
        self.walk.act(c.Disconnect(who))
        self.walk.pass_time(gone)
        self.walk.connect(who)

    @press(gone=seconds)
    def the_presenter_drops_and_comes_back(self, gone):
        told = case(self.session)
        self.drop_and_come_back(told.presenter if told else "m00", gone)

    @press(now=rarely)
    def who_has_the_clock_is_lost_for_a_while(self, now):
        if now and self.session.lead:
            self.drop_and_come_back(self.session.lead, 21)

    @press(deaf=one_of([5, 19, 21]), gone=one_of([5, 19, 21]), resumes=either, n=leaders)
    def the_presenter_does_not_hear_and_loads_the_page_again(self, deaf, gone, resumes, n):
        told = case(self.session)
        if told is None:
            return
        self.walk.act(c.ReportHearing(told.presenter, hears=False))
        self.walk.pass_time(deaf)
        self.walk.act(c.Disconnect(told.presenter))
        if resumes:
            self.walk.act(c.Resume(self.walk.a_leader(n), self.entry))
        self.walk.pass_time(gone)
        self.everybody_is_back_and_it_goes_on()

    @press(gone=seconds)
    def whose_turn_it_is_drops(self, gone):
        word = self.session.word
        who = word.ring[0] if word.ring else word.holder
        if who:
            self.drop_and_come_back(who, gone)

    @press(who=people, now=rarely)
    def drop(self, who, now):
        if not now:
            return
        self.walk.act(c.Disconnect(who))

    @press(who=people)
    def connect(self, who):
        self.walk.connect(who)

    @press(who=people, now=rarely)
    def leave(self, who, now):
        if not now:
            return
        self.walk.act(c.Leave(who))

    @press()
    def leaders_come_back(self):
        for who in LEADERS:
            self.walk.connect(who)

    @press(gone=seconds)
    def time_passes(self, gone):
        self.walk.pass_time(gone)

    @press(unowned=one_of([1.0, 30.0, 400.0]), n=numbers, now=rarely)
    def the_owner_crashes(self, unowned, n, now):
        if not now:
            return
        self.walk.crash(unowned)
        for at, who in enumerate(EVERYBODY):
            if (n + at) % 5:
                self.walk.connect(who)

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────────────

    @press(n=leaders, at_once=either, now=either)
    def next_phase(self, n, at_once, now):
        if not now:
            return
        self.walk.act(c.Next(self.walk.a_leader(n), self.entry))
        if self.session.word.invited:
            press = c.StepBackNow if at_once else c.Next
            self.walk.act(press(self.walk.a_leader(n + 1), self.entry))

    @press(n=leaders, now=rarely)
    def two_leaders_press_next(self, n, now):
        if not now:
            return
        entry = self.entry
        for by in LEADERS:
            self.walk.act(c.Next(by, entry))

    @press(n=leaders, to=numbers, now=either)
    def go_to(self, n, to, now):
        if not now:
            return
        targets = ways.targets(self.session)
        if targets:
            place = targets[to % len(targets)]
            self.walk.act(c.GoTo(self.walk.a_leader(n), self.entry, place.part, place.case, place.index))

    @press(n=leaders, deaf=either)
    def an_invitation_is_overtaken(self, n, deaf):
        """Within the ten seconds the only other leader goes, or the presenter hears no more."""
        if not going(self.session) or self.session.place.part is not Part.CASE:
            return
        self.leaders_come_back()
        told, case_number = case(self.session), self.session.place.case
        who, by = told.presenter if told else "m03" if deaf else "cora", self.walk.a_leader(n)
        self.walk.act(c.SetOffer(who, who, offered=True))
        self.walk.act(c.NamePresenter(by, who))
        if deaf:
            self.walk.act(c.ReportHearing(who, hears=False))
            self.walk.pass_time(12)
        out = [at for at, item in enumerate(self.session.script.case) if item.out]
        self.walk.act(c.GoTo(by, self.entry, Part.CASE, case_number, out[0] if out else 0))
        if not deaf:
            self.walk.act(c.Leave("lea"))
        self.walk.pass_time(12)
        self.leaders_come_back()
        self.everybody_is_back_and_it_goes_on()

    @press(by=people, n=leaders)
    def push_back(self, by, n):
        self.walk.act(c.PushBack(ways.invitee(self.session) or by, self.entry))

    @press(n=leaders, voice=members)
    def pause_and_resume(self, n, voice):
        self.walk.act(c.TakeVoice(voice, 1))
        self.walk.act(c.Pause(self.walk.a_leader(n), self.entry))
        self.walk.pass_time(17)
        self.walk.act(c.Resume(self.walk.a_leader(n), self.entry))

    @press(n=leaders, now=rarely)
    def pause(self, n, now):
        if not now:
            return
        self.walk.act(c.Pause(self.walk.a_leader(n), self.entry))

    @press(n=leaders)
    def resume(self, n):
        self.walk.act(c.Resume(self.walk.a_leader(n), self.entry))

    @press(n=leaders, more=one_of([-1, 0, 1, 5, 60, 61]))
    def extend(self, n, more):
        if self.session.clock:
            self.walk.act(c.Extend(self.walk.a_leader(n), self.entry, self.session.clock.minutes + more))

    @press(n=leaders, more=one_of([-1, 1, 2]), times=between(1, 4))
    def set_cases(self, n, more, times):
        for _ in range(times):
            self.walk.act(c.SetCases(self.walk.a_leader(n), self.entry, self.session.cases + more))

    @press(n=leaders, now=rarely)
    def end_case(self, n, now):
        if not now:
            return
        self.walk.act(c.EndCase(self.walk.a_leader(n), self.entry))

    @press(n=leaders, luck=between(0, 9), who=people)
    def end(self, n, luck, who):
        if luck == 9:
            self.walk.act(c.End(self.walk.a_leader(n), self.entry))
            self.walk.pass_time(61)
            self.walk.connect(who)

    @press(n=leaders, now=rarely)
    def a_further_case(self, n, now):
        """Chance alone hardly ever tells a second case."""
        if not now:
            return
        by = self.walk.a_leader(n)
        if going(self.session) and self.session.place.part is Part.CASE and not before_telling(self.session):
            last = len(block(self.session.script, self.session.cases)) - 1
            self.walk.act(c.GoTo(by, self.entry, Part.CASE, self.session.place.case, last))
            self.walk.act(c.SetCases(by, self.entry, self.session.place.case + 1))
            self.walk.act(c.EndCase(by, self.entry))

    @press(n=leaders, who=members, now=rarely)
    def tell_a_case(self, n, who, now):
        if not now:
            return
        by = self.walk.a_leader(n)
        self.walk.act(c.SetOffer(who, who, offered=True))
        self.walk.act(c.NamePresenter(by, who))
        self.walk.act(c.Next(by, self.entry))

    @press(n=leaders, who=people, now=rarely)
    def backwards_and_another_presenter(self, n, who, now):
        if not now:
            return
        by, session = self.walk.a_leader(n), self.session
        if session.told and session.place.case:
            self.walk.act(c.GoTo(by, self.entry, Part.CASE, session.place.case, 0))
            self.walk.act(c.SetOffer(who, who, offered=True))
            self.walk.act(c.NamePresenter(by, who))
            self.walk.act(c.Next(by, self.entry))

    @press(who=one_of(LEADERS), n=leaders, alone=rarely)
    def a_leader_presents(self, who, n, alone):
        if alone:
            self.walk.act(c.Disconnect(next(other for other in LEADERS if other != who)))
            self.walk.pass_time(21)
        self.walk.act(c.SetOffer(who, who, offered=True))
        self.walk.act(c.NamePresenter(self.walk.a_leader(n), who))

    # ── no leader ────────────────────────────────────────────────────────────────────────────────────────────

    @press(acts=several(one_of(ASSISTANCE), 1, 3), back=either)
    def without_leaders(self, acts, back):
        assistant = self.session.assistant or "m01"
        self.walk.act(c.SetAssistant(self.walk.a_leader(0), assistant))
        for who in LEADERS:
            self.walk.act(c.Disconnect(who))
        self.walk.pass_time(21)
        for act in acts:
            self._assist(assistant, act)
        self.walk.pass_time(60)
        if back:
            self.leaders_come_back()

    @press(
        act=one_of(("pause", "pause", "pause", "closing", "return")),
        gone=one_of([100, 260]),
        again=between(1, 4),
        now=either,
    )
    def without_leaders_for_long(self, act, gone, again, now):
        """An assistant who would hold the session."""
        if now and self.session.told:
            self.without_leaders([act], back=False)
            for _ in range(again):
                self.walk.pass_time(gone)
                self._assist(self.session.assistant or "m01", act)

    def _assist(self, by, act):
        place = self.session.place
        home = ways.homecoming(self.session) if going(self.session) else None
        match act:
            case "pause":
                self.walk.act(c.Pause(by, self.entry))
            case "resume":
                self.walk.act(c.Pause(by, self.entry))
                self.walk.act(c.Resume(by, self.entry))
            case "return" if home:
                self.walk.act(c.GoTo(by, self.entry, home.part, home.case, home.index))
            case "closing" if place:
                self.walk.act(c.GoTo(by, self.entry, Part.CLOSING, min(place.case, self.session.cases), 0))
            case "anywhere" if ways.targets(self.session):
                target = ways.targets(self.session)[0]
                self.walk.act(c.GoTo(by, self.entry, target.part, target.case, target.index))
            case "end":
                self.walk.act(c.End(by, self.entry))
            case "lock":
                self.walk.act(c.SetLock(by, locked=True))
            case _:
                self.walk.act(c.Admit(by, "gus"))

    @press()
    def everybody_is_back_and_it_goes_on(self):
        told = case(self.session)
        if told:
            self.walk.connect(told.presenter)
        if self.session.status is not Status.PAUSED:
            return
        self.leaders_come_back()
        self.walk.act(c.Resume(self.session.lead, self.entry))


PRESSES = presses(Sessions)
STEPS = 60


def stroll(group: str, chance: Random, check=None) -> None:
    """A long walk from a group of phases, with a seeded chance."""
    sessions = Sessions(check)
    sessions.begin(GROUPS[group], chance)
    for _ in range(STEPS):
        name = one_of(PRESSES)(chance)
        do_press(sessions, name, PRESSES[name], chance)
