"""Addresses of extensions, and small parts that Questionnaire and QuestionnaireResponse share."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from openbalint.instruments.definition import LANGUAGES, Text

Release = Literal["r5", "r4b"]
Json = dict[str, Any]

CORE = "http://hl7.org/fhir/StructureDefinition/"
WEIGHT = {"r5": f"{CORE}itemWeight", "r4b": f"{CORE}ordinalValue"}
TRANSLATION = f"{CORE}translation"
ABSENT = f"{CORE}data-absent-reason"
LOWEST, HIGHEST, UNIT = f"{CORE}minValue", f"{CORE}maxValue", f"{CORE}questionnaire-unit"
BASE = "urn:openbalint"
OWN = f"{BASE}:fhir:"
SCALE, REVERSE, LICENCE, MINUTES, INSTRUCTION = (
    OWN + name for name in ("scale", "reverse", "licence", "minutes", "instruction")
)


class FhirError(ValueError):
    """A resource cannot be read; `problems` says where, and what was expected, in English for those who made it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def url(key: str) -> str:
    """The canonical address of an instrument, without its version."""
    return f"{BASE}:instrument:{key.split('@', maxsplit=1)[0]}"


def system(key: str, option_set: str) -> str:
    """The code system of a set of options."""
    return f"{BASE}:options:{key}:{option_set}"


def shown(text: Text, allowed: Iterable[str]) -> Text:
    """A text in the languages that may be passed on, English first."""
    return {language: text[language] for language in LANGUAGES if language in text and language in allowed}


def put_text(into: Json, key: str, text: Text, *, withheld: bool = False) -> None:
    """A text with its translations; where it is withheld, FHIR's word for that."""
    if not text:
        if withheld:
            into[f"_{key}"] = {"extension": [{"url": ABSENT, "valueCode": "masked"}]}
        return
    (_, first), *others = text.items()
    into[key] = first
    if others:
        into[f"_{key}"] = {"extension": [_translation(language, other) for language, other in others]}


def _translation(language: str, text: str) -> Json:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"url": TRANSLATION, "extension": parts}


def take_text(resource: Mapping[str, Any], key: str, language: str) -> dict[str, str]:
    """A text with its translations, as `put_text` wrote it; `language` is that of the resource."""
    found = {language: resource[key]} if resource.get(key) else {}
    for extension in extensions(resource.get(f"_{key}", {}), TRANSLATION):
        parts = {part.get("url"): value(part) for part in extension.get("extension", [])}
        if parts.get("lang") in LANGUAGES and parts.get("content"):
            found[parts["lang"]] = parts["content"]
    return {one: found[one] for one in LANGUAGES if one in found}


def text_extension(address: str, text: Text) -> Json:
    """A text of our own, a language a part."""
    return {"url": address, "extension": [{"url": language, "valueString": words} for language, words in text.items()]}


def text_of(extension: Mapping[str, Any]) -> dict[str, str]:
    """What `text_extension` wrote."""
    told = {part.get("url"): value(part) for part in extension.get("extension", [])}
    return {language: told[language] for language in LANGUAGES if language in told}


def extensions(element: Mapping[str, Any], *urls: str) -> list[Json]:
    """The extensions of an element with one of these addresses."""
    return [one for one in element.get("extension", []) if one.get("url") in urls]


def value(element: Mapping[str, Any]) -> Any:
    """The value[x] of an extension or an answer; None where there is none."""
    return next((found for key, found in element.items() if key.startswith("value")), None)


def first_value(element: Mapping[str, Any], *urls: str) -> Any:
    """The value of the first extension with one of these addresses; None where there is none."""
    return next((value(one) for one in extensions(element, *urls)), None)


def number(amount: float) -> int | float:
    """A number as people write it: 3, not 3.0."""
    return int(amount) if float(amount).is_integer() else amount
