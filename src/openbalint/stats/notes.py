"""Sentences that go with a result: what could not be computed, and why.

The core knows no language. A note holds an English sentence as its catalogue key, and the values that stand in it; the
edge translates the sentence and fills the values in.
"""

from collections.abc import Callable
from dataclasses import dataclass


def gettext_noop(message: str) -> str:
    """Mark `message` for the catalogues."""
    return message


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence with places `%(name)s`, and their values."""

    message: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, message: str, **values: object) -> "Note":
        """A note from keyword values."""
        return cls(message, tuple((name, str(value)) for name, value in values.items()))

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, in English unless `translate` gives another catalogue's."""
        return translate(self.message) % dict(self.values)

    def __str__(self) -> str:
        return self.text()


class CannotComputeError(ValueError):
    """These data do not determine the number; `note` says why."""

    def __init__(self, message: str, **values: object) -> None:
        self.note = Note.of(message, **values)
        super().__init__(str(self.note))
