"""Instruments and answers as FHIR, R5 and R4B: Questionnaire and QuestionnaireResponse, out and in, as plain dicts.

    questionnaire.to_fhir(definition, release="r5")         # text only where its owner lets it be passed on
    questionnaire.from_fhir(resource)                       # a Definition
    response.to_fhir(definition, answers, release="r5", …)
    response.from_fhir(resource, definition)                # a Response

Weights travel as FHIR has them (itemWeight in R5, ordinalValue in R4B). Scales, reversal and the missing rule have no
place in FHIR, so they travel in extensions of our own; without them a Questionnaire still reads, with items and no scales.
"""
