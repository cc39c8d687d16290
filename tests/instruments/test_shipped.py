"""What ships: structure of everything named, text only where its owner lets everybody have it."""

import re

import pytest

from openbalint.instruments import library
from openbalint.instruments.definition import LANGUAGES

SHIPPED = library.shipped()
OURS = ("after-session@1", "general@1", "job-outcomes@1", "leader-reflection@1", "session-checklist@1")
WITH_TEXT = {"gses@1995": ("en", "zh-Hans"), "proqol@5": ("en",), "who-5@1998": ("en",)} | dict.fromkeys(
    OURS, ("en", "zh-Hans")
)


def test_the_instruments_are_these():
    assert tuple(SHIPPED) == (
        "after-session@1", "bat@12", "bat@23", "bgq-c@15", "cbi@2005", "cd-risc@10", "cd-risc@2", "cd-risc@25", "general@1",
        "gses@1995", "iri-c@22", "iri@28", "its@25", "job-outcomes@1", "jse@hp", "jse@hps", "jse@s", "leader-reflection@1",
        "mbi-gs@15-zh", "mbi-gs@16", "mbi-hss@22", "olbi@16", "proqol@5", "pss@10", "psss@12", "session-checklist@1",
        "ssrs@1994", "who-5@1998",
    )  # fmt: skip


@pytest.mark.parametrize("key", SHIPPED)
def test_text_ships_only_where_it_may(key):
    assert tuple(SHIPPED[key].notices) == WITH_TEXT.get(key, ())


@pytest.mark.parametrize("key", SHIPPED)
def test_titles_and_meanings_are_in_both_languages(key):
    definition = SHIPPED[key]
    texts = [definition.title, definition.licence.terms, *(scale.title for scale in definition.scales)]
    texts += [scale.higher for scale in definition.scales]
    texts += [definition.caution] if definition.caution else []
    texts += [cutoff.means for scale in definition.scales for cutoff in scale.cutoffs]
    assert [text for text in texts if set(text) != set(LANGUAGES)] == []


@pytest.mark.parametrize("key", OURS)
def test_our_own_forms_are_whole_in_both_languages_and_free(key):
    definition = SHIPPED[key]
    options = [option for item in definition.items for option in item.options]
    assert [one for one in (*definition.items, *options) if set(one.text) != set(LANGUAGES)] == []
    assert set(definition.instruction) == set(LANGUAGES)
    assert definition.languages_that("sell") == LANGUAGES


@pytest.mark.parametrize("key", OURS)
def test_our_chinese_keeps_the_house_style(key):
    definition = SHIPPED[key]
    texts = [item.text["zh-Hans"] for item in definition.items] + [definition.instruction["zh-Hans"]]
    assert [text for text in texts if re.search(r"[您,?!;:]|请务必", text)] == []


@pytest.mark.parametrize("key", WITH_TEXT)
def test_every_text_says_where_it_is_from_and_what_it_permits(key):
    for notice in SHIPPED[key].notices.values():
        assert notice.source
        assert notice.licence.holder
        assert "show" in notice.licence.permits
        assert notice.licence.source
        assert not notice.imported


def test_the_self_efficacy_scale_may_be_shown_and_not_passed_on():
    definition = SHIPPED["gses@1995"]
    assert (definition.languages_that("show"), definition.languages_that("export")) == (("en", "zh-Hans"), ())
    assert [option.text["zh-Hans"] for option in definition.item("gses1").options] == [
        "完全不正确",
        "有点正确",
        "多数正确",
        "完全正确",
    ]


def test_the_chinese_burnout_form_is_that_of_the_trial():
    definition = SHIPPED["mbi-gs@15-zh"]
    assert [(scale.id, len(scale.items), scale.method, scale.low, scale.high) for scale in definition.scales] == [
        ("ee", 5, "mean", 0.0, 6.0),
        ("dp", 4, "mean", 0.0, 6.0),
        ("pa", 6, "mean", 0.0, 6.0),
    ]
    assert [item.id for item in definition.items if item.reverse] == list(definition.scales[2].items)
    assert [scale.reliability[0].value for scale in definition.scales] == [0.88, 0.83, 0.82]


@pytest.mark.parametrize("key", SHIPPED)
def test_no_more_than_a_fifth_is_estimated_unless_somebody_published_it(key):
    rules = [(scale.missing, len(scale.items)) for scale in SHIPPED[key].scales]
    loose = [rule for rule, items in rules if rule.at_most > items / 5 and not rule.source.startswith("published")]
    assert [rule for rule in loose if not key.startswith(("after-session", "session-checklist"))] == []
