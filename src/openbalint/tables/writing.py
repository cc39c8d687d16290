"""Results as files: whole or not at all."""

import os
from pathlib import Path
import tempfile


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: written beside it, then moved, so nobody ever sees half a file. OSError if not."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
