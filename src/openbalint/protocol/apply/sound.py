"""Who is silenced, whose microphone is shared, whom the sound does not reach."""

from dataclasses import replace
from typing import Any, assert_never

from openbalint.protocol import events as e
from openbalint.protocol.commands import PersonId
from openbalint.protocol.state import Session

HEARS: dict[str, Any] = {"deaf_at": None, "deaf": False}  # what a device begins with when it comes, not when it goes
_SoundEvent = e.SilencedSet | e.SharedSet | e.HearingSet | e.HearingLost


def in_the_sound(session: Session, event: _SoundEvent) -> Session:
    match event:
        case e.SilencedSet(person=who, silenced=silenced):
            others = tuple(person for person in session.silenced if person != who)
            return replace(session, silenced=(*others, who) if silenced else others)
        case e.SharedSet(person=who, people=people):
            others_shared = {device: there for device, there in session.shared.items() if device != who}
            return replace(session, shared={**others_shared, who: people} if people else others_shared)
        case e.HearingSet(at, who, hears):
            return _change(session, who, **HEARS) if hears else _change(session, who, deaf_at=at)
        case e.HearingLost(person=who):
            return _change(session, who, deaf=True)
        case _:
            assert_never(event)


def _change(session: Session, who: PersonId, **changes: Any) -> Session:
    return replace(session, people={**session.people, who: replace(session.people[who], **changes)})


def leave_sound(session: Session, who: PersonId) -> Session:
    """Who goes is at no shared microphone, takes their own along, and is silenced no more."""
    if who in session.silenced:
        session = replace(session, silenced=tuple(person for person in session.silenced if person != who))
    left = {
        device: rest
        for device, people in session.shared.items()
        if device != who and (rest := tuple(person for person in people if person != who))
    }
    return session if left == session.shared else replace(session, shared=left)
