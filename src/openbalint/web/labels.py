"""The names that people read for the codes of the protocol: one place, English here, other languages in the catalogue.

Every code of `protocol` has its words here, so that a page, a print-out and an export call a thing by the same name.
The room's front end uses the same English words, so one catalogue serves both.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from openbalint.protocol.commands import FigureCode, Seat, SignalKind
from openbalint.protocol.scripts import (
    Cue,
    CueCode,
    Floor,
    Method,
    Phase,
    PhaseKind,
    Picture,
    ReviewGroup,
    Script,
    is_response,
)

Words = str | Promise

# ── phases and scripts ────────────────────────────────────────────────────────────────────────────────────────────────

PHASES: Final[Mapping[PhaseKind, Words]] = {
    PhaseKind.OPENING: _("Opening"),
    PhaseKind.CALL: _("Call for a case"),
    PhaseKind.TELLING: _("Telling"),
    PhaseKind.FACTS: _("Factual questions"),
    PhaseKind.SILENCE: _("Step back; silence"),
    PhaseKind.FEELINGS: _("What we feel"),
    PhaseKind.DISCUSSION: _("Discussion"),
    PhaseKind.CLARIFYING: _("Clarifying"),
    PhaseKind.RETURN: _("Return and response"),
    PhaseKind.SETTLE: _("Settle the case"),
    PhaseKind.BREAK: _("Pause between cases"),
    PhaseKind.CLOSING: _("Closing"),
    PhaseKind.REVIEW: _("Review"),
}
SHORT_PHASES: Final[Mapping[PhaseKind, Words]] = {
    PhaseKind.OPENING: pgettext_lazy("short", "Opening"),
    PhaseKind.CALL: pgettext_lazy("short", "Call"),
    PhaseKind.TELLING: pgettext_lazy("short", "Telling"),
    PhaseKind.FACTS: pgettext_lazy("short", "Facts"),
    PhaseKind.SILENCE: pgettext_lazy("short", "Step back"),
    PhaseKind.FEELINGS: pgettext_lazy("short", "Feelings"),
    PhaseKind.DISCUSSION: pgettext_lazy("short", "Discussion"),
    PhaseKind.CLARIFYING: pgettext_lazy("short", "Clarifying"),
    PhaseKind.RETURN: pgettext_lazy("short", "Return"),
    PhaseKind.SETTLE: pgettext_lazy("short", "Settle"),
    PhaseKind.BREAK: pgettext_lazy("short", "Pause"),
    PhaseKind.CLOSING: pgettext_lazy("short", "Closing"),
    PhaseKind.REVIEW: pgettext_lazy("short", "Review"),
}
REVIEWS: Final[Mapping[ReviewGroup, Words]] = {
    ReviewGroup.LEADER: _("Review: the leader"),
    ReviewGroup.CO_LEADER: _("Review: the co-leader"),
    ReviewGroup.PRESENTER: _("Review: the presenter"),
    ReviewGroup.MEMBERS: _("Review: the members"),
    ReviewGroup.OBSERVERS: _("Review: the observers"),
    ReviewGroup.TRAINER: _("Review: the trainer"),
}
# The quiet line of a phase whose script has none of its own.
PHASE_CUES: Final[Mapping[PhaseKind, Words]] = {
    PhaseKind.OPENING: _("What is said here stays here. No advice, no verdict; we imagine."),
    PhaseKind.CALL: _("A case that will not let go of you; puzzling, or with strong feelings of your own."),
    PhaseKind.TELLING: _("No notes. The scene, and what it did to you. No names, no places."),
    PhaseKind.FACTS: _("Who, when, where; not why. “I don’t know” is an answer."),
    PhaseKind.SILENCE: _("The case is with the group now. Notice body, pictures, feelings."),
    PhaseKind.FEELINGS: _("When I listened, I felt … No analysis, no advice."),
    PhaseKind.DISCUSSION: _("If I were … I see … I think … I feel … Nothing is right or wrong."),
    PhaseKind.CLARIFYING: _("What is clearer now, and what stays open."),
    PhaseKind.RETURN: _("As much or as little as you like; the group does not answer."),
    PhaseKind.SETTLE: _("We let this case rest, and make room for the next."),
    PhaseKind.BREAK: _("Stand up, drink something. The case stays in the room."),
    PhaseKind.CLOSING: _("Step out of the persons, back to yourself."),
    PhaseKind.REVIEW: _("About the work of the group, not about the case."),
}
# What drifts, and the sentence that calls it back where a script has none of its own.
DRIFTS: Final[Mapping[CueCode, Words]] = {
    CueCode.ADVICE: _("advice"),
    CueCode.QUESTIONING: _("questioning"),
    CueCode.BLAME: _("blame"),
    CueCode.DIAGNOSIS: _("diagnosis"),
    CueCode.OWN_CASE: _("own case"),
    CueCode.PRIVATE_LIFE: _("private life"),
    CueCode.MISSING_VOICE: _("a missing voice"),
    CueCode.TO_PRESENTER: _("talking to the presenter"),
    CueCode.ONE_VOICE: _("one voice fills the room"),
    CueCode.TEACHING: _("teaching"),
}
INTERVENTIONS: Final[Mapping[CueCode, Words]] = {
    CueCode.ADVICE: _("Before we solve it: how is it to be in that room?"),
    CueCode.QUESTIONING: _("Let us leave the doctor be. What do you imagine?"),
    CueCode.BLAME: _("We do not judge here. What does it stir in you?"),
    CueCode.DIAGNOSIS: _("And the person?"),
    CueCode.OWN_CASE: _("Keep that one safe. Stay with this patient."),
    CueCode.PRIVATE_LIFE: _("We stay with what happens between the two at work."),
    CueCode.MISSING_VOICE: _("Who has not been heard yet?"),
    CueCode.TO_PRESENTER: _("The presenter listens now. Speak into the circle."),
    CueCode.ONE_VOICE: _("Let us look round the circle, and wait a moment."),
    CueCode.TEACHING: _("We need not know more. What do we feel?"),
}
PICTURES: Final[Mapping[Picture, Words]] = {
    Picture.SMALL: _("kept small at the edge"),
    Picture.LEADERS: _("leaders only"),
    Picture.CLOSED: _("closed"),
}
METHODS: Final[Mapping[Method, Words]] = {
    Method.BALINT: _("Balint group"),
    Method.SUPERVISION: _("Conventional supervision"),
}
# Who speaks, for the paper; a phase's own floors decide, see `floor`.
FLOORS: Final[Mapping[Floor, Words]] = {
    Floor.OPEN: _("all"),
    Floor.ASKED: _("one asks"),
    Floor.PRESENTER: _("presenter"),
    Floor.LEADERS: _("leaders"),
    Floor.ROUND: _("round"),
}
GROUPS: Final[Mapping[ReviewGroup, Words]] = {
    ReviewGroup.LEADER: _("leader"),
    ReviewGroup.CO_LEADER: _("co-leader"),
    ReviewGroup.PRESENTER: _("presenter"),
    ReviewGroup.MEMBERS: _("members"),
    ReviewGroup.OBSERVERS: _("observers"),
    ReviewGroup.TRAINER: _("trainer"),
}

# ── people and persons of the case ────────────────────────────────────────────────────────────────────────────────────

SEATS: Final[Mapping[Seat, Words]] = {
    Seat.LEADER: _("leader"),
    Seat.CO_LEADER: _("co-leader"),
    Seat.MEMBER: _("member"),
    Seat.OBSERVER: _("observer"),
    Seat.TRAINER: _("trainer"),
    Seat.GUEST: _("guest"),
}
FIGURES: Final[Mapping[FigureCode, Words]] = {
    FigureCode.PATIENT: _("the patient"),
    FigureCode.CLIENT: _("the client"),
    FigureCode.MOTHER: _("the mother"),
    FigureCode.FATHER: _("the father"),
    FigureCode.PARTNER: _("the partner"),
    FigureCode.CHILD: _("the child"),
    FigureCode.SIBLING: _("the sibling"),
    FigureCode.GRANDPARENT: _("the grandparent"),
    FigureCode.RELATIVE: _("the other relative"),
    FigureCode.DOCTOR: _("the doctor"),
    FigureCode.NURSE: _("the nurse"),
    FigureCode.STUDENT: _("the student"),
    FigureCode.COUNSELLOR: _("the counsellor"),
    FigureCode.PHARMACIST: _("the pharmacist"),
    FigureCode.MANAGER: _("the manager"),
    FigureCode.ADMINISTRATOR: _("the administrator"),
    FigureCode.INSTITUTION: _("the institution"),
    FigureCode.ABSENT: _("the absent person"),
    FigureCode.THING: _("the thing"),
}

# ── what is shown to leaders ──────────────────────────────────────────────────────────────────────────────────────────

SIGNALS: Final[Mapping[SignalKind, Words]] = {
    SignalKind.PUSHED: _("I feel pushed to solve it"),
    SignalKind.QUESTIONED: _("I feel questioned"),
    SignalKind.HURT: _("Something hurt"),
    SignalKind.LEFT_CASE: _("We have left the case"),
    SignalKind.MORE_SILENCE: _("More silence, please"),
}


def own(cue: Cue) -> str:
    """A script's own words in the language of the reader; the other language where this one has none."""
    zh = (get_language() or "").startswith("zh")
    return (cue.zh or cue.en) if zh else (cue.en or cue.zh)


def phase(phase: Phase, script: Script, *, further: bool = False) -> str:
    """The full name of a phase of a script; ``further`` are the questions of a presenter who has come in again."""
    if further:
        return gettext("Further questions")
    return _still(phase, script) or str(REVIEWS[phase.group] if phase.group else PHASES[phase.kind])


def short_phase(phase: Phase, script: Script) -> str:
    """The name of a phase where there is little room."""
    return _still(phase, script) or str(SHORT_PHASES[phase.kind])


def _still(phase: Phase, script: Script) -> str:
    """Silence and response where nobody steps back: named without it. Empty for every other phase."""
    if phase.kind is PhaseKind.SILENCE and not phase.out:
        return gettext("Silence")
    return gettext("Response") if is_response(script, phase) else ""


def phase_cue(phase: Phase) -> str:
    """The quiet line of a phase: the script's own, or the line of its kind."""
    return own(phase.cue) or str(PHASE_CUES[phase.kind])


def floor(phase: Phase) -> str:
    """Who speaks in a phase, in few words."""
    match phase.floors:
        case (Floor.GROUP, *_) if phase.group:
            return str(GROUPS[phase.group])
        case (Floor.ROUND, *_):
            return gettext("round, or open")
        case (Floor.OPEN, Floor.ROUND):
            return gettext("open, or rounds")
        case (first, *_):
            return str(FLOORS[first])
        case _:  # a script without floors is a `problem`
            return ""


def figure(code: FigureCode, *, letter: str = "", own: bool = False) -> str:
    """A person of the case: "the mother", "the patient B", "the doctor of this case"."""
    name = str(FIGURES[code])
    if own:
        return gettext("{figure} of this case").format(figure=name)
    return gettext("{figure} {letter}").format(figure=name, letter=letter) if letter else name
