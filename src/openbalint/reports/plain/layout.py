"""Columns of text that stand below each other in any script, and numbers as people read them."""

from collections.abc import Sequence
import math
import unicodedata

MINUS = "\N{MINUS SIGN}"
GAP = "  "
LEAST_P = 0.001


def width(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


def grid(rows: Sequence[Sequence[str]], *, left: Sequence[int] = (0,), indent: str = "") -> list[str]:
    """Rows as lines, every column as wide as its widest cell; the columns numbered in `left` start at the left."""
    count = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(width(row[place]) for row in filled) for place in range(count)]
    lines = []
    for row in filled:
        cells = [
            cell + " " * (widths[place] - width(cell)) if place in left else " " * (widths[place] - width(cell)) + cell
            for place, cell in enumerate(row)
        ]
        lines.append((indent + GAP.join(cells)).rstrip())
    return lines


def wrapped(text: str, *, columns: int = 100, indent: str = "") -> list[str]:
    """A paragraph as lines of at most `columns`; breaks at spaces, and anywhere between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(indent + line + piece.rstrip()) > columns and piece[0] not in "，。；：、）”":
            lines.append(indent + line.rstrip())
            line = ""
        line += piece
    return [*lines, indent + line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Words with the space behind them, and single wide characters."""
    pieces: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        if (pieces and not wide and not pieces[-1].endswith(" ") and not _is_wide(pieces[-1])) or (
            pieces and character == " "
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _is_wide(piece: str) -> bool:
    return unicodedata.east_asian_width(piece.strip()[-1:] or " ") in "WF"


def decimals_for(*spreads: float | None) -> int:
    """Decimals with which numbers of such SDs are told: two, or as many as two digits of the smallest SD need."""
    known = [spread for spread in spreads if spread is not None and spread > 0]
    if not known:
        return 2
    return min(max(2, 1 - math.floor(math.log10(min(known)))), 8)


def number(value: float | None, decimals: int = 2) -> str:
    """A number with a true minus sign; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    return text.replace("-", MINUS)


def probability(value: float | None) -> str:
    """P with three decimals; never zero."""
    if value is None:
        return "–"
    return f"<{LEAST_P}" if value < LEAST_P else f"{value:.3f}"


def probability_is(value: float | None) -> str:
    """`P = 0.025` or `P < 0.001`."""
    text = probability(value)
    return f"P < {text[1:]}" if text.startswith("<") else f"P = {text}"


def interval(bounds: tuple[float, float] | None, decimals: int = 2) -> str:
    """`[low, high]`."""
    return "–" if bounds is None else f"[{number(bounds[0], decimals)}, {number(bounds[1], decimals)}]"
