"""`openbalint instruments`: listing, showing, FHIR, and importing what is licensed."""

import json
import subprocess
import sys

from fhir.resources.questionnaire import Questionnaire
import pytest

from openbalint import cli
from openbalint.instruments import library

MBI_CSV = "item,text\n" + "".join(f"mbi{number},Secret {number}\n" for number in range(1, 17))
LICENCE = ("--licence", "Order 12345", "--licensee", "Example Hospital")


@pytest.fixture
def openbalint(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder: status, what it printed, what it complained of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENBALINT_DATA", raising=False)

    def run(*words):
        try:
            status = cli.main(["instruments", *map(str, words)])
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def items(tmp_path):
    """A licensed text as its holder has it."""
    path = tmp_path / "items.csv"
    path.write_text(MBI_CSV, "utf-8")
    return path


def test_the_list_names_every_instrument(openbalint):
    status, out, _ = openbalint()
    assert (status, [line.split()[0] for line in out.splitlines()[::2]]) == (0, list(library.shipped()))
    assert "gses@1995  General Self-Efficacy Scale\n    10 items; scales: total; text: en, zh-Hans; " in out


def test_the_list_is_there_in_chinese_and_as_json(openbalint):
    assert "gses@1995  一般自我效能感量表（GSES）" in openbalint("--lang", "zh-hans")[1]
    listed = json.loads(openbalint("--format", "json")[1])["instruments"]
    assert [f"{one['name']}@{one['version']}" for one in listed] == list(library.shipped())


def test_a_page_tells_licence_scales_and_rules(openbalint):
    status, out, _ = openbalint("mbi-gs@15-zh")
    assert status == 0
    for line in (
        "  Mind Garden licence – Mind Garden, Inc.",
        "  Permitted with the text: nothing yet",
        "  zh-Hans: withheld; a licence holder can import it",
        "  The text is withheld.",
        "pa  Low personal accomplishment",
        "  mean of the items, 0 – 6: mbi10, mbi11, mbi12, mbi13, mbi14, mbi15",
        "  Reversed: mbi10, mbi11, mbi12, mbi13, mbi14, mbi15",
        "  No item may be missing. (our rule: every item answered)",
    ):
        assert line in out.splitlines()


def test_a_page_shows_text_that_may_be_shown(openbalint):
    out = openbalint("gses@1995", "--lang", "zh-hans")[1]
    assert "  gses1  如果我尽力去做的话，我总是能够解决问题的" in out.splitlines()
    assert "      1 完全不正确 · 2 有点正确 · 3 多数正确 · 4 完全正确" in out.splitlines()


def test_every_page_prints_in_both_languages(openbalint):
    for key in library.shipped():
        for lang in ("en", "zh-hans"):
            status, out, err = openbalint(key, "--lang", lang)
            assert (status, err, key in out) == (0, "", True)


def test_json_holds_only_text_that_may_be_passed_on(openbalint):
    assert json.loads(openbalint("who-5@1998", "--format", "json")[1])["items"][0]["text"] == {
        "en": "I have felt cheerful and in good spirits"
    }
    assert json.loads(openbalint("gses@1995", "--format", "json")[1])["items"][0]["text"] == {}


def test_fhir_is_a_questionnaire(openbalint, tmp_path):
    assert openbalint("after-session@1", "--fhir", "r5", "-o", "form.json") == (0, "", "")
    Questionnaire.model_validate(json.loads((tmp_path / "form.json").read_text("utf-8")))


def test_an_instrument_that_is_not_there_is_told_with_those_that_are(openbalint):
    status, out, err = openbalint("mbi-gs@17")
    assert (status, out, err) == (2, "", "There is no instrument mbi-gs@17. There are: mbi-gs@15-zh, mbi-gs@16.\n")


def test_fhir_needs_one_instrument(openbalint):
    assert openbalint("--fhir", "r5") == (2, "", "--fhir needs NAME@VERSION.\n")


def test_a_licensed_csv_is_kept_for_its_owner_alone_and_never_printed(openbalint, tmp_path, items):
    status, out, _ = openbalint(
        "mbi-gs@16", "--import", items, "--language", "en", *LICENCE, "--until", "2999-12-31", "--administrations", 200
    )
    kept = tmp_path / "openbalint-data/instruments/mbi-gs@16.en.toml"
    assert (status, out.strip().endswith("mbi-gs@16.en.toml"), kept.stat().st_mode & 0o777) == (0, True, 0o600)
    assert "Secret 7" in kept.read_text("utf-8")
    page = openbalint("mbi-gs@16")[1]
    told = "  en: imported under Order 12345, held by Example Hospital; withheld here; until 2999-12-31; for 200 administrations"
    assert told in page.splitlines()
    for shown in (page, *(openbalint("mbi-gs@16", *how)[1] for how in (["--fhir", "r4b"], ["--format", "json"]))):
        assert "Secret" not in shown


def test_a_licence_that_has_ended_is_refused_and_nothing_is_written(openbalint, tmp_path, items):
    status, _, err = openbalint("mbi-gs@16", "--import", items, "--language", "en", *LICENCE, "--until", "2020-01-31")
    assert (status, err) == (2, "The licence of this text ended on 2020-01-31.\n")
    assert not (tmp_path / "openbalint-data").exists()


def test_a_text_whose_licence_ended_after_the_import_is_withheld(openbalint, tmp_path, items):
    openbalint("mbi-gs@16", "--import", items, "--language", "en", *LICENCE, "--until", "2999-12-31")
    kept = tmp_path / "openbalint-data/instruments/mbi-gs@16.en.toml"
    kept.write_text(kept.read_text("utf-8").replace("2999-12-31", "2020-01-31"), "utf-8")
    status, out, _ = openbalint("mbi-gs@16")
    assert status == 0
    assert "  en: the licence ended on 2020-01-31; the text is withheld" in out.splitlines()


def test_a_text_is_replaced_only_when_asked(openbalint, items):
    words = ("mbi-gs@16", "--import", items, "--language", "en", *LICENCE)
    assert openbalint(*words)[0] == 0
    status, _, err = openbalint(*words)
    assert (status, "Please add --replace" in err) == (2, True)
    assert openbalint(*words, "--replace")[0] == 0


def test_a_definition_of_ones_own_is_imported_listed_and_replaced(openbalint, tmp_path):
    from tests.instruments.questionnaires import SMALL

    own = tmp_path / "own.toml"
    own.write_text(SMALL, "utf-8")
    assert openbalint("--import", own)[0] == 0
    assert "small@1  Small" in openbalint()[1]
    assert openbalint("--import", own)[0] == 2
    assert openbalint("--import", own, "--replace")[0] == 0


def test_a_questionnaire_of_others_is_imported_from_fhir_and_its_text_withheld(openbalint, tmp_path):
    resource = json.loads(openbalint("after-session@1", "--fhir", "r5")[1])
    resource["url"] = "https://example.org/Questionnaire/our-form"
    (tmp_path / "form.json").write_text(json.dumps(resource), "utf-8")
    assert openbalint("--import", "form.json")[0] == 0
    status, out, _ = openbalint("our-form@1")
    assert (status, "  The text is withheld." in out.splitlines(), "safety  Safety" in out) == (0, True, True)
    (tmp_path / "form.json").write_text("[]")
    assert openbalint("--import", "form.json") == (
        2,
        "",
        "form.json, line 1: A FHIR Questionnaire in JSON is expected.\n",
    )
    (tmp_path / "form.json").write_text("{}")
    assert openbalint("--import", "form.json")[2] == "form.json, line 1: resourceType: Questionnaire is expected\n"


def test_another_data_folder_is_named(openbalint, tmp_path, items, monkeypatch):
    words = ("mbi-gs@16", "--import", items, "--language", "en", *LICENCE)
    assert openbalint(*words, "--data", tmp_path / "a")[0] == 0
    monkeypatch.setenv("OPENBALINT_DATA", str(tmp_path / "b"))
    assert openbalint(*words)[0] == 0
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*.toml"))] == [
        "a/instruments/mbi-gs@16.en.toml",
        "b/instruments/mbi-gs@16.en.toml",
    ]


def test_texts_stay_outside_the_program(openbalint, items):
    from openbalint.cli import _instruments

    inside = str(_instruments.__file__).rsplit("/cli/", 1)[0]
    status, _, err = openbalint("mbi-gs@16", "--import", items, "--language", "en", *LICENCE, "--data", inside)
    assert (status, err.startswith("Imported texts stay outside")) == (2, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("mbi-gs@16", "--import", "items.csv"), "A .csv holds the text alone."),
        (("mbi-gs@99", "--import", "items.csv", "--language", "en", *LICENCE), "There is no instrument mbi-gs@99."),
        (("--import", "nowhere.toml"), "nowhere.toml cannot be opened."),
        (("--import", "items.txt"), "A .toml, .csv or .json file is expected."),
        (("--import", "text.toml", *LICENCE), "This file says by itself"),
        (("mbi-hss@22", "--import", "items.csv", "--language", "en", *LICENCE), "items.csv, line 1, items: The text of these is not there: mbi17"),
        (("--import", "text.toml"), "text.toml, line 1: This is not TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_told_and_nothing_is_written(openbalint, tmp_path, items, words, says):
    (tmp_path / "items.txt").write_text("?")
    (tmp_path / "text.toml").write_text("= nonsense")
    status, _, err = openbalint(*words)
    assert (status, err.startswith(says)) == (2, True), err
    assert not (tmp_path / "openbalint-data").exists()


def test_neither_settings_nor_database_are_needed(tmp_path):
    script = "import sys; from openbalint import cli; cli.main(['instruments', 'gses@1995']); "
    script += "print([name for name in ('django', 'numpy', 'openpyxl', 'pyreadstat') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert list(tmp_path.iterdir()) == []
