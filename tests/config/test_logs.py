"""A log line holds facts: no words of people, no address with a token."""

import logging
from types import SimpleNamespace

from openbalint.config.logs import FactsFormatter


def line(**fields) -> str:
    """A record as it is written."""
    return FactsFormatter().format(logging.makeLogRecord({"name": "django.request", "levelname": "ERROR", **fields}))


def fail_with(words: str) -> None:
    raise ValueError(words)


def test_an_exception_loses_its_message_and_keeps_its_place():
    try:
        try:
            fail_with("my mother" + " died")
        except ValueError as error:
            raise RuntimeError(str(error)) from error
    except RuntimeError as error:
        written = line(
            msg="the step failed", exc_info=(RuntimeError, error, error.__traceback__), exc_text="my mother died"
        )
    kinds = [row for row in written.splitlines() if row in {"ValueError", "RuntimeError"}]
    assert "the step failed" in written
    assert kinds == ["ValueError", "RuntimeError"]
    assert "in fail_with" in written
    assert "mother died" not in written


def test_a_request_is_named_by_its_route():
    request = SimpleNamespace(method="GET", path="/i/SECRET/", resolver_match=SimpleNamespace(route="i/<token>/"))
    written = line(msg="Internal Server Error: %s", args=("/i/SECRET/",), request=request, status_code=500)
    assert written.endswith("GET i/<token>/ gave 500")
    assert "SECRET" not in written


def test_a_request_without_a_route_has_no_address():
    request = SimpleNamespace(method="GET", path="/i/SECRET/", resolver_match=None)
    assert line(msg="Not Found: /i/SECRET/", request=request, status_code=404).endswith("GET no route gave 404")
