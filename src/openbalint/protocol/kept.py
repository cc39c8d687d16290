"""What was worked out is kept while all that it rests on is the very same: most of a session stays when a hand goes up.

Values here are frozen, so the same object is the same value. Nothing but time depends on it: what is kept is what the
function would give again.
"""

from collections.abc import Callable
from operator import is_
from typing import Any, ParamSpec, TypeVar

Grounds = tuple[object, ...]
_Answer = TypeVar("_Answer")
_About = ParamSpec("_About")


def all_same(before: Grounds, now: Grounds) -> bool:
    """Whether two tuples of the same length hold the very same objects."""
    return all(map(is_, before, now))


class Kept:
    """The last answer of each function. One for a room: two rooms would only forget each other's."""

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[Any, tuple[Grounds, Any]] = {}

    def on(
        self, grounds: Grounds, function: Callable[_About, _Answer], *about: _About.args, **how: _About.kwargs
    ) -> _Answer:
        """``function(…)``, a pure function, of which nothing but ``grounds`` matters."""
        last = self._answers.get(function)
        if last is not None and all_same(last[0], grounds):
            kept: _Answer = last[1]
            return kept
        answer = function(*about, **how)
        self._answers[function] = (grounds, answer)
        return answer
