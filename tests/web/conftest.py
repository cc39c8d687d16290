"""Browsers for tests: the cast, each on a device of their own."""

from collections.abc import Callable

from django.test import Client
import pytest

from openbalint.accounts.models import User

Device = Callable[[User], Client]


@pytest.fixture
def device() -> Device:
    """A device on which somebody is signed in."""

    def of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return of
