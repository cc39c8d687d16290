"""A setting is read strictly; one that cannot be used is told in a sentence."""

from django.core.exceptions import ImproperlyConfigured
import pytest

from openbalint.config import environment

SQLITE = {"timeout": 20}


def refused(function, *args, **kwargs):
    """The sentence that is told."""
    with pytest.raises(ImproperlyConfigured) as error:
        function(*args, **kwargs)
    return str(error.value)


def test_a_variable_set_to_nothing_counts_as_not_set():
    assert environment.text({"A": "  "}, "A", "default") == "default"
    assert environment.flag({"A": ""}, "A", default=True) is True
    assert environment.words({"A": " , "}, "A", default=("x",)) == ()


def test_a_flag_is_one_of_a_few_words():
    read = {word: environment.flag({"A": word}, "A", default=False) for word in ("1", "Yes", "on", "0", "no", "FALSE")}
    assert read == {"1": True, "Yes": True, "on": True, "0": False, "no": False, "FALSE": False}
    assert refused(environment.flag, {"A": "maybe"}, "A", default=False) == "A is 'maybe'. Please write 1 or 0."


def test_a_choice_names_what_there_is():
    sentence = refused(environment.choice, {"A": "OFF"}, "A", ("FULL", "NORMAL"), default="FULL")
    assert sentence == "A is 'OFF'. Please write one of: FULL, NORMAL."


def test_hosts_are_names_alone():
    assert environment.hosts({}, "H") == ("localhost", "127.0.0.1", "[::1]")
    assert environment.hosts({"H": "balint.example.org, b.example.org"}, "H") == ("balint.example.org", "b.example.org")
    for wrong in ("https://balint.example.org", "*", "*.example.org"):
        assert "host names alone" in refused(environment.hosts, {"H": wrong}, "H")


def test_origins_are_scheme_and_host():
    assert environment.origins({"O": "https://a.example.org:8443"}, "O") == ("https://a.example.org:8443",)
    for wrong in ("a.example.org", "https://a.example.org/", "ftp://a.example.org", "https://"):
        assert "https://balint.example.org" in refused(environment.origins, {"O": wrong}, "O")


def test_a_time_zone_is_a_known_name():
    assert environment.time_zone({"Z": "Asia/Shanghai"}, "Z", default="UTC") == "Asia/Shanghai"
    for wrong in ("Shanghai", "../etc/passwd", "Asia"):
        assert "Asia/Shanghai" in refused(environment.time_zone, {"Z": wrong}, "Z", default="UTC")


def test_a_secret_may_be_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("open sesame\n", "utf-8")
    assert environment.secret({"S_FILE": str(path)}, "S") == "open sesame"
    assert refused(environment.secret, {"S": "x", "S_FILE": str(path)}, "S").startswith("S and S_FILE are both set.")
    path.unlink()
    assert "cannot be read" in refused(environment.secret, {"S_FILE": str(path)}, "S")


def test_a_database_on_a_file():
    relative = environment.database("sqlite:///data/a%20b.sqlite3", sqlite=SQLITE)
    absolute = environment.database("sqlite:////srv/openbalint.sqlite3", sqlite=SQLITE)
    assert relative == {"ENGINE": "django.db.backends.sqlite3", "NAME": "data/a b.sqlite3", "OPTIONS": SQLITE}
    assert absolute["NAME"] == "/srv/openbalint.sqlite3"


def test_a_database_on_a_server():
    address = "postgresql://balint:p%40ss@db.example.org:5433/balint?sslmode=require"
    assert environment.database(address, sqlite=SQLITE) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "balint",
        "USER": "balint",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_behind_a_socket():
    read = environment.database("postgresql://balint@/balint?host=/run/postgresql", sqlite=SQLITE)
    assert (read["HOST"], read["USER"], read["PORT"], read["OPTIONS"]) == ("/run/postgresql", "balint", "", {})


@pytest.mark.parametrize(
    "address",
    ["mysql://u:hunter2@h/n", "hunter2", "sqlite://", "postgresql://hunter2@h/", "postgresql://u:hunter2@h:x/n"],
)
def test_an_address_that_cannot_be_used_is_not_repeated(address):
    assert "hunter2" not in refused(environment.database, address, sqlite=SQLITE)


def test_a_media_server_is_an_address_of_the_right_kind_without_a_path():
    read = environment.media_server
    assert read({}, "A", ("ws", "wss")) == ""
    assert read({"A": "wss://sound.balint.example.org/"}, "A", ("ws", "wss")) == "wss://sound.balint.example.org"
    assert read({"A": "http://127.0.0.1:7880"}, "A", ("http", "https")) == "http://127.0.0.1:7880"


@pytest.mark.parametrize(
    "wrong", ["sound.balint.example.org", "https://sound.example.org", "wss://", "wss://a.org/rtc"]
)
def test_another_address_of_a_media_server_is_told(wrong):
    said = refused(environment.media_server, {"A": wrong}, "A", ("ws", "wss"))
    assert said == f"A is {wrong!r}. Please write an address such as wss://sound.example.org."
