"""Random words in addresses, and the hash under which they are kept."""

import hashlib
import secrets

BYTES = 18  # 144 bits, 24 characters: nobody guesses it, and it fits into a small QR code


def new_token() -> str:
    """Return a new random token of letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
