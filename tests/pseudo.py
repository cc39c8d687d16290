"""A language for tests alone, in which every text of the catalogue stands in ⟦brackets⟧: what is outside of them is bare.

It takes the place of Chinese, since a person's language is one that the product has.
"""

from collections.abc import Iterable
from html.parser import HTMLParser
import json
from pathlib import Path
import re
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
import django

import openbalint

LANGUAGE = "zh-hans"
PLACE = "locale/zh_Hans/LC_MESSAGES"
# Ours, and what Django says by itself in a form.
SOURCES = (
    Path(openbalint.__file__).parent,
    *(Path(django.__file__).parent / part for part in ("conf", "contrib/auth")),
)
INNERMOST = re.compile("⟦[^⟦⟧]*⟧")
SPOKEN = {"title", "aria-label", "aria-description", "placeholder", "alt", "label", "data-copied"}
LETTERS = re.compile(r"[^\W\d_]")


def bracketed(text: str) -> str:
    """A text as this language has it."""
    return f"⟦{text}⟧"


def write_catalogue(folder: Path) -> None:
    """Write the catalogue where Django finds it, if ``folder`` is one of LOCALE_PATHS."""
    made = Catalog(locale="zh_Hans")
    for source in SOURCES:
        with (source / PLACE / "django.po").open("rb") as file:
            for message in read_po(file):
                if message.id and made.get(message.id, message.context) is None:
                    made.add(message.id, _in_brackets(message.id), context=message.context)
    place = folder / "zh_Hans/LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, made)


def _in_brackets(ids: Any) -> Any:
    """A text; of one that counts, the many, since this language too has one form for all numbers."""
    return bracketed(ids) if isinstance(ids, str) else (bracketed(ids[-1]),)


def labels() -> dict[str, str]:
    """The texts of the room in this language, as its page hands them over."""
    found: list[str] = json.loads((SOURCES[0] / "locale/labels.json").read_text("utf-8"))
    return {key: bracketed(key.rpartition("\x04")[2]) for key in found}


def bare(html: str, known: Iterable[str] = ()) -> list[str]:
    """What is seen or heard of a page and is in no catalogue. ``known`` words are none of ours."""
    words = _Words()
    words.feed(html)
    # A sentence may go through several elements, so the brackets are looked for in all the text together.
    rests = [line for text in ("\n".join(words.text), *words.spoken) for line in _outside(text).split("\n")]
    for word in sorted(known, key=len, reverse=True):
        rests = [rest.replace(word, "") for rest in rests]
    return [rest.strip() for rest in rests if LETTERS.search(rest)]


def _outside(text: str) -> str:
    while INNERMOST.search(text):
        text = INNERMOST.sub("", text)
    return text


class _Words(HTMLParser):
    """The text of a page, and what a screen reader or the mouse finds beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.spoken: list[str] = []
        self.silent = self.in_cities = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.in_cities = tag == "optgroup" or (
            self.in_cities and tag == "option"
        )  # time zones have the names of cities
        another_language = tag != "html" and "lang" in said
        self.silent = tag in {"script", "style"} or another_language or (tag == "option" and self.in_cities)
        if not self.silent:
            self.spoken += [said[name] or "" for name in SPOKEN & said.keys()]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False
        self.in_cities = self.in_cities and tag != "optgroup"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.append(data)
