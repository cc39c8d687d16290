"""The instruments there are: those that ship with the product, and what an installation has imported."""

from collections.abc import Iterable, Mapping
import dataclasses
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
import json

from openbalint.instruments import definition_file, texts
from openbalint.instruments.definition import Definition, Licence
from openbalint.instruments.fhir import questionnaire
from openbalint.instruments.fhir.words import FhirError
from openbalint.instruments.reader import DefinitionError, Problem, parsed
from openbalint.instruments.sentences import Sentence, gettext_noop

FOLDER = "definitions"
FHIR = ".json"
NO_FHIR = gettext_noop("A FHIR Questionnaire in JSON is expected.")
TAKEN = gettext_noop("%(instrument)s is there already; give this one another version.")
NO_DEFINITION = gettext_noop("There is no definition of %(instrument)s, to which this text belongs.")


@dataclass(frozen=True, slots=True)
class Library:
    """Definitions by NAME@VERSION, with the texts that may be used today; `ended` holds the licences that ran out."""

    definitions: Mapping[str, Definition]
    ended: tuple[tuple[str, str, Licence], ...] = ()


@cache
def shipped() -> Mapping[str, Definition]:
    """Every definition in the package, with the texts that ship, in the order of their names."""
    folder = resources.files(__package__).joinpath(FOLDER)
    found = [
        definition_file.from_toml(file.read_bytes(), file.name)
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    definitions = {definition.key: definition for definition in sorted(found, key=lambda one: one.key)}
    for file in sorted(folder.joinpath("texts").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            data = file.read_bytes()
            pack = texts.from_toml(data, file.name, imported=False)
            texts.check(definitions[pack.instrument], pack, data, file.name)
            definitions[pack.instrument] = texts.with_text(definitions[pack.instrument], pack, today=date.min)
    return definitions


def with_imports(files: Iterable[tuple[str, bytes]], *, today: date) -> Library:
    """What ships, and the imported files (name, content): definitions first, then texts.

    A text whose licence has ended is left out and listed. DefinitionError where a file cannot be used.
    """
    definitions, ended, packs = dict(shipped()), [], []
    for name, data in sorted(files):
        if is_text(data, name):
            packs.append((name, data))
        else:
            definition = _dated(imported(data, name), today)
            if definition.key in definitions:
                raise _problem(name, TAKEN, definition.key)
            definitions[definition.key] = definition
    for name, data in packs:
        pack = text_for(definitions, data, name)
        try:
            definitions[pack.instrument] = texts.with_text(definitions[pack.instrument], pack, today=today)
        except texts.LicenceEndedError:
            ended.append((pack.instrument, pack.language, pack.notice.licence))
    return Library(dict(sorted(definitions.items())), tuple(ended))


def is_text(data: bytes, name: str) -> bool:
    """Whether a TOML file holds a text rather than a definition. DefinitionError where it is no TOML."""
    return not name.endswith(FHIR) and "instrument" in parsed(data, name)[0]


def imported(data: bytes, name: str) -> Definition:
    """A definition from outside: a TOML file, or a FHIR Questionnaire in JSON. DefinitionError where it cannot be used."""
    if not name.endswith(FHIR):
        return definition_file.from_toml(data, name, imported=True)
    try:
        return questionnaire.from_fhir(json.loads(data), imported=True)
    except FhirError as error:
        problems = [Problem(name, 1, "", Sentence.of("%(fault)s", fault=fault)) for fault in error.problems]
        raise DefinitionError(problems) from None
    except (ValueError, AttributeError, TypeError, KeyError):
        raise DefinitionError([Problem(name, 1, "", Sentence(NO_FHIR))]) from None


def text_for(definitions: Mapping[str, Definition], data: bytes, name: str) -> texts.TextPack:
    """An imported text, checked against the definition it names. DefinitionError where it does not fit."""
    pack = texts.from_toml(data, name, imported=True)
    if pack.instrument not in definitions:
        raise _problem(name, NO_DEFINITION, pack.instrument)
    texts.check(definitions[pack.instrument], pack, data, name)
    return pack


def own(definitions: Mapping[str, Definition], data: bytes, name: str, *, today: date, replace: bool) -> Definition:
    """A definition to import. DefinitionError where it cannot be used or its name is taken, LicenceEndedError where late.

    With `replace` the name may be that of one imported before, never that of one that ships.
    """
    definition = imported(data, name)
    if definition.key in (shipped() if replace else definitions):
        raise _problem(name, TAKEN, definition.key)
    until = definition.licence.until
    if until is not None and definition.licence.has_ended(today):
        raise texts.LicenceEndedError(until)
    return definition


def _dated(definition: Definition, today: date) -> Definition:
    """An imported definition without its texts where its licence has ended: answers given before can still be scored."""
    if not definition.licence.has_ended(today):
        return definition
    items = tuple(
        dataclasses.replace(
            item, text={}, options=tuple(dataclasses.replace(option, text={}) for option in item.options)
        )
        for item in definition.items
    )
    return dataclasses.replace(definition, items=items, instruction={}, notices={})


def _problem(file: str, message: str, instrument: str) -> DefinitionError:
    return DefinitionError([Problem(file, 1, "instrument", Sentence.of(message, instrument=instrument))])
