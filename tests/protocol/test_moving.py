"""Moving: next, go to, the closing and back; every press names the entry it was pressed in."""

import pytest

from openbalint.protocol import commands as c
from openbalint.protocol.scripts import CueCode, Part, PhaseKind, Place
from openbalint.protocol.session import Status
from openbalint.protocol.views import Target
from tests.protocol.stage import SUPERVISION, TRAINING, TWO_CASES, Stage, ann, bob, cora, lea


def walk_on(stage: Stage) -> PhaseKind | None:
    stage.next()
    if stage.session.word.invited:
        stage.do(c.StepBackNow(lea, stage.entry))
    return stage.kind if stage.session.status is Status.RUNNING else None


def test_next_goes_through_the_whole_script():
    stage = Stage().start()
    stage.name()
    kinds = [stage.kind, *iter(lambda: walk_on(stage), None)]
    assert [kind.value for kind in kinds] == (
        ["opening", "call", "telling", "facts", "silence", "feelings", "discussion", "return", "closing"]
    )
    assert stage.session.status is Status.LINGERING


def test_two_cases_have_a_settle_phase_a_break_and_a_second_call():
    stage = Stage(TWO_CASES).to(PhaseKind.RETURN)
    assert [walk_on(stage).value for _ in range(3)] == ["settle", "break", "call"]
    assert (stage.place, stage.sees().presenter) == (Place(Part.CASE, 2, 0), None)


def test_a_training_is_reviewed_after_its_closing():
    stage = Stage(TRAINING).to(PhaseKind.RETURN)
    groups = [(walk_on(stage), stage.sees().way[stage.sees().now].group) for _ in range(7)]
    assert [(kind.value, group and group.value) for kind, group in groups] == [
        ("closing", None),
        ("review", "leader"),
        ("review", "co-leader"),
        ("review", "presenter"),
        ("review", "members"),
        ("review", "observers"),
        ("review", "trainer"),
    ]


def test_two_leaders_who_press_next_at_once_skip_nothing():
    stage = Stage().start()
    entry = stage.entry
    stage.next()
    assert stage.refused(c.Next(cora, entry)) == "stale"
    assert stage.kind is PhaseKind.CALL


def test_two_leaders_who_press_end_at_once_leave_the_lingering_minute():
    stage = Stage().to(PhaseKind.CLOSING)
    entry = stage.entry
    stage.do(c.End(lea, entry))
    assert stage.refused(c.End(cora, entry)) == "stale"
    assert stage.session.status is Status.LINGERING


def test_members_do_not_move():
    stage = Stage().start()
    commands = (c.Next(bob, stage.entry), c.GoTo(bob, stage.entry, Part.CASE, 1, 0), c.EndCase(bob, stage.entry))
    assert {stage.refused(command) for command in (*commands, c.End(bob, stage.entry))} == {"not-yours"}


def test_telling_needs_a_presenter():
    stage = Stage().to(PhaseKind.OPENING)
    stage.next()
    assert stage.refused(c.Next(lea, stage.entry)) == "no-presenter"


def places(stage: Stage) -> list[tuple[str, int, int]]:
    return [(target.part.value, target.case, target.index) for target in stage.leaders().targets]


def test_from_the_opening_to_the_first_case_and_the_closing():
    assert places(Stage().start()) == [("case", 1, 0), ("closing", 0, 0)]


def test_from_a_case_to_all_its_phases_the_next_case_and_the_closing():
    stage = Stage(TWO_CASES).to(PhaseKind.TELLING)
    own = [("case", 1, index) for index in (0, 2, 3, 4, 5, 6, 7)]
    assert places(stage) == [*own, ("break", 1, 0), ("case", 2, 0), ("closing", 1, 0)]


def test_the_opening_can_be_reached_while_nothing_is_told():
    stage = Stage().to(PhaseKind.CALL)
    assert ("opening", 0, 0) in places(stage)
    stage.next()
    assert ("opening", 0, 0) not in places(stage)


def test_never_to_an_earlier_case_and_never_into_the_middle_of_another():
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    assert stage.refused(c.GoTo(lea, stage.entry, Part.CASE, 2, 3)) == "not-found"
    stage.go(Part.CASE, 2, 0)
    assert stage.refused(c.GoTo(lea, stage.entry, Part.CASE, 1, 0)) == "not-found"


def test_the_closing_keeps_the_case_and_its_presenter_and_leads_back():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.go(Part.CLOSING, 1, 0)
    assert (stage.place, stage.sees().presenter) == (Place(Part.CLOSING, 1, 0), ann)
    stage.go(Part.CASE, 1, 2)
    assert (stage.kind, stage.sees().presenter) == (PhaseKind.FACTS, ann)


def test_from_a_closing_entered_from_the_opening_one_can_go_back_there():
    stage = Stage().start()
    stage.go(Part.CLOSING, 0, 0)
    stage.go(Part.OPENING, 0, 0)
    assert stage.kind is PhaseKind.OPENING


def test_where_next_leads_is_told_to_leaders():
    stage = Stage().to(PhaseKind.TELLING)
    assert stage.leaders().next == Target(PhaseKind.FACTS, Part.CASE, 1, 2)
    stage.to(PhaseKind.CLOSING)
    assert stage.leaders().next is None


def test_end_case_goes_to_settle_if_the_script_has_it():
    stage = Stage(TWO_CASES).to(PhaseKind.DISCUSSION)
    stage.do(c.EndCase(lea, stage.entry))
    assert stage.kind is PhaseKind.SETTLE
    stage.do(c.EndCase(lea, stage.entry))
    assert stage.kind is PhaseKind.BREAK


def test_end_case_goes_else_to_the_boundary():
    stage = Stage().to(PhaseKind.DISCUSSION)
    stage.do(c.EndCase(lea, stage.entry))
    assert stage.kind is PhaseKind.CLOSING
    assert stage.refused(c.EndCase(lea, stage.entry)) == "not-now"


def test_end_case_before_telling_settles_nothing():
    stage = Stage(TWO_CASES).to(PhaseKind.CALL)
    stage.do(c.EndCase(lea, stage.entry))
    assert stage.kind is PhaseKind.BREAK


def test_between_supervised_cases_the_next_presenter_must_be_named():
    stage = Stage(SUPERVISION).to(PhaseKind.CLARIFYING)
    assert stage.refused(c.Next(lea, stage.entry)) == "no-presenter"


def test_extending_gives_the_phase_a_new_length():
    stage = Stage().to(PhaseKind.FACTS)
    ends = stage.session.clock.ends_at
    stage.do(c.Extend(lea, stage.entry, 11))
    times = stage.leaders().times
    assert (times.minutes, (times.ends_at - ends).total_seconds()) == (11, 300)


def test_two_leaders_who_extend_at_once_extend_once():
    stage = Stage().to(PhaseKind.FACTS)
    stage.do(c.Extend(lea, stage.entry, 11))
    assert stage.do(c.Extend(cora, stage.entry, 11)).events == ()


@pytest.mark.parametrize("minutes", [5, 67, -1])
def test_an_extension_is_one_to_sixty_minutes_more(minutes):
    stage = Stage().to(PhaseKind.FACTS)
    assert stage.refused(c.Extend(lea, stage.entry, minutes)) == "bad-value"


def test_timers_never_force():
    stage = Stage().to(PhaseKind.FACTS)
    stage.wait(3600)
    assert (stage.kind, stage.session.status) == (PhaseKind.FACTS, Status.RUNNING)


def test_a_session_is_ended_by_the_clock_twelve_hours_after_its_start():
    stage = Stage().start()
    stage.wait(12 * 3600 - 1)
    assert stage.session.status is Status.RUNNING
    stage.wait(1)
    assert stage.session.status is Status.CLOSED


def test_a_lobby_is_ended_by_the_clock_twelve_hours_after_its_planned_time():
    stage = Stage()
    planned = stage.now.replace(hour=18)
    stage.do(c.Plan(planned))
    stage.wait((planned - stage.now).total_seconds() + 12 * 3600 - 1)
    assert stage.session.status is Status.LOBBY
    stage.wait(1)
    assert stage.session.status is Status.CLOSED


def test_a_lobby_is_closed_at_once_by_a_leader():
    stage = Stage()
    stage.do(c.End(lea, 0))
    assert stage.session.status is Status.CLOSED


def test_a_lobby_is_closed_at_once_where_the_meeting_is_called_off_and_what_has_begun_goes_on():
    stage = Stage()
    stage.do(c.CallOff())
    assert stage.session.status is Status.CLOSED
    stage.do(c.CallOff())
    begun = Stage().start()
    begun.do(c.CallOff())
    assert begun.session.status is Status.RUNNING


def test_a_moment_of_silence_hides_the_clock_and_nothing_else():
    stage = Stage().to(PhaseKind.DISCUSSION)
    before = stage.room.rights
    stage.do(c.SetSilence(cora, stage.entry, silent=True))
    times = stage.leaders().times
    assert (stage.sees().silent, stage.sees().dim, times.ends_at) == (True, True, None)
    assert stage.room.rights == before
    stage.next()
    assert not stage.sees().silent


def test_a_moment_of_silence_ends_by_a_leader_or_a_pause():
    stage = Stage().to(PhaseKind.DISCUSSION)
    for command in (c.SetSilence(lea, stage.entry, silent=False), c.Pause(lea, stage.entry)):
        stage.do(c.SetSilence(lea, stage.entry, silent=True))
        stage.do(command)
        assert not stage.sees().silent


def test_a_leader_shows_an_intervention_as_the_quiet_line_until_the_phase_ends():
    stage = Stage().to(PhaseKind.FEELINGS)
    stage.do(c.ShowCue(cora, CueCode.ADVICE))
    assert stage.sees().cue is CueCode.ADVICE
    assert stage.do(c.ShowCue(lea, CueCode.ADVICE)).events == ()
    stage.next()
    assert stage.sees().cue is None
