"""What each person may do: a pure function of script, state and seat, the one source for pages, cards and media.

Rights never read the time. The only volatile input is who is aside.
"""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why somebody may not speak now: a stable code the page translates."""

    BACK = "back"  # stepped back: listens
    RING = "ring"  # observers and trainer are silent through the case
    LEADERS_FLOOR = "leaders-floor"
    PRESENTER_FLOOR = "presenter-floor"
    ASKED = "asked"  # another asks; a hand queues
    ROUND = "round"  # another's turn
    GROUP_FLOOR = "group-floor"  # review: another group's word
    CARDS = "cards"  # cards are being written
    ASIDE = "aside"
    WAITING = "waiting"
    CLOSED = "closed"


class Camera(StrEnum):
    """Who may see the picture."""

    ALL = "all"
    SMALL = "small"  # back: small, at the edge
    LEADERS = "leaders"  # back: leaders only
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything one person may do at this moment."""

    speak: bool = False
    hear: bool = False
    camera: Camera = Camera.NONE
    hand: bool = False
    card: bool = False
    signal: bool = False
    voice: bool = False  # take a person of the case now
    why: Why | None = None  # set exactly when speak is False
