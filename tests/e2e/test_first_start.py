"""The first leader comes in by the address that the first start prints."""

import re

from playwright.sync_api import expect

START = r"(http://\S+/start/\S+)"


def test_the_first_leader_comes_in_once(fresh, visitor):
    address = fresh.line(START)[1]
    page = visitor()
    page.goto(address)
    page.get_by_label("Name", exact=False).first.fill("Lea Lang")
    page.get_by_label("E-mail", exact=False).fill("lea@example.org")
    for field in page.locator("input[type=password]").all():
        field.fill("a long walk by the river")
    page.locator("form.form button").click()
    expect(page).not_to_have_url(re.compile("/start/"))
    assert visitor().goto(address).status == 404
