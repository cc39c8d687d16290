"""What a press of a random walk draws. The chance may be hypothesis' own, which can shrink, or a seeded one, which is dense."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

Draw = Callable[[Random], Any]


def one_of(items: Iterable[Any]) -> Draw:
    choices = list(items)
    return lambda chance: choices[chance.randrange(len(choices))]


def between(least: int, most: int) -> Draw:
    return one_of(range(least, most + 1))


def several(draw: Draw, least: int, most: int) -> Draw:
    return lambda chance: [draw(chance) for _ in range(between(least, most)(chance))]


def maybe(draw: Draw) -> Draw:
    """Nobody, one time in four."""
    return lambda chance: draw(chance) if chance.randrange(4) else None


either = one_of((False, True))
rarely = one_of((False, False, False, True))


def press(**draws: Draw) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A method that a walk may call at any moment, with what is drawn for its arguments."""

    def register(method: Callable[..., None]) -> Callable[..., None]:
        method.draws = draws  # type: ignore[attr-defined]
        return method

    return register


def presses(kind: type) -> dict[str, dict[str, Draw]]:
    """All presses of a class, by name."""
    found = {name: getattr(getattr(kind, name), "draws", None) for name in sorted(dir(kind))}
    return {name: draws for name, draws in found.items() if draws is not None}


def do_press(walker: object, name: str, draws: dict[str, Draw], chance: Random) -> None:
    getattr(walker, name)(**{argument: draw(chance) for argument, draw in draws.items()})
