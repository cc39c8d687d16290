"""Gives each request the language and the clock of the person who asks; says what was declined."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from openbalint.accounts.models import User
from openbalint.accounts.rules import DeclinedError
from openbalint.web import declined


class PersonMiddleware:
    """After signing in, a person's own language and time zone rule; before, the browser's choice and UTC."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
        with timezone.override(ZoneInfo(user.timezone)):
            response = self.get_response(request)
        # Pages name people and groups: no shared computer shows them after signing out.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class DeclinedMiddleware:
    """What an action declines and no form says, since it became so after the page was drawn, is said on one's own page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `DeclinedError`; every other is none of ours."""
        if not isinstance(exception, DeclinedError):
            return None
        messages.warning(request, declined.sentence(exception.code))
        return redirect("meetings")


def remember_language(response: HttpResponse, language: str) -> None:
    """Let this browser remember a language, for pages before signing in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
    )
