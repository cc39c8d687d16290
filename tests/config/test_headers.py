"""Every answer says what a page may load."""

import asyncio
from uuid import uuid4

from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import resolve

from openbalint.config.headers import HeadersMiddleware

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' ws://testserver; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def test_a_page_loads_our_own_files_alone():
    response = HeadersMiddleware(lambda _: HttpResponse("page"))(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == POLICY
    assert "camera=(), microphone=()," in response["Permissions-Policy"]


@override_settings(OPENBALINT_LIVEKIT_URL="wss://sound.balint.example.org")
def test_the_room_alone_may_use_camera_and_microphone_and_reach_the_media_server():
    def answer(path):
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        return HeadersMiddleware(lambda _: HttpResponse())(request)

    room, plan = answer(f"/meetings/{uuid4()}/room"), answer(f"/meetings/{uuid4()}/")
    assert "camera=(self), microphone=(self)," in room["Permissions-Policy"]
    assert "camera=(), microphone=()," in plan["Permissions-Policy"]
    reached = "ws://testserver wss://sound.balint.example.org https://sound.balint.example.org;"
    assert reached in room["Content-Security-Policy"]
    assert "sound.balint.example.org" not in plan["Content-Security-Policy"]


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
