"""What a server shows to a proxy, and what it writes about those who come."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

FROM_PROXY = {"Host": "balint.example.org", "X-Forwarded-Proto": "https"}


def get(url: str, headers: dict[str, str]):
    """Status and headers of an answer."""
    try:
        with urlopen(Request(url, headers=headers), timeout=30) as answer:
            return answer.status, answer.headers
    except HTTPError as answer:
        return answer.code, answer.headers


@pytest.fixture(scope="module")
def behind_proxy(start_site):
    return start_site("serve", OPENBALINT_TLS="1", OPENBALINT_HOSTS="balint.example.org")


def test_behind_tls_cookies_and_addresses_are_safe(behind_proxy):
    status, headers = get(f"{behind_proxy.origin}/sign-in/", FROM_PROXY)
    cookies = headers.get_all("Set-Cookie")
    assert status == 200
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-openbalint-csrf"]
    assert all("; Secure" in cookie for cookie in cookies)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "connect-src 'self' wss://balint.example.org;" in headers["Content-Security-Policy"]


def test_a_client_that_is_no_proxy_is_not_believed(start_site):
    site = start_site(
        "serve", OPENBALINT_TLS="1", OPENBALINT_HOSTS="balint.example.org", OPENBALINT_PROXIES="192.0.2.1"
    )
    _, headers = get(f"{site.origin}/sign-in/", FROM_PROXY)
    assert headers["Strict-Transport-Security"] is None


def test_another_host_is_refused(behind_proxy):
    status, _ = get(f"{behind_proxy.origin}/sign-in/", {"Host": "evil.example"})
    assert status == 400


def test_a_link_that_somebody_tries_is_never_written_down(start_site):
    site = start_site("serve")
    for path in ("/i/SECRET/", "/start/SECRET/", "/reset/SECRET/", "/demo/in/SECRET/"):
        get(f"{site.origin}{path}", {})
        get(f"{site.origin}{path}", {"Host": "SECRET.example"})
    site.process.terminate()
    with pytest.raises(AssertionError, match="The server ended"):
        site.line("nothing prints this")
    assert [line for line in site.lines if "SECRET" in line] == []
    assert [line for line in site.lines if "Traceback" in line or "ERROR" in line] == []
