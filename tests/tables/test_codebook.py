"""A codebook read from .csv: labels, meanings, and where it cannot be understood."""

import pytest

from openbalint.tables.codebook import Codebook, CodebookError


def test_rows_without_a_value_name_the_column_and_rows_with_one_the_value():
    book = Codebook.from_csv(
        "variable,label,value,value_label\nee,情绪衰竭,,\ngroup,组别,,\ngroup,,a,巴林特组\n".encode("utf-8-sig")
    )
    assert book == Codebook({"ee": "情绪衰竭", "group": "组别"}, {"group": {"a": "巴林特组"}})


def test_what_is_not_in_it_goes_by_its_own_name():
    book = Codebook()
    assert (book.label("emotional_exhaustion"), book.value("group", "blank_1")) == ("Emotional exhaustion", "blank_1")


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"name,label\nee,x\n", 1, "variable is not there"),
        (b"", 1, "variable, label is not there"),
        (b"variable,label\nee,\xff\n", 2, "text in UTF-8"),
        (b"variable,label\n,x\n", 2, "name of a variable"),
        (b"variable,label\nee,x\nee,y\n", 3, "one label for ee"),
        (b"variable,label,value,value_label\ng,,1,a\ng,,1,b\n", 3, "one meaning for 1 of g"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_line(content, line, reason):
    with pytest.raises(CodebookError, match=reason) as told:
        Codebook.from_csv(content)
    assert told.value.line == line
