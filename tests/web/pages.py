"""Every page that people can see, and how to reach it: from the name of its address, and its state, to the answer.

Whatever must hold on every page goes through this table: that nobody is shut out (`tests/e2e/test_every_page.py`), that no
text is bare (`test_bare_text.py`). `test_pages.py` finds an address or a template that is missing here.
"""

from collections.abc import Callable, Iterator
import re
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from tests.people import LEA
from tests.web.site import Device, Site

Reach = Callable[[Site], Any]  # the answer, as Django's test client gives it
WRONG = {"password": "short", "again": "other", "email": "nobody", "day": "soon", "external_url": "nowhere:"}


def addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the arguments of every address of the site."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        elif isinstance(one, URLPattern):
            yield str(one.name), tuple(one.pattern.converters)


def without_tokens(answer: Any) -> str:
    """The page, less the tokens of its forms: a name of three letters may stand in one by chance."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", answer.content.decode())


ACCOUNTS: dict[str, Reach] = {
    "sign-in": lambda site: site.visitor().open("sign-in"),
    "sign-in, to mend": lambda site: site.visitor().send("sign-in"),
    "sign-in, declined": lambda site: site.visitor().send("sign-in", email=LEA.email, password="eight loud chairs"),
    "sign-in, after signing out": lambda site: _landed(site.of(site.lea), "sign_out"),
    "start": lambda site: site.beginner.open("start"),
    "start, to mend": lambda site: site.beginner.send("start", **WRONG),
    "start, over": lambda site: site.visitor().open("start"),
    "reset": lambda site: site.forgetful.open("reset"),
    "reset, to mend": lambda site: site.forgetful.send("reset", **WRONG),
    "reset, over": lambda site: site.visitor().open("reset"),
    "account": lambda site: site.of(site.lea).open("account"),
    "account, of a member": lambda site: site.of(site.circle.ann).open("account"),
    "account, to mend": lambda site: site.of(site.circle.ann).send("account"),
    "sign_in_details": lambda site: site.of(site.lea).open("sign_in_details"),
    "sign_in_details, of a member": lambda site: site.of(site.circle.ann).open("sign_in_details"),
    "sign_in_details, to mend": lambda site: site.of(site.lea).send("sign_in_details", **WRONG),
}
COMING_IN: dict[str, Reach] = {
    "join": lambda site: site.visitor().after(site.link.path).open("join"),
    "join, by the group’s link": lambda site: site.visitor().after(site.group_link.path).open("join"),
    "join, to mend": lambda site: site.visitor().after(site.link.path).send("join"),
    "join, of somebody known": lambda site: site.of(site.eve).after(site.link.path).open("join"),
    "join, once more": lambda site: site.visitor().after(site.used.path).open("join"),
    "join, on a device of another": lambda site: site.of(site.eve).after(site.used.path).open("join"),
    "join, by a link of another": lambda site: site.of(site.circle.bob).after(site.link.path).open("join"),
    "join, over": lambda site: site.of(site.eve).after("/i/nonsense/").open("join"),
    "agreement": lambda site: site.of(site.circle.bob).open("agreement", site.new.pk),
    "agreement, accepted": lambda site: site.of(site.circle.bob).open("agreement", site.group.pk),
    "agreement, to mend": lambda site: site.of(site.circle.bob).send("agreement", site.new.pk),
    "group_next": lambda site: site.of(site.circle.bob).open("group_next", site.new.pk),
    "group_next, planned": lambda site: site.of(site.circle.bob).open("group_next", site.later.pk),
}
GROUPS: dict[str, Reach] = {
    "groups": lambda site: site.of(site.lea).open("groups"),
    "groups, of a member without one": lambda site: site.of(site.wei).open("groups"),
    "groups, of a leader without one": lambda site: site.of(site.eve).open("groups"),
    "group_new": lambda site: site.of(site.lea).open("group_new"),
    "group_new, to mend": lambda site: site.of(site.lea).send("group_new", **WRONG),
    "group": lambda site: site.of(site.lea).open("group", site.group.pk),
    "group, of a member": lambda site: site.of(site.circle.bob).open("group", site.group.pk),
    "group, before agreeing": lambda site: site.of(site.circle.bob).open("group", site.new.pk),
    "group, without links": lambda site: site.of(site.lea).open("group", site.large.pk),
    "group, closed": lambda site: site.of(site.lea).open("group", site.closed.pk),
    "group, after a slip with the co-leader": lambda site: _landed(site.of(site.lea), "group_co_leader", site.group.pk),
    "group, after closing a link": lambda site: _landed(
        site.of(site.lea), "revoke", site.group.pk, site.old_link.invitation.pk
    ),
    "group_change": lambda site: site.of(site.lea).open("group_change", site.group.pk),
    "group_change, to mend": lambda site: site.of(site.lea).send("group_change", site.group.pk, **WRONG),
    "group_close": lambda site: site.of(site.lea).open("group_close", site.group.pk),
    "group_close, to mend": lambda site: site.of(site.lea).send("group_close", site.group.pk),
    "leave": lambda site: site.of(site.circle.ann).open("leave", site.group.pk),
    "leave, declined": lambda site: site.of(site.lea).send("leave", site.new.pk, sure="on"),
    "member": lambda site: site.of(site.lea).open("member", site.group.pk, site.arguments["member_id"]),
    "member, declined": lambda site: site.of(site.lea).send(
        "member", site.new.pk, site.new.memberships.get(user=site.lea).pk, seat="member"
    ),
    "member_remove": lambda site: site.of(site.lea).open("member_remove", site.group.pk, site.arguments["member_id"]),
    "member_remove, to mend": lambda site: site.of(site.lea).send(
        "member_remove", site.group.pk, site.arguments["member_id"]
    ),
    "invite": lambda site: site.of(site.lea).send("invite", site.new.pk, name="Mei", seat="member", key=uuid4()),
    "invite, the group": lambda site: site.of(site.lea).send("invite", site.new.pk, key=uuid4()),
    "invite, to mend": lambda site: site.of(site.lea).send("invite", site.new.pk, name="", key=uuid4()),
    "renew": lambda site: site.of(site.lea).send("renew", site.group.pk, site.old_link.invitation.pk),
}
MEETINGS: dict[str, Reach] = {
    "meetings": lambda site: site.of(site.lea).open("meetings"),
    "meetings, earlier": lambda site: site.of(site.lea).open("meetings", page=2),
    "meetings, of one group": lambda site: site.of(site.lea).open("meetings", group=site.large.pk),
    "meetings, of a member": lambda site: site.of(site.circle.bob).open("meetings"),
    "meetings, of a member with a past": lambda site: site.of(site.margaret).open("meetings"),
    "meetings, of a member without a group": lambda site: site.of(site.wei).open("meetings"),
    "meetings, of a leader without a group": lambda site: site.of(site.eve).open("meetings"),
    "meeting": lambda site: site.of(site.lea).open("meeting", site.coming.pk),
    "meeting, now": lambda site: site.of(site.circle.bob).open("meeting", site.open.pk),
    "meeting, begun": lambda site: site.of(site.lea).open("meeting", site.begun.pk),
    "meeting, past": lambda site: site.of(site.lea).open("meeting", site.held.pk),
    "meeting, called off": lambda site: site.of(site.circle.bob).open("meeting", site.off.pk),
    "plan": lambda site: site.of(site.lea).open("plan", site.group.pk),
    "plan, to mend": lambda site: site.of(site.lea).send("plan", site.group.pk, **WRONG),
    "meeting_paper": lambda site: site.of(site.lea).open("meeting_paper", site.coming.pk),
    "meeting_change": lambda site: site.of(site.lea).open("meeting_change", site.coming.pk),
    "meeting_change, to mend": lambda site: site.of(site.lea).send("meeting_change", site.coming.pk, **WRONG),
    "meeting_change, begun": lambda site: site.of(site.lea).open("meeting_change", site.begun.pk),
    "call_off": lambda site: site.of(site.lea).open("call_off", site.coming.pk),
    "call_off, to mend": lambda site: site.of(site.lea).send("call_off", site.coming.pk),
    "record": lambda site: site.of(site.lea).open("record", site.held.pk),
    "record, of two cases": lambda site: site.of(site.lea).open("record", site.held_twice.pk),
    "record, condensed": lambda site: site.of(site.lea).open("record", site.condensed.pk),
    "record, early": lambda site: site.of(site.lea).open("record", site.coming.pk),
    "record_condense": lambda site: site.of(site.lea).open("record_condense", site.held.pk),
    "own_meeting": lambda site: site.of(site.margaret).open("own_meeting", site.held.pk),
    "own_meeting, condensed": lambda site: site.of(site.margaret).open("own_meeting", site.condensed.pk),
    "own_meeting, early": lambda site: site.of(site.circle.bob).open("own_meeting", site.coming.pk),
    "own_meeting, of somebody who was away": lambda site: site.of(site.away).open("own_meeting", site.held.pk),
}
SCRIPTS: dict[str, Reach] = {
    "scripts": lambda site: site.of(site.lea).open("scripts"),
    "script": lambda site: site.of(site.lea).open("script", site.group.script_id),
    "script, of supervision": lambda site: site.of(site.lea).open("script", site.shipped("supervision-5").pk),
    "script, to change": lambda site: site.of(site.lea).open("script", site.script.pk),
    "script, to mend": lambda site: site.of(site.lea).send(
        "script", site.script.pk, **{**site.written(), "announced": 10, "minutes-telling": 0, "keep": ""}
    ),
    "script_paper": lambda site: site.of(site.lea).open("script_paper", site.group.script_id),
    "script_revert": lambda site: site.of(site.lea).open("script_revert", site.script.pk),
    "script_delete": lambda site: site.of(site.lea).open("script_delete", site.script.pk),
    "script_delete, in use": lambda site: site.of(site.lea).open("script_delete", site.script_in_use.pk),
}
NOT_THERE: dict[str, Reach] = {
    "not found": lambda site: site.visitor().get("/nothing/"),
    "form again": lambda site: _careful(site).send("sign-in"),
    "broken": lambda site: site.breaks(),
}
# What is in these is drawn by scripts, in the states that `tests/e2e/room_moments.py` lists.
ROOM: dict[str, Reach] = {
    "room": lambda site: site.of(site.lea).open("room", site.open.pk),
    "screen": lambda site: site.of(site.lea).open("screen", site.open.pk),
}
PLAIN = {**ACCOUNTS, **COMING_IN, **GROUPS, **MEETINGS, **SCRIPTS, **NOT_THERE}
PAGES = {**PLAIN, **ROOM}


def _landed(device: Device, name: str, /, *arguments: object) -> Any:
    """The page where a form leads that was sent with nothing filled in."""
    return device.get(device.send(name, *arguments).url)


def _careful(site: Site) -> Device:
    """A browser whose form was open too long."""
    device = site.visitor()
    device.handler.enforce_csrf_checks = True
    return device
