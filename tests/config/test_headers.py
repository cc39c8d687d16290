"""Every answer says what a page may load."""

import asyncio

from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from openbalint.config.headers import HeadersMiddleware

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' ws://testserver; media-src 'self' blob:; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def test_a_page_loads_our_own_files_alone():
    response = HeadersMiddleware(lambda _: HttpResponse("page"))(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == POLICY
    assert "microphone=(self)" in response["Permissions-Policy"]


def test_an_async_page_has_the_same_headers():
    async def view(_):
        return HttpResponse("page")

    response = asyncio.run(HeadersMiddleware(view)(RequestFactory().get("/")))
    assert response["Content-Security-Policy"] == POLICY


@override_settings(OPENBALINT_ORIGINS=("https://balint.example.org", "http://testserver"))
def test_the_sockets_of_other_configured_addresses_may_be_opened():
    response = HeadersMiddleware(lambda _: HttpResponse())(RequestFactory().get("/", secure=True))
    assert (
        "connect-src 'self' wss://testserver wss://balint.example.org ws://testserver;"
        in response["Content-Security-Policy"]
    )


def test_a_foreign_host_is_not_written_into_the_policy():
    response = HeadersMiddleware(lambda _: HttpResponse())(RequestFactory().get("/", headers={"host": "evil.example"}))
    assert "evil" not in response["Content-Security-Policy"]
