"""The catalogue of translations: found in the source, kept in one .po per language, compiled to .mo.

    python tools/catalogue.py update          find every text again and keep the translations (`make i18n`)
    python tools/catalogue.py add FILE.json   put in translations: {"text": "translation", "@context": {"text": "…"}}
    python tools/catalogue.py missing         list what has no translation yet, as JSON for `add`
    python tools/catalogue.py prune           `update`, and forget texts that the source no longer has
    python tools/catalogue.py compile         write the .mo files

Texts are English in the source: gettext in Python, {% translate %} in templates, `t("…")` and `pgettext("context", "…")` in
TypeScript, where the text must be one literal in double quotes. Those that TypeScript uses are listed in
`locale/labels.json`, so that a page can hand them over translated; a context is joined to its text by U+0004, as in a
.mo file. English needs no catalogue. Several runs at once wait for each other.
"""

from collections.abc import Iterator, Mapping
import contextlib
import fcntl
import io
import json
from pathlib import Path
import re
import sys
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/openbalint"
FRONTEND = ROOT / "frontend/src"
LOCALE = PACKAGE / "locale"
LABELS = LOCALE / "labels.json"
LANGUAGES = ("zh_Hans",)
SEPARATOR = "\x04"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
LABEL = re.compile(rf"\b(?:t\(\s*(?P<text>{LITERAL})|pgettext\(\s*(?P<context>{LITERAL}),\s*(?P<within>{LITERAL}))")

Key = tuple[str | None, str]  # context, text


def labels_in(source: str) -> Iterator[Key]:
    """The texts that a TypeScript file asks for."""
    for found in LABEL.finditer(source):
        if found["text"]:
            yield None, json.loads(found["text"])
        else:
            yield json.loads(found["context"]), json.loads(found["within"])


def sources(root: Path, pattern: str) -> list[Path]:
    """The files to read, in a fixed order."""
    return [path for path in sorted(root.rglob(pattern)) if not path.name.endswith(".test.ts")]


def labels() -> list[str]:
    """Every text that TypeScript uses, context first."""
    found = {key for path in sources(FRONTEND, "*.ts") for key in labels_in(path.read_text("utf-8"))}
    return sorted(f"{context}{SEPARATOR}{text}" if context else text for context, text in found)


def found_in_source() -> Catalog:
    """A catalogue of every text in Python, templates and TypeScript, without translations."""
    if not settings.configured:
        settings.configure()
    catalog = Catalog(charset="utf-8")
    for path in sources(PACKAGE, "*.py"):
        _extract(catalog, path, path.read_bytes())
    for path in [*sources(PACKAGE, "*.html"), *sources(PACKAGE / "web/templates", "*.txt")]:
        calls = templatize(path.read_text("utf-8"))  # what is left reads as Python, but for its indentation
        _extract(catalog, path, "\n".join(line.lstrip() for line in calls.splitlines()).encode())
    for path in sources(FRONTEND, "*.ts"):
        for context, text in labels_in(path.read_text("utf-8")):
            catalog.add(text, context=context, locations=[_place(path)])
    return catalog


def _extract(catalog: Catalog, path: Path, source: bytes) -> None:
    for _, text, comments, context in extract("python", io.BytesIO(source), KEYWORDS, ("Translators:",)):
        catalog.add(text, context=context, locations=[_place(path)], auto_comments=comments)


def _place(path: Path) -> tuple[str, int]:
    return path.relative_to(ROOT).as_posix(), 0


def po_path(language: str) -> Path:
    """Where the translations into a language are kept."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def read(language: str) -> Catalog:
    """The translations as they are stored."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def write(language: str, catalog: Catalog) -> None:
    """Store the translations sorted by text, without dates and names, so that two branches seldom meet."""
    catalog.fuzzy = False
    catalog.header_comment = f"# OpenBalint, {language}."
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, include_lineno=False)
    lines = out.getvalue().splitlines(keepends=True)
    idle = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Generated-By',
        b'"Last-Translator',
        b'"Language-Team',
        b'"Project-Id',
        b'"Report',
    )
    _replace(po_path(language), b"".join(line for line in lines if not line.startswith(idle)))


def compile_all() -> None:
    """Write the .mo files that Django reads."""
    for language in LANGUAGES:
        out = io.BytesIO()
        write_mo(out, read(language))
        _replace(po_path(language).with_suffix(".mo"), out.getvalue())


def _replace(path: Path, content: bytes) -> None:
    """In one step, so that a running server never reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(content)
    draft.replace(path)


def update(language: str, *, prune: bool = False) -> Catalog:
    """Find every text again. Translations of texts that went away are kept aside until `prune`."""
    catalog = read(language)
    for message in catalog.obsolete.values():
        catalog[message.id] = message
    catalog.obsolete.clear()
    catalog.update(found_in_source(), no_fuzzy_matching=True)
    for key in [key for key, message in catalog.obsolete.items() if prune or not translated(message)]:
        del catalog.obsolete[key]
    write(language, catalog)
    _replace(LABELS, (json.dumps(labels(), ensure_ascii=False, indent=1) + "\n").encode())
    return catalog


def translated(message: Message) -> bool:
    """Whether every form of a text has its translation."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(forms)


def missing(catalog: Catalog) -> list[Message]:
    """The texts without translation."""
    return [message for message in catalog if message.id and not translated(message)]


def singular(message: Message) -> str:
    """The text itself; of a plural, the form for one."""
    return str(message.id[0] if isinstance(message.id, (list, tuple)) else message.id)


def add(language: str, given: Mapping[str, Any]) -> list[str]:
    """Put in translations; give back the texts that the source does not have."""
    catalog, unknown = update(language), []
    by_key = {(message.context, singular(message)): message for message in catalog if message.id}
    for (context, text), translation in _pairs(given):
        message = by_key.get((context, text))
        if message is None:
            unknown.append(text)
        else:
            message.string = (translation,) if message.pluralizable else translation
    write(language, catalog)
    return unknown


def _pairs(given: Mapping[str, Any], context: str | None = None) -> Iterator[tuple[Key, str]]:
    for text, value in given.items():
        if isinstance(value, Mapping):
            yield from _pairs(value, text.removeprefix("@"))
        else:
            yield (context, text), value


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait for others who change the catalogue."""
    place = ROOT / ".make"
    place.mkdir(exist_ok=True)
    with (place / "catalogue.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(verb: str = "", path: str = "") -> int:
    """Run one verb on the one language there is beside English."""
    language = LANGUAGES[0]
    with alone():
        if verb in {"update", "prune"}:
            update(language, prune=verb == "prune")
        elif verb == "add" and path:
            for text in add(language, json.loads(Path(path).read_text("utf-8"))):
                print(f"not in the source, left out: {text!r}", file=sys.stderr)
        elif verb not in {"compile", "missing"}:
            print(__doc__, file=sys.stderr)
            return 2
        compile_all()
        rest = missing(read(language))
    if verb == "missing":
        print(json.dumps(_as_given(rest), ensure_ascii=False, indent=1))
    elif rest and verb != "compile":
        print(f"{len(rest)} without translation (python tools/catalogue.py missing)")
    return 0


def _as_given(messages: list[Message]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for message in messages:
        (out.setdefault(f"@{message.context}", {}) if message.context else out)[singular(message)] = ""
    return out


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
