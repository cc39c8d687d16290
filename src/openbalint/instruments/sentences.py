"""Sentences for people that the core hands over untranslated: an English catalogue key and what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass


def gettext_noop(message: str) -> str:
    """Mark `message` for the catalogues."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with places `%(name)s` and their values."""

    message: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, message: str, **values: object) -> "Sentence":
        """A sentence from keyword values."""
        return cls(message, tuple((name, str(value)) for name, value in values.items()))

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, in English unless `translate` gives another catalogue's."""
        return translate(self.message) % dict(self.values)

    def __str__(self) -> str:
        return self.text()
