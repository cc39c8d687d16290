"""Scripts of a group's own, for tests of what shows them."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from openbalint.groups.models import StoredScript
from openbalint.groups.scripts import NAME, StepBack, choices_of, rebuilt, slots, with_phases
from openbalint.protocol.scripts import Cue, Script
from openbalint.protocol.shipped import SHIPPED
from openbalint.web.forms.scripts import CUE_LENGTHS


def fullest(code: str) -> Script:
    """A script that has as many phases and as many words as the form lets it have."""
    original = SHIPPED[code]
    choices = replace(choices_of(original), cases=2, step_back=StepBack.TWICE, aim=True)
    script = rebuilt(original, choices, original=original)
    words = Cue(
        "Which picture comes to your mind while you listen to this story now? "[:68] + "And what else?" * 2,
        "你听的时候，" * 9,
    )
    cut = Cue(words.en[: CUE_LENGTHS["en"]], words.zh[: CUE_LENGTHS["zh"]])
    name = ("The long Thursday training with two cases " * 3)[:NAME]
    full = with_phases(script, {slot.key: replace(slot.phase, cue=cut) for slot in slots(script)})
    return replace(full, name=Cue(name, name))


def page(stored: StoredScript, name: str = "script") -> str:
    """Where a script is shown, or what else is done with it."""
    return reverse(name, args=[stored.pk])


def fields_of(answer: Any) -> dict[str, Any]:
    """What a browser would send back of the script's form that it was shown."""
    form = answer.context["form"]
    bound = [*form, *form.rows, *(form.drifts or ())]
    return {
        field.html_name: field.value()
        for field in bound
        if field.value() not in (None, "") and field.value() is not False
    }
