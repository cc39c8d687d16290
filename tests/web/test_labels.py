"""Every code of the protocol that pages show has its words, in both languages, and the room says the same."""

import re

from django.utils.translation import override
import pytest

from openbalint.groups.scripts import Choices, StepBack, rebuilt
from openbalint.protocol.commands import FigureCode, Seat, SignalKind
from openbalint.protocol.scripts import Cue, CueCode, Floor, Method, Phase, PhaseKind, Picture, ReviewGroup, index_of
from openbalint.protocol.shipped import SHIPPED
from openbalint.web import labels
from tools.catalogue import FRONTEND, labels_in

BALINT, TRAINING = SHIPPED["balint-60"], SHIPPED["training-90"]

WORDS = {
    "PHASES": (labels.PHASES, PhaseKind),
    "SHORT_PHASES": (labels.SHORT_PHASES, PhaseKind),
    "PHASE_CUES": (labels.PHASE_CUES, PhaseKind),
    "REVIEWS": (labels.REVIEWS, ReviewGroup),
    "GROUPS": (labels.GROUPS, ReviewGroup),
    "DRIFTS": (labels.DRIFTS, CueCode),
    "INTERVENTIONS": (labels.INTERVENTIONS, CueCode),
    "PICTURES": (labels.PICTURES, Picture),
    "METHODS": (labels.METHODS, Method),
    "SEATS": (labels.SEATS, Seat),
    "FIGURES": (labels.FIGURES, FigureCode),
    "SIGNALS": (labels.SIGNALS, SignalKind),
}


def named(kind, *, step_back=StepBack.ONCE, words=labels.phase):
    script = rebuilt(BALINT, Choices(1, step_back), original=BALINT)
    return words(script.case[index_of(script, kind)], script)


@pytest.mark.parametrize("name", WORDS)
def test_every_code_has_words_in_both_languages(name):
    words, codes = WORDS[name]
    assert set(words) == set(codes)
    with override("en"):
        english = {code: str(said) for code, said in words.items()}
    with override("zh-hans"):
        chinese = {code: str(said) for code, said in words.items()}
    for code in codes:
        assert english[code]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese[code])


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        (lambda: labels.figure(FigureCode.MOTHER), "the mother", "母亲"),
        (lambda: labels.figure(FigureCode.PATIENT, letter="B"), "the patient B", "患者 B"),
        (lambda: labels.figure(FigureCode.NURSE, own=True), "the nurse of this case", "本案例的护士"),
        (lambda: named(PhaseKind.SILENCE), "Step back; silence", "退到圈外 · 静默与想象"),
        (lambda: named(PhaseKind.SILENCE, step_back=StepBack.NEVER), "Silence", "静默"),
        (lambda: named(PhaseKind.RETURN), "Return and response", "回到小组 · 最终反馈"),
        (lambda: named(PhaseKind.RETURN, step_back=StepBack.NEVER), "Response", "回应"),
        (lambda: named(PhaseKind.RETURN, words=labels.short_phase), "Return", "回到小组"),
        (lambda: named(PhaseKind.RETURN, step_back=StepBack.NEVER, words=labels.short_phase), "Response", "回应"),
        (lambda: labels.phase(BALINT.case[2], BALINT, further=True), "Further questions", "补充提问"),
        (lambda: labels.phase(TRAINING.closing[-1], TRAINING), "Review: the trainer", "复盘：培训师"),
        (lambda: labels.own(Cue("ours", "我们的")), "ours", "我们的"),
        (lambda: labels.own(Cue("", "我们的")), "我们的", "我们的"),
        (lambda: labels.own(Cue("ours", "")), "ours", "ours"),
        (lambda: labels.floor(Phase(PhaseKind.FACTS, 3, (Floor.ASKED,))), "one asks", "逐一提问"),
        (lambda: labels.floor(Phase(PhaseKind.FEELINGS, 3, (Floor.ROUND, Floor.OPEN))), "round, or open", "轮流或自由"),
        (
            lambda: labels.floor(Phase(PhaseKind.DISCUSSION, 3, (Floor.OPEN, Floor.ROUND))),
            "open, or rounds",
            "自由或轮流",
        ),
        (
            lambda: labels.floor(Phase(PhaseKind.REVIEW, 3, (Floor.GROUP,), group=ReviewGroup.MEMBERS)),
            "members",
            "组员",
        ),
    ],
)
def test_names_are_put_together_as_people_say_them(said, english, chinese):
    with override("en"):
        assert said() == english
    with override("zh-hans"):
        assert said() == chinese


# By the name of the server's list, the name of the room's. The room has no words for pictures and methods.
IN_THE_ROOM = {
    "PHASES": "PHASES",
    "SHORT_PHASES": "SHORT_PHASES",
    "PHASE_CUES": "CUES",
    "REVIEWS": "REVIEWS",
    "DRIFTS": "DRIFTS",
    "INTERVENTIONS": "DRIFT_CUES",
    "FIGURES": "FIGURES",
    "SIGNALS": "SIGNALS",
}


@pytest.mark.parametrize("name", IN_THE_ROOM)
def test_the_room_says_the_same_words(name):
    source = (FRONTEND / "room/words.ts").read_text("utf-8")
    listed = re.search(
        rf"^(?:export )?const {IN_THE_ROOM[name]}: Words<\w+> = {{\n(.*?)^}};", source, re.DOTALL | re.MULTILINE
    )
    codes = re.findall(r"^  \"?([\w-]+)\"?: \(\) =>", listed[1], re.MULTILINE)
    context = "short" if name == "SHORT_PHASES" else None
    with override("en"):
        ours = {code.value: (context, str(said)) for code, said in WORDS[name][0].items()}
    assert dict(zip(codes, labels_in(listed[1]), strict=True)) == ours
