"""Sentences and numbers of a report in one language.

A sentence is an English msgid with places `%(name)s`, and `*F*` where a symbol is set in italics; it is translated first and
cut into pieces then, so that a value which somebody typed is never read as markup.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
import math
import re
from typing import Literal

Tag = Literal["en", "zh-hans"]
Style = Literal["plain", "italic", "bold", "sup"]
TAGS: tuple[Tag, ...] = ("en", "zh-hans")
PLACES = re.compile(r"\*([^*]+)\*|%\((\w+)\)s")
AROUND = re.compile("( ?)([=<>]) ")
NBSP = "\u00a0"
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Some text in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Cite:
    """A source, by its key in `references`; becomes its number."""

    key: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A table or a figure, by its key; becomes its label."""

    key: str


Inline = tuple[Run | Cite | Ref, ...]


def plain(text: str) -> Inline:
    """Text as it is."""
    return (Run(text),)


def symbols(text: str) -> Inline:
    """Letters that are the same in every language; those between asterisks in italics."""
    return Words("en", str).gettext(text)


def joined(parts: list[Inline], between: str) -> Inline:
    """Several pieces of text with something between them."""
    return tuple(
        piece for i, part in enumerate(parts) for piece in ((*plain(between), *part) if i and between else part)
    )


@dataclass(frozen=True, slots=True)
class Words:
    """A language: its `tag` and the catalogue's gettext."""

    tag: Tag
    catalogue: Callable[[str], str]

    @property
    def chinese(self) -> bool:
        """Whether full-width punctuation is used."""
        return self.tag == "zh-hans"

    def gettext(self, message: str, **values: "str | int | Inline") -> Inline:
        """The sentence in this language, its values in their places."""
        return _filled(self.catalogue(message), values)

    def pgettext(self, context: str, message: str, **values: "str | int | Inline") -> Inline:
        """A word that means something else elsewhere."""
        within = f"{context}\x04{message}"
        translated = self.catalogue(within)
        return _filled(message if translated == within else translated, values)

    def ugettext(self, message: str, **values: "str | int | Inline") -> str:
        """The same as bare text."""
        return text_of(self.gettext(message, **values))

    def listed(self, parts: list[Inline]) -> Inline:
        """Things one after the other."""
        return joined(parts, "、" if self.chinese else ", ")

    def sentences(self, parts: list[Inline]) -> Inline:
        """Sentences that follow each other."""
        return joined(parts, "" if self.chinese else " ")

    def day(self, day: date) -> str:
        """A date as people write it."""
        return (
            f"{day.year} 年 {day.month} 月 {day.day} 日"
            if self.chinese
            else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        )


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _filled(sentence: str, values: "Mapping[str, str | int | Inline]") -> Inline:
    pieces, end = list[Run | Cite | Ref](), 0
    for found in PLACES.finditer(sentence):
        pieces.append(_unbroken(sentence[end : found.start()]))
        pieces.extend([Run(found[1], "italic")] if found[1] else _inline(values[found[2]]))
        end = found.end()
    pieces.append(_unbroken(sentence[end:]))
    return tuple(piece for piece in pieces if piece != Run(""))


def _inline(value: "str | int | Inline") -> Inline:
    return value if isinstance(value, tuple) else plain(str(value))


def _unbroken(text: str) -> Run:
    """Our own words: lines do not break around = < >."""
    return Run(AROUND.sub(lambda found: f"{found[1] and NBSP}{found[2]}{NBSP}", text))


def text_of(inline: Inline) -> str:
    """The bare text of resolved pieces."""
    return "".join(piece.text for piece in inline if isinstance(piece, Run))


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def number(value: float | None, decimals: int) -> str:
    """A number with a true minus, or a dash where there is none; never −0.00."""
    if value is None or math.isnan(value):
        return "–"
    shown = f"{value:.{decimals}f}"
    return (shown[1:] if float(shown) == 0 else f"\u2212{shown[1:]}") if shown.startswith("-") else shown


def p_value(p: float) -> str:
    """A P value to three places; what is smaller is said to be smaller, and none is ever one or nought by rounding."""
    if p < 0.001:
        return "< 0.001"
    return "> 0.999" if 0.9995 <= p < 1 else f"{p:.3f}"


def interval(ci: tuple[float, float], decimals: int, words: Words) -> str:
    """The bounds of an interval."""
    return f"{number(ci[0], decimals)} {'至' if words.chinese else 'to'} {number(ci[1], decimals)}"


def decimals_for(sds: list[float]) -> int:
    """As many places as give the smallest SD two figures or more; two for scores of usual questionnaires."""
    known = [sd for sd in sds if sd > 0]
    if not known:
        return 2
    smallest = min(known)
    return next((places for places, limit in ((4, 0.01), (3, 0.1), (2, 10), (1, 100)) if smallest < limit), 0)
