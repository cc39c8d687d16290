"""The demonstration hospital in the database: its people, one group, past meetings with records, and today's two.

Past meetings were really held, on a stage: simulated people, the real engine, the real log, and condensing as in the
product. What is made is kept between runs; each start plans two fresh meetings and calls the unused ones of before off.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
import secrets
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction
import msgspec

from openbalint.accounts import actions as accounts
from openbalint.accounts.models import User
from openbalint.demo.book import FALLBACK, book
from openbalint.demo.cast import BY_KEY, CAST, LEADER, VISITOR, Player
from openbalint.demo.circle import actors, faster
from openbalint.demo.stage import Actor, Play, play
from openbalint.groups import queries, scripts
from openbalint.groups.actions import groups, members
from openbalint.groups.models import Group, Membership, Seats
from openbalint.meetings.actions import planning, sessions
from openbalint.meetings.models import Meeting
from openbalint.protocol.commands import FigureCode, PersonId, Seat
from openbalint.protocol.scripts import Script, announced_minutes

NAME: Final = "周四小组 · Thursday group"
ELSEWHERE: Final = "Asia/Shanghai"  # where the hospital is when the machine does not know its zone
TO_COME_IN: Final = timedelta(minutes=3)
SOON: Final = timedelta(hours=1)  # a demonstration's meetings of an earlier start are planned no later than this
TALKED_OVER: Final = timedelta(hours=1)  # after a meeting the leaders have talked it over
Code = FigureCode


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that was held: how many days ago, who presented, whom the case had in it, and how people came."""

    days: int
    presenter: str
    figures: tuple[FigureCode, ...]
    absent: tuple[str, ...] = ()
    late: str = ""
    condensed: bool = True


PAST: Final = (
    Past(47, "ming", (Code.PATIENT, Code.PARTNER, Code.NURSE, Code.CHILD), absent=("tom",)),
    Past(33, "grace", (Code.STUDENT, Code.MOTHER, Code.ADMINISTRATOR), late="bob"),
    Past(19, "qian", (Code.CHILD, Code.FATHER, Code.GRANDPARENT, Code.DOCTOR, Code.THING), absent=("robin", "nuo")),
    Past(
        5, "maya", (Code.PATIENT, Code.SIBLING, Code.NURSE, Code.ABSENT), absent=("yu",), late="ming", condensed=False
    ),
)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the next start finds the hospital by, whatever people have done in it since."""

    group: UUID
    people: Mapping[str, UUID]  # by their key in the cast


@dataclass(frozen=True, slots=True)
class Hospital:
    """The group and its people, by their key in the cast."""

    group: Group
    people: Mapping[str, User]

    @property
    def players(self) -> dict[PersonId, Player]:
        """Who of the cast each person is."""
        return {str(user.id): BY_KEY[key] for key, user in self.people.items()}

    @property
    def leader(self) -> Membership:
        """The seat of the leader in the group."""
        return self.group.memberships.get(user=self.people[LEADER.key], left_at=None)

    @property
    def notes(self) -> bytes:
        """For the next start."""
        return msgspec.json.encode(Notes(self.group.id, {key: user.id for key, user in self.people.items()}))

    def person(self, player: Player) -> PersonId:
        """The id of somebody of the cast."""
        return str(self.people[player.key].id)


@dataclass(frozen=True, slots=True)
class Today:
    """The two meetings that begin now. ``script`` is theirs before its minutes were divided."""

    lead: Meeting  # the visitor leads
    take_part: Meeting  # a simulated leader leads
    script: Script


def found(notes: bytes) -> Hospital | None:
    """The hospital of an earlier run with whom of its people are still there; None if nobody can play in it any more."""
    try:
        noted = msgspec.json.decode(notes, type=Notes)
    except msgspec.DecodeError:
        return None
    group = queries.open_group(noted.group)
    if group is None:
        return None
    seats = {seat.user_id: seat for seat in queries.people_of(group)}
    cast = {key: seats[person] for key, person in noted.people.items() if person in seats}
    if LEADER.key not in cast or cast[LEADER.key].seat != Seats.LEADER or VISITOR.key not in cast:
        return None
    return Hospital(group, {key: seat.user for key, seat in cast.items()})


@transaction.atomic
def build(*, now: datetime, tell: Callable[[str], None]) -> Hospital:
    """Make the hospital with its past. All or nothing, so that a run that was stopped leaves no half of it."""
    hospital = _people(now - timedelta(days=PAST[0].days + 14))
    for place, past in enumerate(PAST):
        tell(f"  {place + 1}/{len(PAST)}")
        _hold(hospital, past, earlier=PAST[:place], now=now)
    upcoming = _evening(now) + timedelta(days=9)
    planning.plan_meeting(_facts(upcoming), by=hospital.leader, now=now)
    return hospital


@transaction.atomic
def plan_today(hospital: Hospital, *, now: datetime, speed: float) -> Today:
    """Two fresh meetings that begin now, with the group's script at the pace of the demonstration."""
    leader, script = hospital.leader, scripts.from_body(hospital.group.script.body)
    for unused in hospital.group.meetings.filter(session__started_at=None, planned_at__lte=now + SOON):
        if unused.state == Meeting.State.PLANNED:
            planning.call_off_meeting(unused, by=leader, now=now)
    begin = _free_mark(hospital, now)
    lead, take_part = (
        _hurry(planning.plan_meeting(_facts(at), by=leader, now=now), script, speed)
        for at in (begin, begin + timedelta(minutes=5))
    )
    return Today(lead, take_part, script)


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _people(since: datetime) -> Hospital:
    users = {player.key: _person(player, since) for player in CAST}
    facts = groups.GroupFacts(
        name=NAME,
        language="zh-hans",
        timezone=local_zone(),
        script=queries.shipped_script("balint-60"),
        support_contact="心理支持热线 · support line 8210",
    )
    group = groups.make_group(facts, by=users[LEADER.key], now=since)
    for place, player in enumerate(CAST):
        if player is not LEADER:
            joined = since + timedelta(minutes=place)
            members.seat_person(group, users[player.key], player.seat.value, agreed=True, now=joined)
    return Hospital(group, users)


def _person(player: Player, now: datetime) -> User:
    name, language = player.name, player.language
    if player.seat is Seat.MEMBER:
        work = player.profession.value
        return accounts.make_person(name=name, profession=work, language=language, timezone=local_zone(), now=now)
    password = secrets.token_urlsafe(24)  # nobody knows it: a demonstration is entered by its links
    email = f"{player.key}@demo.invalid"
    return accounts.make_leader(
        name=name, email=email, password=password, language=language, timezone=local_zone(), now=now
    )


# ── the past ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _hold(hospital: Hospital, past: Past, *, earlier: Sequence[Past], now: datetime) -> None:
    """Hold a past meeting on the stage, and keep what the product would have kept of it."""
    begin = _evening(now) - timedelta(days=past.days)
    meeting = planning.plan_meeting(_facts(begin), by=hospital.leader, now=begin - timedelta(days=7))
    script = scripts.from_body(meeting.script)
    held = play(_cast_of(hospital, past, earlier, script), planned_at=begin, chance=Random(past.days))  # noqa: S311 - a play
    _keep(meeting.id, held)
    if past.condensed:
        leader = hospital.people[LEADER.key].id
        sessions.condense(meeting.id, by=leader, now=held.events[-1].at + TALKED_OVER)


def _cast_of(hospital: Hospital, past: Past, earlier: Sequence[Past], script: Script) -> list[Actor]:
    """The cast with a case of that day: only who was there and who was voiced will stay of it."""
    whole = book()
    case = whole.cases[FALLBACK]
    told = replace(
        whole.cases["rabbit"],
        presenter=past.presenter,
        figures=past.figures,
        telling=tuple(replace(line, adds=()) for line in whole.cases["rabbit"].telling),
        voices=dict(zip(map(str, past.figures), whole.cases["rabbit"].voices.values(), strict=False)),
    )
    cases = {"rabbit": told, "spoon": replace(case, presenter=past.presenter), FALLBACK: case}
    presented = frozenset(str(hospital.people[one.presenter].id) for one in earlier)
    return [
        replace(
            actor,
            mind=replace(actor.mind, book=replace(whole, cases=cases), presented=presented),
            late=_lateness(actor.mind.player.key, past),
        )
        for actor in actors(hospital.players, script)
    ]


def _lateness(key: str, past: Past) -> timedelta | None:
    if key in past.absent:
        return None
    return timedelta(minutes=3) if key == past.late else timedelta()


def _keep(meeting_id: UUID, held: Play) -> None:
    sessions.take_lease(meeting_id, owner="demo", address="", now=held.events[-1].at)
    sessions.append([sessions.row_of(meeting_id, place + 1, event) for place, event in enumerate(held.events)])
    sessions.give_back([meeting_id], owner="demo", now=held.events[-1].at)


# ── planning ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _facts(at: datetime) -> planning.MeetingFacts:
    return planning.MeetingFacts(planned_at=at, mode="online")


def _evening(now: datetime) -> datetime:
    """Half past six in the evening of the hospital."""
    here = now.astimezone(ZoneInfo(local_zone()))
    return here.replace(hour=18, minute=30, second=0, microsecond=0).astimezone(UTC)


@cache
def local_zone() -> str:
    """The clock of this machine, which is the visitor's: by it the hospital plans its meetings."""
    name = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
    return name if name in available_timezones() else ELSEWHERE


def _next_mark(now: datetime) -> datetime:
    """The next five minutes of the clock that leave some time to come in: nobody is late then."""
    start = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
    return next(
        mark for mark in (start + timedelta(minutes=5), start + timedelta(minutes=10)) if mark >= now + TO_COME_IN
    )


def _free_mark(hospital: Hospital, now: datetime) -> datetime:
    """The next mark at which no meeting of an earlier start was begun, nor at the one after it."""
    begun = set(hospital.group.meetings.filter(state=Meeting.State.PLANNED).values_list("planned_at", flat=True))
    begin = _next_mark(now)
    while begun & {begin, begin + timedelta(minutes=5)}:
        begin += timedelta(minutes=5)
    return begin


def _hurry(meeting: Meeting, script: Script, speed: float) -> Meeting:
    """Divide the minutes of the meeting's own copy of the script."""
    hurried = faster(script, speed)
    meeting.script, meeting.minutes = scripts.to_body(hurried), announced_minutes(hurried)
    meeting.save(update_fields=["script", "minutes"])
    return meeting
