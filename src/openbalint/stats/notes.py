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
    """A sentence with places `%(name)s`, and their values: plain text, a note, or several notes, which are listed."""

    message: str
    values: tuple[tuple[str, "str | Note | tuple[Note, ...]"], ...] = ()

    @classmethod
    def of(cls, message: str, **values: object) -> "Note":
        """A note from keyword values; what is not a note is written as text."""
        return cls(
            message,
            tuple((name, value if isinstance(value, Note | tuple) else str(value)) for name, value in values.items()),
        )

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence with all its parts, in English unless `translate` gives another catalogue's."""
        return translate(self.message) % {name: _text(value, translate) for name, value in self.values}

    def __str__(self) -> str:
        return self.text()


def _text(value: str | Note | tuple[Note, ...], translate: Callable[[str], str]) -> str:
    if isinstance(value, Note):
        return value.text(translate)
    return value if isinstance(value, str) else ", ".join(part.text(translate) for part in value)


class CannotComputeError(ValueError):
    """These data do not determine the number; `note` says why."""

    def __init__(self, message: str, **values: object) -> None:
        self.note = Note.of(message, **values)
        super().__init__(str(self.note))
