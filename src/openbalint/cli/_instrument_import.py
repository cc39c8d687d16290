"""Importing: the text of an instrument under the licence of whoever runs this, or a definition of one's own."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from openbalint.cli import _instruments, _options
from openbalint.instruments import library as instruments, texts
from openbalint.instruments.definition import Licence

if TYPE_CHECKING:
    from openbalint.cli._output import Translate
    from openbalint.instruments.library import Library


def run(args: argparse.Namespace, gettext: "Translate") -> int:
    """Check the file, then put it among the imported ones, readable by the owner alone. DefinitionError where it does not fit."""
    try:
        data = args.file.read_bytes()
    except OSError:
        return _options.complain(gettext("%(file)s cannot be opened.") % {"file": args.file})
    found = _instruments.library(args)
    try:
        name, content = _checked(args, data, found, gettext)
    except texts.LicenceEndedError as error:
        return _options.complain(error.sentence.text(gettext))
    except _AskedWronglyError as error:
        return _options.complain(gettext(str(error)))
    except _ToldError:
        return 2
    return _keep(args, name, content, gettext)


class _ToldError(Exception):
    """What is wrong has been told already."""


class _AskedWronglyError(Exception):
    """The options do not go together; the argument is a catalogue key."""


def gettext_noop(message: str) -> str:
    """Mark `message` for the catalogues."""
    return message


CSV_NEEDS = gettext_noop("A .csv holds the text alone. Please add NAME@VERSION, --language, --licence and --licensee.")
TOML_HAS = gettext_noop(
    "This file says by itself whose text it is and under which licence: please leave the options away."
)
ENDINGS = gettext_noop("A .toml, .csv or .json file is expected.")


def _checked(args: argparse.Namespace, data: bytes, found: "Library", gettext: "Translate") -> tuple[str, bytes]:
    """The name to keep it under, and the content."""
    ending = args.file.suffix.lower()
    told = [args.language, args.licence, args.licensee]
    if ending == ".csv":
        if not (args.instrument and all(told)):
            raise _AskedWronglyError(CSV_NEEDS)
        return _from_csv(args, data, found, gettext)
    if ending not in {".toml", ".json"}:
        raise _AskedWronglyError(ENDINGS)
    if any((*told, args.until, args.administrations)):
        raise _AskedWronglyError(TOML_HAS)
    return _from_toml(args, data, found)


def _from_csv(args: argparse.Namespace, data: bytes, found: "Library", gettext: "Translate") -> tuple[str, bytes]:
    definition = _instruments.find(found, args.instrument, gettext)
    if definition is None:
        raise _ToldError
    licence = Licence(
        name=args.licence,
        holder=definition.licence.holder,
        terms=definition.licence.terms,
        permits=("show",),
        source=args.licence,
        until=args.until,
        licensee=args.licensee,
        administrations=args.administrations,
    )
    pack = texts.from_csv(data, args.file.name, definition=definition, language=args.language, licence=licence)
    texts.with_text(definition, pack, today=_instruments.today())
    return f"{pack.instrument}.{pack.language}.toml", texts.to_toml(pack).encode()


def _from_toml(args: argparse.Namespace, data: bytes, found: "Library") -> tuple[str, bytes]:
    file = args.file.name.lower()
    if not instruments.is_text(data, file):
        definition = instruments.own(found.definitions, data, file, today=_instruments.today(), replace=args.replace)
        return f"{definition.key}{args.file.suffix.lower()}", data
    pack = instruments.text_for(found.definitions, data, file)
    texts.with_text(found.definitions[pack.instrument], pack, today=_instruments.today())
    return f"{pack.instrument}.{pack.language}.toml", data


def _keep(args: argparse.Namespace, name: str, content: bytes, gettext: "Translate") -> int:
    from openbalint.tables.writing import write_whole

    target = _instruments.folder(args) / name
    if target.resolve().is_relative_to(Path(__file__).parents[1].resolve()):
        return _options.complain(
            gettext("Imported texts stay outside the program’s own folder. Please name another with --data.")
        )
    if target.exists() and not args.replace:
        sentence = gettext("%(file)s is there already. Please add --replace to put the new one in its place.")
        return _options.complain(sentence % {"file": target})
    try:
        target.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(target, content)
        target.chmod(0o600)
    except OSError as error:
        sentence = gettext("%(folder)s cannot be written to (%(reason)s). Please choose another place.")
        return _options.complain(sentence % {"folder": target.parent, "reason": error.strerror})
    _options.tell(gettext("Imported: %(file)s") % {"file": target})
    return 0
