"""`openbalint VERB` finds its verbs by name and loads nothing early."""

import os
from pathlib import Path
import subprocess
import sys
import tomllib

import pytest

from openbalint import __version__, cli
from openbalint.cli import _extras, _options, _server

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("django", "uvicorn", "numpy", "scipy", "matplotlib", "typst", "msgspec")


def openbalint(tmp_path, *words, **variables):
    """Run the command as a person does."""
    env = {"PATH": os.environ["PATH"], "OPENBALINT_DATA": str(tmp_path / "data"), **variables}
    command = [sys.executable, "-m", "openbalint", *words]
    return subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)


def test_help_lists_every_verb(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert [verb for verb in cli.verbs() if verb not in out] == []


def test_the_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"openbalint {__version__}\n"


@pytest.mark.parametrize("verb", cli.verbs())
def test_help_of_a_verb_loads_nothing_heavy(verb):
    script = f"import sys; from openbalint import cli\ntry: cli.main([{verb!r}, '--help'])\nexcept SystemExit: pass\n"
    script += f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_unknown_verb_is_asked_wrongly(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["fly"])
    assert end.value.code == 2
    assert "serve" in capsys.readouterr().err


def test_a_setting_that_cannot_be_used_is_one_sentence(tmp_path):
    done = openbalint(tmp_path, "check", OPENBALINT_TLS="perhaps")
    assert (done.returncode, done.stderr) == (2, "OPENBALINT_TLS is 'perhaps'. Please write 1 or 0.\n")


def test_a_package_that_is_missing_is_a_sentence_with_the_words_to_type(tmp_path):
    without = "import sys; sys.modules['numpy'] = None\nfrom openbalint import cli\nsys.exit(cli.main(sys.argv[1:]))"
    table = ROOT / "docs/examples/table1.csv"
    done = subprocess.run([sys.executable, "-c", without, "audit", table], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            "This needs the package numpy, which is not installed here. Please type:",
            "这里需要 numpy，还没有安装。请输入：",
            f"  {sys.executable} -m pip install 'openbalint[stats]'",
        ],
    )


def test_every_extra_has_its_words():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert list(_extras.EXTRAS) == list(project["optional-dependencies"])
    packages = {
        len(project["optional-dependencies"][extra]) - len(modules) for extra, modules in _extras.EXTRAS.items()
    }
    assert packages == {0}


@pytest.mark.parametrize("verb", ["web", "live"])
def test_several_processes_are_refused_on_sqlite(tmp_path, verb):
    done = openbalint(tmp_path, verb)
    assert done.returncode == 2
    assert done.stderr.startswith(f"`openbalint {verb}` needs PostgreSQL (DATABASE_URL).")


@pytest.mark.parametrize("verb", ["web", "live"])
def test_several_processes_are_refused_without_valkey(tmp_path, verb):
    done = openbalint(tmp_path, verb, DATABASE_URL=f"postgresql://balint@/balint?host={tmp_path}")
    assert (done.returncode, done.stderr) == (
        2,
        f"`openbalint {verb}` needs Valkey or Redis (OPENBALINT_VALKEY_URL): without it no room hears what a page changes."
        " Where one process is enough please run `openbalint serve`, which does it all.\n",
    )


@pytest.mark.parametrize("verb", ["serve", "web", "live"])
def test_other_machines_come_only_by_a_named_host(tmp_path, verb):
    done = openbalint(tmp_path, verb, "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "OPENBALINT_HOSTS" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_named_host_opens_the_way(monkeypatch):
    monkeypatch.setenv("OPENBALINT_HOSTS", "balint.example.org")
    assert _options.refusal("0.0.0.0") is None


def test_a_demonstration_is_served_to_this_machine_alone(settings):
    settings.OPENBALINT_DEMO = True
    assert _server.run("0.0.0.0", 0, announce=print, live=True) == 2


def test_migrate_and_check_make_an_installation(tmp_path):
    before = openbalint(tmp_path, "check")
    assert (before.returncode, "openbalint.W002" in before.stdout) == (0, True)
    assert openbalint(tmp_path, "migrate").stdout == "The database is up to date.\n"
    after = openbalint(tmp_path, "check")
    assert (after.returncode, after.stdout, after.stderr) == (0, "OpenBalint can start.\n", "")


def test_check_tells_of_a_database_that_does_not_answer(tmp_path):
    done = openbalint(tmp_path, "check", DATABASE_URL=f"postgresql://balint@/balint?host={tmp_path}")
    assert done.returncode == 1
    assert "openbalint.E002: The database does not answer." in done.stdout


def test_a_reset_link_needs_an_account(tmp_path):
    openbalint(tmp_path, "migrate")
    done = openbalint(tmp_path, "reset-link", "nobody@example.org")
    assert (done.returncode, done.stderr) == (1, "No account has the address nobody@example.org.\n")
