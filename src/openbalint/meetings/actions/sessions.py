"""Everything that writes a session: its lease, its log, its end.

The log is written by `append`: ONE statement for all events of a batch, whatever rooms they are of, and then the commit.
A database accepts an event only as the next one of its session (``UNIQUE(session, seq)``), which is the fence between two
processes that both believe to own a room.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
import msgspec

from openbalint.audit import actions as audit
from openbalint.meetings.models import Record, StoredEvent, StoredSession
from openbalint.meetings.queries.sessions import LEASE, alone, log_of
from openbalint.protocol.events import EVENTS, Closed, Event, Started
from openbalint.protocol.record import record

_encode = msgspec.json.Encoder(order="deterministic", uuid_format="hex").encode
_KINDS: Mapping[type, str] = {kind: name for name, kind in EVENTS.items()}
_COLUMNS = "session_id, seq, at, kind, body, tab, number"
# A batch is one JSON text, from which the database takes the rows: nothing is adapted value by value on this side.
_EXTRACTED = [f"json_extract(value, '$[{place}]')" for place in range(7)]
_EXTRACTED[2] = (
    f"rtrim(replace({_EXTRACTED[2]}, 'T', ' '), 'Z')"  # as Django writes a moment on SQLite; all of ours are UTC
)
_SQLITE = f"INSERT INTO meetings_storedevent({_COLUMNS}) SELECT {', '.join(_EXTRACTED)} FROM json_each(%s)"  # noqa: S608 - constants
_TYPES = ("uuid", "int", "timestamptz", "text", "jsonb", "text", "bigint")
_CASTS = [f"(entry->>{place})::{kind}" for place, kind in enumerate(_TYPES)]
_POSTGRESQL = (
    f"INSERT INTO meetings_storedevent({_COLUMNS}) SELECT {', '.join(_CASTS)} FROM jsonb_array_elements(%s) AS entry"  # noqa: S608 - constants
)


class Row(NamedTuple):
    """One event on its way into the log, in the order of the columns."""

    session: UUID
    seq: int
    at: datetime
    kind: str
    body: str  # JSON, without the moment
    tab: str
    number: int


def row_of(session: UUID, seq: int, event: Event, tab: str = "", number: int = 0) -> Row:
    """What is stored of an event; tab and number are the command's that made it."""
    # Of every event the moment comes first, and it has a column of its own.
    _, _, rest = _encode(event).decode().partition(",")
    return Row(session, seq, event.at, _KINDS[type(event)], "{" + (rest or "}"), tab, number)


def append(rows: Sequence[Row]) -> None:
    """Write a batch: one statement, one commit. Raises IntegrityError where another owner was quicker; nothing is written.

    A batch in which a session begins or ends also says so on the session's row, in the same transaction.
    """
    marks = [row for row in rows if row.kind in _MARKS]
    if not marks:
        _insert(rows)
        return
    with transaction.atomic():
        _insert(rows)
        for row in marks:
            StoredSession.objects.filter(pk=row.session).update(**{_MARKS[row.kind]: row.at})


_MARKS = {_KINDS[Started]: "started_at", _KINDS[Closed]: "ended_at"}


def _insert(rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        statement = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
        cursor.execute(statement, [_encode(rows).decode()])


# ── the lease ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds a room. ``since``: when its last owner was last heard of; None if it never had one."""

    owner: str
    since: datetime | None


def take_lease(
    meeting_id: UUID, *, owner: str, address: str, now: datetime, is_gone: Callable[[str], bool] = lambda owner: False
) -> Lease:
    """Take the room if nobody holds it, and say who does. ``is_gone`` knows owners that will not renew any more.

    On SQLite one process is all there is, so it always takes it.
    """
    StoredSession.objects.bulk_create([StoredSession(meeting_id=meeting_id)], ignore_conflicts=True)
    with transaction.atomic():
        held = StoredSession.objects.select_for_update().get(pk=meeting_id)
        since = held.renewed_at
        renewed = since is not None and since > now - LEASE and not alone()
        if renewed and held.owner not in ("", owner) and not is_gone(held.owner):
            return Lease(held.owner, since)
        held.owner, held.address, held.renewed_at = owner, address, now
        held.save(update_fields=("owner", "address", "renewed_at"))
    return Lease(owner, since)


def renew_leases(meeting_ids: Collection[UUID], *, owner: str, now: datetime) -> frozenset[UUID]:
    """Renew, and give those that are still this owner's."""
    mine = StoredSession.objects.filter(pk__in=meeting_ids, owner=owner)
    mine.update(renewed_at=now)
    return frozenset(mine.values_list("pk", flat=True))


def give_back(meeting_ids: Collection[UUID], *, owner: str, now: datetime) -> None:
    """Let rooms go, so that the next process need not wait."""
    StoredSession.objects.filter(pk__in=meeting_ids, owner=owner).update(owner="", address="", renewed_at=now)


# ── condensing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def condense(meeting_id: UUID, *, by: UUID | None, now: datetime) -> bool:
    """Write the record and delete the log, in one transaction; False if the session has not ended or is condensed.

    ``by`` is the leader who said "we have talked it over"; None for the clock. A second call changes nothing.
    """
    with transaction.atomic():
        session = StoredSession.objects.select_for_update().filter(pk=meeting_id, condensed_at=None).first()
        events = log_of(meeting_id).events if session is not None else ()
        if session is None or not events or not isinstance(events[-1], Closed):
            return False
        body = msgspec.to_builtins(record(events), order="deterministic")
        Record.objects.create(session=session, body=body, condensed_at=now)
        StoredEvent.objects.filter(session=session).delete()
        session.condensed_at = now
        session.save(update_fields=("condensed_at",))
        audit.record("record-condensed", by=by, about=meeting_id, now=now)
    return True
