"""A definition that cannot be scored, or says too little, is refused with file and line, all at once."""

import pytest

from openbalint.instruments import definition_file
from openbalint.instruments.definition import Licence, Missing, Notice, Option, Scale
from openbalint.instruments.reader import DefinitionError
from tests.instruments.questionnaires import WITHHELD, changed, line_of, small


def problems(text):
    """(line, key, sentence) of everything that is wrong."""
    with pytest.raises(DefinitionError) as caught:
        definition_file.from_toml(text.encode() if isinstance(text, str) else text, "small@1.toml")
    return [(problem.line, problem.key, str(problem.expected)) for problem in caught.value.problems]


def test_a_definition_holds_what_the_file_says():
    definition = small()
    licence = Licence(
        "CC BY 4.0", "nobody", {"en": "free"}, ("show", "export", "change", "sell"), "https://example.org"
    )
    assert (definition.key, definition.minutes, definition.licence) == ("small@1", 1.0, licence)
    assert definition.notices == {
        "en": Notice(licence, "invented for the tests"),
        "zh-Hans": Notice(licence, "invented for the tests"),
    }
    assert definition.item("q2").options[0] == Option("1", 1.0, {"en": "no", "zh-Hans": "否"})
    assert [item.id for item in definition.items if item.reverse] == ["q2"]
    assert definition.scales[0] == Scale(
        id="total",
        title={"en": "Total", "zh-Hans": "总分"},
        items=("q1", "q2", "q3"),
        method="mean",
        low=1.0,
        high=3.0,
        missing=Missing(1, "prorate", "ours"),
        higher={"en": "more", "zh-Hans": "更多"},
    )


def test_a_definition_without_text_is_whole_but_has_no_language_to_show():
    definition = small(WITHHELD)
    assert (definition.notices, definition.languages_that("show")) == ({}, ())
    assert [item.text for item in definition.items] == [{}] * 5


def test_what_is_no_toml_is_told_with_its_line():
    [(line, key, sentence)] = problems(changed("minutes = 1", "minutes = = 1"))
    assert (line, key) == (line_of("minutes"), "")
    assert sentence.startswith("This is not TOML: ")


def test_what_is_not_utf8_is_told():
    assert problems("名字 = 1".encode("gb18030")) == [(1, "", "The file must be text in UTF-8.")]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ('name = "small"', 'name = "Small One"', "name", "name", "Small letters, digits and hyphens are expected, a letter first."),
        ('version = "1"', 'version = "1 b"', "version", "version", "A version holds small letters, digits, dots and hyphens."),
        ("minutes = 1", 'minutes = "one"', "minutes", "minutes", "A number is expected."),
        ("minutes = 1", "minutes = 1\nmood = 2", "mood", "mood", "This is not known here."),
        ('reverse = ["q2"]', 'reverse = ["q9"]', "reverse", "reverse", "One of these is expected: q1, q2, q3, days, note."),
        ('reverse = ["q2"]', 'reverse = ["note"]', "reverse", "reverse", "note is a text and cannot be scored."),
        ('permits = ["show", "export"', 'permits = ["show", "steal"', "permits", "licence.permits", "One of these is expected: show, export, change, sell."),
        ('2 = {en = "partly"', 'two = {en = "partly"', "items", "scales.total.items", "Each answer of q1 needs a weight to be scored."),
        ('3 = {en = "yes", zh-Hans = "是"}', '3 = {weight = true, en = "yes", zh-Hans = "是"}', "3 =", "options.truth.3.weight", "A number is expected."),
        ('q3 = {options = "truth"', 'q3 = {options = "lies"', "q3", "items.q3.options", "One of these is expected: truth."),
        ('en = "One?", ', "", "q1", "items.q1", "The text in en is there for some and not here: write all of it or none."),
        ("low = 0, high = 9", "low = 9, high = 0", "days", "items.days", "low must be smaller than high."),
        ("low = 0, high = 9", "low = 0", "items", "scales.days.items", "days needs low and high to be scored."),
        ('method = "mean"', 'method = "median"', "method", "scales.total.method", "One of these is expected: mean, sum."),
        ("range = [1, 3]", "range = [0, 3]", "range", "scales.total.range", "The items give a range from 1 to 3."),
        ("range = [1, 3]", "range = 3", "range", "scales.total.range", "Two numbers are expected: the smallest and the largest score."),
        ("at_most = 1", "at_most = 3", "missing", "scales.total.missing.at_most", "At least one item must be answered, so at most 2 may be missing."),
        ('at_most = 1, then = "prorate"', 'at_most = 1, then = "no-score"', "missing", "scales.total.missing.then", "Where items may be missing the rule is “prorate”, where none may it is “no-score”."),
        ('at_most = 1, then = "prorate", source = "ours"', 'at_most = 1, then = "prorate"', "missing", "scales.total.missing.source", "This is needed and not there."),
        ('items = ["q1", "q2", "q3"]', 'items = ["q1", "q1"]', "items =", "scales.total.items", "A list of texts is expected, each once."),
        ('items = ["days"]', "items = []", "items", "scales.days.items", "At least one item is expected."),
        ('languages = ["en", "zh-Hans"]', 'languages = ["en"]', "languages", "languages", "There is text in zh-Hans, which is not among the languages."),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_line(old, new, line, key, says):
    text = changed(old, new)
    lines = [number for number, one in enumerate(text.splitlines(), 1) if one.startswith(line)]
    found = problems(text)
    assert any(at in lines and where == key and sentence.startswith(says) for at, where, sentence in found), found


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    text = changed('source = "https://example.org"', "")
    text = changed("minutes = 1", "minutes = -1\nmood = 3", text)
    text = changed("range = [0, 9]", "range = [0, 10]", text)
    assert problems(text) == [
        (6, "minutes", "A number above 0 is expected."),
        (7, "mood", "This is not known here. Known are: " + ", ".join(definition_file.DEFINITION) + "."),
        (line_of("[licence]", text), "licence.source", "This is needed and not there."),
        (line_of("range = [0, 10]", text), "scales.days.range", "The items give a range from 0 to 9."),
    ]


def test_a_problem_reads_as_one_line_with_file_and_line():
    with pytest.raises(DefinitionError) as caught:
        small(changed("range = [1, 3]", "range = [0, 3]"))
    assert str(caught.value) == (
        f"small@1.toml, line {line_of('range')}, scales.total.range: The items give a range from 1 to 3."
    )
