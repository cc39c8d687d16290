"""Every text has its Chinese, and the catalogue has nothing else."""

import json
import re

import pytest

from tools import catalogue

FIELDS = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
LATE = "Run `python tools/catalogue.py missing`, translate, and `python tools/catalogue.py add FILE.json`."


@pytest.fixture(scope="module")
def kept():
    return catalogue.read("zh_Hans")


@pytest.fixture(scope="module")
def found():
    return catalogue.found_in_source()


def keys(catalog):
    return {(message.context, catalogue.singular(message)) for message in catalog if message.id}


def test_the_catalogue_is_fresh(kept, found):
    assert {"missing": keys(found) - keys(kept), "gone": keys(kept) - keys(found)} == {
        "missing": set(),
        "gone": set(),
    }, "Run `make i18n`."
    assert list(kept.obsolete) == [], "Run `make i18n`, which forgets them."


def test_every_text_is_translated(kept):
    assert [catalogue.singular(message) for message in catalogue.missing(kept)] == [], LATE


def test_translations_keep_the_places_for_values(kept):
    wrong = []
    for message in kept:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        if message.id and any(set(FIELDS.findall(form)) != set(FIELDS.findall(ids[-1])) for form in forms if form):
            wrong.append((ids[-1], forms))
    assert wrong == [], "Write each %(name)s and {name} of the text in the translation too."


def test_the_labels_of_the_browser_are_fresh():
    assert json.loads(catalogue.LABELS.read_text("utf-8")) == catalogue.labels(), "Run `make i18n`."


def test_typescript_asks_with_a_literal():
    asked = re.compile(r"(?<!function )\b(?:t|pgettext)\((?!\s*\")")
    vague = [
        f"{path.relative_to(catalogue.ROOT)}:{number}"
        for path in catalogue.sources(catalogue.FRONTEND, "*.ts")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if asked.search(line) and not line.rstrip().endswith("(")
    ]
    assert vague == [], 'Write t("…") with the text itself, so that it is found for the catalogue.'
