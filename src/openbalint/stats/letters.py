"""Compact letters: arms that share a letter do not differ.

The letters are the maximal sets of arms in which no pair differs, ordered by the row numbers of their arms,
lexicographically: the first listed arm always has an a.
"""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase

ALPHABET = ascii_lowercase + ascii_uppercase


def compact_letters(*, arms: int, different: Sequence[tuple[int, int]]) -> list[str]:
    """The letters of each of `arms` arms, given the pairs (row numbers from 0) that differ."""
    pairs = {frozenset(pair) for pair in different}
    alike = [{j for j in range(arms) if j != i and frozenset((i, j)) not in pairs} for i in range(arms)]
    cliques = sorted(sorted(clique) for clique in _maximal_cliques(set(), set(range(arms)), set(), alike))
    return ["".join(letter(number) for number, clique in enumerate(cliques) if arm in clique) for arm in range(arms)]


def letter(number: int) -> str:
    """a … z, A … Z, then a1, b1 and so on."""
    rounds, place = divmod(number, len(ALPHABET))
    return ALPHABET[place] + (str(rounds) if rounds else "")


def _maximal_cliques(chosen: set[int], open_: set[int], done: set[int], alike: list[set[int]]) -> Iterator[set[int]]:
    """Bron and Kerbosch 1973, with a pivot."""
    if not open_ and not done:
        yield chosen
        return
    pivot = max(open_ | done, key=lambda arm: len(alike[arm] & open_))
    for arm in sorted(open_ - alike[pivot]):
        yield from _maximal_cliques(chosen | {arm}, open_ & alike[arm], done & alike[arm], alike)
        open_ = open_ - {arm}
        done = done | {arm}
