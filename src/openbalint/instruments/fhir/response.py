"""The answers of one person as a QuestionnaireResponse, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from openbalint.instruments.definition import Definition, Item
from openbalint.instruments.fhir.words import FhirError, Json, Release, put_text, shown, system, url
from openbalint.instruments.scoring import Answer, accepts, is_missing, option_of

Status = Literal["completed", "in-progress", "amended", "stopped"]


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody answered: the instrument as NAME@VERSION, and {item: answer} without what is missing."""

    instrument: str
    answers: Mapping[str, Answer]
    subject: str | None
    authored: datetime | None
    status: str


def to_fhir(
    definition: Definition,
    answers: Mapping[str, Answer],
    *,
    release: Release,
    subject: str | None = None,
    authored: datetime | None = None,
    status: Status = "completed",
) -> Json:
    """The QuestionnaireResponse of one person; a pseudonym as `subject`, an aware time as `authored`.

    FhirError where an answer is none of the item's, or the item is not there. R5 and R4B differ in nothing used here.
    """
    unknown = [f"{name}: no such item" for name in answers if name not in {item.id for item in definition.items}]
    wrong = [f"{item.id}: not an answer" for item in definition.items if not accepts(item, answers.get(item.id))]
    if unknown or wrong or release not in {"r5", "r4b"}:
        raise FhirError([*unknown, *wrong])
    found: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{url(definition.key)}|{definition.version}",
        "status": status,
    }
    if subject is not None:
        found["subject"] = {"identifier": {"value": subject}}
    if authored is not None:
        found["authored"] = authored.isoformat()
    given = [(item, answers.get(item.id)) for item in definition.items]
    found["item"] = [_item(definition, item, answer) for item, answer in given if not is_missing(answer)]
    return found


def _item(definition: Definition, item: Item, answer: Answer) -> Json:
    return {"linkId": item.id, "answer": [_answer(definition, item, answer)]}


def _answer(definition: Definition, item: Item, answer: Answer) -> Json:
    if item.kind == "text":
        return {"valueString": str(answer)}
    if item.kind == "number":
        amount = float(str(answer))
        return {"valueInteger": int(amount)} if item.whole else {"valueDecimal": amount}
    option = option_of(item, answer)
    if option is None:
        raise FhirError([f"{item.id}: not an answer"])
    coding: Json = {"system": system(definition.key, item.option_set), "code": option.code}
    put_text(coding, "display", dict(list(shown(option.text, definition.languages_that("export")).items())[:1]))
    return {"valueCoding": coding}


def from_fhir(resource: Mapping[str, Any], definition: Definition) -> Response:
    """The answers in a QuestionnaireResponse. FhirError names everything that does not belong to the definition."""
    problems = []
    if resource.get("resourceType") != "QuestionnaireResponse":
        problems.append("resourceType: QuestionnaireResponse is expected")
    expected = f"{url(definition.key)}|{definition.version}"
    if resource.get("questionnaire") != expected:
        problems.append(f"questionnaire: {expected} is expected")
    items = {item.id: item for item in definition.items}
    answers: dict[str, Answer] = {}
    for found in _leaves(resource.get("item", [])):
        link = str(found.get("linkId", ""))
        given = found["answer"]
        answer = _value(given[0]) if len(given) == 1 else None
        if link not in items:
            problems.append(f"{link}: no such item")
        elif link in answers or answer is None:
            problems.append(f"{link}: one answer is expected")
        elif not accepts(items[link], answer):
            problems.append(f"{link}: {answer} is not an answer")
        else:
            answers[link] = answer
    authored, when_wrong = _authored(resource.get("authored"))
    if problems or when_wrong:
        raise FhirError([*problems, *when_wrong])
    subject = resource.get("subject", {})
    return Response(
        instrument=definition.key,
        answers=answers,
        subject=subject.get("identifier", {}).get("value") or subject.get("reference"),
        authored=authored,
        status=str(resource.get("status", "")),
    )


def _leaves(items: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for item in items:
        if item.get("answer"):
            yield item
        yield from _leaves(item.get("item", []))


def _value(answer: Mapping[str, Any]) -> Answer:
    if "valueCoding" in answer:
        code = answer["valueCoding"].get("code")
        return None if code is None else str(code)
    found = next((value for key, value in answer.items() if key.startswith("value")), None)
    return found if isinstance(found, str | int | float) and not isinstance(found, bool) else None


def _authored(text: object) -> tuple[datetime | None, list[str]]:
    if text is None:
        return None, []
    try:
        return datetime.fromisoformat(str(text)), []
    except ValueError:
        return None, ["authored: a time is expected"]
