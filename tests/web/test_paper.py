"""A script on paper: every phase with its minute, who speaks, its quiet line, and the sum."""

from dataclasses import replace

from django.utils.translation import override
import pytest

from openbalint.groups.scripts import StepBack, choices_of, rebuilt
from openbalint.protocol.scripts import Cue, announced_minutes
from openbalint.protocol.shipped import SHIPPED
from openbalint.web.paper import on_paper


def test_the_sheet_of_a_script_of_one_case():
    with override("en"):
        paper = on_paper(SHIPPED["balint-90"])
    assert (paper.name, paper.subtitle, paper.total) == (
        "Balint, 90 minutes, one case",
        "one case · 8 to 12 members · two leaders",
        90,
    )
    assert [(line.at, line.name, line.who, line.minutes) for line in (*paper.lines, *paper.closing)] == [
        ("0:00", "Opening", "all", 7),
        ("0:07", "Call for a case", "all", 3),
        ("0:10", "Telling", "presenter", 12),
        ("0:22", "Factual questions", "one asks", 6),
        ("0:28", "Step back; silence", "leaders", 3),
        ("0:31", "What we feel", "round, or open", 18),
        ("0:49", "Discussion", "open, or rounds", 24),
        ("1:13", "Return and response", "presenter", 10),
        ("1:23", "Closing", "all", 7),
    ]
    assert paper.lines[3].cue == "Who, when, where; not why. “I don’t know” is an answer."
    assert paper.again == ""


def test_further_cases_are_told_by_the_time_they_begin():
    with override("en"):
        paper = on_paper(SHIPPED["supervision-4"])
    assert paper.again == "Each further case goes the same way, from 0:32, 0:59, 1:26."
    assert [line.at for line in paper.closing] == ["1:53"]
    with override("zh-hans"):
        assert on_paper(SHIPPED["balint-120-two"]).again == "下一个案例照此进行，从 1:03 开始。"


@pytest.mark.parametrize("code", SHIPPED)
def test_the_lines_of_a_shipped_script_add_up(code):
    script = SHIPPED[code]
    paper = on_paper(script)
    once = sum(line.minutes for line in (*paper.lines, *paper.closing) if line.part != "case" and line.part != "break")
    case = sum(line.minutes for line in paper.lines if line.part == "case")
    pause = sum(line.minutes for line in paper.lines if line.part == "break")
    assert once + script.cases * case + (script.cases - 1) * pause == paper.total == announced_minutes(script)
    assert all(line.name and line.cue for line in (*paper.lines, *paper.closing))


def test_the_scripts_own_words_stand_instead_of_the_usual_ones():
    script = SHIPPED["balint-60"]
    telling = replace(script.case[1], cue=Cue(en="", zh="慢慢讲。"))
    own = replace(script, case=(script.case[0], telling, *script.case[2:]))
    for language in ("en", "zh-hans"):  # one language is better than a line that is not the group's
        with override(language):
            assert on_paper(own).lines[2].cue == "慢慢讲。"


def test_what_is_noted_at_the_foot_follows_from_the_script():
    script = SHIPPED["balint-90"]
    never = rebuilt(script, replace(choices_of(script), step_back=StepBack.NEVER, aim=True), original=script)
    with override("en"):
        assert on_paper(script).notes[0].endswith("Then nobody asks and nobody replies.")
        assert on_paper(replace(script, reply=True)).notes[0].endswith("comes back for the last word.")
        assert on_paper(never).notes[0] == "After the telling, the presenter is asked what the group should look at."
        assert len(on_paper(SHIPPED["supervision-3"]).notes) == 1
        assert on_paper(never).lines[4].name == "Silence"
