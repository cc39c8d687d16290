"""Reading about people."""

from datetime import datetime

from openbalint.accounts.models import Attempt, OneTimeCode, User, normal_email
from openbalint.accounts.throttle import WINDOW, Limit


def nobody_is_here() -> bool:
    """Whether this is an empty database: nobody has been made yet."""
    return not User.objects.exists()


def person_with_email(email: str) -> User | None:
    """Return who signs in with this e-mail, however it is written."""
    return User.objects.filter(email=normal_email(email), is_active=True).first()


def open_code(purpose: OneTimeCode.Purpose, code_hash: str, *, now: datetime) -> OneTimeCode | None:
    """Return the one-time code with this hash if it is good for this purpose now."""
    found = OneTimeCode.objects.select_related("user").filter(purpose=purpose, code_hash=code_hash).first()
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    return found


def too_often(limits: tuple[Limit, ...], *, now: datetime) -> bool:
    """Whether more has been tried than one of the limits lets; what is being tried counts already."""
    since = now - WINDOW
    return any(Attempt.objects.filter(key=limit.key, at__gt=since).count() > limit.most for limit in limits)
