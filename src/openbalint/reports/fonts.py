"""Which fonts the paper formats use: Chinese ones come from the machine, and are embedded in a PDF."""

from functools import cache
from typing import TYPE_CHECKING

from openbalint.reports.words import HAN
from openbalint.stats.notes import Note, gettext_noop

if TYPE_CHECKING:
    import typst

# Serif for running text, sans for tables and pictures; the first that is installed. Typst brings Libertinus itself.
LATIN = ("Libertinus Serif",)
CHINESE_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun")
CHINESE_SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
)
SANS = ("Source Sans 3", "Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans", *CHINESE_SANS)
LACKING = gettext_noop(
    "This report has Chinese text, and no Chinese font is installed. Please install one (Debian, Ubuntu: apt install fonts-noto-cjk) and ask again, or take the HTML report."
)


class NoChineseFontError(RuntimeError):
    """Chinese text, and no font for it; `note` says what to install."""

    def __init__(self) -> None:
        self.note = Note.of(LACKING)
        super().__init__(str(self.note))


@cache
def faces() -> "typst.Fonts":
    """The fonts of this machine, searched once."""
    import typst  # noqa: PLC0415 - only paper needs it

    return typst.Fonts()


def installed() -> frozenset[str]:
    """The families that typst finds."""
    return frozenset(faces().families())


def families(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families for running text and for tables, in which `text` can be set; NoChineseFontError if it cannot."""
    here = installed()
    serif = [name for name in (*CHINESE_SERIF, *CHINESE_SANS) if name in here]
    sans = [name for name in SANS if name in here]
    if not serif and HAN.search(text):
        raise NoChineseFontError
    chinese_sans = [name for name in (*CHINESE_SANS, *CHINESE_SERIF) if name in here]
    first = chinese_sans[:1] if HAN.search(text) else []  # one face for a label of both scripts
    return (*LATIN, *serif[:1]), tuple(dict.fromkeys((*first, *(sans[:1] or LATIN))))
