"""Instruments: questionnaires as data, and their scores. Pure: bytes and values in, values out.

    shipped = library.shipped()                                  # {"gses@1995": Definition, …}
    answers = {"gses1": "3", "gses2": ""}                        # item → answer as it stands; empty is missing
    scoring.score(shipped["gses@1995"], answers)                 # (ScaleScore(scale="total", value=None, …),)

A definition is one TOML file (`definition_file`). The text of an instrument that others own is never in it but in a file
of its own with its own notice: one language of one version (`texts`), shipped where the owner lets everybody pass it on,
otherwise imported by whoever holds a licence. `fhir` turns definitions and answers into Questionnaire and
QuestionnaireResponse and back.
"""
