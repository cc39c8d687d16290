"""The agreement of a group: what everybody accepts once, before the first meeting.

A changed text gets a new version, and everybody is asked again. The texts before it stay, so that what somebody accepted
can still be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Agreement:
    """A text as one group reads it, in the language of the reader."""

    version: int
    promises: tuple[str | Promise, ...]
    kept: str | Promise  # what OpenBalint keeps, and what it does not


@dataclass(frozen=True, slots=True)
class _Text:
    """A version, before a group's people are named in it."""

    promises: tuple[str | Promise, ...]
    kept: Promise


_WHOM_TO_RING: Final = ""  # stands for the sentence about the people of a group
_PROMISES: Final = (
    _("What is said here stays here: no names, no retelling, no recording, no notes."),
    _("I join from a place where nobody else hears or sees the group."),
    _("We imagine and feel; we do not advise, judge or question."),
    _("Nobody has to speak. I can stop at any time, without a reason."),
    _WHOM_TO_RING,
    _("When somebody had to stop, or asks for it, a leader rings within 48 hours."),
)
_TEXTS: Final[Mapping[int, _Text]] = {
    1: _Text(
        _PROMISES,
        kept=_(
            "Nothing that is said or written in a meeting is recorded or stored. OpenBalint keeps who came and who "
            "presented, and that you accepted this agreement and when."
        ),
    ),
    2: _Text(
        _PROMISES,
        kept=_(
            "Nothing that is said or written in a meeting is recorded or stored. OpenBalint keeps who came and who "
            "presented, and that you accepted this agreement and when. Where sound runs here, it counts how many seconds "
            "and turns each person spoke: you see your own, the leaders see everybody’s until they have talked the "
            "meeting over, for seven days at most; then these are deleted."
        ),
    ),
}
VERSION: Final = max(_TEXTS)


def agreement(*, leaders: Sequence[str], support: str, version: int = VERSION) -> Agreement:
    """Return the text for a group with these ``leaders`` (names) and local ``support`` contact (may be empty)."""
    text, whom = _TEXTS[version], _whom_to_ring(leaders, support)
    promises = tuple(whom if promise is _WHOM_TO_RING else promise for promise in text.promises)
    return Agreement(version, promises, text.kept)


def earlier_agreements(*, leaders: Sequence[str], support: str) -> tuple[Agreement, ...]:
    """Return the texts before the newest, the latest first, with the names of today."""
    return tuple(agreement(leaders=leaders, support=support, version=one) for one in range(VERSION - 1, 0, -1))


def _whom_to_ring(leaders: Sequence[str], support: str) -> str | Promise:
    names = format_lazy("{}", _joined(leaders))
    if support:
        return format_lazy(
            _("If something stays with me, I can ring {leaders}. I also find help here: {support}"),
            leaders=names,
            support=support,
        )
    return format_lazy(_("If something stays with me, I can ring {leaders}."), leaders=names)


def _joined(names: Sequence[str]) -> str | Promise:
    """Name one or more people in a sentence."""
    if len(names) < 2:
        return names[0] if names else _("the leaders")
    return format_lazy(_("{first} or {second}"), first=names[0], second=names[1])
