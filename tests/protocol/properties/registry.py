"""The registry of the properties of a session: each has a name and is asked about every moment of every walk."""

from collections.abc import Callable

from openbalint.protocol import commands as c, events as e
from openbalint.protocol.session import RefusedError, step
from tests.protocol.walk import Moment, PropertyError, Walk

Property = Callable[[Walk, Moment], None]
PROPERTIES: dict[str, Property] = {}


def named(name: str) -> Callable[[Property], Property]:
    def register(check: Property) -> Property:
        PROPERTIES[name] = check
        return check

    return register


def check_all(walk: Walk, moment: Moment) -> None:
    for name in PROPERTIES:
        check_one(name)(walk, moment)


def check_one(name: str) -> Property:
    def check(walk: Walk, moment: Moment) -> None:
        try:
            PROPERTIES[name](walk, moment)
        except (AssertionError, RefusedError) as error:
            raise PropertyError(name, f"{error} after {moment.command}") from error

    return check


def events_of(moment: Moment) -> tuple[e.Event, ...]:
    return moment.done.events if moment.done else ()


def sender(moment: Moment) -> str | None:
    return getattr(moment.command, "by", None)


def refusal(walk: Walk, command: c.Command) -> str | None:
    try:
        step(walk.room, command, now=walk.now, chance=walk.chance)
    except RefusedError as refused:
        return refused.code
    return None
