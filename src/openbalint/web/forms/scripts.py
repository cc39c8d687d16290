"""The form of a group's script: a few choices, a row of minutes, floor and quiet lines for each phase, and sentences.

The rows follow from the choices, so a form that comes back is read in two steps: what was written is put into the phases
that the page showed (`was` tells which), then these are rebuilt to the choices that are asked for now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _, override

from openbalint.groups import scripts
from openbalint.groups.models import Group
from openbalint.groups.scripts import CASES, LENGTH, MAY_BE_LEFT_OUT, MINUTES, Choices, Slot, StepBack
from openbalint.protocol.scripts import Cue, Floor, Method, Part, Phase, PhaseKind, Picture, Script, announced_minutes
from openbalint.web import labels
from openbalint.web.forms.interventions import InterventionsForm
from openbalint.web.forms.plain import Mending, PlainForm, at_fields

CUE_LENGTHS: Final = {"en": 90, "zh": 40}  # what fits into the centre of the circle on a phone, and on the A5 page
LANGUAGES: Final = {"en": "en", "zh": "zh-Hans"}
LINES: Final = {"en": _("Quiet line in English"), "zh": _("Quiet line in Chinese")}
FLOORS: Final[Mapping[str, tuple[tuple[Floor, ...], labels.Words]]] = {
    "open": ((Floor.OPEN,), _("all")),
    "open-round": ((Floor.OPEN, Floor.ROUND), _("open, or rounds")),
    "round-open": ((Floor.ROUND, Floor.OPEN), _("round, or open")),
    "asked": ((Floor.ASKED,), _("one asks")),
}
_TALK: Final = ("open", "open-round", "round-open")
FLOORS_OF: Final[Mapping[PhaseKind, tuple[str, ...]]] = {
    PhaseKind.OPENING: _TALK,
    PhaseKind.FACTS: ("asked", "open"),
    PhaseKind.FEELINGS: _TALK,
    PhaseKind.DISCUSSION: _TALK,
    PhaseKind.CLARIFYING: _TALK,
    PhaseKind.SETTLE: _TALK,
    PhaseKind.CLOSING: _TALK,
}
STEP_BACKS: Final = [
    (StepBack.ONCE.value, _("once")),
    (StepBack.TWICE.value, _("twice, with further questions in between")),
    (StepBack.NEVER.value, _("not at all")),
]
BALINT_ONLY: Final = ("step_back", "merged", "picture", "aim", "reply", "signals")


class CopyForm(forms.Form):
    """For which group a script is copied."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, groups: Sequence[Group]) -> None:
        super().__init__(data)
        self._groups = {str(group.pk): group for group in groups}
        self.fields["group"] = forms.ChoiceField(
            label=gettext("Group"), choices=[(key, group.name) for key, group in self._groups.items()]
        )

    @property
    def group(self) -> Group:
        """The group that was chosen."""
        return self._groups[self.cleaned_data["group"]]


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one phase, for the page."""

    slot: Slot
    name: str
    times: int  # how often its minutes count in the length of the meeting
    minutes: forms.BoundField
    floors: forms.BoundField | None
    cue_en: forms.BoundField
    cue_zh: forms.BoundField

    @property
    def has_errors(self) -> bool:
        """Whether a field of this phase has to be mended."""
        return bool(self.minutes.errors or self.cue_en.errors or self.cue_zh.errors)


class RowsForm(forms.Form):
    """Minutes, floor and quiet lines of each phase of a script."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, script: Script) -> None:
        super().__init__(data)
        self.script = script
        self._slots = scripts.slots(script)
        for slot in self._slots:
            self._add(slot)

    def _add(self, slot: Slot) -> None:
        phase = slot.phase
        self.fields[f"minutes-{slot.key}"] = _minutes_field(slot, self.script, times=self._times(slot))
        offered = FLOORS_OF.get(phase.kind, ())
        if (code := _floor_code(phase)) in offered:
            self.fields[f"floors-{slot.key}"] = forms.ChoiceField(
                label=gettext("Who speaks"),
                choices=[(code, FLOORS[code][1]) for code in offered],
                initial=code,
                widget=forms.Select({"class": "input"}),
            )
        for language, words in (("en", phase.cue.en), ("zh", phase.cue.zh)):
            field = forms.CharField(
                label=LINES[language],
                max_length=CUE_LENGTHS[language],
                required=False,
                initial=words,
                widget=forms.Textarea(
                    {"class": "input", "rows": 2, "lang": LANGUAGES[language], "placeholder": _line(phase, language)}
                ),
            )
            self.fields[f"cue_{language}-{slot.key}"] = field

    def rows(self) -> Iterator[Row]:
        """The phases with their fields, in order."""
        for slot in self._slots:
            yield Row(
                slot=slot,
                name=_name(slot, self.script),
                times=self._times(slot),
                minutes=self[f"minutes-{slot.key}"],
                floors=self[f"floors-{slot.key}"] if f"floors-{slot.key}" in self.fields else None,
                cue_en=self[f"cue_en-{slot.key}"],
                cue_zh=self[f"cue_zh-{slot.key}"],
            )

    def _times(self, slot: Slot) -> int:
        return {Part.CASE: self.script.cases, Part.BREAK: self.script.cases - 1}.get(slot.part, 1)

    @property
    def total(self) -> int:
        """Minutes of the whole meeting, as they stand in the fields; as they were kept, while one cannot be read."""
        filled = scripts.with_phases(self.script, self.phases()) if self.is_bound and self.is_valid() else self.script
        return announced_minutes(filled)

    def phases(self) -> dict[str, Phase]:
        """What was written, as phases by the keys of their slots."""
        return {slot.key: self._phase(slot) for slot in self._slots}

    def _phase(self, slot: Slot) -> Phase:
        floors = self.cleaned_data.get(f"floors-{slot.key}")
        return replace(
            slot.phase,
            minutes=self.cleaned_data[f"minutes-{slot.key}"],
            floors=FLOORS[floors][0] if floors else slot.phase.floors,
            cue=Cue(en=self.cleaned_data[f"cue_en-{slot.key}"], zh=self.cleaned_data[f"cue_zh-{slot.key}"]),
        )


class ScriptForm(PlainForm):
    """The choices about a script. Its phases are in `rows`, the sentences for drift in `drifts` (Balint scripts alone).

    `script` is what the form says, once it is valid.
    """

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"),
        max_length=scripts.NAME,
        error_messages={"required": _("Give the script a name that the group will know.")},
    )
    announced = forms.IntegerField(
        label=_("Announced length, in minutes"),
        min_value=LENGTH.start,
        max_value=LENGTH.stop - 1,
        error_messages={
            "required": _("Write how many minutes are announced."),
            "invalid": _("Write the minutes as a whole number."),
            "min_value": _("A meeting lasts from 10 minutes to 8 hours."),
            "max_value": _("A meeting lasts from 10 minutes to 8 hours."),
        },
    )
    cases = forms.TypedChoiceField(label=_("Cases"), coerce=int, choices=[(n, str(n)) for n in CASES])
    step_back = forms.ChoiceField(label=_("The presenter steps back"), choices=STEP_BACKS, widget=forms.RadioSelect)
    merged = forms.BooleanField(label=_("Feelings and discussion are one phase"), required=False)
    picture = forms.ChoiceField(
        label=_("The presenter’s picture while outside the circle"),
        choices=list(labels.PICTURES.items()),
        widget=forms.RadioSelect,
    )
    aim = forms.BooleanField(label=_("Ask the presenter what the group should look at"), required=False)
    reply = forms.BooleanField(label=_("A leader may let the group speak after the return"), required=False)
    signals = forms.BooleanField(label=_("Members may send signals to the leaders"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, name: str, version: int, script: Script, original: Script
    ) -> None:
        self._name, self._version, self._original = name, version, original
        self._stored = scripts.complete(script, original)
        super().__init__(data, initial=_initial(self._stored) | {"name": name, "version": version})
        self.is_balint = script.method is Method.BALINT
        if not self.is_balint:
            for field in BALINT_ONLY:
                del self.fields[field]
        was = _shape(self.data.get("was", "")) or scripts.choices_of(self._stored)
        self.rows = RowsForm(data, script=scripts.rebuilt(self._stored, was, original=original))
        self.drifts = InterventionsForm(data, script=script) if self.is_balint else None

    def clean(self) -> dict[str, Any]:
        """Hold the choices to each other, and the sum of the phases to what is announced."""
        if self.cleaned_data.get("merged") and self.cleaned_data.get("step_back") == StepBack.TWICE:
            self.add_error(
                "merged", _("The further questions lie between feelings and discussion, so these stay apart.")
            )
        if not self.rows.is_valid():
            raise ValidationError(_("One of the phases needs another look."))
        if self.drifts and not self.drifts.is_valid():
            raise ValidationError(_("One of the sentences for drift needs another look."))
        if not self.errors:
            self._check_sum(announced_minutes(self.script), self.cleaned_data["announced"])
        return self.cleaned_data

    def mendings(self) -> list[Mending]:
        """What is to be mended: in the choices, in the phases, in the sentences."""
        parts = (self, self.rows, self.drifts) if self.drifts else (self, self.rows)
        return [one for part in parts for one in at_fields(part)]

    def _check_sum(self, total: int, announced: int) -> None:
        if total == announced:
            return
        mend = (
            gettext("The phases add up to %(total)d minutes. Take %(minutes)d away, or announce %(total)d.")
            if total > announced
            else gettext("The phases add up to %(total)d minutes. Add %(minutes)d, or announce %(total)d.")
        )
        self.add_error("announced", mend % {"minutes": abs(total - announced), "total": total})

    @cached_property
    def _wanted(self) -> Script:
        """What was written, in the shape that was chosen; phases of 0 minutes are still there."""
        filled = scripts.with_phases(self.rows.script, self.rows.phases())
        if self.drifts:
            filled = replace(filled, interventions=self.drifts.interventions())
        said = {field: self.cleaned_data[field] for field in ("merged", "aim", "reply", "signals") if self.is_balint}
        if self.is_balint:
            said["step_back"] = StepBack(self.cleaned_data["step_back"])
            said["picture"] = Picture(self.cleaned_data["picture"])
        return scripts.rebuilt(filled, Choices(cases=self.cleaned_data["cases"], **said), original=self._original)

    @property
    def script(self) -> Script:
        """The script that the form describes."""
        return scripts.trimmed(self._wanted)

    def redrawn(self) -> "ScriptForm":
        """The same form with the phases that fit the choices; itself, while something in it cannot be read.

        Where the usual sentences were asked for, those of the script are gone from it.
        """
        if set(self.errors) - {"announced"}:
            return self
        wanted = replace(self._wanted, interventions=()) if "usual" in self.data else self._wanted
        typed = {field: self.data.get(field, "") for field in ("name", "announced", "version")}
        return self.__class__(
            _initial(wanted) | _data(RowsForm(script=wanted)) | _data(InterventionsForm(script=wanted)) | typed,
            name=self._name,
            version=self._version,
            script=self._stored,
            original=self._original,
        )


def _initial(script: Script) -> dict[str, Any]:
    chosen = scripts.choices_of(script)
    return {
        "was": f"{chosen.cases} {chosen.step_back} {'merged' if chosen.merged else 'apart'}",
        "announced": announced_minutes(script),
        "cases": chosen.cases,
        "step_back": chosen.step_back.value,
        "merged": chosen.merged,
        "picture": chosen.picture.value,
        "aim": chosen.aim,
        "reply": chosen.reply,
        "signals": chosen.signals,
    }


def _shape(was: str) -> Choices | None:
    """The choices that rows follow from, out of the hidden field; None if somebody has been at it."""
    match was.split():
        case [cases, step_back, ("merged" | "apart") as merged] if cases in map(str, CASES) and step_back in set(
            StepBack
        ):
            shape = Choices(cases=int(cases), step_back=StepBack(step_back), merged=merged == "merged")
            return None if shape.merged and shape.step_back is StepBack.TWICE else shape
    return None


def _data(form: forms.Form) -> dict[str, Any]:
    return {name: field.initial for name, field in form.fields.items()}


def _name(slot: Slot, script: Script) -> str:
    return labels.phase(slot.phase, script, further=slot.is_further)


def _minutes_field(slot: Slot, script: Script, *, times: int) -> forms.IntegerField:
    phase = slot.phase
    may_be_none = phase.kind in MAY_BE_LEFT_OUT or phase.kind is PhaseKind.BREAK
    whole = gettext("Write the minutes as a whole number, at most %(most)d.") % {"most": MINUTES.stop - 1}
    least = gettext("%(phase)s stays in the script: give it at least 1 minute.") % {"phase": _name(slot, script)}
    return forms.IntegerField(
        label=gettext("Minutes"),
        min_value=0 if may_be_none else 1,
        max_value=MINUTES.stop - 1,
        initial=phase.minutes,
        error_messages={
            "required": whole,
            "invalid": whole,
            "max_value": whole,
            "min_value": whole if may_be_none else least,
        },
        widget=forms.NumberInput({"inputmode": "numeric", "data-times": times, "class": "input"}),
    )


def _floor_code(phase: Phase) -> str:
    return next((code for code, (floors, _words) in FLOORS.items() if floors == phase.floors), "")


def _line(phase: Phase, language: str) -> str:
    with override(LANGUAGES[language].lower()):
        return str(labels.PHASE_CUES[phase.kind])
