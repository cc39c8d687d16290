"""What somebody's browser asks of the pages that a server has."""

import contextlib
import http.client
import urllib.parse

from django.conf import settings
from django.test import Client

from openbalint.accounts.models import User
from tests.live.conftest import Server, Site


def post(site: Site, at: Server, who: str, path: str, facts: dict[str, str]) -> int:
    """Send a form; the status of the answer."""
    return ask(site, at, who, "POST", path, facts)[0]


def ask(
    site: Site, at: Server, who: str, method: str, path: str, facts: dict[str, str] | None = None
) -> tuple[int, str]:
    """Ask as somebody who is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=site.people[who]))
    session, token = client.cookies[settings.SESSION_COOKIE_NAME].value, "c" * 32
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    body = urllib.parse.urlencode({**(facts or {}), "csrfmiddlewaretoken": token}).encode()
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", at.port)) as link:
        link.request(method, path, body, headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode()
