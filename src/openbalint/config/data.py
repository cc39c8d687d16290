"""The folder that holds everything of one installation: the database, the secret key, the collected static files."""

from collections.abc import Mapping
import os
from pathlib import Path
import secrets

from django.core.exceptions import ImproperlyConfigured

from openbalint.config import environment


def folder(env: Mapping[str, str]) -> Path:
    """Where it is: OPENBALINT_DATA, else `openbalint-data` in the folder of the command."""
    return Path(environment.text(env, "OPENBALINT_DATA", "openbalint-data")).absolute()


def secret_key(env: Mapping[str, str]) -> str:
    """The given key, else the one that `prepare` made; empty when there is neither."""
    path = folder(env) / "secret-key"
    given = environment.secret(env, "OPENBALINT_SECRET_KEY")
    return given or (path.read_text("ascii").strip() if os.access(path, os.R_OK) else "")


def prepare(env: Mapping[str, str]) -> None:
    """Make the folder for its owner alone (0700) and, where no key is given, a key in it (0600)."""
    place = folder(env)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not environment.secret(env, "OPENBALINT_SECRET_KEY"):
            _make_key(place / "secret-key")
    except OSError as error:
        raise ImproperlyConfigured(f"OPENBALINT_DATA is {place}, which cannot be used: {error.strerror}.") from None


def _make_key(path: Path) -> None:
    """Write beside and link: of two processes that start together one wins, and nobody reads half a key."""
    if path.exists():
        return
    draft = path.with_name(f"secret-key.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(secrets.token_urlsafe(64), "ascii")
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
