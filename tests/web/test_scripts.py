"""Leaders copy, change, print and delete their group's scripts; nobody else reaches them."""

from dataclasses import replace

from django.urls import reverse
import pytest

from openbalint.accounts.rules import DeclinedError
from openbalint.audit.models import Entry
from openbalint.groups.actions.groups import close_group
from openbalint.groups.actions.scripts import (
    ChangedMeanwhileError,
    change_script,
    copy_script,
    delete_script,
    revert_script,
)
from openbalint.groups.models import StoredScript
from openbalint.groups.scripts import from_body, slots, to_body
from openbalint.protocol.scripts import Cue, CueCode, Floor, Intervention, PhaseKind, announced_minutes
from openbalint.protocol.shipped import SHIPPED
from tests.factories import NOW, a_circle, a_group, a_meeting, a_person, a_script
from tests.people import EVE
from tests.scripts import fields_of, page

pytestmark = pytest.mark.django_db
COPIED = replace(
    SHIPPED["balint-90"], name=Cue("Balint, 90 minutes, one case (copy)", "巴林特 90 分钟，一个案例（副本）")
)


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def copied(circle):
    return copy_script(a_script("balint-90"), by=circle.seat_of(circle.lea), now=NOW)


@pytest.fixture
def lea(circle, device):
    return device(circle.lea)


def minutes_of(stored):
    stored.refresh_from_db()
    return {slot.key: slot.phase.minutes for slot in slots(from_body(stored.body))}


def test_all_scripts_are_listed_with_their_length_and_the_shortest_first(lea, copied):
    answer = lea.get(reverse("scripts"))
    assert [(script.name, script.minutes, script.cases) for script in answer.context["shipped"]] == [
        (script.name.en, announced_minutes(script), script.cases) for script in SHIPPED.values()
    ]
    (own,) = answer.context["groups"]
    assert [script.id for script in own.scripts] == [copied.pk]


def test_nothing_changed_and_kept_is_the_same_script(lea, copied):
    data = fields_of(lea.get(page(copied)))
    assert lea.post(page(copied), data | {"keep": ""}).status_code == 302
    copied.refresh_from_db()
    assert (from_body(copied.body), copied.name, copied.version) == (COPIED, "", 2)


def test_the_sentences_for_drift_are_changed_in_either_language_and_the_usual_ones_are_shown(lea, copied):
    asked = lea.get(page(copied))
    usual = [field.field.widget.attrs["placeholder"] for field in asked.context["form"].drifts][:2]
    assert usual == ["Before we solve it: how is it to be in that room?", "先不急着解决：身处那个房间，是什么感觉？"]
    said = {"drift_en-advice": "Let us not mend it yet.", "drift_zh-blame": "这里不评判。"}
    assert lea.post(page(copied), fields_of(asked) | said | {"keep": ""}).status_code == 302
    copied.refresh_from_db()
    own = (
        Intervention(CueCode.ADVICE, Cue("Let us not mend it yet.", "")),
        Intervention(CueCode.BLAME, Cue("", "这里不评判。")),
    )
    assert from_body(copied.body) == replace(COPIED, interventions=own)


def test_the_usual_sentences_come_back_and_are_kept_only_when_asked(lea, copied):
    data = fields_of(lea.get(page(copied))) | {"drift_en-advice": "Let us not mend it yet."}
    lea.post(page(copied), data | {"keep": ""})
    shown = lea.post(page(copied), fields_of(lea.get(page(copied))) | {"usual": ""})
    copied.refresh_from_db()
    assert shown.context["form"].drifts.are_own is False
    assert len(from_body(copied.body).interventions) == 1
    lea.post(page(copied), fields_of(shown) | {"keep": ""})
    copied.refresh_from_db()
    assert from_body(copied.body).interventions == ()


def test_a_sentence_that_does_not_fit_is_told_and_nothing_is_kept(lea, copied):
    data = fields_of(lea.get(page(copied))) | {"drift_zh-teaching": "长" * 41, "keep": ""}
    answer = lea.post(page(copied), data)
    copied.refresh_from_db()
    assert (answer.status_code, copied.version) == (422, 1)
    assert "drift_zh-teaching" in answer.context["form"].drifts.errors


def test_conventional_supervision_has_no_sentences_for_drift(circle, lea):
    own = copy_script(a_script("supervision-3"), by=circle.seat_of(circle.lea), now=NOW)
    assert lea.get(page(own)).context["form"].drifts is None


def test_minutes_words_and_floor_of_a_phase_are_changed(lea, copied):
    data = fields_of(lea.get(page(copied))) | {
        "minutes-telling": "10",
        "minutes-discussion": "26",
        "cue_en-telling": "Tell it as it was.",
        "cue_zh-telling": "照当时的样子讲。",
        "floors-discussion": "round-open",
        "keep": "",
    }
    assert lea.post(page(copied), data).status_code == 302
    script = from_body(StoredScript.objects.get(pk=copied.pk).body)
    telling, discussion = script.case[1], script.case[5]
    assert telling == replace(COPIED.case[1], minutes=10, cue=Cue("Tell it as it was.", "照当时的样子讲。"))
    assert (discussion.minutes, discussion.floors) == (26, (Floor.ROUND, Floor.OPEN))


def test_a_sum_that_is_not_what_is_announced_is_said_and_changes_nothing(lea, copied):
    data = fields_of(lea.get(page(copied)))
    answer = lea.post(page(copied), data | {"minutes-telling": "15", "keep": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "announced": ["The phases add up to 93 minutes. Take 3 away, or announce 93."]
    }
    answer = lea.post(page(copied), data | {"announced": "100", "keep": ""})
    assert answer.context["form"].errors == {"announced": ["The phases add up to 90 minutes. Add 10, or announce 90."]}
    copied.refresh_from_db()
    assert (from_body(copied.body), copied.version) == (COPIED, 1)


@pytest.mark.parametrize(("phase", "name"), [("opening", "Opening"), ("telling", "Telling"), ("closing", "Closing")])
def test_opening_telling_and_closing_stay(lea, copied, phase, name):
    data = fields_of(lea.get(page(copied)))
    answer = lea.post(page(copied), data | {f"minutes-{phase}": "0", "keep": ""})
    assert answer.context["form"].rows.errors == {
        f"minutes-{phase}": [f"{name} stays in the script: give it at least 1 minute."]
    }
    assert f"{name} stays in the script" in answer.content.decode()


def test_a_phase_of_no_minutes_is_left_out_and_offered_again(lea, copied):
    data = fields_of(lea.get(page(copied)))
    assert lea.post(page(copied), data | {"minutes-facts": "0", "announced": "84", "keep": ""}).status_code == 302
    assert "facts" not in minutes_of(copied)
    assert fields_of(lea.get(page(copied)))["minutes-facts"] == 0


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes-telling", "ten", "Write the minutes as a whole number, at most 240."),
        ("minutes-telling", "241", "Write the minutes as a whole number, at most 240."),
        ("minutes-telling", "", "Write the minutes as a whole number, at most 240."),
        ("minutes-telling", "9" * 400, "Write the minutes as a whole number, at most 240."),
        ("announced", "9", "A meeting lasts from 10 minutes to 8 hours."),
        ("announced", "soon", "Write the minutes as a whole number."),
        ("announced", "", "Write how many minutes are announced."),
        ("name", " ", "Give the script a name that the group will know."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(lea, copied, field, value, sentence):
    answer = lea.post(page(copied), fields_of(lea.get(page(copied))) | {field: value, "keep": ""})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert minutes_of(copied)["telling"] == 12


@pytest.mark.parametrize(
    "forged",
    [
        {"was": "twice of everything"},
        {"was": "1 twice merged"},
        {"cases": "6"},
        {"step_back": "thrice"},
        {"picture": "everywhere"},
        {"floors-telling": "open"},
        {"version": "new"},
        {"cue_en-telling": "x" * 91},
    ],
)
def test_what_no_page_offers_changes_nothing_that_it_should_not(lea, copied, forged):
    answer = lea.post(page(copied), fields_of(lea.get(page(copied))) | forged | {"keep": ""})
    assert answer.status_code in (302, 422)
    copied.refresh_from_db()
    assert from_body(copied.body) == COPIED


def test_choices_change_the_phases_at_once_and_keep_the_length(lea, copied):
    data = fields_of(lea.get(page(copied)))
    assert lea.post(page(copied), data | {"merged": "on", "keep": ""}).status_code == 302
    assert minutes_of(copied)["discussion"] == 42
    assert "feelings" not in minutes_of(copied)


def test_showing_the_phases_for_new_choices_keeps_nothing(lea, copied):
    data = fields_of(lea.get(page(copied)))
    answer = lea.post(page(copied), data | {"cases": "2", "minutes-telling": "11", "show": ""})
    shown = fields_of(answer)
    assert {key: shown[key] for key in ("was", "cases", "minutes-telling", "minutes-settle", "minutes-break")} == {
        "was": "2 once apart",
        "cases": 2,
        "minutes-telling": 11,
        "minutes-settle": 2,
        "minutes-break": 5,
    }
    assert answer.context["form"].rows.total == 173
    copied.refresh_from_db()
    assert copied.version == 1


def test_what_was_shown_can_be_kept(lea, copied):
    data = fields_of(lea.get(page(copied)))
    shown = fields_of(lea.post(page(copied), data | {"step_back": "twice", "show": ""}))
    assert (
        lea.post(page(copied), shown | {"minutes-facts-2": "4", "minutes-discussion": "20", "keep": ""}).status_code
        == 302
    )
    kinds = [(slot.key, slot.phase.out) for slot in slots(from_body(StoredScript.objects.get(pk=copied.pk).body))]
    assert kinds[4:8] == [("silence", True), ("feelings", True), ("facts-2", False), ("discussion", True)]


def test_stepping_back_twice_needs_feelings_and_discussion_apart(lea, copied):
    data = fields_of(lea.get(page(copied))) | {"merged": "on", "step_back": "twice"}
    answer = lea.post(page(copied), data | {"keep": ""})
    assert answer.context["form"].errors == {
        "merged": ["The further questions lie between feelings and discussion, so these stay apart."]
    }


def test_picture_aim_reply_and_signals_are_kept(lea, copied):
    data = fields_of(lea.get(page(copied))) | {"picture": "leaders", "aim": "on", "reply": "on", "keep": ""}
    del data["signals"]
    lea.post(page(copied), data)
    script = from_body(StoredScript.objects.get(pk=copied.pk).body)
    assert script == replace(COPIED, picture=script.picture, aim=True, reply=True, signals=False)
    assert script.picture == "leaders"


def test_a_new_name_is_the_name_in_both_languages(circle, lea, copied):
    lea.post(page(copied), fields_of(lea.get(page(copied))) | {"name": "Thursdays", "keep": ""})
    copied.refresh_from_db()
    assert (copied.name, from_body(copied.body).name) == ("Thursdays", Cue("Thursdays", "Thursdays"))


def test_two_leaders_do_not_overwrite_each_other(circle, device, lea, copied):
    data = fields_of(lea.get(page(copied)))
    device(circle.cora).post(page(copied), data | {"name": "Cora’s", "keep": ""})
    answer = lea.post(page(copied), data | {"name": "Lea’s", "keep": ""})
    assert answer.status_code == 422
    assert "Somebody else has changed this script meanwhile." in answer.content.decode()
    copied.refresh_from_db()
    assert copied.name == "Cora’s"


def test_a_planned_meeting_keeps_the_script_it_was_planned_with(circle, lea, copied):
    circle.group.script = copied
    circle.group.save()
    meeting = a_meeting(circle.group)
    before = meeting.script
    lea.post(
        page(copied), fields_of(lea.get(page(copied))) | {"minutes-telling": "11", "minutes-facts": "7", "keep": ""}
    )
    meeting.refresh_from_db()
    assert meeting.script == before == to_body(COPIED)
    assert minutes_of(copied)["telling"] == 11


def test_conventional_supervision_has_no_choices_but_the_number_of_cases(circle, lea):
    stored = copy_script(a_script("supervision-3"), by=circle.seat_of(circle.lea), now=NOW)
    answer = lea.get(page(stored))
    assert set(answer.context["form"].fields) == {"was", "version", "name", "announced", "cases"}
    data = fields_of(answer) | {"cases": "4", "announced": "156", "keep": ""}
    assert lea.post(page(stored), data).status_code == 302
    stored.refresh_from_db()
    kept = from_body(stored.body)
    assert kept == replace(SHIPPED["supervision-3"], name=kept.name, cases=4)


def test_a_script_goes_back_to_what_it_was_copied_from(lea, copied):
    lea.post(page(copied), fields_of(lea.get(page(copied))) | {"name": "Ours", "merged": "on", "keep": ""})
    assert lea.get(page(copied, "script_revert")).status_code == 200
    assert lea.post(page(copied, "script_revert")).url == page(copied)
    copied.refresh_from_db()
    assert (from_body(copied.body), copied.name, copied.version) == (SHIPPED["balint-90"], "", 3)


def test_an_unused_script_is_deleted_after_one_confirmation(circle, lea, copied):
    assert "Delete “Balint, 90 minutes, one case (copy)”?" in lea.get(page(copied, "script_delete")).content.decode()
    assert lea.post(page(copied, "script_delete")).url == reverse("scripts")
    assert not StoredScript.objects.filter(pk=copied.pk).exists()
    assert list(Entry.objects.filter(about=copied.pk).values_list("did", flat=True)) == [
        "script-copied",
        "script-deleted",
    ]


def test_the_script_a_group_works_by_stays(circle, lea, copied):
    circle.group.script = copied
    circle.group.save()
    answer = lea.post(page(copied, "script_delete"))
    assert answer.status_code == 409
    assert "works by this script, so it stays" in answer.content.decode()
    assert StoredScript.objects.filter(pk=copied.pk).exists()


def test_the_scripts_of_a_closed_group_are_read_and_changed_no_more(circle, lea, copied):
    close_group(circle.group, by=circle.seat_of(circle.lea), now=NOW)
    read = lea.get(page(copied))
    assert (read.status_code, read.templates[0].name) == (200, "scripts/script.html")
    assert lea.post(page(copied), {"keep": ""}).status_code == 405
    for name in ("script_revert", "script_delete"):
        assert lea.post(page(copied, name)).status_code == 404
    with pytest.raises(DeclinedError, match="not-yours"):
        revert_script(copied, by=circle.seat_of(circle.lea), now=NOW)


@pytest.mark.parametrize("who", ["ann", "eve"])
def test_only_leaders_of_its_group_change_a_script(circle, copied, who):
    by = circle.seat_of(circle.ann) if who == "ann" else a_group(a_person(EVE), name="Other").memberships.get()
    for change in (
        lambda: change_script(copied, COPIED, name="Mine", by=by, now=NOW),
        lambda: revert_script(copied, by=by, now=NOW),
        lambda: delete_script(copied, by=by, now=NOW),
        lambda: revert_script(a_script("balint-60"), by=circle.seat_of(circle.lea), now=NOW),
    ):
        with pytest.raises(DeclinedError, match="not-yours"):
            change()


def test_going_back_is_declined_where_somebody_has_changed_the_script_meanwhile(lea, copied, monkeypatch):
    def late(*args, **kwargs):
        raise ChangedMeanwhileError

    monkeypatch.setattr("openbalint.web.views.scripts.revert_script", late)
    answer = lea.post(page(copied, "script_revert"), follow=True).content.decode()
    assert "Somebody else has changed this script meanwhile." in answer


def test_a_shipped_script_is_read_by_everybody_and_changed_by_nobody(circle, device, lea):
    shipped = a_script("balint-60")
    for user in (circle.lea, circle.ann, a_person(EVE)):
        assert device(user).get(page(shipped)).status_code == 200
        assert device(user).get(page(shipped, "script_paper")).status_code == 200
    assert lea.post(page(shipped), {"keep": ""}).status_code == 405
    for name in ("script_revert", "script_delete"):
        assert lea.post(page(shipped, name)).status_code == 404
    assert device(circle.ann).post(page(shipped, "script_copy"), {"group": circle.group.pk}).status_code == 404


@pytest.mark.parametrize("name", ["script", "script_paper", "script_copy", "script_revert", "script_delete"])
def test_a_groups_own_script_is_not_found_by_members_and_strangers(circle, device, copied, name):
    eve = a_person(EVE)
    other = a_group(eve, name="Other")
    for user in (circle.ann, eve):
        for ask in (device(user).get, device(user).post):
            answer = ask(page(copied, name), {"group": other.pk})
            assert answer.status_code in (404, 405)
    copied.refresh_from_db()
    assert copied.version == 1


def test_a_script_reads_in_the_readers_language(circle, device, copied):
    circle.lea.language = "zh-hans"
    circle.lea.save()
    words = device(circle.lea).get(page(copied, "script_paper")).content.decode()
    for word in ("巴林特 90 分钟，一个案例", "退到圈外", "轮流或自由", "合计", "问谁、何时、何地，不问为什么。"):
        assert word in words


def test_the_quiet_line_of_the_kind_is_the_hint_where_there_is_none(lea, copied):
    rows = lea.get(page(copied)).context["form"].rows.fields
    assert rows["cue_zh-return"].widget.attrs["placeholder"] == "说多说少都可以；小组不作回应。"
    assert rows["cue_en-return"].widget.attrs["lang"] == "en"
    assert PhaseKind.RETURN in {slot.phase.kind for slot in slots(COPIED)}
