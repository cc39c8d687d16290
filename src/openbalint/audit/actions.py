"""The one way into the audit list."""

from datetime import datetime
from uuid import UUID

from openbalint.audit.models import Entry


def record(did: str, *, by: UUID | None, about: UUID | None = None, now: datetime) -> None:
    """Write one line: ``by`` (a person, or None for the clock and the command line) ``did`` something ``about`` something.

    ``did`` is a stable code in the past tense such as ``meeting-planned`` or ``record-seen``. Call it inside the
    transaction of the deed, so that both are there or neither.
    """
    Entry.objects.create(at=now, by=by, did=did, about=about)
