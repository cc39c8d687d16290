"""Everything that changes people, their codes and their passwords."""

from datetime import datetime, timedelta
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from openbalint.accounts import queries, throttle
from openbalint.accounts.models import Attempt, Language, OneTimeCode, Profession, User, normal_email
from openbalint.accounts.rules import DeclinedError, is_timezone
from openbalint.accounts.tokens import hash_of, new_token
from openbalint.audit.actions import record

RESET_LIFE = timedelta(hours=24)
DEMO_CODE_BYTES = 9
_demo_links: dict[str, tuple[UUID, str]] = {}  # by code; a demo is one process
_Purpose = OneTimeCode.Purpose

# ── the first start ───────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def first_start_path() -> str | None:
    """Return the address (path) of the page that makes the first leader, with a new one-time code; None later.

    The code of an earlier call ends. It is good until used, since an operator may come back tomorrow.
    """
    if not queries.nobody_is_here():
        return None
    OneTimeCode.objects.filter(purpose=_Purpose.START).delete()
    code = new_token()
    OneTimeCode.objects.create(purpose=_Purpose.START, code_hash=hash_of(code))
    return f"/start/{code}/"


@transaction.atomic
def make_first_leader(
    code_hash: str, *, name: str, email: str, password: str, language: str, timezone: str, now: datetime
) -> User:
    """Use the one-time code up and make the first leader. Declined: ``code-used``."""
    found = queries.open_code(_Purpose.START, code_hash, now=now)
    if found is None or not queries.nobody_is_here():
        raise DeclinedError("code-used")
    _use_up(found)
    user = make_leader(name=name, email=email, password=password, language=language, timezone=timezone, now=now)
    record("first-leader-made", by=user.id, about=user.id, now=now)
    return user


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def make_leader(*, name: str, email: str, password: str, language: str, timezone: str, now: datetime) -> User:
    """Make somebody who signs in by e-mail and password and may make groups. Declined: ``email-taken``."""
    user = _new_person(name=name, language=language, timezone=timezone, now=now)
    user.leads = True
    _give_sign_in(user, email, password, force_insert=True)
    return user


@transaction.atomic
def make_person(*, name: str, language: str, timezone: str, now: datetime, profession: str = Profession.DOCTOR) -> User:
    """Make somebody who comes by a link: without e-mail, with an unusable password."""
    user = _new_person(name=name, language=language, timezone=timezone, now=now)
    user.profession = profession
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


@transaction.atomic
def rename(user: User, *, name: str, profession: str, now: datetime) -> None:
    """Change how groups call somebody, and the profession that names the empty place."""
    user.name, user.profession = name.strip(), profession
    user.save(update_fields=["name", "profession"])
    record("person-renamed", by=user.id, about=user.id, now=now)


def set_language(user: User, language: str) -> None:
    """Remember which language somebody reads."""
    user.language = Language(language)
    user.save(update_fields=["language"])


def set_timezone(user: User, timezone: str) -> None:
    """Remember by which clock somebody lives. Declined: ``timezone-unknown``."""
    user.timezone = _known_timezone(timezone)
    user.save(update_fields=["timezone"])


@transaction.atomic
def let_lead(user: User, *, by: User, now: datetime) -> None:
    """Let somebody make groups from now on, as whoever comes to lead one may."""
    if not user.leads:
        user.leads = True
        user.save(update_fields=["leads"])
        record("person-may-lead", by=by.id, about=user.id, now=now)


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_in(email: str, password: str, *, address: str, now: datetime) -> User:
    """Return who signs in with this e-mail and password, tried from the network ``address``.

    Declined: as by ``check_password``.
    """
    user = check_password(email, password, address=address, now=now)
    record("signed-in", by=user.id, about=user.id, now=now)
    return user


def check_password(email: str, password: str, *, address: str, now: datetime) -> User:
    """Return whose e-mail and password these are, tried from the network ``address``.

    Declined: ``too-often`` (nothing was compared), ``no-match`` (never which of the two).
    """
    limits = throttle.for_password(address, normal_email(email))
    count_attempt(limits, now=now)
    user = authenticate(username=normal_email(email), password=password)
    if not isinstance(user, User):
        raise DeclinedError("no-match")
    Attempt.objects.filter(key=limits[0].key).delete()
    return user


def count_attempt(limits: tuple[throttle.Limit, ...], *, now: datetime) -> None:
    """Count an attempt, and forget the old ones. Declined: ``too-often``; then it does not count, so that waiting ends.

    It is counted before looking, and for all to see: of many at once, none slips through.
    """
    Attempt.objects.filter(at__lte=now - throttle.WINDOW).delete()
    own = Attempt.objects.bulk_create([Attempt(key=limit.key, at=now) for limit in limits])
    if queries.too_often(limits, now=now):
        Attempt.objects.filter(pk__in=[attempt.pk for attempt in own]).delete()
        raise DeclinedError("too-often")


def forget_devices(*, now: datetime) -> None:
    """Delete the sessions of devices whose time is over; whoever comes back signs in or opens the link again."""
    Session.objects.filter(expire_date__lte=now).delete()


@transaction.atomic
def set_sign_in(user: User, *, email: str, password: str, now: datetime) -> None:
    """Let somebody sign in by e-mail and password (from now on, or by others). Declined: ``email-taken``.

    A link that sets a new password ends: it was asked for before.
    """
    _give_sign_in(user, email, password, update_fields=["email", "password"])
    _end_reset_links(user)
    record("sign-in-set", by=user.id, about=user.id, now=now)


@transaction.atomic
def reset_link(email: str, *, now: datetime) -> str | None:
    """Return the path of a page that sets a new password, good once within 24 h; None if nobody has this e-mail."""
    user = queries.person_with_email(email)
    if user is None:
        return None
    _end_reset_links(user)
    code = new_token()
    OneTimeCode.objects.create(purpose=_Purpose.RESET, code_hash=hash_of(code), user=user, expires_at=now + RESET_LIFE)
    record("reset-link-made", by=None, about=user.id, now=now)
    return f"/reset/{code}/"


@transaction.atomic
def reset_password(code_hash: str, *, password: str, now: datetime) -> User:
    """Use the one-time code up and set the password; devices signed in with the old one end. Declined: ``code-used``."""
    found = queries.open_code(_Purpose.RESET, code_hash, now=now)
    if found is None or found.user is None:
        raise DeclinedError("code-used")
    user = found.user
    _use_up(found)
    _end_reset_links(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record("password-reset", by=user.id, about=user.id, now=now)
    return user


# ── the demo ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def demo_sign_in_link(user: User, next_path: str) -> str:
    """Return a path that signs the visitor of a demo in as ``user`` and leads to ``next_path``.

    It is short, to fit on a line of a terminal, and lives as long as the process that printed it. Nothing but a demo
    makes or takes such links: elsewhere this raises ``DeclinedError("no-demo")``.
    """
    if not settings.OPENBALINT_DEMO:
        raise DeclinedError("no-demo")
    code = secrets.token_urlsafe(DEMO_CODE_BYTES)
    _demo_links[code] = (user.id, next_path)
    return f"/demo/in/{code}/"


def read_demo_link(code: str) -> tuple[User, str]:
    """Return who a demo's link signs in, and where it leads. Declined: ``no-demo``, ``link-wrong``."""
    if not settings.OPENBALINT_DEMO:
        raise DeclinedError("no-demo")
    try:
        person, next_path = _demo_links[code]
        return User.objects.get(pk=person, is_active=True), next_path
    except (KeyError, User.DoesNotExist):
        raise DeclinedError("link-wrong") from None


# ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _use_up(code: OneTimeCode) -> None:
    """Delete the code; of two who use it at the same moment, the second is declined."""
    deleted, _ = OneTimeCode.objects.filter(pk=code.pk).delete()
    if not deleted:
        raise DeclinedError("code-used")


def _end_reset_links(user: User) -> None:
    OneTimeCode.objects.filter(purpose=_Purpose.RESET, user=user).delete()


def _new_person(*, name: str, language: str, timezone: str, now: datetime) -> User:
    return User(name=name.strip(), language=Language(language), timezone=_known_timezone(timezone), created_at=now)


def _give_sign_in(user: User, email: str, password: str, **saving: Any) -> None:
    """Save with e-mail and password; the unique column decides between two who take the same address at once."""
    user.email = normal_email(email)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(**saving)
    except IntegrityError as taken:
        raise DeclinedError("email-taken") from taken


def _known_timezone(timezone: str) -> str:
    if not is_timezone(timezone):
        raise DeclinedError("timezone-unknown")
    return timezone
