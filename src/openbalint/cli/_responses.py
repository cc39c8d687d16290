"""Answers as FHIR: one QuestionnaireResponse, a list of them or a Bundle, read as the rows of a file of answers."""

from collections.abc import Iterable, Mapping
import json
from pathlib import Path
from typing import Any

from openbalint.cli._answers import Row
from openbalint.instruments.definition import Definition
from openbalint.instruments.fhir import response
from openbalint.instruments.fhir.words import FhirError
from openbalint.stats.notes import Note, gettext_noop
from openbalint.tables import Problem, TableError

NO_RESPONSE = gettext_noop("A FHIR QuestionnaireResponse in JSON is expected, a list of them, or a Bundle.")
NO_SUBJECT = gettext_noop("Response %(number)s does not say whose it is; a subject is expected.")
TWICE = gettext_noop("Response %(number)s is of somebody who stands there already.")
FAULT = gettext_noop("Response %(number)s: %(fault)s.")


def read(path: Path, definition: Definition) -> list[Row]:
    """The rows of a file, by subject. TableError with everything that is wrong."""
    problems: list[Note] = []
    rows: dict[str, Row] = {}
    for number, resource in enumerate(_resources(path), start=1):
        try:
            found = response.from_fhir(resource, definition)
        except FhirError as error:
            problems += [Note.of(FAULT, number=number, fault=fault) for fault in error.problems]
            continue
        if not found.subject:
            problems.append(Note.of(NO_SUBJECT, number=number))
        elif found.subject in rows:
            problems.append(Note.of(TWICE, number=number))
        else:
            rows[found.subject] = Row(found.subject, (), {item: str(given) for item, given in found.answers.items()})
    if problems:
        raise TableError([Problem(path.name, None, None, "", problem) for problem in problems])
    return list(rows.values())


def _resources(path: Path) -> Iterable[Mapping[str, Any]]:
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        found = None
    if isinstance(found, dict) and found.get("resourceType") == "Bundle":
        found = [entry.get("resource") for entry in found.get("entry", []) if isinstance(entry, dict)]
    resources = found if isinstance(found, list) else [found]
    if not resources or not all(isinstance(one, dict) for one in resources):
        raise TableError([Problem(path.name, None, None, "", Note(NO_RESPONSE))])
    return resources
