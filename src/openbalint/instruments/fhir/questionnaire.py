"""A definition as a Questionnaire, and a Questionnaire as a definition."""

from collections.abc import Iterable, Mapping
import math
from typing import Any

from openbalint.instruments import definition_file
from openbalint.instruments.definition import LANGUAGES, Definition, Item, Option, Scale
from openbalint.instruments.fhir.words import (
    BASE,
    HIGHEST,
    INSTRUCTION,
    LICENCE,
    LOWEST,
    MINUTES,
    REVERSE,
    SCALE,
    UNIT,
    WEIGHT,
    FhirError,
    Json,
    Release,
    extensions,
    first_value,
    number,
    put_text,
    shown,
    system,
    take_text,
    text_extension,
    text_of,
    url,
    value,
)
from openbalint.instruments.reader import DefinitionError
from openbalint.instruments.toml_lines import Lines

TYPES: dict[Release, dict[str, str]] = {
    "r5": {"choice": "coding", "number": "decimal", "text": "text"},
    "r4b": {"choice": "choice", "number": "decimal", "text": "text"},
}
KINDS = {
    "coding": "choice", "choice": "choice", "decimal": "number", "integer": "number", "quantity": "number",
    "text": "text", "string": "text",
}  # fmt: skip


def to_fhir(definition: Definition, *, release: Release) -> Json:
    """The Questionnaire of a definition. Text that may not be exported is withheld, and marked as masked."""
    allowed = definition.languages_that("export")
    resource: Json = {
        "resourceType": "Questionnaire",
        "language": next(iter(shown(definition.title, LANGUAGES)), "en"),
        "url": url(definition.key),
        "version": definition.version,
        "name": _computable(definition.name),
        "status": "active",
        "description": definition.source,
        "copyright": _copyright(definition),
        "extension": [*_facts(definition), *(_scale(scale) for scale in definition.scales)],
    }
    put_text(resource, "title", definition.title)
    if release == "r5":
        resource["copyrightLabel"] = f"© {definition.licence.holder}"
    if instruction := shown(definition.instruction, allowed):
        resource["extension"].append(text_extension(INSTRUCTION, instruction))
    resource["item"] = [_item(definition, item, allowed, release) for item in definition.items]
    return resource


def _computable(name: str) -> str:
    """A name as FHIR wants it: letters, digits, underscores, a capital first."""
    return "".join(part.capitalize() for part in name.split("-"))


def _copyright(definition: Definition) -> str:
    licence = definition.licence
    terms = " ".join(licence.terms.values())
    return f"{licence.holder.rstrip('.')}. {licence.name}. {terms} {licence.source}"


def _facts(definition: Definition) -> Iterable[Json]:
    licence = definition.licence
    yield {
        "url": LICENCE,
        "extension": [
            {"url": "name", "valueString": licence.name},
            {"url": "holder", "valueString": licence.holder},
            {"url": "source", "valueString": licence.source},
            *({"url": "permits", "valueCode": what} for what in licence.permits),
            *({"url": language, "valueString": text} for language, text in licence.terms.items()),
        ],
    }
    if not definition.key_known:
        yield {"url": REVERSE, "valueString": definition_file.NOT_KNOWN}
    if definition.minutes is not None:
        yield {"url": MINUTES, "valueDecimal": number(definition.minutes)}


def _scale(scale: Scale) -> Json:
    parts: list[Json] = [
        {"url": "id", "valueCode": scale.id},
        text_extension("title", scale.title),
        {"url": "method", "valueCode": scale.method},
        {"url": "factor", "valueDecimal": number(scale.factor)},
        {"url": "low", "valueDecimal": number(scale.low)},
        {"url": "high", "valueDecimal": number(scale.high)},
        {"url": "mayBeMissing", "valueInteger": scale.missing.at_most},
        {"url": "then", "valueCode": scale.missing.then},
        {"url": "missingSource", "valueString": scale.missing.source},
        *({"url": "item", "valueString": item} for item in scale.items),
    ]
    higher = [text_extension("higher", scale.higher)] if scale.higher else []
    return {"url": SCALE, "extension": parts + higher}


def _item(definition: Definition, item: Item, allowed: tuple[str, ...], release: Release) -> Json:
    found: Json = {"linkId": item.id, "type": TYPES[release][item.kind]}
    put_text(found, "text", shown(item.text, allowed), withheld=True)
    marks: list[Json] = [{"url": REVERSE, "valueBoolean": True}] if item.reverse else []
    if item.kind == "choice":
        if release == "r5":
            found["answerConstraint"] = "optionsOnly"
        found["answerOption"] = [_option(definition, item, option, allowed, release) for option in item.options]
    if item.kind == "number":
        found["type"] = "integer" if item.whole else "decimal"
        marks += list(_bounds(item, allowed))
    return {**found, "extension": marks} if marks else found


def _bounds(item: Item, allowed: tuple[str, ...]) -> Iterable[Json]:
    name = "valueInteger" if item.whole else "valueDecimal"
    for address, bound in ((LOWEST, item.low), (HIGHEST, item.high)):
        if math.isfinite(bound):
            yield {"url": address, name: number(bound)}
    if item.unit:
        unit: Json = {}
        put_text(unit, "display", shown(item.unit, allowed))
        yield {"url": UNIT, "valueCoding": unit}


def _option(definition: Definition, item: Item, option: Option, allowed: tuple[str, ...], release: Release) -> Json:
    coding: Json = {"system": system(definition.key, item.option_set), "code": option.code}
    put_text(coding, "display", shown(option.text, allowed))
    if option.weight is None:
        return {"valueCoding": coding}
    return {"extension": [{"url": WEIGHT[release], "valueDecimal": number(option.weight)}], "valueCoding": coding}


# ── in ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def from_fhir(resource: Mapping[str, Any], *, imported: bool = False) -> Definition:
    """The definition of a Questionnaire, R5 or R4B, ours or another's. FhirError names everything that does not fit.

    Groups are opened; displays are left out. What FHIR does not carry (reliability, norms, cutoffs) is empty.
    """
    if resource.get("resourceType") != "Questionnaire":
        raise FhirError(["resourceType: Questionnaire is expected"])
    language = resource["language"] if resource.get("language") in LANGUAGES else "en"
    try:
        return definition_file.from_tables(_tables(resource, language), "Questionnaire", Lines(""), imported=imported)
    except DefinitionError as error:
        raise FhirError(f"{problem.key}: {problem.expected}" for problem in error.problems) from None


def _tables(resource: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The tables that a definition's file would hold."""
    items = list(_leaves(resource.get("item", [])))
    title = take_text(resource, "title", language) or {language: resource.get("name", "")}
    found: dict[str, Any] = {
        "name": str(resource.get("url", "")).rsplit(":", 1)[-1].rsplit("/", 1)[-1].lower(),
        "version": str(resource.get("version", "")).lower(),
        "title": title,
        "source": resource.get("description") or resource.get("url", ""),
        "licence": _licence_in(resource),
        "options": {_set_name(item): _options_in(item, language) for item in items if item.get("answerOption")},
        "items": {item.get("linkId", ""): _item_in(item, language) for item in items},
        "reverse": first_value(resource, REVERSE) or [item["linkId"] for item in items if first_value(item, REVERSE)],
        "scales": {scale.pop("id"): scale for scale in map(_scale_in, extensions(resource, SCALE))},
    }
    texts = [take_text(item, "text", language) for item in items]
    found["languages"] = [one for one in LANGUAGES if any(one in text for text in texts)] or [language]
    if (minutes := first_value(resource, MINUTES)) is not None:
        found["minutes"] = minutes
    for extension in extensions(resource, INSTRUCTION):
        found["instruction"] = text_of(extension)
    return found


def _leaves(items: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for item in items:
        if item.get("type") in KINDS:
            yield item
        yield from _leaves(item.get("item", []))


def _licence_in(resource: Mapping[str, Any]) -> Json:
    parts = [part for extension in extensions(resource, LICENCE) for part in extension.get("extension", [])]
    told = {part["url"]: value(part) for part in parts}
    return {
        "name": told.get("name") or resource.get("copyright") or "not stated",
        "holder": told.get("holder") or resource.get("publisher") or resource.get("copyrightLabel") or "not stated",
        "source": told.get("source") or resource.get("url") or "not stated",
        "permits": [value(part) for part in parts if part["url"] == "permits"],
        "terms": {language: told[language] for language in LANGUAGES if language in told},
    }


def _set_name(item: Mapping[str, Any]) -> str:
    """The name of an item's set of options: the end of its code system, else the item's own id."""
    codings = [option.get("valueCoding", {}) for option in item.get("answerOption", [])]
    name = str(codings[0].get("system", "")).rsplit(":", 1)[-1]
    ours = str(codings[0].get("system", "")).startswith(f"{BASE}:options:")
    return name if ours else f"{item.get('linkId', '')}_options"


def _options_in(item: Mapping[str, Any], language: str) -> Json:
    found: Json = {}
    for option in item["answerOption"]:
        coding = option.get("valueCoding", {})
        weight = first_value(option, *WEIGHT.values())
        weight = first_value(coding, *WEIGHT.values()) if weight is None else weight
        found[str(coding.get("code", ""))] = {
            **take_text(coding, "display", language),
            **({} if weight is None else {"weight": weight}),
        }
    return found


def _item_in(item: Mapping[str, Any], language: str) -> Json:
    kind, text = KINDS[item["type"]], take_text(item, "text", language)
    if kind == "choice":
        return {"options": _set_name(item) if item.get("answerOption") else "", **text}
    if kind == "text":
        return {"kind": "text", **text}
    found: Json = {"kind": "number", "whole": item["type"] == "integer", **text}
    for key, address in (("low", LOWEST), ("high", HIGHEST)):
        bound = first_value(item, address)
        if bound is not None:
            found[key] = bound
    unit = first_value(item, UNIT)
    if unit and (shown_unit := take_text(unit, "display", language)):
        found["unit"] = shown_unit
    return found


def _scale_in(extension: Mapping[str, Any]) -> Json:
    parts = extension.get("extension", [])
    told = {part["url"]: value(part) for part in parts}
    texts = {part["url"]: text_of(part) for part in parts if part["url"] in {"title", "higher"}}
    return {
        "id": told.get("id", ""),
        **texts,
        "items": [value(part) for part in parts if part["url"] == "item"],
        "method": told.get("method"),
        "factor": told.get("factor", 1),
        "range": [told.get("low"), told.get("high")],
        "missing": {"at_most": told.get("mayBeMissing"), "then": told.get("then"), "source": told.get("missingSource")},
    }
