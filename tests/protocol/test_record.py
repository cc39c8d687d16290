"""The record: facts of the meeting, from the log alone."""

from dataclasses import asdict
from datetime import timedelta

from openbalint.protocol import commands as c
from openbalint.protocol.commands import FigureCode, Seat, SignalKind
from openbalint.protocol.events import TurnReported
from openbalint.protocol.record import Attendance, CaseRecord, FigureRecord, PhaseRecord, Record, Turns, record, turns
from openbalint.protocol.scripts import Method, Part, PhaseKind
from openbalint.protocol.session import Status
from tests.people import Somebody
from tests.protocol.stage import CAST, NOON, TWO_CASES, Stage, ann, bob, cora, lea, olga, rui


def attendance(stage: Stage, who: str, **planned) -> Attendance:
    return next(one for one in record(stage.log, **planned).attendance if one.person == who)


def listened(stage: Stage) -> tuple[float, float]:
    (case,) = record(stage.log).cases
    return case.out_minutes, case.listened_minutes


def test_the_whole_record_of_a_short_meeting():
    stage = Stage(cast=(), script=TWO_CASES)
    stage.come("lea", Seat.LEADER)
    stage.come("ann")
    stage.do(c.Start(lea, TWO_CASES), after=58)
    stage.do(c.Next(lea, 1), after=60)
    stage.do(c.End(lea, 2), after=120)
    stage.wait(60)
    started = NOON + timedelta(seconds=60)
    assert record(stage.log, planned_at=NOON) == Record(
        script="balint-120-two",
        method=Method.BALINT,
        planned_at=NOON,
        started_at=started,
        ended_at=started + timedelta(minutes=3),
        minutes=3.0,
        paused_minutes=0.0,
        phases=(
            PhaseRecord(PhaseKind.OPENING, Part.OPENING, 0, 0, None, started, 6, 1.0, 0.0),
            PhaseRecord(PhaseKind.CALL, Part.CASE, 1, 0, None, started + timedelta(minutes=1), 1, 2.0, 0.0),
        ),
        cases=(),
        spread=None,
        signals={},
        attendance=(
            Attendance("lea", Seat.LEADER, NOON + timedelta(seconds=1), started, False, 0.02, 3.0),
            Attendance("ann", Seat.MEMBER, NOON + timedelta(seconds=2), started, False, 0.03, 3.0),
        ),
    )


def test_of_nothing_and_of_every_beginning_of_a_log_there_is_a_record():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.End(lea, stage.entry))
    stage.wait(60)
    assert record([]).started_at is None
    for length in range(len(stage.log) + 1):
        assert record(stage.log[:length]).minutes >= 0


def test_pauses_are_told_beside_the_minutes():
    stage = Stage().to(PhaseKind.TELLING)
    stage.do(c.Pause(lea, stage.entry), after=60)
    stage.do(c.Resume(lea, stage.entry), after=120)
    stage.do(c.Next(lea, stage.entry), after=60)
    telling = next(one for one in record(stage.log).phases if one.kind is PhaseKind.TELLING)
    assert (telling.minutes, telling.paused_minutes) == (2.0, 2.0)


def test_a_phase_entered_twice_is_there_twice():
    stage = Stage().to(PhaseKind.FACTS)
    stage.go(Part.CASE, 1, 1)
    kinds = [one.kind for one in record(stage.log).phases]
    assert kinds == [PhaseKind.OPENING, PhaseKind.CALL, PhaseKind.TELLING, PhaseKind.FACTS, PhaseKind.TELLING]


def test_cases_persons_and_voices():
    stage = Stage().to(PhaseKind.DISCUSSION, presenter=bob)
    stage.do(c.AddFigure(lea, FigureCode.NURSE))
    stage.do(c.AddFigure(lea, FigureCode.MOTHER))
    stage.do(c.TakeVoice(rui, 3))
    stage.do(c.TickVoice(cora, 1, 2))
    (case,) = record(stage.log).cases
    assert case == CaseRecord(
        case=1,
        presenter=bob,
        told_at=case.told_at,
        out_minutes=case.out_minutes,
        listened_minutes=case.listened_minutes,
        figures=(
            FigureRecord(1, FigureCode.NURSE, "A", own=True, voices=0),
            FigureRecord(2, FigureCode.NURSE, "B", own=False, voices=1),
            FigureRecord(3, FigureCode.MOTHER, "", own=False, voices=1),
        ),
    )


def test_voices_in_what_we_feel_are_told_from_those_in_the_discussion():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.TakeVoice(rui, 1))
    stage.next()
    stage.do(c.TakeVoice(rui, 1))
    stage.do(c.TakeVoice(olga, 1))
    (own,) = record(stage.log).cases[0].figures
    assert (own.voices, own.feelings) == (3, 1)


def test_moments_of_silence_are_counted():
    stage = Stage().to(PhaseKind.DISCUSSION)
    for silent in (True, False, True):
        stage.do(c.SetSilence(lea, stage.entry, silent))
    assert record(stage.log).silences == 2


def listening() -> Stage:
    """The presenter has just stepped back."""
    return Stage().to(PhaseKind.DISCUSSION)


def test_listened_minutes_are_those_out_of_the_circle():
    stage = listening()
    stage.do(c.Next(lea, stage.entry), after=600)
    stage.wait(300)
    assert listened(stage) == (10.0, 10.0)


def test_a_gap_of_under_twenty_seconds_counts_as_listened():
    stage = listening()
    stage.do(c.Disconnect(ann), after=100)
    stage.wait(18)
    stage.back(ann)
    stage.do(c.Next(lea, stage.entry), after=121)
    assert listened(stage) == (4.0, 4.0)


def test_of_a_longer_gap_nothing_does_and_the_pause_for_it_does_not_either():
    stage = listening()
    stage.do(c.Disconnect(ann), after=100)
    stage.wait(300)
    stage.back(ann)
    stage.do(c.Resume(lea, stage.entry))
    stage.do(c.Next(lea, stage.entry), after=60)
    assert listened(stage) == (3.0, round(160 / 60, 2))


def test_sound_lost_and_then_the_page_loaded_again_are_one_gap():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.ReportHearing(ann, hears=False), after=60)
    stage.do(c.Disconnect(ann), after=19)
    stage.do(c.Connect(ann, Seat.MEMBER), after=0.5)
    stage.do(c.ReportHearing(ann, hears=False), after=30)
    stage.do(c.Disconnect(ann), after=10)
    stage.do(c.Connect(ann, Seat.MEMBER), after=9)
    stage.next()
    assert listened(stage) == (round(129.5 / 60, 2), round(129.5 / 60, 2))


def test_of_twenty_seconds_in_two_ways_nothing_is_listened():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.ReportHearing(ann, hears=False), after=60)
    stage.do(c.Disconnect(ann), after=19)
    stage.wait(19)
    assert (stage.session.status, stage.leaders().pause_reason) == (Status.PAUSED, "presenter")
    assert stage.refused(c.Resume(lea, stage.entry)) == "presenter-not-here"
    stage.back(ann)
    stage.do(c.Resume(lea, stage.entry))
    stage.next()
    assert listened(stage) == (round(81 / 60, 2), round(61 / 60, 2))


def test_minutes_in_a_pause_are_not_listened():
    stage = listening()
    stage.do(c.Pause(lea, stage.entry), after=60)
    stage.do(c.Resume(lea, stage.entry), after=600)
    stage.do(c.Next(lea, stage.entry), after=60)
    assert listened(stage) == (2.0, 2.0)


def test_in_the_room_without_a_device_everything_is_listened():
    stage = listening()
    stage.do(c.TickIn(lea, ann, Seat.MEMBER), after=30)
    stage.do(c.Disconnect(ann), after=30)
    stage.do(c.Next(lea, stage.entry), after=540)
    assert listened(stage) == (10.0, 10.0)


def test_while_nobody_owns_the_room_no_minutes_count():
    stage = listening()
    stage.wait(60)
    stage.do(c.Adopt(stage.now), after=600)
    stage.back(ann)
    stage.back(lea)
    stage.do(c.Next(lea, stage.entry), after=58)
    assert listened(stage) == (2.0, 2.0)
    assert attendance(stage, ann).minutes == record(stage.log).minutes


def test_a_room_adopted_while_it_lingers_has_ended_when_it_ended():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.do(c.End(lea, stage.entry))
    ended_at = stage.now
    stage.do(c.Adopt(stage.now), after=600)
    assert record(stage.log).ended_at == ended_at
    stage.wait(59)
    assert record(stage.log).ended_at == ended_at


def test_signals_by_kind_over_all_phases():
    stage = Stage().to(PhaseKind.FEELINGS)
    for who in (bob, rui):
        stage.do(c.SendSignal(who, SignalKind.HURT))
    stage.next()
    stage.do(c.SendSignal(olga, SignalKind.HURT))
    stage.do(c.SendSignal(olga, SignalKind.PUSHED))
    stage.next()
    assert record(stage.log).signals == {SignalKind.HURT: 3, SignalKind.PUSHED: 1}


def test_the_spread_is_the_sorted_seconds_of_the_circle_without_names():
    stage = Stage(cast=(*CAST, Somebody("Tom", Seat.TRAINER))).to(PhaseKind.DISCUSSION)
    stage.wait(60)
    for who, seconds in ((bob, 40.0), (rui, 12.0), ("tom", 99.0)):
        stage.do(c.ReportSpeech(who, stage.entry, seconds))
    stage.next()
    stage.wait(5)
    assert record(stage.log).spread == (0.0, 0.0, 0.0, 0.0, 12.0, 40.0)


def test_without_media_the_spread_is_not_measured():
    assert record(Stage().to(PhaseKind.CLOSING).log).spread is None


def test_ones_own_turns_can_be_seen_until_the_log_is_condensed():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.wait(60)
    for seconds, number in ((30.0, 1), (40.0, 2)):
        stage.do(c.ReportSpeech(bob, stage.entry, seconds, number))
    stage.next()
    stage.do(c.ReportSpeech(bob, stage.entry, 1.5))
    stage.do(c.ReportSpeech(lea, stage.entry, 5.0, 9))
    stage.next()
    stage.wait(5)
    assert turns(stage.log) == {bob: Turns(2, 40.0), lea: Turns(1, 3.0)}


def test_turns_of_logs_in_which_each_was_an_event_still_count():
    stage = Stage().to(PhaseKind.DISCUSSION)
    log = [*stage.log, *(TurnReported(stage.now, bob, seconds) for seconds in (30.0, 10.0))]
    assert (turns(log), record(log).spread) == ({bob: Turns(2, 40.0)}, (0.0, 0.0, 0.0, 0.0, 0.0, 40.0))


def test_lateness_is_against_the_planned_beginning_else_against_the_start():
    stage = Stage().start()
    started = stage.now
    stage.do(c.Connect("zoe", Seat.MEMBER), after=300)
    assert attendance(stage, "zoe").late_minutes == 5.0
    assert attendance(stage, "zoe", planned_at=started - timedelta(minutes=4)).late_minutes == 9.0
    assert attendance(stage, bob).late_minutes == 0.0


def test_the_log_may_know_the_planned_beginning():
    stage = Stage(cast=())
    stage.do(c.Plan(NOON))
    stage.do(c.Connect("zoe", Seat.MEMBER), after=239)
    assert (record(stage.log).planned_at, attendance(stage, "zoe").late_minutes) == (NOON, 4.0)


def test_who_waited_and_never_sat_is_there_without_minutes():
    stage = Stage().to(PhaseKind.TELLING)
    stage.come("zoe")
    stage.wait(120)
    assert (attendance(stage, "zoe").seated_at, attendance(stage, "zoe").minutes) == (None, 0.0)


def test_who_leaves_early_has_the_minutes_until_then():
    stage = Stage().start()
    stage.do(c.Leave(bob), after=120)
    stage.do(c.End(lea, stage.entry), after=120)
    assert (attendance(stage, bob).minutes, attendance(stage, rui).minutes) == (2.0, 4.0)


def test_a_record_holds_no_word_that_was_typed_or_pressed_for_others_eyes():
    stage = Stage().to(PhaseKind.SILENCE)
    stage.do(c.OpenCards(lea, stage.entry))
    stage.do(c.WriteCard(bob, "a small bird"))
    stage.do(c.WriteLine(lea, "a private word"))
    stage.do(c.NeedToStop(bob))
    stage.do(c.AnswerStop(lea, bob, c.StopAnswer.ASIDE, stage.entry))
    stage.do(c.End(lea, stage.entry))
    stage.do(c.CheckOut(bob, c.CheckOutMood.RING_ME))
    said = repr(asdict(record(stage.log))) + repr(stage.log)
    assert not any(secret in said for secret in ("bird", "private", "ring-me", "stop"))
