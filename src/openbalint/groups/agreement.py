"""The agreement of a group: what everybody accepts once, before the first meeting.

Its text is versioned. A changed text gets a new version, and everybody is asked again; what was accepted stays readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """The text as one group reads it, in the language of the reader."""

    version: int
    promises: tuple[str | Promise, ...]
    kept: str | Promise  # what OpenBalint keeps, and what it does not


def agreement(*, leaders: Sequence[str], support: str) -> Agreement:
    """Return the newest text for a group with these ``leaders`` (names) and local ``support`` contact (may be empty)."""
    return Agreement(
        version=VERSION,
        promises=(
            _("What is said here stays here: no names, no retelling, no recording, no notes."),
            _("I join from a place where nobody else hears or sees the group."),
            _("We imagine and feel; we do not advise, judge or question."),
            _("Nobody has to speak. I can stop at any time, without a reason."),
            _whom_to_ring(leaders, support),
            _("When somebody had to stop, or asks for it, a leader rings within 48 hours."),
        ),
        kept=_(
            "Nothing that is said or written in a meeting is recorded or stored. OpenBalint keeps who came and who "
            "presented, and that you accepted this agreement and when. Where sound runs here, it counts how many seconds "
            "each person spoke: you see your own, the leaders see everybody’s until they have talked the meeting over, "
            "for seven days at most; then these are deleted."
        ),
    )


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
