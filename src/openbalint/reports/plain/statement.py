"""What a printed test must say of itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from openbalint.reports.analysis import Analysis
from openbalint.stats.notes import Note, gettext_noop

Gettext = Callable[[str], str]

ON = {
    "change": gettext_noop("change (after − before, complete pairs)"),
    "post": gettext_noop("after (everyone with a value after)"),
    "post-pairs": gettext_noop("after (complete pairs)"),
    "ancova": gettext_noop("after, adjusted for before (complete pairs)"),
}
STATED = gettext_noop("%(test)s · on %(on)s · n = %(n)s, missing %(missing)s")
UNKNOWN = gettext_noop("not stated")
LISTED = gettext_noop(", ")


def listed(parts: Iterable[str], gettext: Gettext) -> str:
    """Things one after the other."""
    return gettext(LISTED).join(parts)


@dataclass(frozen=True, slots=True)
class Statement:
    """A test with the definition of its outcome (a key of ON), its people, and how many are `missing` (None: unknown)."""

    test: str
    on: str
    n: int
    missing: int | None

    def __post_init__(self) -> None:
        if self.on not in ON:
            raise ValueError("a test that does not say what it is on is not printed")
        if self.n < 0 or (self.missing is not None and self.missing < 0):
            raise ValueError("a test is on so many people, and not fewer than none")

    def text(self, gettext: Gettext) -> str:
        """One line for people."""
        missing = gettext(UNKNOWN) if self.missing is None else str(self.missing)
        return Note.of(STATED, test=self.test, on=Note(ON[self.on]), n=self.n, missing=missing).text(gettext)


def stated(analysis: Analysis, test: str, on: str, n: Mapping[str, int], gettext: Gettext) -> str:
    """A test of an analysis with its statement, on the people `n` of each arm."""
    missing = analysis.missing(n)
    return Statement(test, on, sum(n.values()), None if missing is None else sum(missing.values())).text(gettext)
