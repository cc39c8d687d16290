"""What the tests need that PyPI does not have: a browser, a Chinese font, PostgreSQL, Valkey and HAProxy.

As root on Debian the missing ones are installed by apt, without starting their services; elsewhere a sentence says what
to install, and the exit status is 1.
"""

from collections.abc import Iterator
import contextlib
import os
from pathlib import Path
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
POLICY = Path("/usr/sbin/policy-rc.d")


def browser() -> str | None:
    """The browser for the journeys: CHROMIUM, else the first that is found."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def chinese_font() -> bool:
    """Whether pictures of Chinese pages show characters rather than boxes."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def postgresql() -> Path | None:
    """The folder of PostgreSQL's programs, the newest first; Debian keeps them off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


def valkey() -> str | None:
    """Valkey's server, or Redis's, which speaks the same."""
    return shutil.which("valkey-server") or shutil.which("redis-server")


def haproxy() -> str | None:
    """What reads the configuration that stands in `deploy`."""
    return shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def missing() -> list[str]:
    """The Debian packages that would fill the gaps."""
    packages = [] if browser() else ["chromium"]
    packages += [] if chinese_font() else ["fonts-noto-cjk", "fontconfig"]
    packages += [] if postgresql() or os.environ.get("DATABASE_URL") else ["postgresql"]
    packages += [] if valkey() else ["valkey-server"]
    packages += [] if haproxy() else ["haproxy"]
    return packages


def install(packages: list[str]) -> bool:
    """Install by apt, asking nothing; whether it went well."""
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run([*apt, "update"], env=env, check=False).returncode:
        return False
    known = subprocess.run(["apt-cache", "show", "valkey-server"], capture_output=True, check=False).returncode == 0
    names = [name if known or name != "valkey-server" else "redis-server" for name in packages]
    print("installing", *names, flush=True)
    with quiet_services():
        command = [*apt, "install", "-y", "--no-install-recommends", *names]
        done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    return done.returncode == 0


@contextlib.contextmanager
def quiet_services() -> Iterator[None]:
    """Debian starts a service as soon as it is installed, unless a policy forbids it."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", "ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def main() -> int:
    """Fill the gaps, or say how."""
    gaps = missing()
    if gaps and shutil.which("apt-get") and os.geteuid() == 0 and install(gaps):
        gaps = missing()
    if gaps:
        print(f"The tests need more. Please run: sudo apt install {' '.join(gaps)}", file=sys.stderr)
    return int(bool(gaps))


if __name__ == "__main__":
    sys.exit(main())
