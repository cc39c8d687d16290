"""The sentences with which leaders call a group back from drift: a script's own, beside the usual ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _, override

from openbalint.protocol.scripts import Cue, CueCode, Intervention, Script
from openbalint.web import labels

LENGTHS: Final = {"en": 90, "zh": 40}  # what fits into the centre of the circle on a phone, as a quiet line does
LANGUAGES: Final = {"en": "en", "zh": "zh-Hans"}
WORDS: Final = {"en": _("In English"), "zh": _("In Chinese")}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The two fields of one intervention, for the page."""

    code: CueCode
    name: str
    en: forms.BoundField
    zh: forms.BoundField

    @property
    def said(self) -> str:
        """The sentence as it is shown to who reads this."""
        return labels.own(Cue(self.en.value() or "", self.zh.value() or "")) or str(labels.INTERVENTIONS[self.code])

    @property
    def has_errors(self) -> bool:
        """Whether one of the fields has to be mended."""
        return bool(self.en.errors or self.zh.errors)


class InterventionsForm(forms.Form):
    """A sentence for each drift, in both languages. An empty field stands for the usual sentence, which it shows."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, script: Script) -> None:
        super().__init__(data)
        own = {one.code: one.cue for one in script.interventions}
        for code in CueCode:
            said = own.get(code, Cue())
            for language, words in (("en", said.en), ("zh", said.zh)):
                self.fields[_key(code, language)] = _field(code, language, words)

    def sentences(self) -> Iterator[Sentence]:
        """The drifts with their fields, in the order of the leaders' drawer."""
        for code in CueCode:
            yield Sentence(code, str(labels.DRIFTS[code]), self[_key(code, "en")], self[_key(code, "zh")])

    @property
    def are_own(self) -> bool:
        """Whether any sentence is not the usual one."""
        return any(field.value() for field in self)

    def interventions(self) -> tuple[Intervention, ...]:
        """Those that have words of their own, once the form is valid."""
        said = {code: Cue(*(self.cleaned_data[_key(code, language)] for language in ("en", "zh"))) for code in CueCode}
        return tuple(Intervention(code, cue) for code, cue in said.items() if cue != Cue())


def _key(code: CueCode, language: str) -> str:
    return f"drift_{language}-{code}"


def _field(code: CueCode, language: str, words: str) -> forms.CharField:
    with override(LANGUAGES[language].lower()):
        usual = str(labels.INTERVENTIONS[code])
    look = {"class": "input", "rows": 2, "lang": LANGUAGES[language], "placeholder": usual}
    return forms.CharField(
        label=WORDS[language],
        max_length=LENGTHS[language],
        required=False,
        initial=words,
        widget=forms.Textarea(look),
    )
