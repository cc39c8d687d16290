"""What stands in `deploy` can be read by the servers it is for, as far as that can be seen without a container."""

import os
from pathlib import Path
import re
import shlex
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from openbalint.media import process
from tests.house.repository import ROOT

DEPLOY = ROOT / "deploy"
GIVEN = dict(
    line.split("=", 1) for line in (DEPLOY / "example.env").read_text("utf-8").splitlines() if re.match(r"[A-Z]", line)
)
UNUSED_ENV = {"PATH": os.environ["PATH"]}


def filled(name: str, given: dict[str, str] = GIVEN) -> str:
    """A file of compose with its variables filled in, as compose does it; KeyError where one is not in example.env."""

    def value(found: re.Match[str]) -> str:
        word, _, default = found[1].partition(":-")
        return given.get(word, default) if default else given[word]

    return re.sub(r"\$\{([^}]+)\}", value, (DEPLOY / name).read_text("utf-8"))


class Loader(yaml.SafeLoader):
    """Knows the tag by which one compose file takes the place of another's part."""


def whole(loader: Loader, node: yaml.MappingNode | yaml.SequenceNode) -> Any:
    """What stands behind the tag."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_sequence(node, deep=True)


Loader.add_constructor("!override", whole)


def compose(name: str) -> dict[str, Any]:
    return dict(yaml.load(filled(name), Loader=Loader))


def test_every_service_has_an_image_and_waits_for_services_that_are_there():
    services = compose("compose.yaml")["services"]
    assert set(services) == {"migrate", "web", "live", "postgres", "valkey", "livekit", "caddy", "haproxy"}
    for service in services.values():
        assert service["image"]
        assert set(service.get("depends_on", ())) <= set(services)
    named = {volume.partition(":")[0] for one in services.values() for volume in one.get("volumes", ())}
    assert {name for name in named if not name.startswith(".")} == set(compose("compose.yaml")["volumes"])


def test_what_is_mounted_from_this_folder_is_in_it():
    for name in ("compose.yaml", "compose.two-addresses.yaml"):
        for service in compose(name)["services"].values():
            for volume in service.get("volumes", ()):
                if volume.startswith("./"):
                    assert (DEPLOY / volume.partition(":")[0]).is_file(), volume


def test_one_port_alone_is_needed_and_no_recorder_is_there():
    services = compose("compose.yaml")["services"]
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {
        "haproxy": ["443:443"],
        "caddy": ["80:80"],
        "livekit": ["7881:7881/tcp", "7882:7882/udp", "3478:3478/udp"],
    }
    assert not any("egress" in service["image"] for service in services.values())


def test_what_passes_between_processes_is_neither_kept_nor_logged():
    words = shlex.split(compose("compose.yaml")["services"]["valkey"]["command"])
    assert dict(zip(words[1::2], words[2::2], strict=True)) == {
        "--save": "",
        "--appendonly": "no",
        "--slowlog-log-slower-than": "-1",
        "--commandlog-request-larger-than": "-1",
        "--commandlog-reply-larger-than": "-1",
        "--crash-log-enabled": "no",
    }


def test_every_setting_in_it_is_a_setting_of_ours():
    known = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    given = set(compose("compose.yaml")["x-app"]["environment"])
    given |= set(
        re.findall(r"^(OPENBALINT_\w+)=", (DEPLOY / "systemd/openbalint.env").read_text("utf-8"), re.MULTILINE)
    )
    assert [name for name in sorted(given) if f"`{name}`" not in known] == []


def test_the_example_says_to_change_every_secret():
    secrets = {
        name: value for name, value in GIVEN.items() if name in ("POSTGRES_PASSWORD", "SECRET_KEY", "LIVEKIT_SECRET")
    }
    assert len(secrets) == 3
    assert all(value.startswith("change-me") and len(value) >= 32 for value in secrets.values())


def livekit_configurations() -> dict[str, str]:
    inside = compose("compose.yaml")["services"]["livekit"]["environment"]["LIVEKIT_CONFIG"]
    beside = (DEPLOY / "systemd/livekit.yaml").read_text("utf-8")
    return {"compose.yaml": inside, "livekit.yaml": beside}


@pytest.mark.parametrize("name", ["compose.yaml", "livekit.yaml"])
def test_livekit_reads_its_settings_and_tells_the_ports_that_the_guide_names(name):
    program = process.find(os.environ)
    if program is None:
        pytest.skip("livekit-server is not here: run `make livekit` (needs Go 1.26 or newer), or put it on PATH")
    env = {**UNUSED_ENV, "LIVEKIT_CONFIG": livekit_configurations()[name]}
    said = subprocess.run([program, "ports"], env=env, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"\d{4,}", said)) == {"7880", "7881", "7882", "5349", "3478"}


@pytest.mark.parametrize("name", ["compose.yaml", "livekit.yaml"])
def test_livekit_makes_no_room_by_itself_and_asks_no_server_elsewhere(name):
    settings = yaml.safe_load(livekit_configurations()[name])
    assert settings["room"]["auto_create"] is False
    assert [server.rpartition(".")[2] for server in settings["rtc"]["stun_servers"]] == ["org:3478"]
    assert settings["turn"]["domain"] in settings["rtc"]["stun_servers"][0]


def test_haproxy_reads_its_settings():
    program = shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        pytest.skip("haproxy is not installed: run `make test`, which installs it, or apt install haproxy")
    words = [program, "-c", "-f", str(DEPLOY / "haproxy.cfg")]
    done = subprocess.run(words, env={**UNUSED_ENV, **GIVEN}, capture_output=True, text=True, check=False)
    assert (done.returncode, "Configuration file is valid" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("name", ["Caddyfile", "Caddyfile.two-addresses"])
def test_caddy_reads_its_settings(name, tmp_path):
    program = shutil.which("caddy")
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout if program else ""
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < (2, 7):
        pytest.skip("a Caddy of 2.7 or newer is not here (Debian's is older): put one on PATH")
    words = [program, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / name)]
    done = subprocess.run(words, env={**UNUSED_ENV, **GIVEN, "HOME": str(tmp_path)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_systemd_reads_its_units(unit: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed here")
    copy = tmp_path / unit.name  # of a program that is here, since it looks whether that can be run
    copy.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8")), "utf-8")
    done = subprocess.run([program, "verify", "--man=no", copy], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []
