"""What stays of a meeting: the leaders' record on page and paper and in files, and each person's own part."""

import csv
from dataclasses import replace
from datetime import datetime, timedelta
import io

from django.test import Client
from django.urls import reverse
from django.utils import timezone
import pytest

from openbalint.audit.models import Entry
from openbalint.meetings.models import Record, StoredEvent
from openbalint.protocol import events as e
from openbalint.protocol.commands import Seat
from openbalint.protocol.record import record, turns_by_chair
from openbalint.protocol.shipped import SHIPPED
from openbalint.web import record as records
from tests.factories import NOW, a_circle, a_group, a_meeting, a_person
from tests.logs import a_log, a_meeting_nobody_began, a_whole_meeting
from tests.people import EVE, OLGA

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def lea(circle, device):
    return device(circle.lea)


def seats_of(circle):
    return {
        str(circle.lea.pk): Seat.LEADER,
        str(circle.cora.pk): Seat.CO_LEADER,
        str(circle.ann.pk): Seat.MEMBER,
        str(circle.bob.pk): Seat.MEMBER,
    }


YESTERDAY = NOW - timedelta(days=1)
TURNS = "Turns of each person"


def days_ago(days: float) -> datetime:
    """A time by the clock that the pages read."""
    return timezone.now() - timedelta(days=days)


def a_past_meeting(circle, *, at=YESTERDAY, script="balint-90", presenters=("ann",), **facts):
    meeting = a_meeting(circle.group, at=at, script=script)
    a_whole_meeting(
        meeting, seats_of(circle), presenters=[str(getattr(circle, name).pk) for name in presenters], **facts
    )
    return meeting


def with_sound(circle):
    return {
        "turns": {str(circle.ann.pk): (400.0, 20.0), str(circle.bob.pk): (50.0,)},
        "late": {str(circle.bob.pk): 6},
        "pause": 2,
    }


def page(meeting, name="record"):
    return reverse(name, args=[meeting.pk])


def test_the_record_has_the_facts_of_the_meeting(circle, lea):
    meeting = a_past_meeting(circle, **with_sound(circle))
    shown = lea.get(page(meeting)).context["shown"]
    assert [(fact.name, fact.value, fact.more) for fact in shown.facts] == [
        ("Length", "92 min", "announced: 90"),
        ("Came", "4 / 4", "one 6 min late"),
        ("Presented", "Ann", "one case"),
        ("Led by", "Lea", "with Cora"),
        ("Presenter listened", "47 min", "of 47 min outside the circle"),
        ("Silence", "3 min", "and one moment"),
    ]
    assert [(row.name, row.announced, row.went, row.out) for row in shown.phases] == [
        ("Opening", 7, 6, False),
        ("Call for a case", 3, 4, False),
        ("Telling", 12, 13, False),
        ("Factual questions", 6, 5, False),
        ("Step back; silence", 3, 3, True),
        ("What we feel", 18, 16, True),
        ("Discussion", 24, 28, True),
        ("Return and response", 10, 9, False),
        ("Closing", 7, 6, False),
    ]
    assert shown.paused == 2
    (case,) = shown.cases
    assert [
        (figure.name, figure.voices, figure.feelings, [dot.light for dot in figure.dots]) for figure in case.figures
    ] == [
        ("the mother", 6, 2, [True, True, False, False, False, False]),
        ("the doctor of this case", 2, 0, [False, False]),
        ("the child", 2, 1, [True, False]),
        ("the father", 1, 0, [False]),
        ("the nurse", 0, 0, []),
    ]
    assert shown.spread_words == "0, 0, 1, 7"
    assert len(shown.spread.dots) == 4
    assert [(signal.name, signal.count) for signal in shown.signals][:3] == [
        ("I feel pushed to solve it", 2),
        ("More silence, please", 1),
        ("I feel questioned", 0),
    ]
    assert [(one.name, one.seat, one.presented, one.there, one.late) for one in shown.people] == [
        ("Lea", "leader", False, 92, 0),
        ("Cora", "co-leader", False, 92, 0),
        ("Ann", "member", True, 92, 0),
        ("Bob", "member", False, 86, 6),
    ]


def test_speech_that_was_measured_stands_with_its_phase_and_names_nobody():
    seats = {"lea": Seat.LEADER, "ann": Seat.MEMBER}
    known = record(a_log(NOW, SHIPPED["balint-90"], seats, ["ann"], {}, {}, 0))
    first, second, *rest = known.phases
    measured = replace(
        known,
        phases=(replace(first, speech=(20, 185)), replace(second, speech=()), *rest),
        cases=(replace(known.cases[0], audible_seconds=0),),
    )
    shown = records.page(measured, SHIPPED["balint-90"], names={}, could_come=2)
    assert [(row.spoken, row.spread) for row in shown.phases[:3]] == [("3:25", "0:20–3:05"), ("0:00", ""), ("", "")]
    assert shown.has_speech
    assert [fact.more for fact in shown.facts if fact.name == "Presenter listened"] == [
        f"of {round(known.cases[0].out_minutes)} min outside the circle; heard there: 0 s"
    ]
    assert not records.page(known, SHIPPED["balint-90"], names={}, could_come=2).has_speech


def test_leaders_see_the_turns_of_each_person_by_chair_until_they_have_talked_it_over(circle, device):
    meeting = a_past_meeting(circle, at=days_ago(1), **with_sound(circle))
    for leader in (circle.lea, circle.cora):
        answer = device(leader).get(page(meeting))
        assert [(row.name, row.seat, row.turns, row.spoken) for row in answer.context["turns"]] == [
            ("Lea", "leader", 0, "0:00"),
            ("Cora", "co-leader", 0, "0:00"),
            ("Ann", "member", 2, "7:00"),
            ("Bob", "member", 1, "0:50"),
        ]
        assert TURNS in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
    device(circle.cora).post(page(meeting, "record_condense"))
    answer = device(circle.lea).get(page(meeting))
    assert answer.context["turns"] == ()
    assert all(words not in answer.content.decode() for words in (TURNS, "7:00", "0:50"))


def test_the_turns_of_each_person_are_gone_after_seven_days_whoever_forgot_to_delete_the_log(circle, lea):
    meeting = a_past_meeting(circle, at=days_ago(8), **with_sound(circle))
    assert StoredEvent.objects.filter(session=meeting.pk).exists()
    answer = lea.get(page(meeting))
    assert answer.context["shown"].spread_words == "0, 0, 1, 7"
    assert answer.context["turns"] == ()
    assert TURNS not in answer.content.decode()


def test_without_sound_the_turns_of_each_person_are_not_mentioned(circle, lea):
    answer = lea.get(page(a_past_meeting(circle, at=days_ago(1))))
    assert answer.context["turns"] == ()
    assert TURNS not in answer.content.decode()


def test_nobody_but_the_leaders_finds_the_turns_of_each_person(circle, device):
    meeting = a_past_meeting(circle, at=days_ago(1), **with_sound(circle))
    olga, eve = a_person(OLGA), a_person(EVE)
    a_group(eve, name="Other")
    others = {"member": circle.bob, "presenter": circle.ann, "stranger": olga, "leader of another group": eve}
    for who, user in others.items():
        for name in ("record", "own_meeting", "meeting"):
            answer = device(user).get(page(meeting, name))
            assert answer.status_code == (404 if name == "record" or user in (olga, eve) else 200), (who, name)
            assert TURNS not in answer.content.decode(), (who, name)
    assert Client().get(page(meeting)).status_code == 302
    assert not Entry.objects.filter(about=meeting.pk, did="record-seen").exists()


def test_the_turns_of_each_person_are_in_no_file(circle, lea):
    meeting = a_past_meeting(circle, at=days_ago(1), **with_sound(circle))
    table = lea.get(page(meeting, "record_csv")).content.decode("utf-8-sig")
    spoken = [row for row in csv.reader(io.StringIO(table, newline="")) if row[5] in ("seconds", "turns")]
    assert [(row[2], row[3], row[4]) for row in spoken] == [
        (f"person-{place}", "", seconds) for place, seconds in enumerate(("0", "0", "50", "420"), 1)
    ]
    tree = lea.get(page(meeting, "record_json")).json()
    assert tree["spread"] == [0.0, 0.0, 50.0, 420.0]
    assert {key for one in tree["attendance"] for key in one} == {
        "person", "seat", "came_at", "seated_at", "in_room", "late_minutes", "minutes"
    }  # fmt: skip
    assert "turns" not in tree


def test_turns_are_told_as_not_told_apart_where_only_seconds_are_known_and_the_outer_ring_comes_last():
    seats = {"olga": Seat.OBSERVER, "lea": Seat.LEADER, "ann": Seat.MEMBER}
    log = list(a_log(NOW, SHIPPED["balint-90"], seats, ["ann"], {}, {}, 0))
    end = log.index(next(event for event in log if isinstance(event, e.Ended)))
    log.insert(end, e.SpeechCounted(log[end].at, 1, {"ann": 185, "lea": 20}, {}))
    assert [
        (row.name, row.turns, row.spoken)
        for row in records.turns(record(log), turns_by_chair(log), {"lea": "Lea", "ann": "Ann", "olga": "Olga"})
    ] == [("Lea", None, "0:20"), ("Ann", None, "3:05"), ("Olga", 0, "0:00")]


def test_two_cases_are_told_apart(circle, lea):
    meeting = a_past_meeting(circle, script="balint-120-two", presenters=("ann", "bob"))
    shown = lea.get(page(meeting)).context["shown"]
    assert [case.title for case in shown.cases] == ["Case 1", "Case 2"]
    assert [(row.name, row.case) for row in shown.phases][8:11] == [
        ("Settle the case", 1),
        ("Pause between cases", 0),
        ("Call for a case", 2),
    ]
    assert [bracket.words for bracket in shown.timeline.listened] == ["listened: 47 min", "listened: 47 min"]


def test_without_sound_there_are_no_turns_and_the_page_says_so(circle, lea):
    answer = lea.get(page(a_past_meeting(circle)))
    assert answer.context["shown"].spread is None
    assert "Turns are measured from sound. This meeting had none here" in answer.content.decode()


def test_supervision_has_neither_persons_nor_signals_nor_a_place_outside(circle, lea):
    answer = lea.get(page(a_past_meeting(circle, script="supervision-3", presenters=("ann", "bob"))))
    shown, words = answer.context["shown"], answer.content.decode()
    assert (shown.cases, shown.signals, shown.timeline.listened) == ((), (), ())
    assert "No persons of a case in this meeting." in words
    assert "The script of this meeting has no signals." in words


def test_a_meeting_that_nobody_began_says_who_waited(circle, lea):
    meeting = a_meeting(circle.group, at=NOW - timedelta(days=1))
    a_meeting_nobody_began(meeting, came=str(circle.bob.pk))
    answer = lea.get(page(meeting))
    assert "Nobody began this meeting" in answer.content.decode()
    assert [(one.name, one.waited) for one in answer.context["shown"].people] == [("Bob", True)]


def test_before_the_room_has_closed_there_is_no_record(circle, lea):
    meeting = a_meeting(circle.group)
    assert "The record comes when the room has closed" in lea.get(page(meeting)).content.decode()
    for name in ("record_csv", "record_json", "record_condense"):
        assert lea.get(page(meeting, name)).status_code == 404
    assert not Entry.objects.filter(about=meeting.pk, did__startswith="record").exists()


def test_every_look_and_every_export_is_in_the_audit_list(circle, lea):
    meeting = a_past_meeting(circle)
    for name in ("record", "record_csv", "record_json"):
        assert lea.get(page(meeting, name)).status_code == 200
    seen = Entry.objects.filter(about=meeting.pk, did__startswith="record").values_list("did", "by")
    assert list(seen) == [(did, circle.lea.pk) for did in ("record-seen", "record-exported", "record-exported")]


@pytest.mark.parametrize("name", ["record", "record_csv", "record_json", "record_condense"])
def test_members_and_strangers_do_not_find_the_record(circle, device, name):
    meeting = a_past_meeting(circle)
    for user in (circle.ann, circle.bob, a_person(EVE)):
        for ask in (device(user).get, device(user).post):
            assert ask(page(meeting, name)).status_code in (404, 405)
    assert StoredEvent.objects.filter(session=meeting.pk).exists()
    assert not Entry.objects.filter(about=meeting.pk, did__startswith="record").exists()


def test_the_record_is_read_in_chinese(circle, device):
    circle.lea.language = "zh-hans"
    circle.lea.save()
    words = device(circle.lea).get(page(a_past_meeting(circle))).content.decode()
    for word in ("过程记录", "各环节实际经过", "本案例的医生", "案例提供者圈外倾听：47 分钟", "我感到被推着去解决问题"):
        assert word in words


def test_the_table_for_spreadsheets_has_one_fact_a_line(circle, lea):
    answer = lea.get(page(a_past_meeting(circle, **with_sound(circle)), "record_csv"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record-2026-11-25.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["part", "case", "what", "who", "value", "unit"]
    assert rows[4] == ["meeting", "", "script", "", "balint-90", "code"]
    assert [row for row in rows if row[2] == "discussion"] == [
        ["phase", "1", "discussion", "", "24", "minutes announced"],
        ["phase", "1", "discussion", "", "28.0", "minutes"],
        ["phase", "1", "discussion", "", "2.0", "minutes paused"],
    ]
    assert [row[2:] for row in rows if row[0] == "figure"][:4] == [
        ["doctor", "", "2", "voices"],
        ["doctor", "", "0", "voices in feelings"],
        ["mother", "", "6", "voices"],
        ["mother", "", "2", "voices in feelings"],
    ]
    assert [row[4] for row in rows if row[0] == "spread"] == ["0", "0", "50", "420"]
    assert [row for row in rows if row[0] == "attendance" and row[3] == "Bob"] == [
        ["attendance", "", "member", "Bob", "86.0", "minutes"],
        ["attendance", "", "member", "Bob", "6.0", "minutes late"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\tx", "\r=x"])
def test_no_name_becomes_a_formula(circle, lea, name):
    circle.bob.name = name
    circle.bob.save()
    table = lea.get(page(a_past_meeting(circle), "record_csv")).content.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(table, newline=""))
    assert {row[3] for row in rows if row[0] == "attendance"} == {"Lea", "Cora", "Ann", f"'{name}"}


def test_the_tree_for_programs_has_names_and_no_ids(circle, lea):
    answer = lea.get(page(a_past_meeting(circle, **with_sound(circle)), "record_json"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record-2026-11-25.json"'
    tree = answer.json()
    assert [case["presenter"] for case in tree["cases"]] == ["Ann"]
    assert [one["person"] for one in tree["attendance"]] == ["Lea", "Cora", "Ann", "Bob"]
    assert tree["signals"] == {"more-silence": 1, "pushed": 2}
    assert all(person not in answer.content.decode() for person in seats_of(circle))


def test_talked_over_means_the_log_is_gone_and_the_page_stays(circle, lea):
    meeting = a_past_meeting(circle, **with_sound(circle))
    before = lea.get(page(meeting)).context["shown"]
    assert "Delete the log, keep the record?" in lea.get(page(meeting, "record_condense")).content.decode()
    assert StoredEvent.objects.filter(session=meeting.pk).exists()
    assert lea.post(page(meeting, "record_condense")).url == page(meeting)
    assert not StoredEvent.objects.filter(session=meeting.pk).exists()
    assert Record.objects.filter(pk=meeting.pk).exists()
    answer = lea.get(page(meeting))
    assert answer.context["shown"] == before
    assert "The log of this meeting is deleted." in answer.content.decode()
    assert "We have talked it over" not in answer.content.decode()
    assert lea.post(page(meeting, "record_condense")).url == page(meeting)
    condensed = Entry.objects.filter(about=meeting.pk, did="record-condensed")
    assert list(condensed.values_list("by", flat=True)) == [circle.lea.pk]


def test_the_page_says_when_the_log_goes_by_itself(circle, lea):
    words = lea.get(page(a_past_meeting(circle))).content.decode()
    assert "Without you it happens on 2 Dec." in words


def test_a_member_sees_the_own_part_and_nobody_elses(circle, device):
    meeting = a_past_meeting(circle, **with_sound(circle))
    words = device(circle.bob).get(page(meeting, "own_meeting")).content.decode()
    for told in ("18:36", "6 min after the beginning", "86 min", "One turn, 50 seconds in all."):
        assert told in words
    for other in ("Ann", "Lea", "Cora", "420", "You presented"):
        assert other not in words
    words = device(circle.ann).get(page(meeting, "own_meeting")).content.decode()
    assert "2 turns, 7 minutes in all." in words
    assert "You presented" in words


def test_who_was_silent_has_no_turns_where_sound_was_measured(circle, device):
    meeting = a_past_meeting(circle, **with_sound(circle))
    assert "0 turns, 0 seconds in all." in device(circle.cora).get(page(meeting, "own_meeting")).content.decode()


def test_own_turns_go_with_the_log_and_attendance_stays(circle, device, lea):
    meeting = a_past_meeting(circle, **with_sound(circle))
    lea.post(page(meeting, "record_condense"))
    words = device(circle.bob).get(page(meeting, "own_meeting")).content.decode()
    assert "86 min" in words
    assert "They are deleted" in words
    assert "50 seconds" not in words


def test_who_was_not_there_is_told_so(circle, device):
    meeting = a_meeting(circle.group, at=NOW - timedelta(days=1))
    a_meeting_nobody_began(meeting, came=str(circle.bob.pk))
    words = device(circle.ann).get(page(meeting, "own_meeting")).content.decode()
    assert "You were not at this meeting." in words
    assert "Turns are measured from sound." in words


def test_before_the_end_the_own_part_says_what_comes(circle, device):
    words = device(circle.ann).get(page(a_meeting(circle.group), "own_meeting")).content.decode()
    assert "The meeting is not over yet." in words
