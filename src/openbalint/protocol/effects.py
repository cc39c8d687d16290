"""What the outside world must now do: the difference of two wishes, so that none can be forgotten and repeating does no harm."""

from collections.abc import Mapping
from dataclasses import dataclass

from openbalint.protocol.commands import PersonId
from openbalint.protocol.rights import Rights


@dataclass(frozen=True, slots=True)
class ApplyRights:
    """The rights of everybody the session knows, whole."""

    rights: Mapping[PersonId, Rights]


@dataclass(frozen=True, slots=True)
class CloseRoom:
    """The session is closed: nobody hears anybody any more."""


@dataclass(frozen=True, slots=True)
class AskToMute:
    """The devices of somebody show the kind request to close the microphone."""

    person: PersonId


Effect = ApplyRights | CloseRoom | AskToMute
