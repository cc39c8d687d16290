"""How often somebody may try a password, a code or a link, and what is counted.

Counted are the attempts of the last quarter of an hour, per network address, and for passwords also per address and
e-mail (these start anew when one succeeds). Kept in the database, so that all processes count together; of addresses
only hashes are kept.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` attempts for one key within the window."""

    key: str
    most: int


def for_password(address: str, email: str) -> tuple[Limit, ...]:
    """Return what limits signing in with this e-mail from this network address."""
    return (Limit(_key("password", address, email), 6), Limit(_key("password", address), 60))


def for_link(address: str) -> tuple[Limit, ...]:
    """Return what limits opening links and codes from this network address; a whole hospital may share one."""
    return (Limit(_key("link", address), 120),)


def _key(*parts: str) -> str:
    return salted_hmac("openbalint.accounts.throttle", "\n".join(parts), algorithm="sha256").hexdigest()
