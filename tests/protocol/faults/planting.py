"""How a fault is planted: one function of the engine is replaced."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """What is planted, and the property that must see it."""

    says: str
    caught_by: str
    where: object
    name: str
    plant: Callable[[Callable], Callable]  # from the right function to the wrong one


def instead(wrong: Any) -> Callable[[Any], Any]:
    return lambda right: wrong


def nothing(right: Callable) -> Callable:
    return lambda *args, **kwargs: None
