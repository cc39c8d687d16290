"""The examples of README and the documents run, and give what stands below them."""

from pathlib import Path
import re
import shlex

import pytest

from openbalint import cli

ROOT = Path(__file__).parents[2]
VERBS = ("analyze", "reliability", "audit")
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```sh\n(?P<commands>.*?)^```\n(?:\n*```text\n(?P<shown>.*?)^```)?", re.MULTILINE | re.DOTALL)


def examples():
    """Every command of these verbs, with the output shown below its block."""
    for page in PAGES:
        for block in BLOCK.finditer(page.read_text("utf-8")):
            commands = [line for line in block["commands"].replace("\\\n", " ").splitlines() if line.strip()]
            asked = [line for line in commands if line.split()[:1] == ["openbalint"] and line.split()[1] in VERBS]
            for line in asked:
                shown = block["shown"] if len(asked) == 1 else None
                yield pytest.param(line, shown, id=f"{page.relative_to(ROOT)}: {' '.join(line.split()[1:3])}")


@pytest.mark.parametrize(("command", "shown"), examples())
def test_the_example_runs_and_gives_what_is_shown(command, shown, capsys, monkeypatch, tmp_path):
    words = shlex.split(command, comments=True)[1:]
    places = [i + 1 for i, word in enumerate(words) if word in ("-o", "--bundle")]
    for place in places:
        words[place] = str(tmp_path / words[place])
    monkeypatch.chdir(ROOT)
    assert cli.main(words) == (1 if words[0] == "audit" else 0)
    out = capsys.readouterr().out
    assert any(tmp_path.iterdir()) if places else out
    parts = [part for part in (shown or "").split("…\n") if part.strip()]
    assert [part for part in parts if part not in out] == []


def test_help_ends_with_an_example(capsys):
    for verb in VERBS:
        with pytest.raises(SystemExit):
            cli.main([verb, "--help"])
        assert re.search(rf"example:\n  openbalint {verb} ", capsys.readouterr().out)
