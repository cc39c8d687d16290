"""From the rights of a session to the complete permission of the media server.

LiveKit replaces a permission whole and reads an empty list of sources as *all* sources, so a permission is always made
whole, here and nowhere else, and one that publishes nothing says so with ``can_publish``.
"""

from dataclasses import dataclass
from enum import StrEnum

from openbalint.protocol.rights import Camera, Rights


class Source(StrEnum):
    """What the media server can let somebody publish. We never give screens; they are here to be recognised."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN_SHARE = "screen_share"
    SCREEN_SHARE_AUDIO = "screen_share_audio"


@dataclass(frozen=True, slots=True)
class Permission:
    """Every field that LiveKit knows and that concerns a person, by its name there.

    Data messages are never allowed: what people type goes through the room. Nobody is hidden, records, or is an agent.
    """

    can_subscribe: bool = False
    can_publish: bool = False
    can_publish_sources: tuple[Source, ...] = ()
    can_publish_data: bool = False
    can_update_metadata: bool = False
    can_subscribe_metrics: bool = False
    hidden: bool = False
    recorder: bool = False
    agent: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError where LiveKit would read something else than is meant."""
        if self.can_publish != bool(self.can_publish_sources):
            raise ValueError("to publish, and what: both or neither; no source would mean every source")

    @property
    def silent(self) -> "Permission":
        """The same, but nothing at all is published."""
        return Permission(can_subscribe=self.can_subscribe)


def permission(rights: Rights, *, microphone: bool) -> Permission:
    """What a device may do. ``microphone``: somebody who sits at it may speak."""
    sources = (Source.MICROPHONE,) * microphone + (Source.CAMERA,) * (rights.camera is not Camera.NONE)
    return Permission(can_subscribe=rights.hear, can_publish=bool(sources), can_publish_sources=sources)


ASIDE = Permission(can_subscribe=True, can_publish=True, can_publish_sources=(Source.MICROPHONE, Source.CAMERA))
TRYING = ASIDE  # a room of one's own, to see whether it works
