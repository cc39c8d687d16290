"""Silencing one person, a shared microphone, sound that is lost, a kind request; and speech, counted as durations alone."""

import pytest

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.effects import AskToMute
from openbalint.protocol.record import record, turns
from openbalint.protocol.rights import Why
from openbalint.protocol.scripts import PhaseKind
from openbalint.protocol.session import Status
from openbalint.protocol.views import Audience, SharedView, SoundView
from tests.protocol.stage import Stage, ann, bob, cora, lea, olga, rui


def discussing() -> Stage:
    return Stage().to(PhaseKind.DISCUSSION)


def sound(stage: Stage) -> SoundView:
    seen = stage.sees(Audience.CIRCLE).sound
    assert seen is not None
    return seen


# ── one person is silenced ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_leader_silences_one_person_until_it_is_lifted():
    stage = discussing()
    before = dict(stage.room.rights)
    stage.do(c.SetSilenced(cora, bob, silenced=True))
    assert (stage.rights(bob).speak, stage.rights(bob).voice, stage.rights(bob).why) == (False, False, Why.SILENCED)
    assert {who: has for who, has in stage.room.rights.items() if who != bob} == {
        who: has for who, has in before.items() if who != bob
    }
    assert sound(stage).silenced == (bob,)
    stage.do(c.SetSilenced(cora, bob, silenced=False))
    assert stage.room.rights == before


def test_it_outlasts_the_phase_a_pause_and_a_reload():
    stage = discussing()
    stage.do(c.SetSilenced(lea, bob, silenced=True))
    stage.do(c.Pause(lea, stage.entry))
    stage.do(c.Disconnect(bob))
    stage.back(bob)
    assert stage.rights(bob).why is Why.SILENCED
    stage.do(c.Resume(lea, stage.entry))
    stage.next()
    stage.next()
    assert not stage.rights(bob).speak


def test_it_ends_when_the_person_leaves():
    stage = discussing()
    stage.do(c.SetSilenced(lea, bob, silenced=True))
    stage.do(c.Leave(bob))
    stage.back(bob)
    assert stage.rights(bob).speak


def test_a_floor_that_is_anothers_says_so_also_of_who_is_silenced():
    stage = Stage().to(PhaseKind.TELLING)
    stage.do(c.SetSilenced(lea, bob, silenced=True))
    assert stage.rights(bob).why is Why.PRESENTER_FLOOR


@pytest.mark.parametrize(
    ("by", "whom", "code"), [(bob, olga, "not-yours"), (lea, cora, "not-yours"), (lea, "eve", "not-found")]
)
def test_members_silence_nobody_and_nobody_a_leader(by, whom, code):
    assert discussing().refused(c.SetSilenced(by, whom, silenced=True)) == code


# ── asked to mute ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_asking_somebody_to_mute_is_passed_on_and_forgotten():
    stage = discussing()
    done = stage.do(c.AskMute(lea, bob))
    assert (done.events, done.effects, stage.rights(bob).speak) == ((), (AskToMute(bob),), True)


def test_somebody_who_is_not_there_is_not_asked():
    stage = discussing()
    stage.lose(bob)
    assert stage.refused(c.AskMute(lea, bob)) == "not-here"


# ── a shared microphone ───────────────────────────────────────────────────────────────────────────────────────────────


def hybrid() -> Stage:
    """Zoe and Yan sit beside Rui, who has the device."""
    stage = discussing()
    for who in ("zoe", "yan"):
        stage.do(c.TickIn(lea, who, c.Seat.MEMBER))
        stage.do(c.Admit(lea, who))
    stage.do(c.SetShared(lea, rui, ("zoe", "yan")))
    return stage


def test_a_shared_microphone_names_who_sits_there():
    assert sound(hybrid()).shared == (SharedView(rui, ("zoe", "yan"), speaking=None, open=True),)


def test_it_is_open_while_somebody_there_may_speak():
    stage = hybrid()
    stage.do(c.StartRound(lea, stage.entry, "zoe"))
    assert not stage.rights(rui).speak
    assert sound(stage).shared[0].open
    stage.do(c.EndTurn(lea, stage.entry, "zoe"))
    stage.do(c.EndTurn(lea, stage.entry, "yan"))
    assert stage.session.word.ring[0] not in (rui, "zoe", "yan")
    assert not sound(stage).shared[0].open


def test_a_leader_marks_who_speaks_there():
    stage = hybrid()
    stage.do(c.SetSharedSpeaker(cora, rui, "yan"))
    assert sound(stage).shared[0].speaking == "yan"
    stage.do(c.SetSharedSpeaker(cora, rui, None))
    assert sound(stage).shared[0].speaking is None
    assert stage.refused(c.SetSharedSpeaker(cora, rui, bob)) == "not-found"
    assert stage.refused(c.SetSharedSpeaker(cora, bob, bob)) == "not-found"


def test_who_goes_sits_there_no_more():
    stage = hybrid()
    stage.do(c.TickOut(lea, "yan"))
    assert sound(stage).shared[0].people == ("zoe",)
    stage.do(c.Leave(rui))
    assert sound(stage).shared == ()
    stage.do(c.TickOut(lea, "zoe"))
    assert stage.session.shared == {}


def test_nobody_sits_at_two_devices_and_who_has_one_of_their_own_at_none():
    stage = hybrid()
    assert stage.refused(c.SetShared(lea, bob, ("zoe",))) == "bad-value"
    assert stage.refused(c.SetShared(lea, bob, (olga,))) == "not-here"
    assert stage.refused(c.SetShared(lea, "zoe", ("yan",))) == "not-here"
    stage.do(c.SetShared(lea, rui, ()))
    assert sound(stage).shared == ()


# ── sound that is lost ────────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_sees_who_cannot_hear():
    stage = discussing()
    stage.do(c.ReportHearing(bob, hears=False))
    stage.wait(60)
    assert (sound(stage).cannot_hear, stage.session.status) == ((bob,), Status.RUNNING)
    stage.do(c.ReportHearing(bob, hears=True))
    assert sound(stage).cannot_hear == ()


def test_a_presenter_who_hears_nothing_for_twenty_seconds_counts_as_lost():
    stage = discussing()
    stage.do(c.ReportHearing(ann, hears=False))
    stage.wait(19)
    assert stage.session.status is Status.RUNNING
    stage.wait(1)
    assert (stage.session.status, stage.leaders().pause_reason) == (Status.PAUSED, "presenter")
    assert stage.refused(c.Resume(lea, stage.entry)) == "presenter-not-here"
    stage.do(c.ReportHearing(ann, hears=True))
    stage.do(c.Resume(lea, stage.entry))
    assert stage.session.status is Status.RUNNING


def test_a_gap_of_less_counts_as_listened_and_a_longer_one_does_not():
    stage = Stage().to(PhaseKind.SILENCE)
    stage.wait(60)
    stage.do(c.ReportHearing(ann, hears=False))
    stage.wait(15)
    stage.do(c.ReportHearing(ann, hears=True))
    stage.wait(60)
    whole = record(stage.log).cases[0]
    assert whole.listened_minutes == whole.out_minutes
    stage.do(c.ReportHearing(ann, hears=False))
    stage.wait(20)
    told = record(stage.log).cases[0]
    assert told.listened_minutes == pytest.approx(told.out_minutes - 20 / 60, abs=0.03)


def test_a_page_that_comes_anew_hears_until_it_says_otherwise():
    stage = discussing()
    stage.do(c.ReportHearing(bob, hears=False))
    stage.do(c.Disconnect(bob))
    stage.back(bob)
    assert sound(stage).cannot_hear == ()


# ── who is around ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_circle_sees_what_somebody_says_of_who_is_around_until_they_leave():
    stage = discussing()
    done = stage.do(c.ReportAround(bob, c.Around.PEOPLE))
    assert (done.events, dict(sound(stage).around)) == ((), {bob: c.Around.PEOPLE})
    stage.do(c.Leave(bob))
    assert not stage.room.volatile.around


# ── speech ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def counted(stage: Stage) -> list[e.SpeechCounted]:
    return [event for event in stage.log if isinstance(event, e.SpeechCounted)]


def test_speech_is_counted_once_after_the_phase_and_is_in_no_view_before():
    stage = discussing()
    entry = stage.entry
    stage.wait(100)
    stage.do(c.ReportSpeech(bob, entry, 30.4))
    stage.do(c.ReportSpeech(bob, entry, 41.6))
    stage.do(c.ReportSpeech(olga, entry, 8.0))
    assert counted(stage) == []
    assert "41" not in repr(stage.sees(Audience.LEADERS).sound)
    stage.next()
    stage.do(c.ReportSpeech(olga, entry, 9.0))
    stage.wait(5)
    assert [(one.entry, dict(one.seconds), dict(one.beyond)) for one in counted(stage)] == [
        (entry, {bob: 42, olga: 9}, {})
    ]


def test_a_page_that_begins_anew_adds_to_what_was_heard():
    stage = discussing()
    stage.wait(100)
    for seconds in (20.0, 5.0, 6.0):
        stage.do(c.ReportSpeech(bob, stage.entry, seconds))
    stage.next()
    stage.wait(5)
    assert counted(stage)[0].seconds == {bob: 26}


def test_who_has_no_right_to_speak_counts_nothing_and_is_told_apart():
    stage = discussing()
    stage.wait(100)
    stage.do(c.ReportSpeech(ann, stage.entry, 12.0))
    stage.next()
    stage.wait(5)
    assert [(dict(one.seconds), dict(one.beyond)) for one in counted(stage)] == [({ann: 0}, {ann: 12})]
    assert record(stage.log).cases[0].audible_seconds == 12


def test_a_presenter_who_kept_silent_was_heard_for_no_second():
    stage = discussing()
    stage.wait(100)
    stage.do(c.ReportSpeech(bob, stage.entry, 50.0))
    stage.next()
    stage.wait(5)
    assert record(stage.log).cases[0].audible_seconds == 0


def test_a_sentence_that_was_asked_for_is_speech():
    stage = discussing()
    stage.do(c.SetCalledIn(lea, stage.entry, called=True))
    stage.wait(30)
    stage.do(c.ReportSpeech(ann, stage.entry, 20.0))
    stage.do(c.SetCalledIn(lea, stage.entry, called=False))
    stage.next()
    stage.wait(5)
    assert (dict(counted(stage)[0].seconds), record(stage.log).cases[0].audible_seconds) == ({ann: 20}, 0)


def test_at_a_shared_microphone_it_is_the_speech_of_who_is_marked_and_else_of_nobody():
    stage = hybrid()
    stage.wait(100)
    stage.do(c.ReportSpeech(rui, stage.entry, 10.0))
    stage.do(c.SetSharedSpeaker(lea, rui, "zoe"))
    stage.do(c.ReportSpeech(rui, stage.entry, 25.0))
    stage.next()
    stage.wait(5)
    assert counted(stage)[0].seconds == {"zoe": 15}


def test_a_report_that_comes_too_late_or_is_no_number_is_refused():
    stage = discussing()
    entry = stage.entry
    stage.next()
    stage.wait(6)
    assert stage.refused(c.ReportSpeech(bob, entry, 3.0)) == "stale"
    assert stage.refused(c.ReportSpeech(bob, entry - 1, 3.0)) == "stale"
    assert stage.refused(c.ReportSpeech(bob, stage.entry, float("nan"))) == "bad-value"
    assert stage.refused(c.ReportSpeech(bob, stage.entry, -1.0)) == "bad-value"


def test_what_was_heard_in_the_last_phase_is_counted_before_the_end():
    stage = Stage().to(PhaseKind.CLOSING)
    stage.wait(60)
    stage.do(c.ReportSpeech(bob, stage.entry, 30.0))
    stage.do(c.End(lea, stage.entry))
    stage.do(c.End(lea, stage.entry))
    assert [type(event) for event in stage.log[-2:]] == [e.SpeechCounted, e.Closed]


def test_the_record_keeps_durations_without_names_and_each_has_their_own_until_it_is_condensed():
    stage = discussing()
    stage.wait(100)
    stage.do(c.ReportSpeech(bob, stage.entry, 40.0))
    stage.do(c.ReportSpeech(lea, stage.entry, 20.0))
    stage.next()
    stage.wait(5)
    facts = record(stage.log)
    assert facts.phases[-2].speech == (0, 0, 0, 0, 20, 40)
    assert facts.spread == (0.0, 0.0, 0.0, 0.0, 20.0, 40.0)
    assert {who: own.seconds for who, own in turns(stage.log).items()} == {bob: 40.0, lea: 20.0}
