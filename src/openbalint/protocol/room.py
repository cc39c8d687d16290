"""A running session whole: what the log knows and what only memory knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from openbalint.protocol.commands import PersonId
from openbalint.protocol.rights import Rights, all_rights
from openbalint.protocol.state import Session
from openbalint.protocol.volatile import NOTHING, Volatile


@dataclass(frozen=True, slots=True)
class Room:
    """Everything a running session is; a value. After a restart: ``Room(fold(events))``."""

    session: Session
    volatile: Volatile = NOTHING
    cached: Mapping[PersonId, Rights] | None = field(default=None, compare=False, repr=False)

    @property
    def rights(self) -> Mapping[PersonId, Rights]:
        """The rights of everybody the session knows."""
        return all_rights(self.session, self.volatile) if self.cached is None else self.cached
