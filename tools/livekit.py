"""Builds the media server for this machine, once for each version: `make livekit`, and `make test` where it can be.

    python tools/livekit.py                  build it, or say why that cannot be (exit status 1)
    python tools/livekit.py --if-possible    the same, but nothing is wrong where Go is missing or too old

It is a Go module, so it comes by `go install` at a version that is pinned in `openbalint.media.process`, into a cache
folder beside other caches of this person. The first build takes some three minutes on two cores.
"""

from collections.abc import Mapping, Sequence
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tempfile
import time

from openbalint.media import process

MODULE = "github.com/livekit/livekit-server/cmd/server"  # its binary is called `server`
NEEDS = (1, 26)
USUAL = (Path("/usr/local/go/bin/go"), Path("/usr/lib/go/bin/go"))


def go(env: Mapping[str, str]) -> Path | None:
    """The Go tool: on PATH, or where it is usually put; None where there is none that is new enough."""
    on_path = shutil.which("go", path=env.get("PATH"))
    tools = [*([Path(on_path)] if on_path else []), *USUAL]
    return next((tool for tool in tools if tool.exists() and version_of(tool) >= NEEDS), None)


def version_of(tool: Path) -> tuple[int, ...]:
    """Of `go version go1.26.8 linux/amd64`: (1, 26, 8)."""
    said = subprocess.run([tool, "version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"go(\d+(?:\.\d+)*)", said)
    return tuple(map(int, found[1].split("."))) if found else (0,)


def build(tool: Path, target: Path) -> None:
    """Install beside the target, then move it there: nobody sees half of it. Raises CalledProcessError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        env = {**os.environ, "GOBIN": folder, "CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": ""}
        words = ["install", "-trimpath", "-ldflags", "-s -w", f"{MODULE}@v{process.VERSION}"]
        subprocess.run([tool, *words], env=env, check=True)
        (Path(folder) / "server").replace(target)


def main(arguments: Sequence[str] = ()) -> int:
    """Build it unless it is there."""
    if found := process.find(os.environ):
        print(f"livekit-server is here: {found}")
        return 0
    tool = go(os.environ)
    if tool is None:
        needed = ".".join(map(str, NEEDS))
        print(f"livekit-server is not here, and to build it Go {needed} or newer is needed.", file=sys.stderr)
        return 0 if "--if-possible" in arguments else 1
    target, began = process.cache(os.environ), time.monotonic()
    print(f"building livekit-server {process.VERSION}: some minutes, once …", flush=True)
    try:
        build(tool, target)
    except subprocess.CalledProcessError as error:
        print(f"Go could not build it (exit status {error.returncode}).", file=sys.stderr)
        return 0 if "--if-possible" in arguments else 1
    print(f"{target} ({time.monotonic() - began:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
