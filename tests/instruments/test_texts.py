"""A licensed text comes from outside, is checked whole, runs out with its licence and never leaves."""

from datetime import date
import json

import pytest

from openbalint.instruments import library, texts
from openbalint.instruments.definition import Licence
from openbalint.instruments.fhir import questionnaire
from openbalint.instruments.reader import DefinitionError
from openbalint.instruments.scoring import score
from tests.instruments.questionnaires import SMALL, TEXT, WITHHELD, changed, line_of, small

BEFORE, LAST, AFTER = date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1)
CSV = "item,text\nq1,First?\nq2,Second?\nq3,Third?\ndays,How many?\nnote,Else?\n"
LICENCE = Licence("Order 77", "Owner", {}, ("show",), "a letter", until=LAST, licensee="Example Hospital")


def imported(*files, today=BEFORE):
    """The library with the small instrument, withheld, and more files."""
    return library.with_imports([("small@1.toml", WITHHELD.encode()), *files], today=today)


def problems(call):
    """(line, key, sentence) of everything that is wrong."""
    with pytest.raises(DefinitionError) as caught:
        call()
    return [(problem.line, problem.key, str(problem.expected)) for problem in caught.value.problems]


def test_an_imported_text_is_put_in_with_its_licence():
    definition = imported(("a.toml", TEXT.encode())).definitions["small@1"]
    assert definition.item("q1").text == {"en": "First secret?"}
    assert [option.text["en"] for option in definition.item("q1").options] == ["never", "partly", "always"]
    notice = definition.notices["en"]
    assert (notice.imported, notice.licence.licensee, notice.licence.until, notice.licence.administrations) == (
        True,
        "Example Hospital",
        LAST,
        100,
    )


def test_the_last_day_of_a_licence_still_counts():
    assert imported(("a.toml", TEXT.encode()), today=LAST).ended == ()


def test_a_text_is_refused_when_its_licence_has_ended():
    found = imported(("a.toml", TEXT.encode()), today=AFTER)
    assert found.definitions["small@1"].item("q1").text == {}
    assert [(key, language, licence.until) for key, language, licence in found.ended] == [("small@1", "en", LAST)]
    pack = texts.from_toml(TEXT.encode(), "a.toml", imported=True)
    with pytest.raises(texts.LicenceEndedError, match=r"The licence of this text ended on 2027-06-30\."):
        texts.with_text(small(WITHHELD), pack, today=AFTER)


def test_answers_are_scored_also_after_the_licence():
    definition = imported(("a.toml", TEXT.encode()), today=AFTER).definitions["small@1"]
    assert score(definition, {"q1": 3, "q2": 1, "q3": 3, "days": 2})[0].value == 3.0


def test_an_imported_text_is_never_exported_whatever_its_file_says():
    bold = changed('permits = ["show"]', 'permits = ["show", "export", "change", "sell"]', TEXT)
    definition = imported(("a.toml", bold.encode())).definitions["small@1"]
    assert (definition.languages_that("show"), definition.languages_that("export")) == (("en",), ())
    for release in ("r5", "r4b"):
        resource = questionnaire.to_fhir(definition, release=release)
        assert "secret" not in json.dumps(resource).lower()
        assert resource["item"][0]["_text"]["extension"][0]["valueCode"] == "masked"


def test_a_definition_of_ones_own_can_be_imported_and_is_scored():
    found = library.with_imports([("own.toml", SMALL.encode())], today=BEFORE)
    assert found.definitions["small@1"].notices["en"].imported
    assert found.definitions["small@1"].languages_that("export") == ()


def test_a_definition_whose_licence_has_ended_keeps_its_scales_and_loses_its_text():
    text = changed('source = "https://example.org"', 'source = "x"\nuntil = 2027-06-30', SMALL)
    definition = library.with_imports([("own.toml", text.encode())], today=AFTER).definitions["small@1"]
    assert (definition.notices, definition.item("q1").text, len(definition.scales)) == ({}, {}, 2)


def test_a_name_that_ships_is_not_taken_twice():
    text = changed('version = "1"', 'version = "1995"', changed('name = "small"', 'name = "gses"')).encode()
    assert problems(lambda: library.with_imports([("own.toml", text)], today=BEFORE)) == [
        (1, "instrument", "gses@1995 is there already; give this one another version.")
    ]


def test_a_text_without_its_instrument_is_told():
    text = changed("small@1", "smaller@2", TEXT).encode()
    assert problems(lambda: imported(("a.toml", text))) == [
        (1, "instrument", "There is no definition of smaller@2, to which this text belongs.")
    ]


def test_a_text_that_does_not_fit_is_told_with_every_line():
    text = changed('q2 = "Second', 'q7 = "Second', changed('3 = "always"', '5 = "always"', TEXT))
    text = changed('language = "en"', 'language = "zh-Hans"', text)
    english = changed('languages = ["en", "zh-Hans"]', 'languages = ["en"]', WITHHELD)
    files = [("small@1.toml", english.encode()), ("a.toml", text.encode())]
    assert problems(lambda: library.with_imports(files, today=BEFORE)) == [
        (line_of("language", text), "language", "small@1 exists in these languages: en."),
        (line_of("5 =", text), "options.truth.5", "small@1 has no such answer here. Known are: 1, 2, 3."),
        (line_of("[items]", text), "items", "The text of these is not there: q2."),
        (line_of("q7", text), "items.q7", "small@1 has no such item. Its items are: q1, q2, q3, days, note."),
    ]


def test_an_imported_text_names_its_licensee():
    text = changed('licensee = "Example Hospital"\n', "", TEXT).encode()
    assert problems(lambda: texts.from_toml(text, "a.toml", imported=True)) == [
        (line_of("[licence]", TEXT), "licence.licensee", "An imported text names who holds the licence.")
    ]


def test_the_last_day_is_a_day():
    text = changed("until = 2027-06-30", 'until = "soon"', TEXT).encode()
    assert problems(lambda: texts.from_toml(text, "a.toml", imported=True)) == [
        (line_of("until", TEXT), "licence.until", "A day such as 2027-06-30 is expected, without quotes.")
    ]


def csv_pack(data):
    """The text in a CSV."""
    return texts.from_csv(data, "a.csv", definition=small(WITHHELD), language="en", licence=LICENCE)


@pytest.mark.parametrize("data", [CSV.encode(), b"\xef\xbb\xbf" + CSV.encode(), CSV.replace("\n", "\r\n").encode()])
def test_a_csv_holds_items_and_texts(data):
    pack = csv_pack(data)
    assert (pack.instrument, pack.items["days"], pack.notice.imported) == ("small@1", "How many?", True)


def test_a_csv_may_be_gb18030_with_chinese_headers():
    data = CSV.replace("item,text", "编号,题目").replace("How many?", "多少天？").encode("gb18030")
    assert csv_pack(data).items["days"] == "多少天？"


@pytest.mark.parametrize("header", ["item,text,reverse", "编号,题目,反向"])
def test_a_csv_may_bring_the_key(header):
    rows = [row + (",x" if row.startswith("q3") else ",") for row in CSV.splitlines()[1:]]
    data = "\n".join([header, *rows]).encode()
    pack = csv_pack(data)
    assert pack.reverse == ("q3",)
    assert texts.from_toml(texts.to_toml(pack).encode(), "a.toml", imported=True).reverse == ("q3",)
    found = texts.with_text(small(WITHHELD), pack, today=BEFORE)
    assert [item.id for item in found.items if item.reverse] == ["q3"]


def test_a_text_without_a_key_leaves_the_key_as_it_is():
    found = texts.with_text(small(WITHHELD), csv_pack(CSV.encode()), today=BEFORE)
    assert [item.id for item in found.items if item.reverse] == ["q2"]


def test_a_key_names_items_that_are_there():
    text = changed('source = "the licensed booklet"', 'source = "the licensed booklet"\nreverse = ["q9"]', TEXT)
    files = [("small@1.toml", WITHHELD.encode()), ("a.toml", text.encode())]
    assert [problem[1:] for problem in problems(lambda: library.with_imports(files, today=BEFORE))] == [
        ("reverse", "small@1 has no such item. Its items are: q1, q2, q3, days, note.")
    ]


def test_a_csv_that_does_not_fit_is_told_with_every_row():
    assert problems(lambda: csv_pack(b"item,text\nq1,One?\nq1,Again?\nq2,\n")) == [
        (3, "q1", "This item has a text in line 2 already."),
        (4, "q2", "Each row holds an item and its text."),
    ]
    assert problems(lambda: csv_pack(CSV.replace("q2,", "q9,").encode())) == [
        (1, "items", "The text of these is not there: q2."),
        (3, "items.q9", "small@1 has no such item. Its items are: q1, q2, q3, days, note."),
    ]
    assert problems(lambda: csv_pack(b"number,words\nq1,One?\n")) == [
        (1, "", "The first row names the columns: item and text, and reverse if you have the key.")
    ]


def test_a_text_written_as_toml_reads_back_the_same():
    pack = csv_pack(CSV.replace("First?", '"He said ""no"" \\ and left\x7f"').encode())
    assert texts.from_toml(texts.to_toml(pack).encode(), "a.toml", imported=True) == pack
    whole = texts.from_toml(TEXT.encode(), "a.toml", imported=True)
    assert texts.from_toml(texts.to_toml(whole).encode(), "a.toml", imported=True) == whole
