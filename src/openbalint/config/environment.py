"""How settings are read: one variable each, parsed strictly, refused with a sentence that says what to write.

A variable that is set to nothing counts as not set. A secret `NAME` may also be the content of the file named by
`NAME_FILE`, which is how containers and systemd hand secrets over; giving both is refused, since one would be ignored.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def text(env: Mapping[str, str], name: str, default: str) -> str:
    """The value of a variable, without the space around it."""
    return env.get(name, "").strip() or default


def flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    """True or false, from 1/0, true/false, yes/no, on/off."""
    value = text(env, name, "")
    if not value:
        return default
    try:
        return FLAGS[value.lower()]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Please write 1 or 0.") from None


def choice(env: Mapping[str, str], name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """One of the allowed words."""
    value = text(env, name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}. Please write one of: {', '.join(allowed)}.")
    return value


def words(env: Mapping[str, str], name: str, *, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Values separated by commas."""
    value = text(env, name, "")
    return tuple(word.strip() for word in value.split(",") if word.strip()) if value else default


def hosts(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Host names that people type; loopback alone when nothing is set. Neither addresses with a scheme nor `*`."""
    found = words(env, name, default=("localhost", "127.0.0.1", "[::1]"))
    for host in found:
        if "/" in host or "*" in host or host.startswith("."):
            raise ImproperlyConfigured(
                f"{name} has {host!r}. Please write host names alone, such as balint.example.org."
            )
    return found


def origins(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Addresses of the kind https://balint.example.org: scheme and host, nothing after."""
    found = words(env, name)
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
            raise ImproperlyConfigured(
                f"{name} has {origin!r}. Please write addresses such as https://balint.example.org."
            )
    return found


def media_server(env: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    """An address of one of the schemes, a host and perhaps a port; empty when nothing is set."""
    given = text(env, name, "")
    value = given.rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in schemes or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}"):
        raise ImproperlyConfigured(
            f"{name} is {given!r}. Please write an address such as {schemes[-1]}://sound.example.org."
        )
    return value


def time_zone(env: Mapping[str, str], name: str, *, default: str) -> str:
    """A name from the time zone database, such as Asia/Shanghai."""
    value = text(env, name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(f"{name} is {value!r}. Please write a name such as Asia/Shanghai.") from None
    return value


def secret(env: Mapping[str, str], name: str) -> str:
    """A secret from the variable, or from the file that `NAME_FILE` names; empty when there is neither."""
    value, path = text(env, name, ""), text(env, f"{name}_FILE", "")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Please keep one of them.")
    if not path:
        return value
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from None


def database(address: str, *, sqlite: Mapping[str, Any]) -> dict[str, Any]:
    """Django's entry for `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://user:secret@host/name`.

    Words after `?` become options of the PostgreSQL connection (`sslmode=require`; `host=/run/postgresql` for a socket).
    The address may hold a password, so no message repeats it.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite" and len(parts.path) > 1 and not parts.netloc:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:]), "OPTIONS": dict(sqlite)}
    if parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1:
        return _postgresql(parts.path[1:], parts.netloc, parts.query)
    raise ImproperlyConfigured(
        "DATABASE_URL cannot be read. Please write sqlite:////srv/openbalint.sqlite3 "
        "or postgresql://user:secret@host:5432/name."
    )


def _postgresql(name: str, netloc: str, query: str) -> dict[str, Any]:
    parts, options = urlsplit(f"//{netloc}"), dict(parse_qsl(query))
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("The port in DATABASE_URL is not a number between 1 and 65535.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }
