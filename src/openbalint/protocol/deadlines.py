"""When the owner's timer must send ``Tick``: every deadline is state, rights never read the time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from openbalint.protocol.room import Room
from openbalint.protocol.state import Session, Status, going
from openbalint.protocol.volatile import Volatile

STEP_BACK = timedelta(seconds=10)  # then the server moves the invited presenter's chair
CALLED_IN = timedelta(seconds=60)
LOST = timedelta(seconds=20)  # without a connection, or without sound
NO_LEADER = timedelta(minutes=5)
LINGERING = timedelta(seconds=60)
LIMIT = timedelta(hours=12)  # of a lobby after its planned time, of a session after its start


def next_deadline(room: Room) -> datetime | None:
    """The next moment at which a ``Tick`` does something; None: never."""
    return min((*_of_session(room.session), *_of_volatile(room.volatile)), default=None)


def _of_volatile(volatile: Volatile) -> Iterator[datetime]:
    if volatile.pending:
        yield volatile.pending[0][0]
    if volatile.kept_until:
        yield volatile.kept_until
    if volatile.speech.due:
        yield volatile.speech.due


def _of_session(session: Session) -> Iterator[datetime]:
    if session.status is Status.CLOSED:
        return
    for person in session.people.values():
        if person.gone_at:
            yield person.gone_at + LOST
        if person.deaf_at and not person.deaf:
            yield person.deaf_at + LOST
    limit = limit_at(session)
    if limit:
        yield limit
    if session.status is Status.LINGERING and session.lingering_since:
        yield session.lingering_since + LINGERING
    if going(session):
        yield from _of_phase(session)


def _of_phase(session: Session) -> Iterator[datetime]:
    word, clock = session.word, session.clock
    if word.invited_at:
        yield word.invited_at + STEP_BACK
    if word.called_at:
        yield word.called_at + CALLED_IN
    alone = takes_over_at(session)
    if alone:
        yield alone
    if session.left_alone and clock and clock.ends_at:
        yield clock.ends_at


def takes_over_at(session: Session) -> datetime | None:
    """When the clock does what nobody leads to: after five minutes, and when a pause has stood for five more."""
    waits = not session.left_alone or session.status is Status.PAUSED
    return session.no_leader_at + NO_LEADER if session.no_leader_at and waits else None


def limit_at(session: Session) -> datetime | None:
    """When the clock ends a forgotten lobby or session."""
    begin = session.started_at if session.status is not Status.LOBBY else session.planned_at or session.first_at
    return begin + LIMIT if begin else None
