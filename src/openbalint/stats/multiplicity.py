"""Several outcomes at once."""

from collections.abc import Sequence


def holm(*, p: Sequence[float]) -> list[float]:
    """Holm's adjusted P values, in the order given (Holm 1979). R: `p.adjust(p, method="holm")`."""
    if not all(0 <= value <= 1 for value in p):
        raise ValueError("a P value must lie between 0 and 1")
    adjusted = [0.0] * len(p)
    reached = 0.0
    for place, index in enumerate(sorted(range(len(p)), key=lambda index: p[index])):
        reached = max(reached, min(1.0, (len(p) - place) * p[index]))
        adjusted[index] = reached
    return adjusted
