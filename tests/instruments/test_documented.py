"""The examples in the documents are files that work."""

from datetime import date
from pathlib import Path
import re

from openbalint.instruments import definition_file, library

DOCS = Path(__file__).resolve().parents[2] / "docs"


def examples(name):
    """The TOML in a document."""
    return re.findall(r"```toml\n(.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)


def test_the_definition_that_the_reference_shows_can_be_used():
    [text] = examples("reference/instruments.md")
    definition = definition_file.from_toml(text.encode(), "tired.toml")
    assert (definition.key, [scale.id for scale in definition.scales]) == ("tired@1", ["total"])


def test_the_text_that_the_guide_shows_can_be_imported_once_it_is_whole():
    [text] = examples("guide/import-a-licensed-text.md")
    whole = text.replace('mbi1 = "…"', "\n".join(f'mbi{number} = "…"' for number in range(1, 17)))
    found = library.with_imports([("mbi.toml", whole.encode())], today=date(2027, 1, 1))
    assert found.definitions["mbi-gs@16"].notices["en"].licence.administrations == 200
