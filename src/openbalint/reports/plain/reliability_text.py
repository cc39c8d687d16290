"""The answer of `openbalint reliability` for a terminal."""

from collections.abc import Iterator

from openbalint.reports.plain.layout import grid, interval, number, wrapped
from openbalint.reports.plain.statement import Gettext
from openbalint.stats.notes import Note, gettext_noop
from openbalint.stats.reliability import Reliability


def text(found: Reliability, *, file: str, gettext: Gettext) -> str:
    """The whole answer, lines ended by a newline."""
    return "\n".join(_lines(found, file, gettext)) + "\n"


def _lines(found: Reliability, file: str, gettext: Gettext) -> Iterator[str]:
    message = gettext_noop(
        "%(file)s: %(k)s items, %(n)s people who answered all of them; %(excluded)s left out because an answer is missing."
    )
    yield from wrapped(Note.of(message, file=file, k=found.k, n=found.n, excluded=found.excluded).text(gettext))
    yield ""
    coefficients = [
        [gettext("Cronbach's α (raw, Feldt's interval)"), number(found.alpha, 3), interval(found.alpha_ci, 3)],
        [
            gettext("McDonald's ω (total, one factor, maximum likelihood)"),
            number(found.omega, 3),
            interval(found.omega_ci, 3),
        ],
    ]
    yield from grid([["", "", "95 %"], *coefficients], indent="  ")
    yield ""
    items = [
        [name, number(item.item_rest_r, 3), number(item.alpha_if_deleted, 3)] for name, item in found.items.items()
    ]
    yield from grid(
        [[gettext("item"), gettext("r with the sum of the others"), gettext("α without it")], *items], indent="  "
    )
    if found.notes:
        yield ""
        for note in found.notes:
            yield from wrapped(note.text(gettext))
