"""Tickets: what a page hands to its socket, so that the handshake needs neither cookie nor query.

A ticket is signed, holds for a minute and names the meeting and the person; the seat is looked up in the room, since it
may change. It travels as a WebSocket subprotocol, never in an address, so it is in no log.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from openbalint.protocol.commands import PersonId

MAX_AGE = 60  # seconds
PREFIX = "ticket."
_SALT, _SEPARATOR = "openbalint.live.ticket", "."  # the usual ":" may not stand in a subprotocol


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may come into which meeting. ``person`` None: the big screen."""

    meeting: UUID
    person: PersonId | None


def sign(meeting_id: UUID, person_id: UUID | PersonId | None) -> str:
    """A ticket for now. The caller has checked that the person may come in."""
    signer = signing.TimestampSigner(salt=_SALT, sep=_SEPARATOR)
    return signer.sign_object([str(meeting_id), None if person_id is None else str(person_id)])


def read(token: str) -> Ticket | None:
    """The ticket, or None for one that is forged, broken or too old."""
    signer = signing.TimestampSigner(salt=_SALT, sep=_SEPARATOR)
    try:
        meeting, person = signer.unsign_object(token, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Ticket(UUID(meeting), person)
