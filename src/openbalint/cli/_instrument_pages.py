"""Instruments as text for people and as JSON; text that may not be shown or passed on is withheld."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from openbalint.cli._output import as_json
from openbalint.instruments.definition import Definition, Item, Notice, Scale, in_language
from openbalint.instruments.fhir import questionnaire as fhir
from openbalint.instruments.library import Library
from openbalint.tables.language import translator

CODES = {"en": "en", "zh-hans": "zh-Hans"}
Translate = Callable[[str], str]


def listing(found: Library, lang: str) -> str:
    """Every instrument in two lines."""
    gettext = translator(lang)
    line = gettext("%(items)s items; scales: %(scales)s; text: %(languages)s; %(licence)s")
    lines = []
    for key, one in found.definitions.items():
        values = {
            "items": len(one.items),
            "scales": ", ".join(scale.id for scale in one.scales) or gettext("no scales"),
            "languages": ", ".join(one.notices or ()) or gettext("text withheld"),
            "licence": one.licence.name,
        }
        lines += [f"{key}  {in_language(one.title, CODES[lang])}", f"    {line % values}"]
    return "\n".join(lines) + "\n"


def page(found: Library, one: Definition, lang: str) -> str:
    """One instrument: licence, items, scales and their rules."""
    gettext, code = translator(lang), CODES[lang]
    lines = [f"{one.key}  {in_language(one.title, code)}", one.source]
    if one.minutes is not None:
        lines.append(gettext("Minutes to answer: %(minutes)s") % {"minutes": f"{one.minutes:g}"})
    if one.caution:
        lines.append(gettext("Please note: %(caution)s") % {"caution": in_language(one.caution, code)})
    lines += [
        "",
        gettext("Licence"),
        *_licence(one, gettext, code),
        "",
        gettext("Text of the items"),
        *_notices(found, one, gettext),
    ]
    lines += ["", gettext("The items"), *_items(one, gettext, code)]
    for scale in one.scales:
        lines += ["", f"{scale.id}  {in_language(scale.title, code)}", *_scale(one, scale, gettext, code)]
    return "\n".join(lines) + "\n"


def _licence(one: Definition, gettext: Translate, code: str) -> Iterable[str]:
    licence = one.licence
    yield f"  {licence.name} – {licence.holder}"
    if licence.terms:
        yield f"  {in_language(licence.terms, code)}"
    permits = {
        "show": gettext("show it to people who answer"),
        "export": gettext("pass it on"),
        "change": gettext("change its words"),
        "sell": gettext("sell it"),
    }
    allowed = ", ".join(permits[what] for what in licence.permits) or gettext("nothing yet")
    yield "  " + gettext("Permitted with the text: %(permits)s") % {"permits": allowed}
    yield f"  {licence.source}"


def _notices(found: Library, one: Definition, gettext: Translate) -> Iterable[str]:
    for language, notice in (one.notices or {}).items():
        if notice.imported:
            yield f"  {language}: {_imported(notice, gettext)}"
        else:
            yield f"  {language}: {notice.source}"
    for key, language, licence in found.ended:
        if key == one.key:
            sentence = gettext("the licence ended on %(until)s; the text is withheld")
            yield f"  {language}: {sentence % {'until': licence.until}}"
    can_be_imported = gettext("withheld; a licence holder can import it")
    for language in one.languages:
        if language not in (one.notices or {}) and (one.key, language) not in {gone[:2] for gone in found.ended}:
            yield f"  {language}: {can_be_imported}"


def _imported(notice: Notice, gettext: Translate) -> str:
    licence = notice.licence
    values = {"licence": licence.name, "licensee": licence.licensee or licence.holder}
    text = gettext("imported under %(licence)s, held by %(licensee)s; withheld here") % values
    if licence.until:
        text += gettext("; until %(until)s") % {"until": licence.until}
    if licence.administrations is not None:
        text += gettext("; for %(n)s administrations") % {"n": licence.administrations}
    return text


def _printable(one: Definition, code: str) -> str | None:
    """The language in which the text may be printed here: the wanted one, else another."""
    free = [language for language in one.languages_that("show") if not (one.notices or {})[language].imported]
    return code if code in free else next(iter(free), None)


def _items(one: Definition, gettext: Translate, code: str) -> Iterable[str]:
    language = _printable(one, code)
    if language is None:
        yield from _withheld_items(one, gettext)
        return
    if one.instruction.get(language):
        yield f"  {one.instruction[language]}"
    for item in one.items:
        reversed_ = gettext(" (reversed)") if item.reverse else ""
        yield f"  {item.id}  {item.text[language]}{reversed_}"
        if item.kind != "text":
            yield f"      {_answers(item, language)}"


def _withheld_items(one: Definition, gettext: Translate) -> Iterable[str]:
    """The ids that share an answer sheet, and its codes."""
    sheets: dict[str, list[str]] = {}
    for item in one.items:
        sheets.setdefault(_answers(item, None), []).append(item.id)
    yield "  " + gettext("The text is withheld.")
    for answers, ids in sheets.items():
        yield f"  {', '.join(ids)}: {answers}" if answers else f"  {', '.join(ids)}"


def _answers(item: Item, language: str | None) -> str:
    if item.kind == "text":
        return ""
    if item.kind == "number":
        unit = (item.unit or {}).get(language or "", "")
        return f"{item.low:g} – {item.high:g} {unit}".rstrip()
    labels = [option.text.get(language, "") if language else "" for option in item.options]
    codes = [option.code for option in item.options]
    return " · ".join(f"{code} {label}".strip() for code, label in zip(codes, labels, strict=True))


def _scale(one: Definition, scale: Scale, gettext: Translate, code: str) -> Iterable[str]:
    method = {"mean": gettext("mean of the items"), "sum": gettext("sum of the items")}[scale.method]
    times = f" × {scale.factor:g}" if scale.factor != 1 else ""
    yield f"  {method}{times}, {scale.low:g} – {scale.high:g}: {', '.join(scale.items)}"
    if not one.key_known:
        yield "  " + gettext("Which items are reversed is not known here; the key comes with the text.")
    if turned := [name for name in scale.items if one.item(name).reverse]:
        yield "  " + gettext("Reversed: %(items)s") % {"items": ", ".join(turned)}
    if scale.higher:
        yield "  " + gettext("Higher means: %(meaning)s") % {"meaning": in_language(scale.higher, code)}
    rule = (
        gettext("Items that may be missing: %(n)s; the score is then prorated. (%(source)s)")
        if scale.missing.then == "prorate"
        else gettext("No item may be missing. (%(source)s)")
    )
    yield "  " + rule % {"n": scale.missing.at_most, "source": scale.missing.source}
    for found in scale.reliability:
        yield f"  {found.coefficient} {found.value:g} – {found.sample} ({found.source})"
    for norm in scale.norms:
        numbers = [
            f"M {norm.mean:g}" if norm.mean is not None else "",
            f"SD {norm.sd:g}" if norm.sd is not None else "",
        ]
        numbers.append(f"n {norm.n}" if norm.n is not None else "")
        yield f"  {', '.join(filter(None, numbers))} – {norm.sample} ({norm.source})"
    for cutoff in scale.cutoffs:
        sign, edge = ("≤", cutoff.at_most) if cutoff.at_most is not None else ("≥", cutoff.at_least)
        yield f"  {sign} {edge:g}: {in_language(cutoff.means, code)} ({cutoff.source})"


# ── for machines ──────────────────────────────────────────────────────────────────────────────────────────────────────


def questionnaire(one: Definition, release: Literal["r5", "r4b"]) -> str:
    """The FHIR Questionnaire as JSON."""
    return as_json(fhir.to_fhir(one, release=release))


def listing_json(found: Library) -> str:
    """Every instrument as JSON: facts, scales and rules, without items."""
    return as_json({"instruments": [_facts(one) for one in found.definitions.values()]})


def one_json(one: Definition) -> str:
    """One instrument as JSON; text only where it may be passed on."""
    allowed = one.languages_that("export")
    return as_json({**_facts(one), "items": [_item(item, allowed) for item in one.items]})


def _facts(one: Definition) -> dict[str, Any]:
    licence = one.licence
    return {
        "name": one.name,
        "version": one.version,
        "title": one.title,
        "source": one.source,
        "minutes": one.minutes,
        "languages": one.languages,
        "text_here": list(one.notices or ()),
        "licence": {
            "name": licence.name,
            "holder": licence.holder,
            "terms": licence.terms,
            "permits": licence.permits,
            "source": licence.source,
        },
        "caution": one.caution,
        "key_known": one.key_known,
        "scales": {scale.id: scale_facts(scale) for scale in one.scales},
    }


def scale_facts(scale: Scale) -> dict[str, Any]:
    """What a score means: how it is made, between what, and what happens when items are missing."""
    return {
        "title": scale.title,
        "items": scale.items,
        "method": scale.method,
        "factor": scale.factor,
        "range": [scale.low, scale.high],
        "may_be_missing": scale.missing.at_most,
        "then": scale.missing.then,
        "missing_source": scale.missing.source,
        "higher": scale.higher,
    }


def _item(item: Item, allowed: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "reverse": item.reverse,
        "text": _cut(item.text, allowed),
    }
    if item.kind == "choice":
        found["options"] = [
            {"code": option.code, "weight": option.weight, "text": _cut(option.text, allowed)}
            for option in item.options
        ]
    if item.kind == "number":
        found["range"] = [item.low, item.high]
    return found


def _cut(text: Mapping[str, str], allowed: tuple[str, ...]) -> dict[str, str]:
    return {language: words for language, words in text.items() if language in allowed}
