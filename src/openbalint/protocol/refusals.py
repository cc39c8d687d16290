"""Why the session says no. A refusal changes nothing; its code is stable, the sentence for people is made at the edge."""

from collections.abc import Mapping
from types import MappingProxyType

WHY: Mapping[str, str] = MappingProxyType(
    {
        "not-now": "not in this state of the session",
        "not-yours": "somebody else may do this",
        "not-found": "no such person, figure or place here",
        "not-here": "the person is not there now",
        "stale": "somebody was quicker: the phase, or whose turn it is, has changed meanwhile",
        "invited": "the presenter has been invited to step back",
        "circle-full": "all fifteen chairs of the circle are taken",
        "no-presenter": "nobody is named to present",
        "presenter-not-here": "the presenter is not there, and the group does not go on without",
        "no-offer": "only who has offered a case can be named",
        "fixed": "the case has been told: its presenter stays",
        "lone-leader": "the only leader cannot present",
        "no-co-leader": "this needs two leaders who are there",
        "no-assistant": "nobody is named assistant",
        "aside": "while a leader is aside, going on is the other's",
        "figure-limit": "this person of the case is there twice already",
        "figure-voiced": "somebody has spoken as this person of the case",
        "bad-value": "outside the range",
        "too-long": "the text is too long",
        "bad-script": "this script cannot be used",
    }
)
REFUSALS: tuple[str, ...] = tuple(WHY)


class RefusedError(Exception):
    """The session said no. ``code`` is one of ``REFUSALS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
