"""A site on which every page has something to show, in one language, and the browsers of its people."""

from datetime import timedelta
from typing import Any

from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from openbalint.accounts import actions as accounts
from openbalint.accounts.models import User
from openbalint.groups.actions import groups, invitations, members
from openbalint.groups.actions.scripts import change_script, copy_script
from openbalint.groups.models import StoredScript
from openbalint.meetings.actions import planning, sessions
from openbalint.meetings.models import Meeting, StoredSession
from openbalint.protocol.commands import Seat
from openbalint.web.views.site import broken
from tests.factories import a_circle, a_group, a_meeting, a_member, a_person, a_script
from tests.logs import a_whole_meeting
from tests.people import CORA, EVE, Somebody
from tests.scripts import fullest

LONG = "Margaret 欧阳林溪"
CALL = "https://call.example/thursday"


class Device(Client):
    """A browser that opens pages and sends forms by the names of their addresses."""

    def open(self, name: str, /, *arguments: object, **query: Any) -> Any:
        """Open a page."""
        return self.get(reverse(name, args=arguments), query)

    def send(self, name: str, /, *arguments: object, **fields: Any) -> Any:
        """Send a form of a page; without fields, as somebody does who has filled nothing in."""
        return self.post(reverse(name, args=arguments), fields)

    def after(self, path: str | None) -> "Device":
        """The same browser, after it has opened an address that leads on."""
        assert path is not None
        self.get(path)
        return self


class Site:
    """Lea leads the Thursday group, a large one and one that is closed; all that has an address is there once."""

    def __init__(self, language: str) -> None:
        self.language, self.now = language, timezone.now()
        self.beginner = self.visitor().after(accounts.first_start_path())
        self.circle = a_circle(now=self.now, language=language, mode="mixed", external_url=CALL)
        self.group, self.lea = self.circle.group, self.circle.lea
        self.forgetful = self.visitor().after(accounts.reset_link(CORA.email, now=self.now))
        self._invite()
        self._plan()
        self._fill_the_large_group()
        self._make_other_groups()
        self._make_scripts()
        self.eve = a_person(EVE, now=self.now)  # may make groups, and has none
        self.wei = a_person(Somebody("Wei"), now=self.now)  # came by a link, and belongs to no group any more
        self.arguments: dict[str, Any] = {
            "group_id": self.group.pk,
            "meeting_id": self.coming.pk,
            "invitation_id": self.link.invitation.pk,
            "member_id": self.circle.seat_of(self.circle.ann).pk,
            "script_id": self.script.pk,
            "code": "nonsense",
            "token": "nonsense",
        }

    # ── browsers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def visitor(self) -> Device:
        """A browser that nobody has used here yet."""
        return Device(headers={"accept-language": self.language})

    def of(self, user: User) -> Device:
        """A browser of somebody."""
        if user.language != self.language:
            accounts.set_language(user, self.language)
        device = self.visitor()
        device.force_login(user)
        return device

    def breaks(self) -> Any:
        """What is shown where a page breaks."""
        with translation.override(self.language):
            return broken(RequestFactory().get("/"))

    # ── what is there ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _invite(self) -> None:
        """A link for Mei, one for the group, one that Xiao has come in by, and one that is over."""
        lead, now = self.circle.seat_of(self.lea), self.now
        self.link = invitations.invite(self.group, by=lead, name="Mei", now=now)
        self.group_link = invitations.invite(self.group, by=lead, now=now)
        self.used = invitations.invite(self.group, by=lead, name="Xiao", seat="observer", now=now)
        newcomer = invitations.Newcomer("Xiao", "nurse", self.language, "Asia/Shanghai")
        self.xiao = invitations.come_in(self.used.invitation.token_hash, who=newcomer, now=now).user
        self.old_link = invitations.invite(self.group, by=lead, name="Kai", now=now - timedelta(days=90))

    def _plan(self) -> None:
        """A meeting that is now, one that has begun, some to come, one called off, many past that nobody held."""
        group, now = self.group, self.now
        self.open = a_meeting(group, at=now + timedelta(minutes=20), now=now, external_url=CALL)
        self.begun = a_meeting(group, at=now - timedelta(minutes=5), now=now)
        StoredSession.objects.create(meeting=self.begun, started_at=now)
        self.coming = a_meeting(group, at=now + timedelta(days=7), now=now, external_url=CALL)
        self.off = a_meeting(group, at=now + timedelta(days=14), now=now)
        planning.call_off_meeting(self.off, by=self.circle.seat_of(self.lea), now=now)
        for weeks in range(1, 12):
            a_meeting(group, at=now - timedelta(weeks=weeks), now=now, script="balint-60")

    def _fill_the_large_group(self) -> None:
        """Twelve in the circle and two outside, with records: of one case with sound, of two, and one condensed."""
        self.large = a_group(self.lea, name="周五小组 Friday group", language=self.language, now=self.now)
        people = [a_person(Somebody(f"{LONG} {number}"), now=self.now) for number in range(1, 14)]
        self.away = a_member(self.large, Somebody("Yun"), now=self.now).user
        for number, one in enumerate(people):
            a_member(self.large, one, seat="member" if number < 11 else "observer", now=self.now)
        self.margaret = people[0]
        seats = {str(self.lea.pk): Seat.LEADER} | {
            str(one.pk): Seat.MEMBER if number < 11 else Seat.OBSERVER for number, one in enumerate(people)
        }
        self.held = self._held(2, "balint-90", seats, str(people[0].pk), late={str(people[3].pk): 6}, pause=2)
        self.held_twice = self._held(3, "balint-120-two", seats, str(people[0].pk), str(people[1].pk))
        self.condensed = self._held(5, "supervision-3", seats, *(str(one.pk) for one in people[:3]))
        sessions.condense(self.condensed.pk, by=self.lea.pk, now=self.now)

    def _held(self, days: int, script: str, seats: dict[str, Seat], *presenters: str, **facts: Any) -> Meeting:
        meeting = a_meeting(self.large, at=self.now - timedelta(days=days), now=self.now, script=script)
        turns = {person: (30.0 * place,) for place, person in enumerate(seats, 1)}
        a_whole_meeting(meeting, seats, presenters=presenters, turns=turns, **facts)
        return meeting

    def _make_other_groups(self) -> None:
        """One closed, one new that Bob has not agreed with yet, one whose first meeting is weeks away."""
        self.closed, self.new, self.later = (
            a_group(self.lea, name=f"{day} group", now=self.now) for day in ("Monday", "Tuesday", "Wednesday")
        )
        groups.close_group(self.closed, by=self.closed.memberships.get(), now=self.now)
        for group in (self.new, self.later):
            members.seat_person(group, self.circle.bob, "member", agreed=False, now=self.now)
        a_meeting(self.later, at=self.now + timedelta(days=20), now=self.now)

    def _make_scripts(self) -> None:
        """One of the Thursday group, as full as it gets, and one that another group works by."""
        by, now = self.circle.seat_of(self.lea), self.now
        self.script = copy_script(self.shipped("training-90"), by=by, now=now)
        change_script(self.script, fullest("training-90"), name="Ours", by=by, now=now)
        self.script_in_use = copy_script(self.shipped("balint-90"), by=self.new.memberships.get(user=self.lea), now=now)
        self.new.script = self.script_in_use
        self.new.save()

    def shipped(self, code: str) -> StoredScript:
        """A script that comes with OpenBalint."""
        return a_script(code)

    def written(self) -> dict[str, object]:
        """What the form of the group's own script says."""
        form = self.of(self.lea).open("script", self.script.pk).context["form"]
        fields = (*form, *form.rows, *(form.drifts or ()))
        return {field.html_name: value for field in fields if (value := field.value()) not in (None, False)}
