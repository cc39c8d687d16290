"""What a room stands in: the rooms of its process, as one of them sees them."""

from collections.abc import Callable
from datetime import datetime
import random
from typing import TYPE_CHECKING, Protocol

from openbalint.live.journal import Journal
from openbalint.live.sound import RoomSound
from openbalint.meetings.queries.sessions import Loaded

if TYPE_CHECKING:
    from openbalint.live.room import OwnedRoom


class House(Protocol):
    """What a room needs of the rooms of its process."""

    journal: Journal
    chance: random.Random
    demo: bool

    def now(self) -> datetime:
        """The time."""

    def forget(self, room: "OwnedRoom") -> None:
        """The room is no longer here."""

    def look_up(self, room: "OwnedRoom", then: Callable[[bool], None]) -> None:
        """Read anew what the pages say of the room's meeting, then go on; ``then`` hears whether it could be read."""

    def sound_of(self, loaded: Loaded, changed: Callable[[], None]) -> RoomSound | None:
        """The sound of a room, if it has one of ours."""
