"""Whole sessions of simulated people and the real engine."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from openbalint.demo.book import book
from openbalint.demo.cast import CAST, VISITOR
from openbalint.demo.circle import actors, faster
from openbalint.demo.mind import Pace
from openbalint.demo.stage import Actor, Play, play
from openbalint.protocol import events as e
from openbalint.protocol.audiences import audience_of
from openbalint.protocol.commands import FigureCode
from openbalint.protocol.session import fold
from openbalint.protocol.shipped import SHIPPED

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PLAYERS = {f"id-of-{player.key}": player for player in CAST}
# A shipped script asks for a case by offers; only these refusals may then come: the offer for a case that will not be.
EXPECTED_REFUSALS = {("SetOffer", "not-now")}


def held(code: str = "balint-60", *, seed: int = 1, speed: float = 1, drift: bool = False) -> Play:
    script = SHIPPED[code]
    cast = actors(PLAYERS, script, speed=speed, drift=drift)
    return play(cast, planned_at=NOON, chance=Random(seed))


@pytest.fixture(scope="module")
def plain() -> Play:
    return held()


@pytest.fixture(scope="module")
def drifting() -> Play:
    return held(drift=True)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_shipped_script_is_led_to_its_end(code):
    done = held(code)
    assert done.closed
    assert isinstance(done.events[-1], e.Closed)
    assert {(type(command).__name__, why) for command, why in done.refused} <= EXPECTED_REFUSALS


@pytest.mark.parametrize("seed", range(3))
def test_chance_does_not_keep_a_session_from_its_end(seed):
    done = held(seed=seed, speed=20, drift=bool(seed % 2))
    assert (done.closed, done.refused) == (True, [])


def test_an_hour_takes_about_an_hour(plain):
    started = next(event.at for event in plain.events if isinstance(event, e.Started))
    assert timedelta(minutes=40) < plain.events[-1].at - started < timedelta(minutes=70)


def test_the_log_replays_to_the_same_session(plain):
    assert fold(plain.events) == plain.room.session


def test_everybody_speaks_and_only_with_the_right_to(plain):
    seats = [next(seat for seat in one.view.circle if seat.person == one.by) for one in plain.spoken]
    assert {PLAYERS[seat.person].key for seat in seats} == {player.key for player in CAST} - {"cora"}
    assert [seat.person for seat in seats if not seat.rights.speak] == []


def test_nobody_interrupts(plain):
    """Whoever speaks has let the one before finish."""
    pace = Pace(speed=1, minutes={})
    early = [
        after.line.en for before, after in pairwise(plain.spoken) if after.at < before.at + pace.words(before.line)
    ]
    assert early == []


def test_every_person_of_the_case_is_voiced(plain):
    voices = {figure.code: figure.voices for figure in plain.room.session.told[1].figures}
    assert set(voices) == {FigureCode.DOCTOR, *book().cases["rabbit"].figures}
    assert min(voices.values()) >= 1


def test_the_presenter_is_silent_outside_but_for_one_sentence(plain):
    presenter = plain.room.session.told[1].presenter
    outside = [one.line for one in plain.spoken if one.by == presenter and one.view.back]
    assert outside == list(book().cases["rabbit"].called_in)


def test_cards_a_signal_a_lost_connection_and_check_outs_come_by_themselves(plain):
    happened = {type(event) for event in plain.events}
    assert {e.CardsOpened, e.CardsTurned, e.SignalsCounted, e.CalledIn} <= happened
    assert any(isinstance(event, e.Disconnected) for event in plain.events)
    assert len(plain.room.volatile.check_outs) >= 9


def test_no_word_is_in_the_log(plain):
    log = repr(plain.events)
    assert [one.line.en for one in plain.spoken if one.line.en in log or one.line.zh in log] == []


def test_leaders_keep_the_frame_in_words(plain):
    said = {one.line.en for one in plain.spoken}
    words = book().frame.leader
    moments = ("named", "telling", "facts", "invite", "silence", "cards", "call_in", "return", "closing", "goodbye")
    assert [name for name in moments if words[name][0].en not in said] == []


def test_without_drift_nobody_leaves_the_method(plain):
    assert [one.line.en for one in plain.spoken if book().drift_of(one.line.en)] == []


def test_with_drift_members_leave_it_in_many_ways_and_leaders_answer_each(drifting):
    ways = {code for one in drifting.spoken if (code := book().drift_of(one.line.en))}
    shown = {event.code for event in drifting.events if isinstance(event, e.CueShown)} - {None}
    assert len(ways) >= 5
    assert shown == ways


def test_the_quiet_line_brings_its_drift_to_an_end_in_that_phase(drifting):
    drifted = [(one.view, book().drift_of(one.line.en)) for one in drifting.spoken]
    cues = [(view.entry, view.cue) for view, _ in drifted]
    assert [code for place, (view, code) in enumerate(drifted) if code and (view.entry, code) in cues[:place]] == []


def test_who_left_the_method_comes_back_to_it(drifting):
    backs = {drift.back.en for drift in book().drifts.values()}
    assert len([one for one in drifting.spoken if one.line.en in backs]) >= 3


def test_when_the_visitor_leads_nothing_moves_by_itself():
    visitors = [person for person, player in PLAYERS.items() if player.key in ("lan", VISITOR.key)]
    cast = actors(PLAYERS, SHIPPED["balint-60"], visitors=visitors)
    done = play(cast, planned_at=NOON, chance=Random(1))
    assert [event for event in done.events if isinstance(event, e.PhaseEntered | e.Started)] == []
    assert done.spoken == []


def test_a_visitor_who_does_nothing_is_waited_for_and_passed_over():
    """Robin sits there all the time and says nothing: the round goes on after a while, the session reaches its end."""
    script = SHIPPED["balint-60"]
    robin = next(person for person, player in PLAYERS.items() if player is VISITOR)
    cast = actors(PLAYERS, script, visitors=[robin], speed=20)
    silent = Actor(actors({robin: VISITOR}, script)[0].mind, lambda mind, view, now: ())
    done = play([*cast, silent], planned_at=NOON, chance=Random(1))
    ended = [event for event in done.events if isinstance(event, e.TurnEnded) and event.person == robin]
    assert done.closed
    assert len(ended) == 2
    assert audience_of(done.room, robin) is None


def test_a_hurried_script_keeps_every_phase():
    script = faster(SHIPPED["balint-120-two"], 20)
    assert [phase.minutes for phase in script.case] == [1] * len(script.case)
    assert [phase.kind for phase in script.case] == [phase.kind for phase in SHIPPED["balint-120-two"].case]
    assert faster(SHIPPED["balint-90-two"], 20).pause == SHIPPED["balint-90-two"].pause
