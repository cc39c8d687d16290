"""Questionnaire and QuestionnaireResponse in both releases: what FHIR's own models accept, and back without loss."""

from dataclasses import replace
from datetime import UTC, datetime

from fhir.resources.questionnaire import Questionnaire as QuestionnaireR5
from fhir.resources.questionnaireresponse import QuestionnaireResponse as ResponseR5
from fhir.resources.R4B.questionnaire import Questionnaire as QuestionnaireR4B
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as ResponseR4B
from hypothesis import given, settings, strategies as st
import pytest

from openbalint.instruments import library
from openbalint.instruments.definition import Licence, Notice
from openbalint.instruments.fhir import questionnaire, response
from openbalint.instruments.fhir.words import FhirError
from openbalint.instruments.scoring import score
from tests.instruments.questionnaires import WITHHELD, small
from tests.instruments.test_scoring import answered

SHIPPED = library.shipped()
RELEASES = ("r5", "r4b")
QUESTIONNAIRE = {"r5": QuestionnaireR5, "r4b": QuestionnaireR4B}
RESPONSE = {"r5": ResponseR5, "r4b": ResponseR4B}
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def carried(definition):
    """What FHIR carries of a definition: no coefficients, norms or cutoffs, and only text that may be passed on."""
    free = definition.languages_that("export")
    licence = replace(definition.licence, until=None, licensee=None, administrations=None)

    def cut(text):
        return {language: words for language, words in text.items() if language in free}

    items = tuple(
        replace(
            item,
            text=cut(item.text),
            unit=cut(item.unit) or None if item.unit else None,
            options=tuple(replace(option, text=cut(option.text)) for option in item.options),
        )
        for item in definition.items
    )
    scales = tuple(replace(scale, reliability=(), norms=(), cutoffs=()) for scale in definition.scales)
    return replace(
        definition,
        licence=licence,
        items=items,
        scales=scales,
        instruction=cut(definition.instruction),
        caution=None,
        languages=free or ("en",),
        notices={language: Notice(licence, definition.source) for language in free},
    )


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("key", SHIPPED)
def test_a_questionnaire_is_valid_and_comes_back(key, release):
    resource = questionnaire.to_fhir(SHIPPED[key], release=release)
    QUESTIONNAIRE[release].model_validate(resource)
    assert questionnaire.from_fhir(resource) == carried(SHIPPED[key])


def test_weights_types_and_translations_are_those_of_the_release():
    [first, *_] = questionnaire.to_fhir(small(), release="r5")["item"]
    assert first == {
        "linkId": "q1",
        "type": "coding",
        "text": "One?",
        "_text": {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/translation",
                    "extension": [{"url": "lang", "valueCode": "zh-Hans"}, {"url": "content", "valueString": "一？"}],
                }
            ]
        },
        "answerConstraint": "optionsOnly",
        "answerOption": first["answerOption"],
    }
    assert first["answerOption"][2]["extension"] == [
        {"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 3}
    ]
    [older, *_] = questionnaire.to_fhir(small(), release="r4b")["item"]
    assert (older["type"], "answerConstraint" in older) == ("choice", False)
    assert older["answerOption"][2]["extension"] == [
        {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 3}
    ]


@pytest.mark.parametrize("key", ["mbi-gs@15-zh", "gses@1995", "cbi@2005"])
def test_licensed_text_is_masked(key):
    for item in questionnaire.to_fhir(SHIPPED[key], release="r5")["item"]:
        assert "text" not in item
        assert item["_text"] == {
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]
        }
        assert [option["valueCoding"].get("display") for option in item["answerOption"]] == [None] * len(
            item["answerOption"]
        )


def test_the_copyright_says_whose_it_is():
    resource = questionnaire.to_fhir(SHIPPED["mbi-gs@16"], release="r5")
    assert resource["copyright"].startswith("Mind Garden, Inc. Mind Garden licence.")
    assert resource["copyrightLabel"] == "© Mind Garden, Inc."


def test_a_questionnaire_of_others_gives_items_without_scales():
    resource = {
        "resourceType": "Questionnaire",
        "url": "http://example.org/Questionnaire/mood",
        "version": "2",
        "title": "Mood",
        "status": "active",
        "copyright": "© Example",
        "item": [
            {
                "linkId": "group",
                "type": "group",
                "item": [
                    {
                        "linkId": "m1",
                        "type": "choice",
                        "text": "How are you?",
                        "answerOption": [
                            {"valueCoding": {"code": "bad", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 0}]}},
                            {"valueCoding": {"code": "good", "display": "good", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1}]}},
                        ],
                    },
                    {"linkId": "m2", "type": "display", "text": "Thank you"},
                ],
            }
        ],
    }  # fmt: skip
    found = questionnaire.from_fhir(resource)
    assert (found.key, found.scales, found.licence) == (
        "mood@2",
        (),
        Licence("© Example", "not stated", {}, (), "http://example.org/Questionnaire/mood"),
    )
    assert [(option.code, option.weight, option.text) for option in found.item("m1").options] == [
        ("bad", 0.0, {}),
        ("good", 1.0, {"en": "good"}),
    ]


def test_a_questionnaire_that_cannot_be_used_is_told_whole():
    with pytest.raises(FhirError) as caught:
        questionnaire.from_fhir({"resourceType": "Questionnaire", "item": [{"linkId": "a b", "type": "coding"}]})
    assert caught.value.problems == (
        "version: Text in quotes is expected, and not empty.",
        "items.a b: An id begins with a letter and holds letters, digits and underscores.",
        "items.a b.options: A choice needs options, and there are none.",
        "source: Text in quotes is expected, and not empty.",
        "name: Text in quotes is expected, and not empty.",
        "title.en: Text in quotes is expected, and not empty.",
    )
    with pytest.raises(FhirError, match="Questionnaire is expected"):
        questionnaire.from_fhir({"resourceType": "Patient"})


@pytest.mark.parametrize("release", RELEASES)
def test_answers_are_valid_and_come_back(release):
    answers = {"q1": "3", "q2": "", "q3": 1, "days": "7", "note": "tired"}
    resource = response.to_fhir(small(), answers, release=release, subject="P-07", authored=NOON)
    RESPONSE[release].model_validate(resource)
    assert resource["questionnaire"] == "urn:openbalint:instrument:small|1"
    assert [item["linkId"] for item in resource["item"]] == ["q1", "q3", "days", "note"]
    assert response.from_fhir(resource, small()) == response.Response(
        "small@1", {"q1": "3", "q3": "1", "days": 7, "note": "tired"}, "P-07", NOON, "completed"
    )


@settings(max_examples=50)
@given(answered(), st.sampled_from(RELEASES))
def test_any_answers_score_the_same_after_the_journey(case, release):
    definition, answers = case
    back = response.from_fhir(response.to_fhir(definition, answers, release=release), definition)
    assert score(definition, back.answers) == score(definition, answers)


def test_answers_show_no_text_that_is_withheld():
    resource = response.to_fhir(SHIPPED["gses@1995"], {"gses1": 4}, release="r5")
    assert resource["item"] == [
        {
            "linkId": "gses1",
            "answer": [{"valueCoding": {"system": "urn:openbalint:options:gses@1995:truth", "code": "4"}}],
        }
    ]


def test_answers_that_do_not_fit_are_not_sent():
    with pytest.raises(FhirError) as caught:
        response.to_fhir(small(WITHHELD), {"q1": 9, "q8": 1}, release="r5")
    assert caught.value.problems == ("q8: no such item", "q1: not an answer")


def test_answers_that_do_not_fit_are_not_taken():
    resource = response.to_fhir(small(), {"q1": 3, "q2": 1, "q3": 2}, release="r5")
    resource["questionnaire"] = "urn:openbalint:instrument:other|1"
    resource["authored"] = "yesterday"
    resource["item"][0]["answer"][0]["valueCoding"]["code"] = "7"
    resource["item"][1]["linkId"] = "q9"
    resource["item"][2]["answer"] *= 2
    with pytest.raises(FhirError) as caught:
        response.from_fhir(resource, small())
    assert caught.value.problems == (
        "questionnaire: urn:openbalint:instrument:small|1 is expected",
        "q1: 7 is not an answer",
        "q9: no such item",
        "q3: one answer is expected",
        "authored: a time is expected",
    )
